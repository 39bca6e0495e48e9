import { type Failure, fail, failure, type Result, succeed } from '../core/failures.ts';
import { type IssueRef, issueKey, type RepoRef } from '../core/refs.ts';
import { askPartly } from './ask.ts';
import type { Client } from './client.ts';
import { type IssueNode, withFragments } from './fragments.ts';

/** An issue or pull request as asked, and what GitHub shows of it. */
export interface Sight {
  readonly asked: IssueRef;
  readonly node: IssueNode | 'hidden' | 'hidden-repo';
}

/**
 * Asks for issues and pull requests of any repositories, each once, in requests of `size` (at most 100). Other hosts are
 * not asked. One request that fails fails all.
 */
export async function askEach(
  client: Client,
  issues: readonly IssueRef[],
  ask: { readonly size: number; readonly fields: string },
): Promise<Result<readonly Sight[]>> {
  const here = issues.filter(({ repo }) => repo.host.toLowerCase() === client.host.toLowerCase());
  const sights: Sight[] = [];
  for (const batch of inBatches(eachOnce(here), ask.size)) {
    const answer = await askBatch(client, batch, ask.fields);
    if (!answer.ok) return answer;
    for (const asked of batch) {
      const node = findIn(answer.value, batch, asked);
      // An answer that says nothing of what was asked is not GitHub's, or not whole.
      if (node === 'absent') return fail(unreadable());
      sights.push({ asked, node });
    }
  }
  return succeed(sights);
}

/** The failure of an answer that is not GitHub's, or not whole. */
export function unreadable(): Failure {
  return failure('server-error', { status: 'an answer that cannot be read' });
}

/** Cuts a list into pieces. */
export function inBatches<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

function eachOnce(issues: readonly IssueRef[]): readonly IssueRef[] {
  return [...new Map(issues.map((issue) => [issueKey(issue), issue])).values()];
}

/** Aliases `r0`, `r1`, … for repositories and in them `i12`. */
type Batch = Readonly<Record<string, Readonly<Record<string, IssueNode | null>> | null>>;

function askBatch(
  client: Client,
  issues: readonly IssueRef[],
  fields: string,
): Promise<Result<Batch>> {
  const parts = groupByRepo(issues).map(
    ([repo, numbers], index) =>
      `r${index}: repository(${nameArguments(repo)}) {${numbers
        .map((number) => ` i${number}: issueOrPullRequest(number: ${number}) {${fields}}`)
        .join('')} }`,
  );
  const query = withFragments(`query Batch {\n${parts.join('\n')}\n}`);
  return askPartly<Batch>(client, issues[0]?.repo, query, {});
}

/** Names are of letters, digits, `.`, `_` and `-` only, and quoted nevertheless. */
function nameArguments(repo: RepoRef): string {
  return `owner: ${JSON.stringify(repo.owner)}, name: ${JSON.stringify(repo.name)}`;
}

function findIn(
  batch: Batch,
  issues: readonly IssueRef[],
  issue: IssueRef,
): Sight['node'] | 'absent' {
  const index = groupByRepo(issues).findIndex(([repo]) => sameName(repo, issue.repo));
  const repo = batch[`r${index}`];
  if (repo === null) return 'hidden-repo';
  const node = repo?.[`i${issue.number}`];
  if (node === undefined) return 'absent';
  return node ?? 'hidden';
}

function groupByRepo(issues: readonly IssueRef[]): readonly [RepoRef, readonly number[]][] {
  const groups: [RepoRef, number[]][] = [];
  for (const { repo, number } of issues) {
    const group = groups.find(([each]) => sameName(each, repo));
    if (group === undefined) groups.push([repo, [number]]);
    else if (!group[1].includes(number)) group[1].push(number);
  }
  return groups;
}

function sameName(a: RepoRef, b: RepoRef): boolean {
  return `${a.owner}/${a.name}`.toLowerCase() === `${b.owner}/${b.name}`.toLowerCase();
}
