import type { IssueRef } from '../refs.ts';
import type { Preferences } from '../settings/settings.ts';

/** How items are matched to issues without any local state. */
export type IdentityStrategy = Preferences['generation']['identity'];

/**
 * An issue or pull request as GitHub has it. Whatever is read of one is this, or the part of it that was asked for with
 * more beside it.
 */
export interface KnownIssue {
  /** Where it is now; another one than was asked for when it was transferred or its repository renamed. */
  readonly ref: IssueRef;
  readonly kind: 'issue' | 'pull-request';
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  /** GitHub's word: `completed`, `not_planned`, `duplicate`, `reopened`; `merged` of a pull request. */
  readonly stateReason?: string | undefined;
  readonly author: string;
  readonly authorAssociation: string;
  /** ISO, by GitHub's clock. */
  readonly createdAt: string;
  /** The issue that GitHub shows it under, as a sub-issue. */
  readonly parent?: IssueRef;
}
