import type { Failure } from '../failures.ts';
import type { IdentityStrategy, KnownIssue } from '../identity/issue.ts';
import type { ChecklistRef, RepoRef } from '../refs.ts';
import type { NumbersQuestion } from './ask-numbers.ts';
import type { Reading } from './reading.ts';
import type { SyncRow } from './sync-plan.ts';

/** A checklist that this browser keeps up to date. */
export interface TrackedChecklist {
  readonly checklist: ChecklistRef;
  readonly title: string;
  /** The account that it is bound to: another one never writes it. */
  readonly login: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** A checklist that this browser let go by itself. */
export interface ReleasedChecklist {
  readonly tracked: TrackedChecklist;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The failure that says that it is not there any more; undefined when it had been closed for seven days. */
  readonly gone: Failure | undefined;
}

/** What this browser remembers of a tracked checklist: to ask less and to show something; never to decide what is written. */
export interface SyncRecord {
  /** `issueKey` of the checklist. */
  readonly key: string;
  /** Hash of the text when it was last calculated. */
  readonly textHash: string;
  /** `issueKey`s of all issues and pull requests that its items link. */
  readonly links: readonly string[];
  /** Keys of the items without a link that the user has seen or refused: all others are new. */
  readonly knownItems: readonly string[];
  /** Items without a link that appeared since. */
  readonly newItems: number;
  /** Rows with remarks, or with changes that wait. */
  readonly rows: readonly SyncRow[];
  /** Numbers of which a person has to say whose they are; missing where there are none. */
  readonly question?: NumbersQuestion | undefined;
  readonly counts: { readonly items: number; readonly followed: number; readonly done: number };
  /** The last check that came through, and the last time all links were read; milliseconds since 1970. */
  readonly checkedAt: number | undefined;
  readonly fullAt: number | undefined;
  /** When a background write was sent last: the next one waits. */
  readonly wroteAt: number | undefined;
  /** What is still to be looked at: all links, or some `issueKey`s. */
  readonly pending: 'all' | readonly string[] | undefined;
  /** Why writing waits, although there is something to write. */
  readonly waiting: 'gap' | 'editor' | 'job' | undefined;
  /** What stands in the way; the user sees it. */
  readonly failure: Failure | undefined;
  /** Refreshes in a row that failed; one that waits after a failure asks nothing and is none. */
  readonly failures: number;
  /** Syncs of its own in a row that failed, not only the look at its repository: by these it waits. Missing before the first. */
  readonly ownFailures?: number;
  /** Not looked at before; milliseconds since 1970. */
  readonly notBefore: number | undefined;
  /** When the master was closed (ISO, by GitHub's clock): seven days later it is released. */
  readonly closedAt: string | undefined;
  /** The mistakes of the rules file, each a sentence; empty when it is sound or not there. */
  readonly ruleMistakes: readonly string[];
  /** Where the rules come from. */
  readonly rulesFrom: 'file' | 'browser';
  /** What the rules file says of how items are read; missing where there is none. */
  readonly naming?: NamingRules | undefined;
  /** What was read last; missing until something was. */
  readonly reading?: Reading;
  /**
   * What the whole history of this very text showed not to be changed, by item: the changes, and when their events
   * happened (`unreached`). Missing before there was any.
   */
  readonly settled?: Readonly<Record<string, string>> | undefined;
}

/** What a rules file may say of how items and their issues are read. */
export interface NamingRules {
  readonly identity?: IdentityStrategy;
  readonly placeholder: string;
}

/** Up to where the changes of a repository are known, per account. */
export interface PollCursor {
  /** ISO, by GitHub's clock. Stays while answers bring nothing new: the address, and with it the ETag, stays the same. */
  readonly since: string;
  readonly etag: string | undefined;
  /** By number what was handled already and may be listed again: `updated_at`, and a hash of what the list said. */
  readonly handled: Readonly<Record<string, string>>;
  /** Requests that failed in a row, and when the next one may go out. */
  readonly failures: number;
  readonly notBefore: number | undefined;
  readonly checkedAt: number | undefined;
  readonly failure: Failure | undefined;
}

/** An issue or pull request as the list of changes shows it. */
export interface ChangedIssue
  extends Pick<KnownIssue, 'kind' | 'title' | 'body' | 'state' | 'stateReason'> {
  readonly number: number;
  /** ISO. */
  readonly mergedAt: string | undefined;
  readonly updatedAt: string;
}

/** What changed in a repository since a time. `serverAt` is GitHub's own time of the answer (ISO). */
export type RepoChanges =
  | { readonly kind: 'unchanged'; readonly serverAt: string }
  | {
      readonly kind: 'changed';
      readonly serverAt: string;
      readonly etag: string | undefined;
      readonly issues: readonly ChangedIssue[];
      /** Where the repository is now, when it was renamed. */
      readonly repo: RepoRef;
    };

/** What the panel, the popup and the toolbar show of a checklist's sync. */
export interface SyncView {
  readonly tracked: boolean;
  /** The account that it is bound to, or would be. */
  readonly login: string | undefined;
  /** The last check, milliseconds since 1970. */
  readonly checkedAt: number | undefined;
  readonly state: 'ok' | 'failing' | 'waiting' | 'released';
  readonly waiting: SyncRecord['waiting'];
  readonly failure: Failure | undefined;
  readonly ruleMistakes: readonly string[];
  readonly rulesFrom: 'file' | 'browser';
  /** Rows with remarks. */
  readonly rows: readonly SyncRow[];
  readonly question?: NumbersQuestion | undefined;
  readonly newItems: number;
  /** The last look for differences, how many with actions were left, and why the looks since failed where sync's failure does not say it. */
  readonly reconcile:
    | {
        /** Undefined until a search has worked. */
        readonly at: number | undefined;
        readonly left: number;
        readonly failure: Failure | undefined;
      }
    | undefined;
  /** Things that need the user: failures, rule mistakes, rows and differences that nobody but her can decide. */
  readonly needsYou: number;
  /** Minutes between two refreshes. */
  readonly everyMinutes: number;
  /** Until when GitHub wants to be left alone by the account, in milliseconds since 1970; missing where it does not. */
  readonly limitedUntil?: number;
}
