import { isAnsweredAbout, NO_ANSWERS, readAnswers } from '../identity/answers.ts';
import { blockOf } from '../identity/asked-issues.ts';
import { isLinked, linksOf, ownIssues } from '../identity/identify.ts';
import type { NamingFacts } from '../identity/naming.ts';
import { readList } from '../identity/own-numbers.ts';
import { believed, type TrustFacts } from '../identity/trust.ts';
import { type IssueRef, issueKey } from '../refs.ts';
import { applyEdits } from '../text/apply-edits.ts';
import { type Checklist, type Item, locatorOf, type Reference } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { allLinks, referencedIssue } from '../text/referenced-issue.ts';
import { askNumbers } from './ask-numbers.ts';
import { aloneReader, readPast } from './past-items.ts';
import { type ItemPlan, isDone, planItem } from './plan-item.ts';
import { planParents } from './plan-parents.ts';
import type { Followed, Following, SyncFacts } from './sync-facts.ts';
import type { SyncChange, SyncPlan, SyncRow } from './sync-plan.ts';

/**
 * What a sync writes and says, from the text and GitHub's state alone: every browser comes to the same. It only adds
 * ticks and numbers, and takes a tick back only when GitHub proves that it is out of date. Items of whose links GitHub
 * was not asked are left alone, so a plan by part of the facts is a part of the whole plan. `checklist` is the text
 * as already parsed with the rules' placeholder.
 */
export function planSync(facts: SyncFacts, checklist: Checklist = parse(facts)): SyncPlan {
  const { items } = checklist;
  const naming = namingOf(facts, checklist);
  const written = items.map((item) => linksOf(item, naming));
  const links = written.map(allLinks);
  const followings = ownIssues(items, naming, written);
  const past = readPast(facts, checklist);
  const list = readList(items, naming);
  const single = items.map((item, index) =>
    planItem(item, followings[index] ?? { kind: 'nothing' }, {
      facts,
      past,
      naming,
      list,
    }),
  );
  const plans = facts.rules.parents
    ? planParents(checklist, single, indexesWithLinks(items, links, naming), past)
    : single;
  const rows = items.flatMap((item, index) => rowOf(item, followings[index], plans[index]));
  const isDoneHere = (now: Followed) => isDone(now, facts.rules);
  const question = askNumbers(items, facts.checklist.repo, followings, isDoneHere, plans);
  return {
    checklist: facts.checklist,
    ...(question && { question }),
    rows: withPlace(rows, facts, checklist),
    counts: {
      items: items.length,
      followed: followings.filter(isLinked).length,
      done: items.filter(({ checked }) => checked).length,
    },
  };
}

/** The edits of a plan; with `approved` only what the user has seen too: of the same items, change by change. */
export function editsOf(plan: SyncPlan, approved: SyncPlan = plan): readonly Edit[] {
  const seen = new Map(approved.rows.map((row) => [row.item.key, row.edits]));
  return plan.rows.flatMap(({ item, edits }) => {
    const known = seen.get(item.key) ?? [];
    return edits.flatMap((edit) => approvedPart(edit, known));
  });
}

/** What sync read, as identity asks for it. */
export function namingOf(facts: SyncFacts, items: Checklist = parse(facts)): NamingFacts<Followed> {
  const { checklist, master, followed } = facts;
  const trust = trustFor(facts);
  return {
    checklist,
    block: blockOf(master.text, items, checklist),
    wasAlone: aloneReader(facts),
    answers: readAnswers(master.text, items.items, checklist.repo),
    stoodWithout: readPast(facts, items).stoodWithout,
    named: (issue) => believed(followed[issueKey(issue)], trust),
  };
}

/** What decides whose word counts, by what sync read. */
export function trustFor({ checklist, viewer, rights, rules }: SyncFacts): TrustFacts {
  return { checklist, viewer, rights, trustedAuthors: rules.trustedAuthors };
}

function parse({ master, rules }: Pick<SyncFacts, 'master' | 'rules'>): Checklist {
  return parseChecklist(master.text, { placeholder: rules.placeholder });
}

