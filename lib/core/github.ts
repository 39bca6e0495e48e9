import type { TokenFacts } from './account.ts';
import type { NamedPull } from './differences/reconcile-facts.ts';
import type { IssuePatch } from './engine/change.ts';
import type {
  BodyVersion,
  CreatedIssue,
  IssueComment,
  IssueDraft,
  IssueHistory,
  IssueNow,
  MasterSnapshot,
} from './engine/job-facts.ts';
import type { Failure, Result } from './failures.ts';
import type { BadgeFacts } from './identity/badge.ts';
import type { KnownIssue } from './identity/issue.ts';
import type { Rights } from './identity/trust.ts';
import type { IssueDates } from './metrics/metric-facts.ts';
import type { GenerationFacts } from './plan/plan-generation.ts';
import type { ChecklistRef, IssueRef, RepoRef } from './refs.ts';
import type { FollowedByKey, RulesFile, SyncMaster } from './sync/sync-facts.ts';
import type { RepoChanges } from './sync/tracked.ts';
import type { TextRights } from './writing-blocker.ts';

/**
 * GitHub as one account on one host sees it. One question each, past every cache, no retries, every request with its own
 * timeout. A write whose outcome is not known answers the failure `unknown-outcome`; a limit answers `rate-limited` with
 * `retryAt` where GitHub names a time. Of what is read in several requests or pages, one that fails fails all: it never
 * counts as "not found".
 */
export interface GitHub {
  /** Whose token it is, when it ends, and a classic token's scopes. */
  readAccount(): Promise<Result<TokenFacts>>;
  /** Why the token cannot read a repository. Whether it may write shows only at the first write. */
  checkRepo(repo: RepoRef): Promise<Failure | undefined>;

  /** Body byte for byte, rights and the newest versions, in one request. */
  readMaster(checklist: ChecklistRef): Promise<Result<MasterSnapshot>>;
  /** Whether the text can be written now, in one small request. */
  readRights(checklist: ChecklistRef): Promise<Result<TextRights>>;
  /**
   * Who of some people has triage rights or more in a repository, by logins in lower case, in one small request. Nobody is
   * answered where the token may not read that.
   */
  readRoles(repo: RepoRef, logins: readonly string[]): Promise<Result<Rights>>;
  /** The master with the rules file and the repository (and its issue templates, where they are asked for), in one request. */
  readSyncMaster(
    checklist: ChecklistRef,
    options?: { readonly templates?: boolean },
  ): Promise<Result<SyncMaster>>;
  /** As far back as GitHub shows in one request (100 versions), newest first. */
  readVersions(checklist: ChecklistRef): Promise<Result<readonly BodyVersion[]>>;
  /** The text alone, also without a token. */
  readText(checklist: ChecklistRef): Promise<Result<string>>;
  /** The text with what decides which remarks are made about it, in one request; also without a token. */
  readTextWithRules(checklist: ChecklistRef): Promise<Result<TextWithRules>>;
  /** Replaces the whole body; answers the body as GitHub holds it now. */
  updateMaster(checklist: ChecklistRef, body: string): Promise<Result<string>>;
  /**
   * Everything that planning looks at: one request for the checklist, the target and the candidates, one for each 50
   * references. Without a token the same from the public REST interface, as far as 60 requests an hour go.
   */
  readGenerationFacts(query: FactsQuery): Promise<Result<GenerationFacts>>;

  /**
   * One issue as it is now; a transferred one in its new repository. Fails with `is-pull-request` for a pull request.
   */
  readIssue(issue: IssueRef): Promise<Result<IssueNow>>;
  /** Issues and pull requests by `issueKey`, 50 in a request; without a token the first 10, one by one. */
  readKnownIssues(issues: readonly IssueRef[]): Promise<Result<KnownIssues>>;
  /** Titles and states by `issueKey`, 50 in a request; without a token as far as a few requests go. */
  readBadges(issues: readonly IssueRef[]): Promise<Result<BadgeStates>>;
  /** GitHub's dates, 100 in a request, each under where the issue is now. Pull requests and hidden issues are left out. */
  readIssueDates(
    issues: readonly IssueRef[],
  ): Promise<Result<readonly Omit<IssueDates, 'checklistKey'>[]>>;
  /** Everything that shows whether anybody touched an issue, 25 in a request. Hidden issues are left out. */
  readHistories(issues: readonly IssueRef[]): Promise<Result<readonly IssueHistory[]>>;
  /**
   * Issues and pull requests of any repositories, 100 in a request (50 with mentions); keys are those of the references
   * as asked. Other hosts are not asked.
   */
  readFollowed(
    issues: readonly IssueRef[],
    options: FollowedOptions,
  ): Promise<Result<FollowedByKey>>;
  /** Pull requests by `issueKey` of the reference as asked, 100 in a request; missing: GitHub shows none there. */
  readPulls(pulls: readonly IssueRef[]): Promise<Result<Readonly<Record<string, NamedPull>>>>;

