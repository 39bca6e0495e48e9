/** What a person may do in a repository, weakest first (GitHub's roles). */
export type Role = 'none' | 'pull' | 'triage' | 'push' | 'maintain' | 'admin';

/** How GitHub relates an author to a repository (`author_association`). */
export type Association = 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE';

/** One revision of an issue's or comment's body, as the edit history shows it. */
export interface StoredEdit {
  readonly id: number;
  readonly at: number;
  readonly editor: string;
  /** The whole body as of this edit. */
  readonly body: string;
}

/** One comment of an issue. Times are milliseconds of the server's clock. */
export interface StoredComment {
  readonly id: number;
  readonly nodeId: string;
  readonly author: string;
  readonly body: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What closed an issue when no person did: a pull request by its merge, or a commit on the default branch. */
export type StoredCloser =
  | { readonly kind: 'pull'; readonly pullId: number }
  | { readonly kind: 'commit'; readonly oid: string };

/** What a timeline tells, apart from comments. */
export type EventDetail =
  | {
      readonly kind: 'closed';
      readonly stateReason: string | null;
      readonly closer: StoredCloser | null;
    }
  | { readonly kind: 'merged'; readonly oid: string; readonly base: string }
  /** Linked in the sidebar to the issue or pull request with this id. */
  | { readonly kind: 'connected'; readonly subjectId: number }
  | { readonly kind: 'reopened' }
  | { readonly kind: 'labeled' | 'unlabeled'; readonly label: string }
  | { readonly kind: 'milestoned' | 'demilestoned'; readonly milestone: string }
  | { readonly kind: 'assigned' | 'unassigned'; readonly assignee: string }
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string }
  | { readonly kind: 'locked' | 'unlocked' }
  | { readonly kind: 'cross-referenced'; readonly sourceId: number }
  | { readonly kind: 'transferred'; readonly fromRepo: string };

/** One entry of an issue's timeline. */
export interface StoredEvent {
  readonly id: number;
  readonly nodeId: string;
  readonly at: number;
  readonly actor: string;
  readonly detail: EventDetail;
}

/** The part of a pull request that an issue does not have. */
export interface StoredPull {
  /** Name of the branch that it is to be, or was, merged into. */
  readonly base: string;
  readonly head: string;
  readonly merged: boolean;
  readonly mergedAt: number | null;
  readonly mergedBy: string | null;
  readonly mergeCommit: string | null;
  /** Issues that its description names with a closing keyword, whatever its base. */
  readonly closes: readonly IssueAt[];
  /** Issues that were linked to it in the sidebar. */
  readonly linked: readonly IssueAt[];
}

/** A commit on a default branch, as far as anything here knows one. */
export interface StoredCommit {
  readonly oid: string;
  readonly repoId: number;
  /** Pull requests that brought it. */
  readonly pullIds: readonly number[];
}

/** Where an issue stands, or stood before it was transferred. */
export interface IssueAt {
  readonly repoId: number;
  readonly number: number;
}

/** An issue or pull request as it stands; every change makes a new record. */
export interface StoredIssue {
  readonly id: number;
  readonly nodeId: string;
  /** `owner/name` of the repository that holds it now. */
  readonly repo: string;
  readonly number: number;
  readonly title: string;
  /** Null when the issue was made without a body. */
  readonly body: string | null;
  readonly author: string;
  readonly state: 'open' | 'closed';
  readonly stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  readonly locked: boolean;
  readonly labels: readonly string[];
  readonly milestone: number | null;
  readonly assignees: readonly string[];
  /** Number of the issue of its repository that it is a sub-issue of. */
  readonly parent: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
  readonly lastEditedAt: number | null;
  readonly lastEditor: string | null;
  readonly pull: StoredPull | null;
  /** Oldest first; empty until the body is edited for the first time. */
  readonly edits: readonly StoredEdit[];
  readonly events: readonly StoredEvent[];
  readonly comments: readonly StoredComment[];
}

/** What a token may do beyond what its user may do. */
export interface StoredToken {
  readonly token: string;
  readonly login: string;
  /** Null for a fine-grained token. */
  readonly scopes: readonly string[] | null;
  readonly expiresAt: string | null;
  readonly repos: readonly string[] | null;
  readonly issues: 'read' | 'write';
  /** Of a fine-grained token: whether it reads files of private repositories. */
  readonly contents: 'none' | 'read';
  /** Of a fine-grained token: whether it reads pull requests of private repositories. */
  readonly pulls: 'none' | 'read';
  /** Where to authorize the token for single sign-on; null when nothing is asked. */
  readonly sso: string | null;
  readonly revoked: boolean;
}
