import { describe, expect, it } from 'vitest';
import { addressOf, createGuessLimit } from './guess-limit.ts';

const NOW = 1_000_000;

describe('guessing the token of a relay', () => {
  it('is free five times, then slower with each wrong token, up to a minute', () => {
    const limit = createGuessLimit();
    const waits = Array.from({ length: 13 }, () => {
      limit.wrong('192.0.2.1', NOW);
      return (limit.waitOf('192.0.2.1', NOW) ?? NOW) - NOW;
    });
    expect(waits).toEqual([
      0, 0, 0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
    expect(limit.waitOf('192.0.2.1', NOW + 60_000)).toBeUndefined();
  });

  it('slows nobody else down', () => {
    const limit = createGuessLimit();
    for (let guess = 0; guess < 9; guess++) limit.wrong('192.0.2.1', NOW);
    expect(limit.waitOf('192.0.2.2', NOW)).toBeUndefined();
  });

  it('slows down all addresses of one network of IPv6, and both forms of one of IPv4', () => {
    const limit = createGuessLimit();
    for (let guess = 0; guess < 9; guess++) {
      limit.wrong(`2001:db8:0:1:${guess}::7`, NOW);
      limit.wrong('::ffff:192.0.2.1', NOW);
    }
    expect(limit.waitOf('2001:db8:0:1:ffff::1', NOW)).toBeGreaterThan(NOW);
    expect(limit.waitOf('2001:db8:0:2::1', NOW)).toBeUndefined();
    expect(limit.waitOf('192.0.2.1', NOW)).toBeGreaterThan(NOW);
  });

  it('is forgotten with the right token, and after an hour, also with a clock that was set back', () => {
    const limit = createGuessLimit();
    for (let guess = 0; guess < 9; guess++) limit.wrong('192.0.2.1', NOW);
    limit.right('192.0.2.1');
    expect(limit.waitOf('192.0.2.1', NOW)).toBeUndefined();
    for (let guess = 0; guess < 9; guess++) limit.wrong('192.0.2.1', NOW);
    expect(limit.waitOf('192.0.2.1', NOW - 2 * 3_600_000)).toBeUndefined();
  });

  it('from ten thousand addresses fills no memory', () => {
    const limit = createGuessLimit();
    for (let guess = 0; guess < 9; guess++) limit.wrong('192.0.2.1', NOW);
    for (let one = 0; one < 10_000; one++) limit.wrong(`10.0.${one >> 8}.${one & 255}`, NOW);
    expect(limit.waitOf('192.0.2.1', NOW)).toBeUndefined();
  });

  it.each([
    ['its sender', '192.0.2.1', undefined, '192.0.2.1'],
    ['not whom a stranger names', '192.0.2.1', '198.51.100.1', '192.0.2.1'],
    ['whom the proxy on this computer named', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['not what stood there before', '::1', '10.0.0.1, 198.51.100.1', '198.51.100.1'],
    ['this computer itself', '127.0.0.1', undefined, '127.0.0.1'],
  ])('is counted by %s', (_, sender, forwarded, address) => {
    expect(addressOf(sender, forwarded)).toBe(address);
  });
});
