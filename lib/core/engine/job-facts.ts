import type { Failure } from '../failures.ts';
import type { KnownIssue } from '../identity/issue.ts';
import type { LogEvent } from '../log/event.ts';
import type { ChecklistRef } from '../refs.ts';
import type { Edit } from '../text/edit.ts';

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
  /** Who opened the issue. Missing where the history is not readable. */
  readonly author?: string;
  readonly authorAssociation?: string;
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
  readonly event: LogEvent | undefined;
  /** An earlier write that was found to have overwritten somebody; this one restores that text, if it happens. */
  readonly restores: UnverifiedWrite | undefined;
  /** What the user has not been told yet about it. */
  readonly notice: Failure | undefined;
  /** Who wrote it; missing in records of earlier versions. */
  readonly login?: string;
}
