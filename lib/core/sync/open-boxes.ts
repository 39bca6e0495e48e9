import { parseChecklist } from '../text/parse-checklist.ts';
import type { Followed } from './sync-facts.ts';

/** The words of the open boxes in an issue's text; nothing where it has none. */
export function openBoxesIn(body: string): Pick<Followed, 'openBoxes'> {
  // Parsing costs more than the rest of an issue: few bodies have boxes.
  if (!/\[[ \t\u00a0\r\n]\]/.test(body)) return {};
  const open = parseChecklist(body).items.filter(({ checked, struck }) => !checked && !struck);
  return open.length === 0 ? {} : { openBoxes: open.map(({ text }) => text) };
}
