import type { IssueRef } from '../refs.ts';
import type { Preferences } from '../settings/settings.ts';

/** How items find their issues without any local state. */
export type IdentityStrategy = Preferences['generation']['identity'];

/** An issue or pull request with what tells whose it is. */
export interface KnownIssue {
  readonly ref: IssueRef;
  readonly kind: 'issue' | 'pull-request';
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly stateReason?: string | undefined;
  readonly author: string;
  readonly authorAssociation: string;
  readonly createdAt: string;
}
