import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { BadgeFacts } from '../../lib/core/identity/badge.ts';
import { linksOf, type OwnIssue, ownIssue } from '../../lib/core/identity/identify.ts';
import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import { markerOf } from '../../lib/core/identity/marked-issues.ts';
import {
  type ChecklistRef,
  formatRepo,
  type IssueRef,
  issueKey,
  issueOfChecklist,
} from '../../lib/core/refs.ts';
import type { Item } from '../../lib/core/text/checklist.ts';
import { allLinks, distinctIssues } from '../../lib/core/text/referenced-issue.ts';
import { type IssueState, readBadges } from '../../lib/github/badges.ts';
import type { Client } from '../../lib/github/client.ts';
import { readKnownIssues } from '../../lib/github/known-issues.ts';
import { explainMissing } from '../../lib/github/masters.ts';

/** The text of a checklist as it is now, also without a token. */
export async function readText(client: Client, checklist: ChecklistRef): Promise<Result<string>> {
  const answer = await readKnownIssues(client, [issueOfChecklist(checklist)]);
  if (!answer.ok) return answer;
  const found: KnownIssue | undefined = Object.values(answer.value)[0];
  if (found === undefined) {
    const repo = formatRepo(checklist.repo);
    return explainMissing(
      client,
      issueOfChecklist(checklist),
      fail(failure('not-found', { repo })),
    );
  }
  return found.kind === 'issue' ? succeed(found.body) : fail(failure('is-pull-request'));
}

/** A checklist's items and its hidden block, empty where it does not count. */
interface Named {
  readonly checklist: ChecklistRef;
  readonly items: readonly Item[];
  readonly block: ReadonlyMap<string, IssueRef>;
}

/** The issues that the items may have as their own, each once: those of the text, and those of the hidden block. */
export function linkedIssues({ checklist, items, block }: Named): readonly IssueRef[] {
  return distinctIssues(
    items.flatMap((item) => {
      const { links, mapped } = linksOf(item, { checklist, block });
      return mapped === undefined ? links : [...links, mapped];
    }),
  );
}

/**
 * Which issue is each item's, as a badge shows it, with as few requests as may be. Only where that leaves an item in
 * doubt the numbers behind its link and the issues' markers are read too.
 */
export async function readOwnIssues(
  client: Client,
  named: Named,
): Promise<Result<readonly OwnIssue<BadgeFacts>[]>> {
  const own = linkedIssues(named);
  const first = await readStates(client, own);
  if (!first.ok) return first;
  const answers = answersOf(named, first.value);
  const doubtful = named.items.flatMap((item, index) => {
    const links = allLinks(linksOf(item, named));
    return links.length > 1 && isInDoubt(answers[index]) ? links : [];
  });
  if (doubtful.length === 0) return succeed(answers);
  const behind = await readStates(
    client,
    distinctIssues(doubtful).filter((issue) => !first.value.has(issueKey(issue))),
  );
  if (!behind.ok) return behind;
  const known = await readKnownIssues(client, doubtful);
  if (!known.ok) return known;
  const all = new Map([...first.value, ...behind.value]);
  for (const [key, issue] of Object.entries(known.value)) {
    const state = all.get(key);
    if (issue !== undefined && typeof state === 'object')
      all.set(key, { ...state, marker: markerOf(issue) });
  }
  return succeed(answersOf(named, all));
}

type States = ReadonlyMap<string, BadgeFacts | 'unreadable'>;

async function readStates(client: Client, issues: readonly IssueRef[]): Promise<Result<States>> {
  const read = await readBadges(client, issues);
  if (!read.ok) return read;
  return succeed(
    new Map(issues.map((issue) => [issueKey(issue), factsOf(read.value[issueKey(issue)])])),
  );
}

function factsOf(known: IssueState | undefined): BadgeFacts | 'unreadable' {
  if (known === undefined) return 'unreadable';
  const { isPullRequest, ...rest } = known;
  return { ...rest, kind: isPullRequest ? 'pull-request' : 'issue', marker: undefined };
}

function answersOf(
  { checklist, items, block }: Named,
  states: States,
): readonly OwnIssue<BadgeFacts>[] {
  const facts = { checklist, block, named: (issue: IssueRef) => states.get(issueKey(issue)) };
  return items.map((item) => ownIssue(item, facts));
}

function isInDoubt(own: OwnIssue | undefined): boolean {
  return own?.kind === 'unknown' || own?.kind === 'several' || own?.kind === 'unreadable';
}
