import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import { type ChecklistRef, formatRepo, type IssueRef, issueKey } from '../../lib/core/refs.ts';
import { writtenLinks } from '../../lib/core/sync/followed-links.ts';
import type { Item } from '../../lib/core/text/checklist.ts';
import type { Client } from '../../lib/github/client.ts';
import { readKnownIssues } from '../../lib/github/known-issues.ts';
import { explainMissing } from '../../lib/github/masters.ts';

/** The text of a checklist as it is now, also without a token. */
export async function readText(client: Client, checklist: ChecklistRef): Promise<Result<string>> {
  const answer = await readKnownIssues(client, [checklist]);
  if (!answer.ok) return answer;
  const found: KnownIssue | undefined = Object.values(answer.value)[0];
  if (found === undefined) {
    const repo = formatRepo(checklist.repo);
    return explainMissing(client, checklist, fail(failure('not-found', { repo })));
  }
  return found.kind === 'issue' ? succeed(found.body) : fail(failure('is-pull-request'));
}

/** The references that stand where an item's own issue stands. */
export function linksOf(
  item: Item,
  checklist: ChecklistRef,
  map: ReadonlyMap<string, IssueRef> | undefined,
): readonly IssueRef[] {
  const { links, mapped } = writtenLinks(item, checklist, map?.get(item.key));
  return links.length === 0 && mapped !== undefined ? [mapped] : links;
}

/** Each issue once. */
export function distinct(issues: readonly IssueRef[]): readonly IssueRef[] {
  return [...new Map(issues.map((issue) => [issueKey(issue), issue])).values()];
}
