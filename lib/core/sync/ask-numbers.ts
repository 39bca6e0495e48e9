import type { OwnIssue } from '../identity/identify.ts';
import type { KnownIssue } from '../identity/issue.ts';
import type { Link, NamedIssue } from '../identity/naming.ts';
import { type NumberNames, type NumberOfItem, numberNames } from '../identity/number-names.ts';
import { type IssueRef, issueKey, type RepoRef } from '../refs.ts';
import type { Item } from '../text/checklist.ts';

/** A number in an item, of which a person has to say whose it is. */
export interface AskedNumber extends NumberOfItem {
  /** Key of the item. */
  readonly item: string;
  readonly text: string;
  /** The item is open, and done once the number is its own. */
  readonly ticks?: true;
  /** As the text names it. */
  readonly issue: IssueRef;
  readonly title: string;
  readonly state: KnownIssue['state'];
}

/** The one question of a checklist. */
export interface NumbersQuestion {
  /** At the end of an item, and nothing proves that it is the item's own. */
  readonly ends: readonly AskedNumber[];
  /** Done before the item named it. */
  readonly old: readonly AskedNumber[];
}

/** UTF-16 units of an item that are shown. */
const LONGEST_SHOWN = 160;

/** What is to be asked about the numbers of a checklist; nothing where no open item waits for an answer. */
export function askNumbers<Named extends Asked>(
  items: readonly Item[],
  repo: RepoRef,
  owns: readonly (OwnIssue<Named> | undefined)[],
  isDone: (now: Named) => boolean,
  plans: readonly ({ readonly remarks: readonly { readonly kind: string }[] } | undefined)[] = [],
): NumbersQuestion | undefined {
  const ends: AskedNumber[] = [];
  const old: AskedNumber[] = [];
  let open = 0;
  const names = numberNames(items, repo);
  for (const [index, item] of items.entries()) {
    const own = owns[index];
    if (own === undefined || item.struck) continue;
    const asked = own.kind === 'asked' ? own.links : [];
    const toNumber = (link: Link<Named>) => askedNumber(item, link, names, isDone(link.now));
    ends.push(...asked.map(toNumber));
    const isOld = plans[index]?.remarks.some(({ kind }) => kind === 'done-before') === true;
    if (isOld) old.push(...linksOf(own).map(toNumber));
    if (!item.checked && asked.length > 0) open++;
  }
  if (open + old.length === 0) return undefined;
  return { ends: open > 0 ? ends : [], old };
}

/** What is left of a question once people said whose some of its numbers are. */
export function withoutAnswered(
  { ends, old }: NumbersQuestion,
  answered: readonly NumberOfItem[],
): NumbersQuestion | undefined {
  const idOf = ({ name, issue }: NumberOfItem) => `${name} ${issueKey(issue)}`;
  const ids = new Set(answered.map(idOf));
  const isLeft = (one: AskedNumber) => !ids.has(idOf(one));
  const left = { ends: ends.filter(isLeft), old: old.filter(isLeft) };
  return left.ends.length + left.old.length === 0 ? undefined : left;
}

/** How many items numbers are asked about: one may name several. */
export function countItems(numbers: readonly AskedNumber[]): number {
  return new Set(numbers.map(({ item }) => item)).size;
}

interface Asked extends NamedIssue, Pick<KnownIssue, 'state'> {}

function linksOf<Named extends Asked>(own: OwnIssue<Named>): readonly Link<Named>[] {
  if (own.kind === 'issue') return [own.link];
  return own.kind === 'issues' || own.kind === 'pulls' ? own.links : [];
}

function askedNumber(
  item: Item,
  { asked, now: { title, state } }: Link<Asked>,
  { nameOf }: NumberNames,
  isDone: boolean,
): AskedNumber {
  const text = item.text.slice(0, LONGEST_SHOWN);
  const ticks = !item.checked && isDone && ({ ticks: true } as const);
  const { key } = item;
  return { item: key, name: nameOf(item, asked), text, issue: asked, title, state, ...ticks };
}
