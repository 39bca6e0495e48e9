import { vi } from 'vitest';

/** Waits until what is looked for is there, however busy the machine is; the last error where it never comes. */
export function patiently<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: 45_000, interval: 50 });
}
