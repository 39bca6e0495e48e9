import type { Failure } from '../failures.ts';
import type { AlertCause } from './alert.ts';

/** How many things a cause is about: items, differences, or the one thing that it is. */
export function countOf(cause: AlertCause): number {
  return 'count' in cause ? cause.count : 1;
}

/** The failure behind a cause, where there is one. */
export function failureOf(cause: AlertCause): Failure | undefined {
  return 'failure' in cause ? cause.failure : undefined;
}
