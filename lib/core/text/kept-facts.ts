import { type IssueRef, issueKey, type RepoRef, sameIssue } from '../refs.ts';
import type { Item, Reference } from './checklist.ts';
import type { Edit } from './edit.ts';
import { leadRole } from './lead-words.ts';
import { linksTo, ownLinkTo, referencedIssue } from './referenced-issue.ts';
import type { Change } from './splices.ts';

/** An edit and the way in which it was written. */
export interface MadeEdit {
  readonly edit: Edit;
  readonly change: Change;
}

/**
 * Whether the text of an item, read again after an edit of it, says something else in exactly what the edit says: its
 * words, its title, whom and what it names, and what each reference is for it. Without an edit it has to say the same.
 */
export function isKept(
  before: Item,
  now: Item,
  made: MadeEdit | undefined,
  repo: RepoRef,
): boolean {
  if (made === undefined) return sameWords(before, now, undefined) && sameRest(before, now);
  const { edit } = made;
  // What was there comes back to the byte, and means again what it meant.
  if ('place' in edit && edit.place !== undefined)
    return isRenaming(edit, before) || now.textHash === before.textHash;
  if (!isRenaming(edit, before) && !sameWords(before, now, made)) return false;
  return sameReferences(before, now, made, repo) && sameNames(before, now, edit);
}

/** Whether an edit makes another item of an item: its words are others, or the link that is all it says. */
export function isRenaming(edit: Edit, { subject }: Pick<Item, 'subject'>): boolean {
  return edit.kind === 'retext' || (edit.kind === 'relink' && subject === '');
}

function sameWords(before: Item, now: Item, made: MadeEdit | undefined): boolean {
  if (before.textHash !== now.textHash || before.subject !== now.subject) return false;
  if (isTyped(made) && before.typedHash !== now.typedHash) return false;
  const edits = made === undefined ? [] : [made.edit, made.change.inverse];
  // A stop behind a reference is none of the title's, and one behind its words is.
  if (made?.change.inverse.kind === 'link' || isRestoring(made))
    return bare(before.title) === bare(now.title);
  // A number in place of a placeholder may stand in the middle, where a title keeps it, and a bare one is kept in doubt.
  const holds = edits.some(
    ({ kind, ...rest }) => kind === 'relink' || kind === 'bracket' || 'restorePlaceholder' in rest,
  );
  return before.title === now.title && (holds || before.fullTitle === now.fullTitle);
}

/** Whether the text as it was typed stays what it is: our own forms are none of it. */
function isTyped(made: MadeEdit | undefined): boolean {
  if (made === undefined) return true;
  const { edit, change } = made;
  if (edit.kind !== 'link' && edit.kind !== 'append-pull-requests') return false;
  return edit.place === undefined && !('restorePlaceholder' in change.inverse);
}

function isRestoring(made: MadeEdit | undefined): boolean {
  return made?.edit.kind === 'link' && made.edit.place !== undefined;
}

function bare(title: string): string {
  return title.replace(/[.!?;:,\s]{1,50}$/, '');
}

/** Of an item that no edit is for. */
function sameRest(before: Item, now: Item): boolean {
  return (
    now.struck === before.struck &&
    sameList(now.mentions, before.mentions) &&
    (now.placeholder === undefined) === (before.placeholder === undefined) &&
    sameList(now.references.map(meaningOf), before.references.map(meaningOf))
  );
}

