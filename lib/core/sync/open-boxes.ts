import { parseChecklist } from '../text/parse-checklist.ts';
import type { Followed } from './sync-facts.ts';

/**
 * The words of the boxes in an issue's text: of a closed issue the open ones; of an issue with a marker, which may hold
 * copies of a checklist's items, both. Nothing where it has none.
 */
export function boxesIn(
  body: string,
  { state, marker }: Pick<Followed, 'state' | 'marker'>,
): Pick<Followed, 'openBoxes' | 'tickedBoxes'> {
  const isMarked = marker !== undefined;
  // Parsing costs more than the rest of an issue: few bodies have boxes.
  const hasTicked = isMarked && /\[[xX]\]/.test(body);
  if (!hasTicked && (state === 'open' || !/\[[ \t\u00a0\r\n]\]/.test(body))) return {};
  const boxes = parseChecklist(body).items.filter(({ struck }) => !struck);
  const words = (wanted: boolean) =>
    boxes.filter(({ checked }) => checked === wanted).map(({ text }) => text);
  const [open, ticked] = [words(false), isMarked ? words(true) : []];
  return {
    ...(open.length > 0 && { openBoxes: open }),
    ...(ticked.length > 0 && { tickedBoxes: ticked }),
  };
}
