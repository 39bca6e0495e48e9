import { formatIssueRef, type IssueRef, issueKey, parseIssueRef, type RepoRef } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import type { ComparedLine } from '../text/line-difference.ts';
import { readComments } from '../text/own-comments.ts';
import { type NumberOfItem, numberNames } from './number-names.ts';

/** Whose a number is: the item's own issue, or only what the item is about. */
export type Answer = 'own' | 'about';

/** What people answered about the numbers of a checklist. */
export interface Answers {
  /** By the items' keys, then by `issueKey`. */
  readonly ofItems: ReadonlyMap<string, ReadonlyMap<string, Answer>>;
  /** By `issueKey`: written by hand without an item, of every item that ends in it. */
  readonly ofEnds: ReadonlyMap<string, Answer>;
}

export const NO_ANSWERS: Answers = { ofItems: new Map(), ofEnds: new Map() };

/** An answer to the question whose numbers they are. */
export interface NewAnswers {
  readonly own: readonly NumberOfItem[];
  readonly about: readonly NumberOfItem[];
  /** Own ones whose bare numbers get brackets in the text, which then says so itself. */
  readonly bracket?: readonly NumberOfItem[];
}

/** An answer, and the hash of the text that its change was shown against. */
export interface GivenAnswers extends NewAnswers {
  readonly now?: string;
}

/** What an answer would change in the text. */
export interface AnswerPreview {
  /** Hash of the text as it is now. */
  readonly now: string;
  readonly lines: readonly ComparedLine[];
}

/** What an answer says of an item's number; missing where none was given for this item. */
export function answerOf(
  { ofItems }: Answers,
  { key }: Pick<Item, 'key'>,
  issue: IssueRef,
): Answer | undefined {
  return ofItems.get(key)?.get(issueKey(issue));
}

/** Whether an item is only about a number. What was said of no item in particular leaves a form that says otherwise. */
export function isAnsweredAbout(
  answers: Answers,
  item: Pick<Item, 'key'>,
  issue: IssueRef,
  isBare: boolean,
): boolean {
  const answer = answerOf(answers, item, issue);
  if (answer !== undefined || !isBare) return answer === 'about';
  return answers.ofEnds.get(issueKey(issue)) === 'about';
}

/**
 * Reads the hidden comments `numbers` of a checklist's text: `own=12@TYPED,owner/repo#13@TYPED about=14@KEY.TYPED.2`,
 * where TYPED is the hash of an item's text as typed. `KEY.TYPED.2`: two items that name the number are typed the same,
 * and it is that with the key. An answer is no other item's, nor the item's once it is typed otherwise: it is asked
 * again. A number alone, written by hand, is of every item that ends in it. Of two comments the later one counts. What is
 * malformed is left out, and so is what is answered both ways.
 */
export function readAnswers(markdown: string, items: readonly Item[], repo: RepoRef): Answers {
  const entries = readEntries(markdown, repo);
  if (entries.length === 0) return NO_ANSWERS;
  const { find } = numberNames(items, repo);
  const ofItems = new Map<string, Map<string, Answer>>();
  const doubted = new Set<string>();
  for (const entry of entries) {
    const item = find(entry);
    if (item === undefined) continue;
    const key = issueKey(entry.issue);
    const own = ofItems.get(item.key) ?? new Map<string, Answer>();
    if ((own.get(key) ?? entry.answer) !== entry.answer) doubted.add(`${item.key} ${key}`);
    ofItems.set(item.key, own.set(key, entry.answer));
  }
  for (const [key, own] of ofItems)
    for (const issue of own.keys()) if (doubted.has(`${key} ${issue}`)) own.delete(issue);
  const plain = entries.filter(({ name }) => name === '');
  return { ofItems, ofEnds: new Map(plain.map((one) => [issueKey(one.issue), one.answer])) };
}

/** An answer as it is written; the name is '' where it is of no item in particular. */
export interface AnswerEntry extends NumberOfItem {
  readonly answer: Answer;
}

/** All answers that comments hold, as they are written; a later comment replaces what an earlier one says of the same. */
export function readEntries(markdown: string, repo: RepoRef): readonly AnswerEntry[] {
  const entries = new Map<string, AnswerEntry>();
  for (const content of readComments(markdown, 'numbers')) {
    const read = content.split(/\s+/).flatMap((part) => entriesOf(part, repo));
    for (const [id, same] of Map.groupBy(read, entryId)) {
      const [first] = same;
      entries.delete(id);
      const isOne = new Set(same.map(({ answer }) => answer)).size === 1;
      if (first !== undefined && isOne) entries.set(id, first);
    }
  }
  return [...entries.values()];
}

/** The content of the comment. A later entry replaces an earlier one of the same. */
export function formatEntries(entries: readonly AnswerEntry[], repo: RepoRef): string {
  const last = new Map<string, AnswerEntry>();
  for (const entry of entries) {
    last.delete(entryId(entry));
    last.set(entryId(entry), entry);
  }
  return (['own', 'about'] as const)
    .map((answer) => [answer, [...last.values()].filter((one) => one.answer === answer)] as const)
    .filter(([, all]) => all.length > 0)
    .map(([answer, all]) => `${answer}=${all.map((one) => written(one, repo)).join(',')}`)
    .join(' ');
}

function entryId({ name, issue }: NumberOfItem): string {
  return `${issueKey(issue)}@${name}`;
}

const PART = /^(own|about)=(\S+)$/;
const ENTRY = /^([^@]+)(?:@([\w-]+(?:\.[\w-]+\.[1-9]\d{0,3})?))?$/;

function entriesOf(part: string, repo: RepoRef): readonly AnswerEntry[] {
  const [, answer, list = ''] = PART.exec(part) ?? [];
  if (answer !== 'own' && answer !== 'about') return [];
  return list.split(',').flatMap((one): AnswerEntry[] => {
    const [, number = '', name = ''] = ENTRY.exec(one) ?? [];
    const issue = issueNamed(number, repo);
    return issue === undefined ? [] : [{ answer, name, issue }];
  });
}

/** A number alone is one of the checklist's repository. */
function issueNamed(written: string, repo: RepoRef): IssueRef | undefined {
  if (/^[1-9]\d{0,9}$/.test(written)) return { repo, number: Number(written) };
  return parseIssueRef(written, repo.host);
}

function written({ name, issue }: NumberOfItem, repo: RepoRef): string {
  const number = formatIssueRef(issue, repo).replace(/^#/, '');
  return name === '' ? number : `${number}@${name}`;
}
