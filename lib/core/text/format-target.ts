import { formatIssueRef, type IssueRef, issueUrl, type RepoRef } from '../refs.ts';

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
