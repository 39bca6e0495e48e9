import { createHash } from 'node:crypto';
import type { IssueAt, StoredCloser, StoredIssue, StoredPull } from '../types.ts';
import { type Accounts, atLeast } from './accounts.ts';
import type { EmulateRepo } from './emulate-base.ts';
import type { IssueStore } from './issue-store.ts';
import { closingReferencesIn } from './references.ts';

/** The records that pull requests touch. */
export interface Records {
  readonly accounts: Accounts;
  readonly issues: IssueStore;
}

/** How a merge differs from the usual one. */
export interface MergeOptions {
  /**
   * The merge commit's message carries title and description, as a squash does, and GitHub names the commit
   * as what closed the issues, not the pull request.
   */
  readonly commit?: boolean;
}

/** A pull request with what only pull requests have; throws for an issue. */
export function pullOf(issue: StoredIssue): StoredPull {
  if (issue.pull === null) throw new Error(`${issue.repo}#${issue.number} is no pull request`);
  return issue.pull;
}

/**
 * Merges a pull request and, when its base is the default branch, closes the open issues that it names with
 * a closing keyword or that are linked to it in the sidebar. Issues of other repositories are closed only
 * where the merger may write.
 */
export function mergePull(
  records: Records,
  repo: EmulateRepo,
  number: number,
  by: string,
  options: MergeOptions = {},
): void {
  const { accounts, issues } = records;
  const before = presentIn(records, repo, number);
  const { base, merged } = pullOf(before);
  if (merged || before.state === 'closed')
    throw new Error(`pull request ${repo.full_name}#${number} is not open`);
  const oid = commitId(`merge of ${before.id}`);
  const mergedPull = issues.amend({ repoId: repo.id, number }, by, merging(by, oid), [
    { kind: 'merged', oid, base },
    { kind: 'closed', stateReason: null, closer: null },
  ]);
  issues.addCommit({ oid, repoId: repo.id, pullIds: [before.id] });
  accounts.addContributor(mergedPull.author, repo);
  if (base !== repo.default_branch) return;
  if (options.commit) {
    const message = `${mergedPull.title}\n\n${mergedPull.body ?? ''}`;
    const closer = { kind: 'commit', oid } as const;
    closeAll(records, repo, namedBy(records, message, repo), by, closer);
  }
  closeAll(records, repo, closedBy(mergedPull), by, { kind: 'pull', pullId: mergedPull.id });
}

/** What GitHub's Revert button opens: its words, and the branch that the reverted one was merged into. */
export function revertOf(records: Records, repo: EmulateRepo, number: number, author: string) {
  const reverted = presentIn(records, repo, number);
  const { base, head, merged } = pullOf(reverted);
  if (!merged) throw new Error(`pull request ${repo.full_name}#${number} is not merged`);
  return {
    title: `Revert "${reverted.title}"`,
    body: `Reverts ${repo.full_name}#${number}`,
    author,
    base,
    head: `revert-${number}-${head}`,
  };
}

/** Closes an issue as a commit on the default branch does; the commit may have come by a pull request. */
export function closeByCommit(
  records: Records,
  repo: EmulateRepo,
  number: number,
  by: string,
  pull: number | undefined,
): void {
  const issue = presentIn(records, repo, number);
  const source = pull === undefined ? undefined : presentIn(records, repo, pull);
  const mergeCommit = source && pullOf(source).mergeCommit;
  const oid = mergeCommit ?? commitId(`commit that closes ${issue.id} ${issue.events.length}`);
  records.issues.addCommit({ oid, repoId: repo.id, pullIds: source ? [source.id] : [] });
  const closer = { kind: 'commit', oid } as const;
  records.issues.update(repo.id, number, { state: 'closed', stateReason: 'completed', closer }, by);
}

