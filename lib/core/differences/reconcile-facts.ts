import type { KnownIssue } from '../identity/issue.ts';
import type { IssueRef } from '../refs.ts';
import type { MergedPull, SyncFacts } from '../sync/sync-facts.ts';

/** A pull request that an item names, as GitHub has it. */
export interface NamedPull {
  readonly ref: IssueRef;
  readonly title: string;
  readonly state: 'open' | 'closed' | 'merged';
  /** Issues that it closes, by its text or by hand. */
  readonly closes: readonly IssueRef[];
  /** The merged pull request that says "Reverts #n" of it, if there is one. */
  readonly revertedBy: MergedPull | undefined;
}

/**
 * Everything that differences are found from: what sync reads, and beside it the issues that carry a marker of this
 * checklist or could be an item's by their title, and the pull requests that items name.
 */
export interface ReconcileFacts extends SyncFacts {
  readonly master: SyncFacts['master'] & {
    readonly state: 'open' | 'closed';
    readonly locked: boolean;
  };
  /**
   * Issues of the target repositories that GitHub listed, newest first: those with a marker of this checklist, and those
   * whose title could be an item's. `complete` is false when older ones were not compared.
   */
  readonly listed: { readonly issues: readonly KnownIssue[]; readonly complete: boolean };
  /**
   * By `issueKey` of the number as the text writes it; missing: not asked, or no pull request. Beside them the closers of
   * followed issues, where one of them was reverted: a number that a person took out for that is not missed.
   */
  readonly pulls: Readonly<Record<string, NamedPull | undefined>>;
  /** What issues start from: the template of this browser and of the repository's rules, and the repository's issue templates and forms. */
  readonly templates: readonly string[];
  /** Login of the token: whose markers are believed beside those of members. */
  readonly viewer: string;
  /** Ids of differences that the user left as they are, in this browser. */
  readonly left: readonly string[];
}

/** What drafting titles depends on beside the facts. */
export interface ReconcileOptions {
  /** As in generating: undefined: `[Test] ` where the master's title or a heading speaks of tests, else none. */
  readonly prefix?: string | undefined;
  readonly masterTitle?: string | undefined;
}
