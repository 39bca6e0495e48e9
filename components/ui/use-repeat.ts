import { useEffect, useRef } from 'preact/hooks';
import type { Failure } from '../../lib/core/failures.ts';

/** Views that were refused together do not all come back at once: within this time, in milliseconds. */
const SPREAD_MS = 1_000;

/** Repeats, once, what only reads and was refused by a limit of GitHub, as soon as the limit is over and somebody looks. */
export function useRepeat(failure: Failure | undefined, repeat: (() => unknown) | undefined): void {
  const latest = useRef(repeat);
  latest.current = repeat;
  const at = repeat && failure?.repeatAt;
  useEffect(() => {
    if (at === undefined) return;
    const ended = new AbortController();
    const ask = () => {
      if (document.visibilityState !== 'visible') return;
      ended.abort();
      latest.current?.();
    };
    const wait = Math.max(0, at - Date.now()) + Math.random() * SPREAD_MS;
    const timer = setTimeout(() => {
      document.addEventListener('visibilitychange', ask, { signal: ended.signal });
      ask();
    }, wait);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [failure, at]);
}