/** Links a pull request to an issue in the sidebar; the times of both stay as they were. */
export function linkPull(records: Records, issueAt: IssueAt, pullAt: IssueAt, by: string): void {
  const { issues } = records;
  const issue = issues.present(issueAt);
  const pull = issues.present(pullAt);
  if (issue === undefined || pull === undefined) throw new Error('there is nothing to link');
  const { linked } = pullOf(pull);
  const link = (subject: StoredIssue): StoredIssue => ({
    ...subject,
    pull: { ...pullOf(subject), linked: [...linked, issueAt] },
  });
  issues.amend(pullAt, by, link, [{ kind: 'connected', subjectId: issue.id }]);
  issues.amend(issueAt, by, (subject) => subject, [{ kind: 'connected', subjectId: pull.id }]);
}

/** A pull request that closes, closed or would close an issue. */
export interface ClosingPull {
  readonly pull: StoredIssue;
  /** Linked in the sidebar, by a person. */
  readonly byHand: boolean;
}

/** Pull requests into a default branch that name the issue with a keyword, and those linked by hand; oldest first. */
export function closingPulls(records: Records, issue: StoredIssue): readonly ClosingPull[] {
  const { issues } = records;
  return issues.pulls().flatMap((pull): ClosingPull[] => {
    const { linked, closes } = pullOf(pull);
    const isIssue = (at: IssueAt) => issues.present(at)?.id === issue.id;
    if (linked.some(isIssue)) return [{ pull, byHand: true }];
    return intoDefault(records, pull) && closes.some(isIssue) ? [{ pull, byHand: false }] : [];
  });
}

/** Issues that the pull request closes, closed or would close. */
export function closingIssues(records: Records, pull: StoredIssue, byHandOnly: boolean) {
  const { linked, closes } = pullOf(pull);
  const named = byHandOnly || !intoDefault(records, pull) ? [] : closes;
  const found = [...named, ...linked].flatMap((at) => records.issues.present(at) ?? []);
  return [...new Map(found.map((issue) => [issue.id, issue])).values()].filter(
    (issue) => issue.pull === null,
  );
}

function intoDefault({ accounts }: Records, pull: StoredIssue): boolean {
  return accounts.repo(pull.repo)?.default_branch === pull.pull?.base;
}

function presentIn({ issues }: Records, repo: EmulateRepo, number: number): StoredIssue {
  const found = issues.find(repo.id, number);
  if (found.kind !== 'found') throw new Error(`${repo.full_name}#${number} is ${found.kind}`);
  return found.issue;
}

function merging(by: string, oid: string) {
  return (issue: StoredIssue, at: number): StoredIssue => ({
    ...issue,
    state: 'closed',
    closedAt: at,
    closedBy: by,
    updatedAt: at,
    pull: { ...pullOf(issue), merged: true, mergedAt: at, mergedBy: by, mergeCommit: oid },
  });
}

function closedBy(pull: StoredIssue): readonly IssueAt[] {
  const { closes, linked } = pullOf(pull);
  return [...closes, ...linked];
}

function namedBy({ accounts }: Records, message: string, home: EmulateRepo): readonly IssueAt[] {
  return closingReferencesIn(message, home.full_name).flatMap(({ repo, number }) => {
    const row = accounts.repo(repo);
    return row === undefined ? [] : [{ repoId: row.id, number }];
  });
}

function closeAll(
  { accounts, issues }: Records,
  home: EmulateRepo,
  places: readonly IssueAt[],
  by: string,
  closer: StoredCloser,
): void {
  for (const place of places) {
    const issue = issues.present(place);
    const repo = issue && accounts.repo(issue.repo);
    if (issue === undefined || repo === undefined) continue;
    if (issue.pull !== null || issue.state === 'closed') continue;
    const mayClose = repo.id === home.id || atLeast(accounts.role(by, repo), 'push');
    if (!mayClose || repo.archived) continue;
    const change = { state: 'closed', stateReason: 'completed', closer } as const;
    issues.update(repo.id, issue.number, change, by);
  }
}

function commitId(seed: string): string {
  return createHash('sha1').update(seed).digest('hex');
}
