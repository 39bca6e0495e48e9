import type { IssueChange, RowChange } from '../engine/change.ts';
import type { Failure } from '../failures.ts';
import type { FoundBy } from '../identity/identify.ts';
import type { IssueRef } from '../refs.ts';
import type { SyncChange, SyncRemark } from '../sync/sync-plan.ts';
import type { Edit } from '../text/edit.ts';
import type { Cause } from './cause.ts';

/** What every event says: when, for which checklist, why, by whom. Job and run are '' where it belongs to none. */
export interface Logged {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly job: string;
  readonly run: string;
  /** `checklistKey` of the checklist. */
  readonly checklistKey: string;
  readonly cause: Cause;
  readonly login: string;
}

/** What else it says, by its kind. */
interface FactsByKind {
  'write-master': {
    /** The items that the write changed. */
    readonly rows?: readonly LoggedRow[];
    /** Edits that revert the write, per item. */
    readonly inverse?: readonly Edit[];
    /** What the write changed in the hidden block, where it did. */
    readonly map?: readonly MapChange[];
    /** The text before the write. */
    readonly before?: string;
  };
  'create-issue': AboutIssue;
  'find-issue': AboutIssue;
  'create-comment': AboutIssue;
  'create-label': { readonly name: string };
  'create-milestone': { readonly name: string };
  'change-issue': AboutIssue & {
    /** What was really changed. */
    readonly change: IssueChange;
    /** What reverts it; missing where nothing can. */
    readonly undo?: IssueChange;
  };
  /** Nothing was written, and the reason is new; `released`: tracking ended. */
  remark: {
    readonly rows?: readonly LoggedRow[];
    readonly notice?: Failure;
    readonly name?: 'released';
  };
  /** Nothing was written: something that the user must hear of. */
  notice: { readonly notice: Failure };
  /** What was read of the checklist differs from the reading before. */
  read: { readonly read: ReadCounts };
  /** Items have another issue than before, or found it otherwise. */
  match: { readonly rows: readonly LoggedRow[] };
}

/** One entry of the hidden block that a write changed; undefined: there is none. */
export interface MapChange {
  /** Key of the item. */
  readonly item: string;
  readonly from: IssueRef | undefined;
  readonly to: IssueRef | undefined;
}

interface AboutIssue {
  readonly issue: IssueRef;
  /** Key of its item, where it has one. */
  readonly item?: string;
}

/** The kinds of events. */
export type LogKind = keyof FactsByKind;

/** An event of one kind. */
export type EventOf<K extends LogKind> = Logged & { readonly kind: K } & FactsByKind[K];

/** An event of the log: something that was written at GitHub, noticed, or read. */
export type LogEvent = { [K in LogKind]: EventOf<K> }[LogKind];

/** An event as lists read it: without the text before the write, which may have 65,536 characters. */
export type ListedEvent = {
  [K in LogKind]: Logged & { readonly kind: K } & Omit<FactsByKind[K], 'before'>;
}[LogKind];

/** A listed event with its key. */
export type LogLine = ListedEvent & {
  /** Its key in the store: newer ones have greater keys. */
  readonly id: number;
  /** Length of the text before the write in UTF-16 units, where there is one. */
  readonly textLength?: number;
};

/** What an event of any kind may say: for views that show whatever there is. */
export type AnyFacts = Partial<
  FactsByKind['write-master'] &
    FactsByKind['create-label'] &
    FactsByKind['change-issue'] &
    FactsByKind['notice'] &
    FactsByKind['read']
>;

/** How an item found its issue: `asked` where several issues, or one that GitHub does not show, leave it to the user. */
export type MatchHow = FoundBy | 'asked';

/** What was read of a checklist, counted. */
export interface ReadCounts {
  readonly items: number;
  /** Lines that look like items but are not. */
  readonly lookalikes: number;
  readonly matches: Readonly<Partial<Record<MatchHow, number>>>;
}

/** One item in an event. */
export interface LoggedRow {
  readonly item: string;
  readonly text: string;
  readonly what:
    | SyncChange['kind']
    | SyncRemark['kind']
    | RowChange['choice']
    | `match-${MatchHow | 'none'}`;
  readonly issue?: IssueRef;
  readonly pulls?: readonly IssueRef[];
}
