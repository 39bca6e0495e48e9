import type { BodyVersion, MasterSnapshot } from '../engine/job-facts.ts';
import type { OwnIssue } from '../identity/identify.ts';
import type { IdentityStrategy, KnownIssue } from '../identity/issue.ts';
import type { Link, NamedIssue } from '../identity/naming.ts';
import type { Rights } from '../identity/trust.ts';
import type { ChecklistRef, IssueRef } from '../refs.ts';
import type { SyncRules } from '../settings/settings.ts';

/** The rules file of the master's repository, as GitHub gave it. */
export type RulesFile =
  | { readonly kind: 'text'; readonly text: string }
  /** `near`: a file with almost the same name, which is not read; only told to the page. */
  | { readonly kind: 'none'; readonly near?: string }
  /** There may be one, but the token may not read it. */
  | { readonly kind: 'unreadable' };

/** The master with all that sync needs beside its text, past every cache. All times are ISO, by GitHub's clock. */
export interface SyncMaster extends MasterSnapshot {
  readonly createdAt: string;
  readonly closedAt: string | undefined;
  /** Whether `history` reaches back to the first edit. */
  readonly historyComplete: boolean;
  readonly rulesFile: RulesFile;
  /** Issue templates and forms of its repository. Missing where it has none, or the token may not read them. */
  readonly templates?: readonly string[];
  /** Where the master stands now: its repository may have been renamed. */
  readonly ref: ChecklistRef;
  readonly archived: boolean;
}

/** A merged pull request. */
export interface MergedPull {
  readonly ref: IssueRef;
  readonly mergedAt: string;
  /** Name of the branch that it was merged into. */
  readonly base: string;
  /** An event of the issue names it as what closed it: whoever merged it may close issues there. */
  readonly closed?: true;
  /** The merged pull request that says "Reverts #n" of it; only where that was asked for. */
  readonly revertedBy?: Omit<MergedPull, 'revertedBy'>;
}

/** A merged pull request whose text mentions an issue. */
export interface MentioningPull extends MergedPull {
  /** Title and body, one below the other. */
  readonly text: string;
}

/** An issue or pull request that an item links, as GitHub has it now. */
export interface Followed extends NamedIssue, Pick<KnownIssue, 'state'> {
  /** Of a closed issue: why. Without a reason GitHub means completed. */
  readonly reason: 'completed' | 'not-planned' | 'duplicate' | undefined;
  /** When it was closed last; undefined while it is open. */
  readonly closedAt: string | undefined;
  /** When it was reopened, if that is the last thing that happened to its state. */
  readonly reopenedAt: string | undefined;
  /** Of a pull request: its own merge. */
  readonly merged: MergedPull | undefined;
  /** Of an issue: merged pull requests that close it, and merged pull requests of the commits that closed it. Any order, each once. */
  readonly closers: readonly MergedPull[];
  /** Of an issue: merged pull requests that mention it; only where the rules name further base branches. */
  readonly mentions: readonly MentioningPull[];
  /** Of a closed issue, and of one with ticked boxes and a marker: the words of the open boxes in its text. Missing where it has none. */
  readonly openBoxes?: readonly string[];
  /** Of an issue with a marker: the words of the ticked boxes in its text. Missing where it has none. */
  readonly tickedBoxes?: readonly string[];
}

/** Facts by `issueKey` of the reference as the text writes it. `'unreadable'`: GitHub does not show it; missing: not asked. */
export type FollowedByKey = Readonly<Record<string, Followed | 'unreadable' | undefined>>;

/** A link that sync follows. */
export type FollowedLink = Link<Followed>;

/** What an item follows, and by which link. */
export type Following = OwnIssue<Followed>;

/** Everything that a sync is calculated from: the text and GitHub's state, nothing remembered. */
export interface SyncFacts {
  readonly checklist: ChecklistRef;
  readonly master: {
    readonly text: string;
    readonly createdAt: string;
    /** Newest first. */
    readonly history: readonly BodyVersion[];
    /** Whether the history holds all that GitHub shows. */
    readonly isWhole: boolean;
  };
  readonly followed: FollowedByKey;
  readonly rules: SyncRules;
  readonly identity: IdentityStrategy;
  /** Login of the token. */
  readonly viewer?: string | undefined;
  /** Rights of people whose word decides something, as far as GitHub was asked and tells. */
  readonly rights?: Rights | undefined;
}
