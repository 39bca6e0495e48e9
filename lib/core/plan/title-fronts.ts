import type { Item } from '../text/checklist.ts';
import type { GenerationFacts, GenerationOptions } from './plan-generation.ts';
import { cleanLine, type TitleFront } from './title.ts';

/** The prefix of titles where the checklist speaks of tests. */
export const TEST_PREFIX = '[Test] ';

/** What is needed of the facts: the titles in use, and what the master speaks of. */
type FrontFacts = Pick<GenerationFacts, 'candidates' | 'referenced'> & {
  readonly master: Pick<GenerationFacts['master'], 'title' | 'body'>;
};

/**
 * What stands in front of the items' titles: the chosen prefix, or `[Test] ` where the master's title or a heading
 * above the item speaks of tests; and, when wanted, numbers that go on after the highest in use. Items that are
 * preselected are numbered first, so that their numbers have no gaps.
 */
export function titleFronts(
  facts: FrontFacts,
  items: readonly Item[],
  options: Pick<GenerationOptions, 'prefix' | 'ids'>,
  isPreselected: (item: Item) => boolean,
): readonly TitleFront[] {
  const prefix = prefixFinder(facts, options.prefix);
  const ids = options.ids ? numberItems(facts, items, isPreselected) : new Map<Item, string>();
  return items.map((item) => ({ prefix: prefix(item), id: ids.get(item) ?? '' }));
}

const LONGEST_PREFIX = 60;
const TESTS = /\btest(?:s|ing)?\b/i;
const HEADING = /^ {0,3}(?:> ?)*#{1,6}[ \t]+(.*)$/gm;

function prefixFinder(facts: FrontFacts, chosen: string | undefined): (item: Item) => string {
  if (chosen !== undefined) {
    const prefix = cleanLine(chosen).slice(0, LONGEST_PREFIX);
    return () => (prefix === '' ? '' : `${prefix} `);
  }
  if (TESTS.test(facts.master.title)) return () => TEST_PREFIX;
  const headings = new Set<string>();
  for (const [, heading = ''] of facts.master.body.matchAll(HEADING))
    if (TESTS.test(heading)) headings.add(letters(heading));
  if (headings.size === 0) return () => '';
  return ({ groups }) => (groups.some((group) => headings.has(letters(group))) ? TEST_PREFIX : '');
}

/** Headings are known as source, groups as rendered text: their letters are the same. */
function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

const ID_IN_USE = /\bT-(\d{1,6})\b/g;
const OWN_ID = /^\[?[A-Z]{1,6}[-_]?\d{1,6}\b/;

function numberItems(
  facts: FrontFacts,
  items: readonly Item[],
  isPreselected: (item: Item) => boolean,
): ReadonlyMap<Item, string> {
  const titles = [...facts.candidates, ...Object.values(facts.referenced)].map(
    (issue) => issue?.title ?? '',
  );
  let highest = highestId([...titles, facts.master.body]);
  const ids = new Map<Item, string>();
  const order = [
    ...items.filter(isPreselected),
    ...items.filter((item) => !isPreselected(item)),
  ].filter(({ title }) => !OWN_ID.test(title));
  for (const item of order) ids.set(item, `T-${String(++highest).padStart(3, '0')}`);
  return ids;
}

function highestId(texts: readonly string[]): number {
  let highest = 0;
  for (const text of texts)
    for (const [, digits] of text.matchAll(ID_IN_USE)) highest = Math.max(highest, Number(digits));
  return highest;
}
