import dns from 'node:dns';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { now } from './clock.ts';
import { takeRefused } from './loopback.ts';

describe('a unit test', () => {
  it('lives at the time of the environment, which runs on', async () => {
    const start = Date.parse(process.env.TEST_NOW ?? '2026-11-20T12:00:00Z');
    const before = now();
    expect(before).toBeGreaterThanOrEqual(start);
    expect(before).toBeLessThan(start + 86_400_000);
    expect(Date.parse(new Date().toISOString())).toBeGreaterThanOrEqual(before);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(now()).toBeGreaterThan(before);
    expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(structuredClone(new Date(5))).toBeInstanceOf(Date);
    expect(Date.parse(Date())).toBeLessThanOrEqual(now());
  });

  it('reaches no address beyond loopback, whatever it asks with', async () => {
    await expect(fetch('https://github.com/')).rejects.toThrow();
    const socket = connect(443, '192.0.2.1');
    const error = await new Promise<Error>((resolve) => socket.once('error', resolve));
    expect(error.message).toContain('192.0.2.1');
    expect(() => dns.lookup('example.com', () => {})).toThrow('example.com');
    await expect(async () => dns.promises.resolve4('example.org')).rejects.toThrow('example.org');
    expect(takeRefused()).toEqual(['github.com', '192.0.2.1', 'example.com', 'example.org']);
  });
});
