import fc from 'fast-check';
import { type IssueRef, issueKey } from '../../../lib/core/refs.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { type Item, locatorOf } from '../../../lib/core/text/checklist.ts';
import type { Edit } from '../../../lib/core/text/edit.ts';
import { leadRole } from '../../../lib/core/text/lead-words.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { linksTo, referencedIssue } from '../../../lib/core/text/referenced-issue.ts';
import { hostileMarkdown } from './hostile-arbitrary.ts';
import { markdown } from './markdown-arbitrary.ts';

const REPO = { host: 'github.com', owner: 'o', name: 'r' };
const CONTEXT = { repo: REPO };
const issue = (number: number): IssueRef => ({ repo: REPO, number });
const elsewhere: IssueRef = { repo: { ...REPO, name: '_odd_' }, number: 987_654 };

export type ItemEdit = Extract<Edit, { readonly item: unknown }>;

/** Texts as people and mischief write them. */
export const anyMarkdown = fc.oneof(
  { weight: 1, arbitrary: markdown },
  { weight: 3, arbitrary: hostileMarkdown },
);

const styles = fc.constantFrom('closes' as const, 'parenthesis' as const, 'bare' as const);
const numbers = fc.uniqueArray(fc.constantFrom(8, 456, 460, 5), { minLength: 1, maxLength: 2 });

/** Every kind of edit of an item. */
function editOf(item: Item): fc.Arbitrary<ItemEdit> {
  const one = { item: locatorOf(item) };
  const named = item.references.map((reference) => referencedIssue(reference, REPO));
  const issues = fc.oneof(
    fc.constantFrom(issue(987_654), issue(987_654), issue(5), issue(7), elsewhere),
    fc.constantFrom(issue(5), ...named),
  );
  return fc.oneof(
    fc.constantFrom<ItemEdit>({ kind: 'tick', ...one }, { kind: 'untick', ...one }),
    fc.tuple(issues, styles).map(([to, style]) => ({ kind: 'link', ...one, issue: to, style })),
    fc.tuple(issues, styles).map(([to, style]) => ({ kind: 'unlink', ...one, issue: to, style })),
    fc.tuple(issues, issues).map(([from, to]) => ({
      kind: 'relink',
      ...one,
      from,
      to,
      style: 'closes',
    })),
    issues.map((to) => ({ kind: 'drop-link', ...one, issue: to })),
    numbers.map((all) => ({ kind: 'append-pull-requests', ...one, pulls: all.map(issue) })),
    numbers.map((all) => ({ kind: 'remove-pull-requests', ...one, pulls: all.map(issue) })),
    fc
      .tuple(
        fc.constantFrom('bracket', 'unbracket'),
        fc.subarray([...named, issue(5)], { minLength: 1 }),
      )
      .map(([kind, all]) => ({ kind, ...one, issues: all })),
    fc
      .constantFrom('Other words', 'doc', '**Bold** one', 'a_b `c`', 'Fix #3', '@bob', '<kbd>x')
      .map((text) => ({ kind: 'retext', ...one, text })),
  ) as fc.Arbitrary<ItemEdit>;
}

/** A text and an edit of one of its items. */
export const textWithEdit = anyMarkdown
  .map((text) => ({ text, items: parseChecklist(text).items }))
  .filter(({ items }) => items.length > 0)
  .chain(({ text, items }) =>
    fc.record({ text: fc.constant(text), edit: fc.constantFrom(...items).chain(editOf) }),
  );

/** A text and some edits of its items, each with what finds its item in that text. */
export const textWithEdits = anyMarkdown
  .map((text) => ({ text, items: parseChecklist(text).items }))
  .filter(({ items }) => items.length > 0)
  .chain(({ text, items }) =>
    fc.record({
      text: fc.constant(text),
      edits: fc.array(fc.constantFrom(...items).chain(editOf), { minLength: 2, maxLength: 4 }),
    }),
  );

/**
 * The text after edits one by one; nothing where one finds its item no more, because of those before: they gave it other
 * words, or the link by which it was told from its twins.
 */
