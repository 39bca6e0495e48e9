import type { Result } from '../core/failure.ts';
import type { KnownIssue } from '../core/plan-generation.ts';
import type { ChecklistRef, IssueRef, RepoRef } from '../core/refs.ts';

/** One version in a body's edit history. */
export interface BodyVersion {
  /** ISO time of the edit. */
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

/** What undo needs to tell whether anybody touched an issue. */
export interface IssueHistory {
  readonly ref: IssueRef;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly comments: readonly {
    readonly author: string;
    readonly body: string;
    readonly isBot: boolean;
  }[];
  readonly events: readonly {
    readonly type: string;
    readonly actor: string;
    readonly isBot: boolean;
    readonly createdAt: string;
  }[];
  readonly editors: readonly string[];
  readonly createdAt: string;
}

/**
 * GitHub as the jobs see it: one call each, no retries, every call with its own timeout.
 * A write whose outcome is not known answers the failure `unknown-outcome`; a limit answers `rate-limited` with `retryAt` where GitHub names a time.
 */
export interface GitHubPort {
  /** Body, rights and edit history in one request. */
  readMaster(checklist: ChecklistRef): Promise<Result<MasterSnapshot>>;
  /** Replaces the whole body; answers the body as GitHub returned it. */
  updateMaster(checklist: ChecklistRef, body: string): Promise<Result<string>>;
  createIssue(repo: RepoRef, draft: IssueDraft): Promise<Result<CreatedIssue>>;
  /** Issues by a creator since a time, newest first, all pages; pull requests left out. A failed page fails the whole look-up: it never counts as "not found". */
  listIssues(
    repo: RepoRef,
    query: { readonly creator: string; readonly since: string },
  ): Promise<Result<readonly KnownIssue[]>>;
  createComment(issue: IssueRef, body: string): Promise<Result<void>>;
  listComments(
    issue: IssueRef,
  ): Promise<Result<readonly { readonly author: string; readonly body: string }[]>>;
  createLabel(repo: RepoRef, name: string): Promise<Result<void>>;
  /** Number of the milestone with this title, made where it is missing. */
  ensureMilestone(repo: RepoRef, title: string): Promise<Result<number>>;
  readHistories(issues: readonly IssueRef[]): Promise<Result<readonly IssueHistory[]>>;
  updateIssue(
    issue: IssueRef,
    change: {
      readonly body?: string;
      readonly state?: 'open' | 'closed';
      readonly stateReason?: 'completed' | 'not_planned' | 'reopened';
    },
  ): Promise<Result<void>>;
}
