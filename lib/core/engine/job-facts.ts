import type { Failure } from '../failures.ts';
import type { KnownIssue } from '../identity/issue.ts';
import type { Cause } from '../log/cause.ts';
import type { ChecklistRef, IssueRef } from '../refs.ts';
import type { MapChange } from '../runs/map-changes.ts';
import type { SyncChange, SyncRemark } from '../sync/sync-plan.ts';
import type { Edit } from '../text/edit.ts';
import type { IssueChange, RowChange } from './change.ts';

/** One version in a body's edit history. */
export interface BodyVersion {
  /** GitHub's own id of the edit: times have whole seconds, and texts come back. */
  readonly id: string;
  /** ISO time of the edit, by GitHub's clock. */
  readonly editedAt: string;
  readonly editor: string;
  /** The whole text after the edit; undefined where GitHub does not show it. */
  readonly text: string | undefined;
}

/** The master as just read, past every cache. */
export interface MasterSnapshot {
  readonly text: string;
  readonly title: string;
  readonly state: 'open' | 'closed';
  readonly locked: boolean;
  readonly viewerCanUpdate: boolean;
  /** Newest first; empty when the body was never edited. */
  readonly history: readonly BodyVersion[];
}

/** What is written for a new issue. */
export interface IssueDraft {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly milestone: number | undefined;
  readonly assignees: readonly string[];
}

/** An issue that exists now. */
export interface CreatedIssue {
  readonly number: number;
  readonly url: string;
  /** Labels or milestone that GitHub dropped without a word. */
  readonly dropped: readonly string[];
}

/** A comment of an issue, as far as a look-up needs it. */
export interface IssueComment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
}

/** An issue as it is right now, past every cache. */
export interface IssueNow
  extends Pick<KnownIssue, 'ref' | 'title' | 'body' | 'state' | 'stateReason'> {
  readonly locked: boolean;
}

/** What tells whether anybody touched an issue. */
export interface IssueHistory
  extends Pick<KnownIssue, 'ref' | 'title' | 'body' | 'state' | 'createdAt'> {
  readonly comments: readonly {
    readonly author: string;
    readonly body: string;
    readonly isBot: boolean;
    /** ISO, by GitHub's clock. */
    readonly createdAt: string;
  }[];
  readonly events: readonly {
    readonly type: string;
    readonly actor: string;
    readonly isBot: boolean;
    readonly createdAt: string;
  }[];
  /** Each edit of the body; times are ISO, by GitHub's clock. */
  readonly edits: readonly { readonly editor: string; readonly editedAt: string }[];
}

/**
 * A write of a master that no later read has confirmed yet. It is saved before the request is sent, so that a killed
 * worker's write is verified first at the next start, and nobody's change between our read and our write is lost.
 */
export interface UnverifiedWrite {
  readonly checklist: ChecklistRef;
  readonly placeholder: string;
  /** The text that was read. */
  readonly base: string;
  /** The text that was sent, or as GitHub returned it. */
  readonly written: string;
  /** The edit history's newest entry at the read; undefined when there was none. */
  readonly newestAtRead: BodyVersion | undefined;
  readonly edits: readonly Edit[];
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** The event to log once the write is known to have happened; undefined when it is logged already. */
  readonly event: JobEvent | undefined;
  /** An earlier write that was found to have overwritten somebody; this one mends it, if it happens. */
  readonly mends: UnverifiedWrite | undefined;
  /** What the user has not been told yet about it. */
  readonly notice: Failure | undefined;
  /** Who wrote it; missing in records of earlier versions. */
  readonly login?: string;
}

/** One line of the audit log: a write that happened at GitHub. */
export interface JobEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind:
    | 'write-master'
    | 'create-issue'
    | 'find-issue'
    | 'create-comment'
    | 'create-label'
    | 'create-milestone'
    /** A mending changed an issue: `undo` takes it back. */
    | 'change-issue'
    /** Nothing was written: why not is new (`rows` with remarks, or `notice`). */
    | 'remark'
    /** Nothing was written: something that the user must hear of. */
    | 'notice'
    /** What was read of the checklist is not what it was (`read`). */
    | 'read'
    /** An item has another issue than before, or found it otherwise (`rows`: one). */
    | 'match';
  readonly job: string;
  readonly run: string;
  /** `issueKey` of the checklist. */
  readonly checklistKey: string;
  readonly cause: Cause;
  readonly login: string;
  readonly issue?: IssueRef;
  /** Key of the item, where the write concerns one. */
  readonly item?: string;
  /** Edits that take the write back, per item. */
  readonly inverse?: readonly Edit[];
  /** What the write changed in the hidden block, where it did. */
  readonly map?: readonly MapChange[];
  /** Of a change of an issue: what was really changed, and what takes it back (missing where nothing can). */
  readonly change?: IssueChange;
  readonly undo?: IssueChange;
  /** The master's text before the write. */
  readonly before?: string;
  readonly name?: string;
  readonly notice?: Failure;
  /** The items that the write changed, or that the remark is about. */
  readonly rows?: readonly LoggedRow[];
  readonly read?: ReadCounts;
}

/** How an item found its issue: `asked` where several issues, or one that GitHub does not show, leave it to the user. */
export type MatchHow = 'link' | 'bracket' | 'block' | 'marker' | 'asked';

/** What was read of a checklist, counted. */
export interface ReadCounts {
  readonly items: number;
  /** Lines that look like items but are none. */
  readonly lookalikes: number;
  readonly matches: Readonly<Partial<Record<MatchHow, number>>>;
}

/** One item in a line of the log. */
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
