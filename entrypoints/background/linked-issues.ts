import { type Result, succeed } from '../../lib/core/failures.ts';
import type { BadgeStates, GitHub } from '../../lib/core/github.ts';
import { type Answers, readAnswers } from '../../lib/core/identity/answers.ts';
import { blockOf } from '../../lib/core/identity/asked-issues.ts';
import type { BadgeFacts } from '../../lib/core/identity/badge.ts';
import { linksOf, type OwnIssue, ownIssues } from '../../lib/core/identity/identify.ts';
import type { Block } from '../../lib/core/identity/identity-map.ts';
import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import { markerOf } from '../../lib/core/identity/marked-issues.ts';
import { trustOf } from '../../lib/core/identity/trust.ts';
import { type ChecklistRef, checklistKey, type IssueRef, issueKey } from '../../lib/core/refs.ts';
import { namedIn } from '../../lib/core/sync/named-issues.ts';
import type { Checklist, Item } from '../../lib/core/text/checklist.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { allLinks, distinctIssues } from '../../lib/core/text/referenced-issue.ts';
import type { Ports } from '../../lib/ports.ts';

/** A checklist's items and its hidden block, empty where it does not count. */
interface Named {
  readonly checklist: ChecklistRef;
  readonly items: readonly Item[];
  readonly block: Block;
  readonly answers: Answers;
}

/**
 * Reads a checklist's text as Generate and Sync do: under the rules file of its repository as a sync read it last, so
 * that a look at a page costs no request for it; else under this browser's settings.
 */
export async function readNamed(
  ports: Pick<Ports, 'preferences' | 'syncs'>,
  checklist: ChecklistRef,
  text: string,
): Promise<Named & Pick<Checklist, 'refused' | 'lookalikes'>> {
  const { generation } = await ports.preferences();
  const record = await ports.syncs.loadRecord(checklistKey(checklist));
  const { placeholder } = { ...generation, ...record?.naming };
  const { items, refused, lookalikes } = parseChecklist(text, { placeholder });
  const block = blockOf(text, { items }, checklist);
  const answers = readAnswers(text, items, checklist.repo);
  return { checklist, items, block, answers, lookalikes, ...(refused && { refused }) };
}

/** The issues that the items may have as their own, each once: those of the text, and those of the hidden block. */
export function linkedIssues({ checklist, items, block, answers }: Named): readonly IssueRef[] {
  return distinctIssues(
    items.flatMap((item) => {
      const { links, mapped, maybe } = linksOf(item, { checklist, block, answers });
      return [...links, ...(mapped === undefined ? maybe : [mapped])];
    }),
  );
}

/**
 * Which issue is each item's, as a badge shows it, with as few requests as may be. Only where that leaves an item in
 * doubt the numbers behind its link and the issues' markers are read too.
 */
export async function readOwnIssues(
  github: Pick<GitHub, 'readBadges' | 'readKnownIssues'>,
  named: Named,
): Promise<Result<readonly OwnIssue<BadgeFacts>[]>> {
  const own = linkedIssues(named);
  const first = await readStates(github, own);
  if (!first.ok) return first;
  const answers = answersOf(named, first.value);
  const doubtful = named.items.flatMap((item, index) => {
    const links = allLinks(linksOf(item, named));
    const isAsked = answers[index]?.kind === 'asked';
    return isAsked || (links.length > 1 && isInDoubt(answers[index])) ? links : [];
  });
  if (doubtful.length === 0) return succeed(answers);
  const behind = await readStates(
    github,
    distinctIssues(doubtful).filter((issue) => !first.value.has(issueKey(issue))),
  );
  if (!behind.ok) return behind;
  const known = await github.readKnownIssues(doubtful);
  if (!known.ok) return known;
  const all = new Map([...first.value, ...behind.value]);
  for (const [key, issue] of Object.entries(known.value)) {
    const state = all.get(key);
    if (issue !== undefined && typeof state === 'object')
      all.set(key, provenFacts(state, issue, named));
  }
  return succeed(answersOf(named, all));
}

/** What may prove that a number is an item's own. */
function provenFacts(state: BadgeFacts, issue: KnownIssue, { checklist }: Named): BadgeFacts {
  // Rights are not asked for a look at a page.
  if (trustOf(issue, { checklist }) === 'none') return withoutWord(state, issue);

  const { createdAt, author, authorAssociation, parent, body, ref } = issue;
  const proofs = { createdAt, author, authorAssociation, names: namedIn(body, ref.repo) };
  return { ...state, ...proofs, ...(parent && { parent }), marker: markerOf(issue) };
}

/** What a stranger says of the checklist proves nothing. */
function withoutWord(state: BadgeFacts, { createdAt, parent }: KnownIssue): BadgeFacts {
  return { ...state, createdAt, ...(parent && { parent }) };
}

type States = ReadonlyMap<string, BadgeFacts | 'unreadable'>;

async function readStates(
  github: Pick<GitHub, 'readBadges'>,
  issues: readonly IssueRef[],
): Promise<Result<States>> {
  const read = await github.readBadges(issues);
  if (!read.ok) return read;
  return succeed(
    new Map(issues.map((issue) => [issueKey(issue), factsOf(read.value[issueKey(issue)])])),
  );
}

function factsOf(known: BadgeStates[string]): BadgeFacts | 'unreadable' {
  return known === undefined ? 'unreadable' : { ...known, marker: undefined };
}

function answersOf({ items, ...naming }: Named, states: States): readonly OwnIssue<BadgeFacts>[] {
  return ownIssues(items, { ...naming, named: (issue) => states.get(issueKey(issue)) });
}

function isInDoubt(own: OwnIssue | undefined): boolean {
  return own?.kind === 'unknown' || own?.kind === 'several' || own?.kind === 'unreadable';
}
