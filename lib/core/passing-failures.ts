import type { FailureCode } from './failure.ts';

/** Failures that mend themselves: the user need not do anything. */
export const PASSING_FAILURES: readonly FailureCode[] = [
  'offline',
  'rate-limited',
  'server-error',
  'unknown-outcome',
  'write-unconfirmed',
  'editor-open',
  'job-open',
  'written-just-now',
];
