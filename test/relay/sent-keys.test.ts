import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KEEP_KEYS_MS, openSentKeys } from './sent-keys.ts';

const KEY = '01K0000000000000000000000A';
const NOW = Date.UTC(2026, 10, 20);
let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relay-'));
  file = join(folder, 'keys');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the keys of what was sent', () => {
  it('are remembered for seven days', () => {
    const keys = openSentKeys(undefined, NOW);
    keys.add(KEY, 'hash', NOW);
    expect(keys.find(KEY, NOW + KEEP_KEYS_MS - 1)).toBe('hash');
    expect(keys.find(KEY, NOW + KEEP_KEYS_MS)).toBeUndefined();
    expect(keys.find('another-key-another-key', NOW)).toBeUndefined();
  });

  it('survive a restart, and the file forgets what is older', () => {
    const keys = openSentKeys(file, NOW);
    keys.add(KEY, 'hash', NOW);
    expect(openSentKeys(file, NOW + 1).find(KEY, NOW + 1)).toBe('hash');
    openSentKeys(file, NOW + KEEP_KEYS_MS);
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it('are readable by nobody else', () => {
    openSentKeys(file, NOW).add(KEY, 'hash', NOW);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('survive a line that was cut off when the relay died', () => {
    openSentKeys(file, NOW).add(KEY, 'hash', NOW);
    appendFileSync(file, '{"key":"01K00');
    const again = openSentKeys(file, NOW);
    expect(again.find(KEY, NOW)).toBe('hash');
    again.add('another-key-another-key', 'other', NOW);
    expect(openSentKeys(file, NOW).find('another-key-another-key', NOW)).toBe('other');
  });

  it('are not forgotten by the running relay when the disk fails', () => {
    const keys = openSentKeys(file, NOW);
    rmSync(folder, { recursive: true });
    expect(() => keys.add(KEY, 'hash', NOW)).toThrow();
    expect(keys.find(KEY, NOW)).toBe('hash');
    folder = mkdtempSync(join(tmpdir(), 'relay-'));
  });
});
