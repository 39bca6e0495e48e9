import { ourMarker } from '../identity/marked-issues.ts';
import type { Item } from '../text/checklist.ts';
import { parseMarker } from '../text/marker.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { templateBoxes } from './template-boxes.ts';

/** So many items of its own make an issue a plan. */
export const FEWEST_ITEMS = 3;

/** An issue as it is judged. */
export interface JudgedIssue {
  readonly host: string;
  readonly text: string;
  /** The oldest version that GitHub shows; undefined where the text was never edited. */
  readonly first: string | undefined;
  /** Issue templates and forms of its repository. */
  readonly templates: readonly string[];
}

/**
 * Whether an issue looks like a plan: three items or more that do not come from a template or an issue form ("I agree")
 * and were not all ticked in its first version ("what I tried"). An issue that Masterlist made for an item is none.
 */
export function looksLikePlan({ host, text, first, templates }: JudgedIssue): boolean {
  if (ourMarker({ marker: parseMarker(text, host) }) !== undefined) return false;
  const isOfTemplate = templateBoxes(templates);
  const own = (markdown: string) =>
    parseChecklist(markdown).items.filter((item: Item) => !isOfTemplate(item.text));
  const isPlan = own(text).length >= FEWEST_ITEMS;
  const atFirst = own(first ?? text);
  return isPlan && (atFirst.length === 0 || atFirst.some(({ checked }) => !checked));
}
