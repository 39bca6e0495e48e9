import { type IssueRef, type RepoRef, sameIssue } from '../refs.ts';
import type { Item, Reference } from './checklist.ts';
import type { Edit } from './edit.ts';
import { referencedIssue } from './referenced-issue.ts';
import { beforeStop, type Change, placeBehind, restore, type Splice } from './splices.ts';
import { formatTarget } from './target.ts';

type EditOf<Kind> = Extract<Edit, { readonly kind: Kind }>;

/**
 * Appends the pull requests that the item does not name yet: in place of the placeholder, else in their bracket, else
 * behind the text, else before the signs that end its sentence.
 */
export function appendPulls(
  markdown: string,
  item: Item,
  edit: EditOf<'append-pull-requests'>,
  repo: RepoRef,
): readonly Change[] {
  const pulls = missingPulls(item, edit.pulls, repo);
  if (pulls.length === 0) return [];
  const row = pulls.map((pull) => formatTarget(pull, repo)).join(', ');
  const restored = restore(markdown, item, edit.place);
  const splices = [
    ...(restored === undefined ? [] : [restored]),
    ...pullSplices(markdown, item, row),
  ];
  return splices.map((splice) => {
    const holder = item.placeholder;
    const replaced = holder !== undefined && splice.at === holder.start && splice.remove > 0;
    const restorePlaceholder = replaced ? markdown.slice(holder.start, holder.end) : undefined;
    return {
      splices: [splice],
      inverse: {
        kind: 'remove-pull-requests',
        item: edit.item,
        pulls,
        ...(restorePlaceholder !== undefined && { restorePlaceholder }),
      },
    };
  });
}

/** Removes pull requests from a bracket that holds nothing else; the emptied bracket goes, or becomes the placeholder again. */
export function removePulls(
  markdown: string,
  item: Item,
  edit: EditOf<'remove-pull-requests'>,
  repo: RepoRef,
): Change | undefined {
  const targets = edit.pulls
    .filter((pull) => isNamedOnce(item, pull, repo))
    .map((pull) => formatTarget(pull, repo));
  const bracket = findBracket(markdown, item, targets);
  if (bracket === undefined) return undefined;
  const kept = bracket.members.filter((member) => !targets.includes(member));
  const splice = bracketSplice(markdown, item, bracket, kept, edit.restorePlaceholder);
  if (splice === undefined) return undefined;
  const removed = bracket.members.filter((member) => targets.includes(member));
  const pulls = edit.pulls.filter((pull) => removed.includes(formatTarget(pull, repo)));
  const place = placeBehind(markdown, item, splice);
  return {
    splices: [splice],
    inverse: { kind: 'append-pull-requests', item: edit.item, pulls, place },
  };
}

/** We never name a pull request twice, so where it stands twice one of them is somebody's. */
function isNamedOnce(item: Item, pull: IssueRef, repo: RepoRef): boolean {
  return item.references.filter((one) => sameIssue(referencedIssue(one, repo), pull)).length === 1;
}

function missingPulls(item: Item, pulls: readonly IssueRef[], repo: RepoRef): IssueRef[] {
  const there = item.references.map((reference) => referencedIssue(reference, repo));
  const missing: IssueRef[] = [];
  for (const pull of pulls) {
    const known = (one: IssueRef) => sameIssue(one, pull);
    if (!there.some(known) && !missing.some(known)) missing.push(pull);
  }
  return missing;
}

function pullSplices(markdown: string, item: Item, row: string): readonly Splice[] {
  const holder = item.placeholder;
  const last = item.references.findLast((one) => endsPulls(markdown, one));
  return [
    ...(holder === undefined
      ? []
      : [{ at: holder.start, remove: holder.end - holder.start, insert: `(${row})` }]),
    ...(last === undefined ? [] : [{ at: last.end, remove: 0, insert: `, ${row}` }]),
    { at: item.textEnd, remove: 0, insert: ` (${row})` },
    ...beforeStop(markdown, item, ` (${row})`),
  ];
}

/** Whether a reference is the last in the bracket of pull requests. */
function endsPulls(markdown: string, { role, end }: Reference): boolean {
  return role === 'after-link' && markdown[end] === ')';
}

interface Bracket {
  readonly start: number;
  readonly end: number;
  readonly members: readonly string[];
}

/** The last bracket of the item that is a row of references as we write it and holds one of the targets. */
function findBracket(
  markdown: string,
  item: Item,
  targets: readonly string[],
): Bracket | undefined {
  const written = new Map(
    item.references.map((one) => [one.start, markdown.slice(one.start, one.end)]),
  );
  for (const { start } of item.references.toReversed()) {
    if (markdown[start - 1] !== '(') continue;
    const bracket = readBracket(markdown, start - 1, written);
    if (bracket?.members.some((member) => targets.includes(member))) return bracket;
  }
  return undefined;
}

/** Reads `(#1, #2)` at an offset; nothing when it is anything else. */
function readBracket(
  markdown: string,
  start: number,
  written: ReadonlyMap<number, string>,
): Bracket | undefined {
  const members: string[] = [];
  for (let at = start + 1; ; ) {
    const member = written.get(at);
    if (member === undefined) return undefined;
    members.push(member);
    at += member.length;
    if (markdown[at] === ')') return { start, end: at + 1, members };
    if (!markdown.startsWith(', ', at)) return undefined;
    at += 2;
  }
}

function bracketSplice(
  markdown: string,
  item: Item,
  { start, end }: Bracket,
  kept: readonly string[],
  placeholder: string | undefined,
): Splice | undefined {
  const remove = end - start;
  if (kept.length > 0) return { at: start, remove, insert: `(${kept.join(', ')})` };
  if (placeholder !== undefined) return { at: start, remove, insert: placeholder };
  const blank = start > item.textStart && markdown[start - 1] === ' ';
  // What is left of the line must still be an item.
  if (!blank) return undefined;
  return { at: start - 1, remove: remove + 1, insert: '' };
}
