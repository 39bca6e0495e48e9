import type { RunPurpose } from '../engine/job-status.ts';
import type { Failure } from '../failures.ts';
import type { ChecklistRef } from '../refs.ts';

/** An account on a host, as far as its token can need the user. */
export interface AlertedAccount {
  readonly host: string;
  readonly login: string;
}

/** What is the matter, now. It is gone as soon as it is resolved. */
export type AlertCause =
  /** Checks keep failing, or fail for a reason that does not pass by itself. */
  | { readonly kind: 'sync-failed'; readonly failure: Failure }
  /** Differences that need a decision. `isSeen`: somebody has opened Reconcile since the last nightly run. */
  | { readonly kind: 'differences'; readonly count: number; readonly isSeen: boolean }
  /** A person took back what Masterlist had written, in so many items. */
  | { readonly kind: 'overridden'; readonly count: number }
  /** It cannot be told which issue so many items follow. */
  | { readonly kind: 'decision'; readonly about: 'items'; readonly count: number }
  | { readonly kind: 'decision'; readonly about: 'rights'; readonly failure: Failure }
  | {
      readonly kind: 'decision';
      readonly about: 'token-dead';
      readonly account: AlertedAccount;
      readonly failure: Failure;
    }
  | {
      readonly kind: 'decision';
      readonly about: 'token-expiring';
      readonly account: AlertedAccount;
      /** Whole days that are left; 0 on the last one. */
      readonly days: number;
    }
  /** A run, open or ended, has so many rows that wait for the user, or waits for her to sign in (`failure`). */
  | {
      readonly kind: 'decision';
      readonly about: 'run';
      readonly job: string;
      readonly of: RunPurpose;
      readonly count: number;
      readonly failure: Failure | undefined;
    }
  | {
      readonly kind: 'job-ended';
      readonly job: string;
      readonly of: RunPurpose;
      readonly outcome: 'done' | 'stopped' | 'failed';
      /** What it did, as a sentence. */
      readonly result: string;
      readonly failure: Failure | undefined;
    };

/** A checklist as an alert names it. */
export interface AlertedChecklist {
  readonly ref: ChecklistRef;
  /** Title of the master issue: other people's text. */
  readonly title: string;
}

/** One thing that the user should hear of. */
export interface Alert {
  readonly cause: AlertCause;
  /** Missing where it concerns an account. */
  readonly checklist: AlertedChecklist | undefined;
}

/** How much of it there is: an alert that has grown is news again. */
export function alertSize({ cause }: Alert): number {
  if ('count' in cause) return cause.count;
  // A token is told of twice: seven days before it expires, and on the last day.
  return 'days' in cause && cause.days < 1 ? 2 : 1;
}

/** How many things a cause is about: items, differences, or the one thing that it is. */
export function countOf(cause: AlertCause): number {
  return 'count' in cause ? cause.count : 1;
}

/** The failure behind a cause, where there is one. */
export function failureOf(cause: AlertCause): Failure | undefined {
  return 'failure' in cause ? cause.failure : undefined;
}
