import type { Failure } from '../failures.ts';
import type { ChecklistRef, RepoRef } from '../refs.ts';
import type { ChangeCause } from './change.ts';
import type { JobKind } from './job.ts';

/** What a user may do about a row that needs her. The words are the view's. */
export type RowResolution =
  | { readonly kind: 'retry' }
  | { readonly kind: 'create-again' }
  | { readonly kind: 'use-number'; readonly number: number }
  | { readonly kind: 'skip' }
  /** Links its issue to the item that stands in its place. */
  | { readonly kind: 'link' }
  /** Closes, or changes back, an issue although somebody has touched it. */
  | { readonly kind: 'force' };

/** A row that failed, is unknown, or came back for review, with what may be done about it. */
export interface RowProblem {
  readonly index: number;
  readonly text: string;
  readonly failure: Failure;
  readonly choices: readonly RowResolution['kind'][];
  /** The issue that exists for it already, if any. */
  readonly issue?: { readonly number: number; readonly url: string };
}

/** Why a job does nothing right now. */
export type WaitReason =
  | 'pace'
  | 'limit'
  | 'look-up'
  | 'offline'
  | 'editor'
  | 'claim'
  | 'recovery'
  | 'rights'
  | 'sign-in';

/** A job as the views show it. Times in milliseconds since 1970. */
export interface JobStatus {
  readonly id: string;
  readonly kind: JobKind;
  readonly checklist: ChecklistRef;
  readonly target: RepoRef;
  readonly state: 'running' | 'waiting' | 'paused' | 'ended';
  readonly outcome?: 'done' | 'stopped' | 'failed';
  readonly counts: {
    /** Rows that take part. */
    readonly total: number;
    /** Issues that were created; of a change changed. */
    readonly created: number;
    /** Rows whose link stands in the master (or, of a change, that are done). */
    readonly linked: number;
    readonly failed: number;
    readonly unknown: number;
    readonly review: number;
    readonly left: number;
  };
  /** Of a paused one: what the rest of the work that was begun waits for. */
  readonly waiting?: { readonly until: number; readonly why: WaitReason };
  /** When it will be done under GitHub's limits, if nothing goes wrong. */
  readonly finishAt?: number;
  readonly problems: readonly RowProblem[];
  readonly failure?: Failure;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** Once it has ended: how many created issues an undo would close, or changes it would revert. */
  readonly undoable: number;
  /** Of a change: why it is done, and how many issues are created once it has ended. */
  readonly change?: { readonly cause: ChangeCause; readonly creates: number };
  readonly words: JobWords;
}

/** Whether it waits for a token or a right that somebody must give back. */
export function lacksAccess({ waiting }: Pick<JobStatus, 'waiting'>): boolean {
  return waiting?.why === 'sign-in' || waiting?.why === 'rights';
}

/** What a run is for. */
export type RunPurpose = 'generate' | ChangeCause;

/** A job in the words of its kind. */
export interface JobWords {
  readonly purpose: RunPurpose;
  /** How many of `counts.total` a bar shows as done. */
  readonly done: number;
  /** `12 of 54 created`: how far it is. */
  readonly progress: string;
  /** What was done so far, as a sentence: `12 issues created, all linked.` */
  readonly result: string;
  /** The same once it has ended, and how it ended. */
  readonly outcome: string;
  /** What happens when it is stopped now. */
  readonly stop: string;
  /** The button that changes an issue although somebody has touched it. */
  readonly force: string;
  /** What an undo does to each of what is `undoable`; the rest of its words is the view's. */
  readonly undo: 'close' | 'revert';
}
