import { issueKey, type RepoRef, repoKey, sameRepo } from '../refs.ts';
import { hashText } from '../text/hash-text.ts';
import { looselyNamed } from './named-issues.ts';
import type { ChangedIssue, SyncRecord } from './tracked.ts';

/** What of a checklist is to be looked at: all its links, or some `issueKey`s. */
export type Concern = 'all' | readonly string[];

/**
 * Which checklists the news of a repository concern, by the key of their record, and what of them. `repo` as it was asked for, `now` as
 * GitHub names it. Our own writes concern nobody: their text is the one that the record knows.
 */
export function concerns(
  news: readonly ChangedIssue[],
  repo: RepoRef,
  records: readonly SyncRecord[],
  now: RepoRef = repo,
): ReadonlyMap<string, Concern> {
  const found = new Map<string, Concern>();
  const mentioned = news.filter(isMerged).flatMap((pull) => mentionedKeys(pull, repo, now));
  for (const record of records) {
    const concern = concernOf(record, news, repo, mentioned);
    if (concern === 'all' || concern.length > 0) found.set(record.key, concern);
  }
  return found;
}

/** Both together. */
export function joinConcerns(a: Concern | undefined, b: Concern | undefined): Concern | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a === 'all' || b === 'all' ? 'all' : [...new Set([...a, ...b])];
}

/** The repositories that a checklist is about: its own, and those of its links. Names in lower case where only a key is known. */
export function reposOf(
  record: Pick<SyncRecord, 'links'> | undefined,
  own: RepoRef,
): readonly RepoRef[] {
  const repos = new Map([[repoKey(own), own]]);
  for (const link of record?.links ?? []) {
    const repo = repoOfKey(link);
    if (repo !== undefined && !repos.has(repoKey(repo))) repos.set(repoKey(repo), repo);
  }
  return [...repos.values()];
}

function concernOf(
  record: SyncRecord,
  news: readonly ChangedIssue[],
  repo: RepoRef,
  mentioned: readonly string[],
): Concern {
  const links = new Set(record.links);
  const keys = new Set(mentioned.filter((key) => links.has(key)));
  for (const issue of news) {
    const key = issueKey({ repo, number: issue.number });
    if (key === record.key && isAnother(issue, record)) return 'all';
    if (links.has(key) && isWorthReading(issue, key, record)) keys.add(key);
  }
  return [...keys];
}

/** Whether the master was changed by somebody: to another text than the one that was calculated, or opened or closed. */
function isAnother(master: ChangedIssue, record: SyncRecord): boolean {
  const closed = record.closedAt !== undefined;
  return hashText(master.body) !== record.textHash || (master.state === 'closed') !== closed;
}

/** An issue that is open and always was asks for nothing, unless something was said of it before. */
function isWorthReading(issue: ChangedIssue, key: string, record: SyncRecord): boolean {
  if (issue.state === 'closed' || issue.stateReason === 'reopened') return true;
  return record.rows.some((row) => row.issue !== undefined && issueKey(row.issue) === key);
}

function isMerged({ kind, mergedAt }: ChangedIssue): boolean {
  return kind === 'pull-request' && mergedAt !== undefined;
}

function mentionedKeys(pull: ChangedIssue, repo: RepoRef, now: RepoRef): readonly string[] {
  return looselyNamed(`${pull.title}\n${pull.body}`, repo).map((named) =>
    // The checklist may write the repository's earlier name.
    issueKey(sameRepo(named.repo, now) ? { repo, number: named.number } : named),
  );
}

function repoOfKey(key: string): RepoRef | undefined {
  const [, host, owner, name] = /^([^/]+)\/([^/]+)\/([^/#]+)#\d+$/.exec(key) ?? [];
  if (host === undefined || owner === undefined || name === undefined) return undefined;
  return { host, owner, name };
}
