import type { Locks } from '../../lib/ports.ts';

/** Locks across all tabs and workers of this extension; the browser releases them when their holder dies. */
export const webLocks: Locks = {
  withLock: (name, run) => request(name, {}, run),
  tryLock: (name, run) =>
    request(name, { ifAvailable: true }, (lock) =>
      lock === null ? Promise.resolve(undefined) : run(),
    ),
};

/** The lock manager's types flatten promises differently. */
async function request<T>(
  name: string,
  options: LockOptions,
  run: (lock: Lock | null) => Promise<T>,
): Promise<T> {
  return await navigator.locks.request(name, options, run);
}