  /** Issues by a creator that changed since a time (ISO), newest first, all pages; pull requests left out. */
  listIssues(
    repo: RepoRef,
    query: { readonly creator: string; readonly since: string },
  ): Promise<Result<readonly KnownIssue[]>>;
  /** Issues created at or after a time (ISO), open and closed, 100 in a request, up to 30 requests. */
  sweepIssues(repo: RepoRef, createdSince: string): Promise<Result<Sweep>>;
  /**
   * Issues whose title holds all the words, the best 10; a number, `owner/repo#12` or an address answers that one issue,
   * or fails with `names-pull-request` or `no-such-issue`.
   */
  searchIssues(repo: RepoRef, text: string): Promise<Result<readonly KnownIssue[]>>;
  /**
   * Issues and pull requests updated since a time, newest first, all pages; conditional where an ETag is given. Without
   * `since` it answers GitHub's time and no issues.
   */
  listChanges(repo: RepoRef, query: ChangesQuery): Promise<Result<RepoChanges>>;
  /** All comments, oldest first. */
  listComments(issue: IssueRef): Promise<Result<readonly IssueComment[]>>;

  /** Tells which labels, milestone and assignees GitHub dropped silently. */
  createIssue(repo: RepoRef, draft: IssueDraft): Promise<Result<CreatedIssue>>;
  updateIssue(issue: IssueRef, change: IssuePatch): Promise<Result<void>>;
  /** GitHub mails it to everyone who watches. */
  createComment(issue: IssueRef, body: string): Promise<Result<void>>;
  /** By its id; one that is gone already counts as deleted. */
  deleteComment(issue: IssueRef, id: number): Promise<Result<void>>;
  /** A label that exists already is as good. */
  createLabel(repo: RepoRef, name: string): Promise<Result<void>>;
  /** Number of the milestone with this title, created where it is missing. */
  ensureMilestone(repo: RepoRef, title: string): Promise<Result<number>>;
}

/** A checklist's text, whether the reader may change it, and the rules of its repository. */
export interface TextWithRules {
  readonly text: string;
  readonly mayEdit: boolean;
  readonly rulesFile: RulesFile;
}

/** What planning asks about. */
export interface FactsQuery {
  readonly checklist: ChecklistRef;
  /** Where the issues would be created. */
  readonly target: RepoRef;
  readonly pageUser: string | undefined;
  readonly allowOtherUser: boolean;
  /** Which issues the text refers to; the text, and the rules by which it is read, are only known after the first request. */
  readonly references: (body: string, rulesFile: RulesFile) => readonly IssueRef[];
}

/** What is read beside the issues themselves. */
export interface FollowedOptions {
  /** Merged pull requests that mention an issue. */
  readonly mentions: boolean;
  /** Which merged pull request reverts a closer (`MergedPull.revertedBy`). */
  readonly reverts?: boolean;
}

/** Since when (ISO), and the ETag of the last answer to the same question. */
export interface ChangesQuery {
  readonly since: string | undefined;
  readonly etag: string | undefined;
}

/** Issues by `issueKey`; undefined: GitHub does not show it. */
export type KnownIssues = Readonly<Record<string, KnownIssue | undefined>>;

/** What badges show, by `issueKey`; undefined: GitHub does not show it, or it was not asked. */
export type BadgeStates = Readonly<Record<string, Omit<BadgeFacts, 'marker'> | undefined>>;

/** What the sweep for markers found in a repository. */
export interface Sweep {
  /** Newest first; pull requests left out. */
  readonly issues: readonly KnownIssue[];
  /** False when there were more pages than are read. */
  readonly complete: boolean;
}
