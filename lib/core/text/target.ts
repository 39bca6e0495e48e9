import { formatIssueRef, type IssueRef, issueUrl, parseIssueUrl, type RepoRef } from '../refs.ts';
import type { Reference } from './checklist.ts';

/** The issue that an address names; `part` when it names a comment or another part of its page. */
export function parseTarget(
  url: string,
): (Omit<Reference, 'role' | 'lead' | 'form' | 'start' | 'end'> & { part: boolean }) | undefined {
  const match =
    /^https?:(\/\/[^/?#\s]+\/[^/?#\s]+\/[^/?#\s]+\/)(issues|pull|discussions)(\/\d{1,10})([/?#]?.*)$/is.exec(
      url,
    );
  const [, place, kind, number, rest] = match ?? [];
  if (place === undefined || kind === undefined) return undefined;
  const urlKind = kind.toLowerCase() as 'issues' | 'pull' | 'discussions';
  const parsed = parseIssueUrl(`https:${place}${urlKind === 'pull' ? 'pull' : 'issues'}${number}`);
  if (parsed === undefined) return undefined;
  const { repo } = parsed;
  const part = urlKind === 'discussions' || !/^\/?$/.test(rest ?? '');
  return {
    host: repo.host,
    owner: repo.owner,
    name: repo.name,
    number: parsed.number,
    urlKind,
    part,
  };
}

/**
 * How an issue is written in a checklist of a repository so that GitHub links it: its address where the short form
 * would name another host, or where an underscore at the edge of a name would open or close emphasis. The angle
 * brackets make it a link also behind an open bracket, where GitHub links no bare address.
 */
export function formatTarget(issue: IssueRef, repo: RepoRef): string {
  const short = formatIssueRef(issue, repo);
  const emphasizes = /(?:^|[^A-Za-z\d])_|_(?:[^A-Za-z\d]|$)/.test(short);
  return issue.repo.host !== repo.host || emphasizes ? `<${issueUrl(issue)}>` : short;
}
