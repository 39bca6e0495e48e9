import { formatIssueRef, type IssueRef, parseIssueRef, type RepoRef } from '../refs.ts';

/**
 * Writes which item is which issue as the content of the hidden comment `map`: `KEY=12 KEY=owner/repo#13`, sorted
 * by key. One line without list markers, because GitHub counts `- [ ]` in comments when it toggles a box.
 */
export function formatMap(map: ReadonlyMap<string, IssueRef>, repo: RepoRef): string {
  return [...map]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, issue]) => `${key}=${formatIssueRef(issue, repo).replace(/^#/, '')}`)
    .join(' ');
}

/** Reads the content of a `map` comment. What is malformed is left out; a key that stands twice with different issues is left out too. */
export function parseMap(content: string, repo: RepoRef): ReadonlyMap<string, IssueRef> {
  const map = new Map<string, IssueRef>();
  const unclear = new Set<string>();
  for (const entry of content.split(/\s+/)) {
    const [, key, target] = ENTRY.exec(entry) ?? [];
    const issue = target === undefined ? undefined : parseTarget(target, repo);
    if (key === undefined || issue === undefined) continue;
    const before = map.get(key);
    if (before !== undefined && formatIssueRef(before) !== formatIssueRef(issue)) unclear.add(key);
    map.set(key, issue);
  }
  for (const key of unclear) map.delete(key);
  return map;
}

/** Reads the map at the end of a master's text; empty when there is none. */
export function readMap(markdown: string, repo: RepoRef): ReadonlyMap<string, IssueRef> {
  const comments = [...markdown.matchAll(MAP_COMMENT)];
  return parseMap(comments.at(-1)?.[1] ?? '', repo);
}

const ENTRY = /^([\w-]+)=(\S+)$/;
const MAP_COMMENT = /(?<=^|[\r\n])<!-- masterlist:map ([^<>\r\n]*?)-->/g;

function parseTarget(target: string, repo: RepoRef): IssueRef | undefined {
  if (/^[1-9]\d{0,9}$/.test(target)) return { repo, number: Number(target) };
  return parseIssueRef(target, repo.host);
}
