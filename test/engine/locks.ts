import type { Locks } from '../../lib/ports.ts';

/** Locks that wait in line; the death of a worker releases them, because its work then throws. */
export function createLocks(): Locks {
  const lines = new Map<string, Promise<void>>();
  const run = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const before = lines.get(name);
    let free = () => {};
    const mine = new Promise<void>((resolve) => {
      free = resolve;
    });
    lines.set(name, before === undefined ? mine : before.then(() => mine));
    const line = lines.get(name);
    try {
      await before;
      return await work();
    } finally {
      free();
      if (lines.get(name) === line) lines.delete(name);
    }
  };
  return {
    withLock: run,
    tryLock: async (name, work) => (lines.has(name) ? undefined : run(name, work)),
  };
}
