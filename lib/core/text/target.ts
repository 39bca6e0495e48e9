import {
  formatIssueRef,
  GITHUB_HOST,
  type IssueRef,
  issueUrl,
  parseIssueUrl,
  type RepoRef,
} from '../refs.ts';
import type { Reference } from './checklist.ts';

/** Stands for the page of the checklist, which relative addresses start from. No login has two dashes in a row. */
const HERE = { host: 'here.invalid', owner: 'here--here', name: 'here--here' };
const BASE = `https://${HERE.host}/${HERE.owner}/${HERE.name}/issues/0`;

/** Names under which github.com answers as well; the second one leaves no back-link (GitHub's documentation). */
const OTHER_NAMES = new Set(['www.github.com', 'redirect.github.com']);

/** Tabs of a pull request: its number is still what is meant. */
const TABS = /^\/(?:(?:files|changes|commits|checks)\/?)?$/;

/**
 * The issue that an address names, as a browser would resolve it on the checklist's page: a relative one names no host,
 * and no repository where it is that of the checklist. `part` when it names a comment or another part of its page.
 */
export function parseTarget(
  url: string,
):
  | (Omit<Reference, 'role' | 'lead' | 'bare' | 'form' | 'start' | 'end'> & { part: boolean })
  | undefined {
  const parsed = URL.canParse(url, BASE) ? new URL(url, BASE) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) return undefined;
  const path = /^(\/[^/]+\/[^/]+\/)(issues|pull|discussions)(\/\d{1,10})((?:\/.*)?)$/i;
  const [, place = '', kind = '', number = '', rest = ''] = path.exec(parsed.pathname) ?? [];
  const urlKind = kind.toLowerCase() as 'issues' | 'pull' | 'discussions';
  const plain = `https://${parsed.host}${place}${urlKind === 'pull' ? 'pull' : 'issues'}${number}`;
  const issue = parseIssueUrl(plain);
  if (issue === undefined) return undefined;
  const isWhole = urlKind === 'pull' ? TABS.test(rest || '/') : /^\/?$/.test(rest);
  const part = urlKind === 'discussions' || parsed.hash !== '' || !isWhole;
  return { ...placeOf(issue.repo), number: issue.number, urlKind, part };
}

function placeOf({ host, owner, name }: RepoRef): Partial<RepoRef> {
  return {
    ...(host !== HERE.host && { host: knownHost(host) }),
    ...((host !== HERE.host || owner !== HERE.owner) && { owner }),
    ...((host !== HERE.host || name !== HERE.name) && { name }),
  };
}

/** The host that answers under a name. */
export function knownHost(name: string): string {
  return OTHER_NAMES.has(name) ? GITHUB_HOST : name;
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
