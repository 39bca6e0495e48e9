/**
 * The clock of the unit tests: it starts at `TEST_NOW` and runs on from there. Only `Date` is shifted, so timers and
 * `performance` keep real time.
 */
import { env } from 'node:process';

/** When the clock starts unless `TEST_NOW` says otherwise: the time of the samples. */
const DEFAULT_START = '2026-11-20T12:00:00Z';

const INSTALLED = Symbol.for('masterlist test clock');

/** The time now, in milliseconds since 1970, by the clock that the code under test reads too. */
export function now(): number {
  return Date.now();
}

/** Replaces `Date` in this process. Once is enough: files that share a process share the clock. */
export function installClock(): void {
  if (INSTALLED in globalThis) return;
  const start = Date.parse(env.TEST_NOW ?? DEFAULT_START);
  if (Number.isNaN(start)) throw new Error(`TEST_NOW is no time: ${env.TEST_NOW}`);
  globalThis.Date = shifted(Date, start - Date.now());
  Object.assign(globalThis, { [INSTALLED]: true });
}

// A proxy, no subclass: dates that others made (structuredClone, IndexedDB) are still instances of it.
function shifted(real: DateConstructor, byMs: number): DateConstructor {
  const shiftedNow = () => real.now() + byMs;
  const proxy: DateConstructor = new Proxy(real, {
    apply: () => new real(shiftedNow()).toString(),
    construct: (target, given, newTarget) =>
      Reflect.construct(
        target,
        given.length === 0 ? [shiftedNow()] : given,
        newTarget === proxy ? target : newTarget,
      ),
    get: (target, key, receiver) =>
      key === 'now' ? shiftedNow : Reflect.get(target, key, receiver),
  });
  return proxy;
}
