import type { NamedPull } from '../core/differences/reconcile-facts.ts';
import type { Result } from '../core/failures.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import type { IssueRef, RepoRef } from '../core/refs.ts';
import type { SyncGitHub, SyncPorts } from './sync-ports.ts';

/** What the sweep for markers found in a repository. */
export interface Sweep {
  /** Newest first; pull requests left out. */
  readonly issues: readonly KnownIssue[];
  /** False when there were more pages than are read. */
  readonly complete: boolean;
}

/** GitHub as reconcile sees it: one question each, no retries. */
export interface ReconcileGitHub extends SyncGitHub {
  /** All issues of a repository that were created at or after a time (ISO), open and closed, 100 in a request, up to 30 requests. A page that fails fails all. */
  sweepIssues(repo: RepoRef, createdSince: string): Promise<Result<Sweep>>;
  /** Pull requests by `issueKey` of the reference as asked, up to 100 in a request; missing: GitHub shows none there. */
  readPulls(pulls: readonly IssueRef[]): Promise<Result<Readonly<Record<string, NamedPull>>>>;
  /** Issues of a repository whose title holds the words, the best 10; a number, `owner/repo#12` or an address answers that one issue. */
  searchIssues(repo: RepoRef, text: string): Promise<Result<readonly KnownIssue[]>>;
}

/** Everything that reconcile needs from outside. */
export interface ReconcilePorts extends Omit<SyncPorts, 'github'> {
  readonly github: ReconcileGitHub;
}