export function oneByOne(text: string, edits: readonly ItemEdit[]): string | undefined {
  const keys = (of: string) => parseChecklist(of).items.map(({ key }) => key);
  let step = text;
  for (const edit of edits) {
    const { markdown, missed } = applyEdits(step, [edit], CONTEXT);
    const renames = edit.kind === 'retext' || edit.kind === 'relink';
    if (missed.length > 0 || (renames && keys(markdown).join() !== keys(text).join()))
      return undefined;
    step = markdown;
  }
  return step;
}

/** The text after edits that are made together. */
export function together(text: string, edits: readonly ItemEdit[]): string {
  return applyEdits(text, edits, CONTEXT).markdown;
}

/** What became of an edit, and what is wrong with that. */
export interface EditVerdict {
  readonly what: 'changed' | 'refused' | 'nothing';
  readonly problems: readonly string[];
}

/** Makes an edit, and holds the text read again against what was read before. */
export function judgeEdit(text: string, edit: ItemEdit): EditVerdict {
  const outcome = applyEdits(text, [edit], CONTEXT);
  const [applied] = outcome.applied;
  if (applied?.changed !== true) {
    const problems = outcome.markdown === text ? [] : ['text changed although nothing was done'];
    return { what: applied?.refused === true ? 'refused' : 'nothing', problems };
  }
  const before = parseChecklist(text).items;
  const after = parseChecklist(outcome.markdown).items;
  const own = before.find(({ key }) => key === edit.item.key);
  if (own === undefined) return { what: 'changed', problems: ['another item was taken'] };
  const now = after[own.index];
  if (after.length !== before.length || now === undefined)
    return { what: 'changed', problems: ['another number of items'] };
  const others = before.flatMap((one) => {
    const other = after[one.index];
    const isKept = one === own || same(factsOf(one, edit), other && factsOf(other, edit));
    return isKept ? [] : [`item ${one.index} is another`];
  });
  return {
    what: 'changed',
    problems: [...others, ...ownProblems(own, now, edit), ...backProblems(text, outcome, applied)],
  };
}

function backProblems(
  text: string,
  { markdown: there }: { readonly markdown: string },
  { edit, inverse }: { readonly edit: Edit; readonly inverse?: Edit },
): readonly string[] {
  if (inverse === undefined) return ['no inverse'];
  const { markdown: back, missed } = applyEdits(there, [inverse], CONTEXT);
  if (back === text) return [];
  // Boxes are written plain, and of equal items with other words none is told apart.
  const isBox = edit.kind === 'tick' || edit.kind === 'untick';
  if (isBox && back.replace(/\[[ xX\t]\]/g, '') === text.replace(/\[[ xX\t\r\n]\]/g, '')) return [];
  // Of equal items, one that is typed otherwise by now is not told apart: nothing is done rather than guessed.
  const isUntold = missed.some(({ reason }) => reason === 'item-ambiguous') && back === there;
  if (isUntold && 'item' in edit && (edit.item.namesakes ?? 1) > 1) return [];
  return [`not taken back${missed.map(({ reason }) => `: ${reason}`).join('')}`];
}

/** What has to stay of an item that an edit is not for. */
function factsOf(item: Item, { kind }: ItemEdit): unknown {
  const { key, textHash, typedHash, subject, title, checked, depth, parent, mentions } = item;
  const names = kind === 'retext' || kind === 'relink' ? textHash : key;
  const { references, struck, placeholder } = item;
  return {
    ...{ names, textHash, typedHash, subject, title, checked, depth, parent, mentions, struck },
    ...{ placeholder: placeholder === undefined, references: references.map(told) },
  };
}

