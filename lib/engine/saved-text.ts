import { fail, failure, type Result, succeed } from '../core/failures.ts';
import type { AnyFacts } from '../core/log/event.ts';
import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import type { Ports } from '../ports.ts';

/** The text of a checklist before one of our writes. */
export async function loadSavedText(
  { log }: Pick<Ports, 'log'>,
  checklist: ChecklistRef,
  id: number,
): Promise<Result<string>> {
  // An id comes from a page: IndexedDB throws on what cannot be a key.
  const event = Number.isSafeInteger(id) ? await log.load(id) : undefined;
  const isOurs = event?.checklistKey === checklistKey(checklist);
  const { before }: AnyFacts = isOurs ? event : {};
  return before === undefined ? fail(failure('text-expired')) : succeed(before);
}
