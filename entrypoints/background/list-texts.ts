import { type Result, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import type { SavedText } from '../../lib/core/text/saved-text.ts';
import type { Protocol } from '../../lib/messages.ts';
import { listSavedTexts } from '../../lib/store/events.ts';
import type { Background } from './ports.ts';

/** The texts before our writes, newest first, without the texts themselves. */
export async function listTexts(
  { checklist }: Parameters<Protocol['listTexts']>[0],
  { db }: Background,
): Promise<Result<readonly SavedText[]>> {
  return succeed(await listSavedTexts(db, checklistKey(checklist)));
}