function ownProblems(own: Item, now: Item, edit: ItemEdit): readonly string[] {
  const problem = (holds: boolean, what: string) => (holds ? [] : [what]);
  const renames = edit.kind === 'retext' || (edit.kind === 'relink' && own.subject === '');
  const frees = edit.kind === 'unlink' || edit.kind === 'drop-link';
  const ticks = edit.kind === 'tick' || edit.kind === 'untick';
  return [
    ...problem(now.checked === (ticks ? edit.kind === 'tick' : own.checked), 'state'),
    ...problem(now.depth === own.depth && now.parent === own.parent, 'place'),
    ...problem(same(now.mentions, own.mentions), 'mentions'),
    ...problem(renames || now.key === own.key, 'key'),
    ...problem(renames || now.subject === own.subject, 'subject'),
    ...problem(renames || frees || now.title === own.title, 'title'),
    ...problem(edit.kind === 'retext' || now.struck === own.struck, 'struck'),
    ...referenceProblems(own, now, edit),
  ];
}

/** Each reference that is not the edit's has to be what it was; the edit's has to be read as what it is. */
function referenceProblems(own: Item, now: Item, edit: ItemEdit): readonly string[] {
  const linked = (item: Item, to: IssueRef) => linksTo(item, to, REPO).length;
  const without = (item: Item, ...gone: readonly IssueRef[]) => {
    const keys = new Set(gone.map(issueKey));
    return item.references.filter((one) => !keys.has(issueKey(referencedIssue(one, REPO))));
  };
  const isSame = (one: Item, other: Item, ...gone: readonly IssueRef[]) =>
    same(without(one, ...gone).map(told), without(other, ...gone).map(told));
  switch (edit.kind) {
    case 'link': {
      const { issue: to } = edit;
      const found = now.references.filter(
        (one) => issueKey(referencedIssue(one, REPO)) === issueKey(to),
      );
      const isRead = found.some(({ role, bare }) => role === 'link' && bare === undefined);
      const rest = (item: Item) => without(item, to).map((one) => told(asPull(one)));
      return isRead && same(rest(own), rest(now)) ? [] : ['link not read, or others are'];
    }
    case 'unlink':
    case 'drop-link': {
      const roles = (item: Item) => without(item, edit.issue).map(({ role }) => role === 'mention');
      return linked(now, edit.issue) === 0 && same(roles(own), roles(now)) ? [] : ['still linked'];
    }
    case 'bracket':
    case 'unbracket': {
      const keys = new Set(edit.issues.map(issueKey));
      const isMeant = (one: Item['references'][number]) =>
        keys.has(issueKey(referencedIssue(one, REPO)));
      const rest = (item: Item) =>
        item.references.map((one) => told(isMeant(one) ? { ...one, bare: 'plain' } : one));
      const bare = (item: Item) => item.references.filter((one) => one.bare !== undefined).length;
      const goes = edit.kind === 'bracket' ? bare(now) < bare(own) : bare(now) >= bare(own);
      return same(rest(own), rest(now)) && goes ? [] : ['brackets'];
    }
    case 'relink':
      return linked(now, edit.to) === 1 && isSame(own, now, edit.from, edit.to) ? [] : ['relinked'];
    case 'append-pull-requests': {
      const isThere = edit.pulls.every(({ number }) =>
        now.references.some((one) => one.number === number),
      );
      return isThere && isSame(own, now, ...edit.pulls) ? [] : ['numbers not read, or others are'];
    }
    case 'remove-pull-requests': {
      const roles = (item: Item) =>
        without(item, ...edit.pulls).map(({ role }) => role === 'mention');
      return same(roles(own), roles(now)) ? [] : ['numbers'];
    }
    default:
      return same(own.references.map(told), now.references.map(told)) ? [] : ['references'];
  }
}

/** A pull request that says so (`PR #26`) is the item's beside an issue, and what it follows without one. */
function asPull(one: Item['references'][number]): Item['references'][number] {
  const isPull = one.role === 'link' && leadRole(one.lead ?? '') === 'pull';
  return isPull ? { ...one, role: 'after-link' } : one;
}

function told({ number, owner, name, host, role, lead, bare }: Item['references'][number]): string {
  return JSON.stringify([number, owner, name, host, role, lead, bare]);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