function sameNames(before: Item, now: Item, { kind }: Edit): boolean {
  const holder = kind === 'append-pull-requests' || kind === 'remove-pull-requests';
  return (
    sameList(now.mentions, before.mentions) &&
    sameList(now.commits ?? [], before.commits ?? []) &&
    (kind === 'retext' || now.struck === before.struck) &&
    (holder || (now.placeholder === undefined) === (before.placeholder === undefined))
  );
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

/** All that a reference says, wherever it stands. */
function meaningOf({ start: _, end: __, ...rest }: Reference): string {
  return JSON.stringify(rest);
}

/** What an edit does to the references of an item. */
interface ReferenceChange {
  readonly isGone: (reference: Reference) => boolean;
  readonly put: readonly IssueRef[];
  readonly mayBe: (reference: Reference) => boolean;
  /** What numbers in brackets become with a link before them, and without. */
  readonly mayBecome?: 'link' | 'after-link';
  /** References that get brackets, or lose them: with these the form says that they are the item's own. */
  readonly brackets?: 'put' | 'taken';
}

function sameReferences(before: Item, now: Item, made: MadeEdit, repo: RepoRef): boolean {
  const { isGone, put, mayBe, ...may } = changeOf(before, made, repo);
  const { mayBecome } = may;
  const kept = before.references.filter((one) => !isGone(one));
  const wanted = new Set(put.map(issueKey));
  const found: string[] = [];
  let at = 0;
  for (const one of now.references) {
    const was = kept[at];
    if (was !== undefined && isSame(was, one, may)) at++;
    else if (!mayBe(one) || !wanted.has(issueKey(referencedIssue(one, repo)))) return false;
    else found.push(issueKey(referencedIssue(one, repo)));
  }
  if (at < kept.length || new Set(found).size < wanted.size) return false;
  // What is put back is as it was, also an issue that was linked twice.
  return found.length === wanted.size || mayBecome === 'after-link';
}

function isSame(
  was: Reference,
  now: Reference,
  { mayBecome: role, brackets }: Pick<ReferenceChange, 'mayBecome' | 'brackets'>,
): boolean {
  if (meaningOf(was) === meaningOf(now)) return true;
  if (brackets === 'put' && meaningOf(withoutBare(was)) === meaningOf(now)) return true;
  if (brackets === 'taken' && meaningOf(was) === meaningOf(withoutBare(now))) return true;
  // A pull request that says so is one of the item's once there is an issue.
  const isPull = leadRole(was.lead ?? '') === 'pull';
  if (isPull && was.role === 'link' && meaningOf({ ...was, role: 'after-link' }) === meaningOf(now))
    return true;
  return (
    role !== undefined && was.role !== 'mention' && meaningOf({ ...was, role }) === meaningOf(now)
  );
}

function withoutBare({ bare: _, ...rest }: Reference): Reference {
  return rest;
}

const NOTHING: ReferenceChange = {
  isGone: () => false,
  put: [],
  mayBe: () => false,
};

function changeOf(before: Item, { edit, change }: MadeEdit, repo: RepoRef): ReferenceChange {
  const isLink = ({ role }: Reference) => role === 'link';
  const isBehind = ({ role }: Reference) => role === 'after-link';
  const isOwn = ({ role }: Reference) => role !== 'mention';
  // A link of ours proves itself by its form.
  const isSure = (one: Reference) => isLink(one) && one.bare === undefined;
  switch (edit.kind) {
    case 'link':
      if (edit.place === undefined) return { ...NOTHING, put: [edit.issue], mayBe: isSure };
      return { ...NOTHING, put: [edit.issue], mayBe: isOwn, mayBecome: 'after-link' };
    case 'unlink':
    case 'drop-link': {
      const gone = new Set(linksTo(before, edit.issue, repo));
      return { ...NOTHING, isGone: (one) => gone.has(one), mayBecome: 'link' };
    }
    case 'relink': {
      const gone = ownLinkTo(before, edit.from, repo);
      return { ...NOTHING, isGone: (one) => one === gone, put: [edit.to], mayBe: isLink };
    }
    case 'append-pull-requests': {
      const { inverse } = change;
      if (inverse.kind !== 'remove-pull-requests') return NOTHING;
      const { pulls: put, restorePlaceholder } = inverse;
      // Where somebody wants the number, it is what it is there.
      if (restorePlaceholder !== undefined) return { ...NOTHING, put, mayBe: () => true };
      const linked = before.references.some(({ role }) => role === 'link');
      const mayBe = linked && edit.place === undefined ? isBehind : isOwn;
      return { ...NOTHING, put, mayBe };
    }
    case 'remove-pull-requests': {
      const { inverse } = change;
      const gone = inverse.kind === 'append-pull-requests' ? inverse.pulls : [];
      const isGone = (one: Reference) =>
        gone.some((pull) => sameIssue(pull, referencedIssue(one, repo)));
      return { ...NOTHING, isGone, mayBecome: 'link' };
    }
    case 'bracket':
      return { ...NOTHING, brackets: 'put' };
    case 'unbracket':
      return { ...NOTHING, brackets: 'taken' };
    default:
      return NOTHING;
  }
}