/** Also links that cannot be followed, such as those to other hosts, are an item's own. What an item is only about is none. */
function indexesWithLinks(
  items: readonly Item[],
  links: readonly (readonly IssueRef[])[],
  { checklist: { repo }, answers = NO_ANSWERS }: NamingFacts,
): ReadonlySet<number> {
  const isLink = (item: Item, one: Reference) =>
    one.role === 'link' &&
    !isAnsweredAbout(answers, item, referencedIssue(one, repo), one.bare !== undefined);
  const linking = items.filter(
    (item) =>
      (links[item.index]?.length ?? 0) > 0 || item.references.some((one) => isLink(item, one)),
  );
  return new Set(linking.map(({ index }) => index));
}

function rowOf(
  item: Item,
  following: Following | undefined,
  plan: ItemPlan | undefined,
): readonly SyncRow[] {
  if (plan === undefined || plan.changes.length + plan.remarks.length === 0) return [];
  const { index, label, text, checked } = item;
  const locator = locatorOf(item);
  return [
    {
      item: locator,
      index,
      label,
      text,
      checked,
      issue: followedIssue(following),
      ...plan,
      edits: plan.changes.map((change) => editOf(change, locator)),
    },
  ];
}

/** Numbers that would change what an item says, wherever they were written, are told instead of tried at each sync. */
function withPlace(
  rows: readonly SyncRow[],
  { master, checklist: { repo }, rules: { placeholder } }: SyncFacts,
  checklist: Checklist,
): readonly SyncRow[] {
  if (!rows.some(({ changes }) => changes.some(({ kind }) => kind === 'add-pulls'))) return rows;
  const edits = rows.flatMap((row) => row.edits);
  const { applied } = applyEdits(master.text, edits, { repo, placeholder, checklist });
  const refused = new Set(applied.flatMap((one) => (one.refused === true ? [one.edit] : [])));
  return refused.size === 0 ? rows : rows.map((row) => withoutRefused(row, refused));
}

function withoutRefused(row: SyncRow, refused: ReadonlySet<Edit>): SyncRow {
  const isRefused = (edit: Edit | undefined) => edit !== undefined && refused.has(edit);
  const told = row.changes.filter((_, index) => isRefused(row.edits[index]));
  if (told.length === 0) return row;
  const pulls = told.flatMap((change) => (change.kind === 'add-pulls' ? change.pulls : []));
  return {
    ...row,
    changes: row.changes.filter((change) => !told.includes(change)),
    edits: row.edits.filter((edit) => !isRefused(edit)),
    remarks: [...row.remarks, { kind: 'pulls-without-place', pulls }],
  };
}

function followedIssue(following: Following | undefined): IssueRef | undefined {
  switch (following?.kind) {
    case 'issue':
      return following.link.now.ref;
    case 'issues':
    case 'pulls':
      return following.links[0].now.ref;
    case 'unreadable':
      return following.issue;
    default:
      return undefined;
  }
}

function editOf(change: SyncChange, item: SyncRow['item']): Edit {
  switch (change.kind) {
    case 'tick':
    case 'untick':
      return { kind: change.kind, item };
    case 'add-pulls':
      return { kind: 'append-pull-requests', item, pulls: change.pulls };
  }
}

function approvedPart(edit: Edit, known: readonly Edit[]): readonly Edit[] {
  const same = known.find((one) => one.kind === edit.kind && isSameItem(one, edit));
  if (same === undefined) return [];
  if (edit.kind !== 'append-pull-requests' || same.kind !== edit.kind) return [edit];
  const seen = new Set(same.pulls.map(issueKey));
  const pulls = edit.pulls.filter((pull) => seen.has(issueKey(pull)));
  return pulls.length === 0 ? [] : [{ ...edit, pulls }];
}

/** Equal lines that changed places are told apart by what they link, where both link something. */
function isSameItem(one: Edit, other: Edit): boolean {
  const [link, otherLink] = [one, other].map((edit) =>
    'item' in edit ? edit.item.link : undefined,
  );
  if (link === undefined || otherLink === undefined) return true;
  return JSON.stringify(link) === JSON.stringify(otherLink);
}
