import type { Choice } from '../differences/choice.ts';
import type { KnownIssue } from '../identity/issue.ts';
import type { IssueRef } from '../refs.ts';
import type { Edit } from '../text/edit.ts';

/** Why issues and text are changed. */
export type ChangeCause =
  /** Chosen among the differences, or in the table of matches. */
  | 'resolve'
  /** A sync or an earlier change is undone. */
  | 'undo'
  /** A generation is undone: its issues are closed and their links removed. */
  | 'undo-generation'
  /** Items become plain ones again. */
  | 'unlink'
  /** Our markers, block and comments are removed. */
  | 'traces';

/** What is changed for one row: first its issues, then the text. */
export interface RowChange {
  /** What was chosen; for the log and the view. */
  readonly choice: Choice['kind'] | 'undo' | 'plain' | 'traces';
  readonly changes: readonly IssueChange[];
  /** Of the text, without those of the hidden block. */
  readonly edits: readonly Edit[];
  /** Entries of the hidden block to put or (undefined) to take out. */
  readonly map: readonly (readonly [item: string, issue: IssueRef | undefined])[];
  /** Takes the hidden block away altogether. */
  readonly dropMap?: boolean;
}

/** A change of one issue. Each part is made only where it is given and not there already, so it may be sent again. */
export interface IssueChange {
  readonly issue: IssueRef;
  readonly state?: {
    readonly to: 'open' | 'closed';
    readonly reason?: 'completed' | 'not_planned' | 'duplicate' | 'reopened';
  };
  /** Only while the title is still `from`. */
  readonly title?: { readonly from: string; readonly to: string };
  /** What becomes of our marker, where it names the job's checklist: `v1` puts it in force again, `none` takes its line away. */
  readonly marker?: 'v1' | 'undone' | 'none';
  /** Deletes the comments by which the token's user linked the checklist. */
  readonly comments?: 'delete';
  /**
   * Left for the user's decision when somebody did anything to the issue since we changed it last, or since a run made
   * it as described here.
   */
  readonly guard?: 'untouched' | MadeIssue;
}

/** An issue as the run that is undone left it. */
export interface MadeIssue {
  readonly title: string;
  readonly body: string;
  /** What it was created with; undefined where only the issue's marker tells of the run, and title and body are as last seen. */
  readonly settings: CreatedSettings | undefined;
  /** When the run worked, in milliseconds since 1970; missing where only the issue's marker tells of it. */
  readonly ran?: { readonly from: number; readonly until: number };
  /** Who ran it, where the issue alone tells of it. */
  readonly by?: string;
}

/** What the creation of an issue sets beside its texts. */
export interface CreatedSettings {
  readonly labels: readonly string[];
  readonly milestone: string | undefined;
  readonly assignees: readonly string[];
}

/** A change of an issue that stands in this browser's log. */
export interface RecordedChange {
  /** `issueKey` of the issue. */
  readonly issue: string;
  /** Milliseconds since 1970, by the local clock. */
  readonly at: number;
  readonly change: IssueChange;
}

/** A change of an issue as it was sent: only what was not there already. */
export interface SentChange {
  /** Its place in `RowChange.changes`. */
  readonly position: number;
  readonly change: IssueChange;
  /** Missing where nothing takes it back. */
  readonly undo?: IssueChange | undefined;
}

/** What one request changes of an issue. */
export interface IssuePatch extends Partial<Pick<KnownIssue, 'title' | 'body' | 'state'>> {
  readonly stateReason?: NonNullable<NonNullable<IssueChange['state']>['reason']>;
}
