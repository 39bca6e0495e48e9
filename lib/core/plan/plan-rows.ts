import type { OwnIssue } from '../identity/identify.ts';
import type { KnownIssue } from '../identity/issue.ts';
import { findSameTitles } from '../identity/same-title.ts';
import type { IssueRef } from '../refs.ts';
import { askNumbers, type NumbersQuestion } from '../sync/ask-numbers.ts';
import { groupLabel, type Item, locatorOf } from '../text/checklist.ts';
import {
  askedOf,
  decideByIdentity,
  decideByTitle,
  decideRenamed,
  type Finding,
  identifyForPlan,
  mentionsToReview,
} from './decide-by-identity.ts';
import { type BodyContext, draftBody } from './draft.ts';
import { namesOf } from './names-only.ts';
import type {
  Draft,
  GenerationFacts,
  GenerationOptions,
  GenerationRow,
  RowReason,
} from './plan-generation.ts';
import { draftTitles, otherTitles } from './title.ts';
import { titleFronts } from './title-fronts.ts';

/** The rows of a plan, and what is to be asked about the numbers in its items. */
export interface PlannedRows {
  readonly rows: readonly GenerationRow[];
  readonly question: NumbersQuestion | undefined;
}

/** Decides each item and drafts what may be created, in the checklist's order. */
export function planRows(
  facts: GenerationFacts,
  items: readonly Item[],
  options: GenerationOptions,
  run: string,
): PlannedRows {
  const identities = identifyForPlan(facts, items);
  const verdicts = items.map((item, index): Verdict => {
    const one = identities.items[index];
    // A ticked item that ends in a number is done, whosever that is.
    const isDone = one?.own.kind === 'asked' && item.checked && !options.includeTicked;
    return (
      withDraft(isDone ? undefined : one && decideByIdentity(item, one, facts)) ??
      decideByText(item, mentionsToReview(item, facts), options, facts.checklist.repo.owner)
    );
  });
  const drafted = items
    .filter((_, index) => verdicts[index]?.selectable)
    .map((item) => withNumbers(item, identities.items[item.index]?.own));
  const fronts = titleFronts(facts, drafted, options, (item) => isNew(verdicts[item.index]));
  const titles = draftTitles(drafted, fronts);
  const found = findSameTitles(
    drafted.map((item, place) => [titles[place]?.title ?? '', ...otherTitles(item)]),
    fronts.map(({ prefix }) => prefix),
    identities.free.map(({ issue }) => issue),
    options.identity,
  );
  const body = draftBodies(facts, items, options, run);
  const places = new Map(drafted.map((item, place) => [item.index, place]));
  const rows = items.map((item, index): GenerationRow => {
    const place = places.get(index);
    const title = place === undefined ? undefined : titles[place];
    const titled = place === undefined ? undefined : found[place];
    const same = withDraft(titled && decideByTitle(titled));
    const verdict = verdicts[index] ?? NEW;
    const renamed = withDraft(decideRenamed(item, facts, identities));
    const final = isNew(verdict) ? (same ?? renamed ?? verdict) : verdict;
    const draft = title && { ...title, body: body(item, title.shortened) };
    return { ...toRow(item, final, draft), ...placeOf(item, items) };
  });
  const owns = identities.items.map(askedOf);
  return { rows, question: askNumbers(items, facts.checklist.repo, owns, isDone) };
}

/** Whether a sync would tick for it under all rules: which ones apply is not known here. */
function isDone({ state, stateReason = 'completed' }: KnownIssue): boolean {
  return state === 'closed' && ['completed', 'merged'].includes(stateReason);
}

/** An item that gets an issue of its own beside the number in its text is about that: the title keeps it. */
function withNumbers(item: Item, own: OwnIssue | undefined): Item {
  const isAbout = own?.kind !== 'issue' && item.references.some(({ bare }) => bare !== undefined);
  return isAbout && item.fullTitle !== undefined ? { ...item, title: item.fullTitle } : item;
}

/** What is decided about a row before it has a draft. */
export interface Verdict extends Finding {
  readonly selectable: boolean;
}

const NEW: Verdict = {
  decision: 'create',
  reason: { kind: 'new' },
  candidates: [],
  selectable: true,
};

/** The user may create an issue anyway, unless the item has one. */
function withDraft(finding: Finding | undefined): Verdict | undefined {
  return finding && { ...finding, selectable: finding.reason.kind !== 'linked' };
}

/** Decides an item of which no issue is known, by what its text and place say. `mentions` are references to review. */
function decideByText(
  item: Item,
  mentions: readonly IssueRef[],
  options: Pick<GenerationOptions, 'levels' | 'includeTicked'>,
  owner: string,
): Verdict {
  const [mention] = mentions;
  const [commit] = item.commits ?? [];
  const empty = item.title === '' && mention === undefined && commit === undefined;
  const names = namesOf(item, owner);
  if (item.struck) return off({ kind: 'struck' }, true);
  if (names === 'people') return off({ kind: 'sign-off' }, true);
  if (empty && item.text === '') return off({ kind: 'empty' }, false);
  if (options.levels === 'leaves' && item.isParent) return off({ kind: 'parent' }, false);
  if (options.levels === 'top' && item.parent !== undefined) return off({ kind: 'nested' }, false);
  if (item.checked && !options.includeTicked) return off({ kind: 'ticked' }, true);
  if (empty) return ask({ kind: 'empty' });
  if (names === 'unclear') return ask({ kind: 'package-or-team' });
  if (mention !== undefined) return off({ kind: 'reference', issue: mention }, true);
  if (commit !== undefined) return off({ kind: 'commit', commit }, true);
  return { decision: 'create', reason: { kind: 'new' }, candidates: [], selectable: true };
}

function off(reason: RowReason, selectable: boolean): Verdict {
  return { decision: 'skip', reason, candidates: [], selectable };
}

function ask(reason: RowReason): Verdict {
  return { decision: 'ask', reason, candidates: [], selectable: true };
}

function isNew(verdict: Verdict | undefined): boolean {
  return verdict?.reason.kind === 'new';
}

function draftBodies(
  facts: GenerationFacts,
  items: readonly Item[],
  options: GenerationOptions,
  run: string,
): (item: Item, shortened: boolean) => string {
  const context: BodyContext = {
    markdown: facts.master.body,
    checklist: facts.checklist,
    target: facts.target.repo,
    template: options.template,
    run,
  };
  const children = Map.groupBy(items, (item) => item.parent);
  const own = (item: Item) => (options.levels === 'top' ? [] : (children.get(item.index) ?? []));
  return (item, shortened) => draftBody(item, context, own(item), shortened);
}

/** Where an item is in the outline. Its `groups` begin with those of its parent, then the parent itself where it has words. */
function placeOf(item: Item, items: readonly Item[]): Pick<GenerationRow, 'parent' | 'path'> {
  const parent = item.parent === undefined ? undefined : items[item.parent];
  if (parent === undefined) return { path: item.groups };
  const above = parent.groups.length + (groupLabel(parent.subject) === '' ? 0 : 1);
  return { parent: parent.index, path: item.groups.slice(above) };
}

function toRow(item: Item, verdict: Verdict, draft: Draft | undefined): GenerationRow {
  const { decision, reason, selectable, candidates } = verdict;
  const { index, depth, label, text, checked } = item;
  return {
    item: locatorOf(item),
    index,
    depth,
    label,
    text,
    checked,
    decision,
    reason,
    selected: decision === 'create' || decision === 'link',
    selectable,
    draft,
    // Bodies are for deciding only; the preview travels as a message and shows none.
    candidates: candidates.map((issue) => ({ ...issue, body: '' })),
  };
}
