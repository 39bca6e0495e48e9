import { type Result, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import type { SavedText } from '../../lib/core/text/saved-text.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/** The texts before our writes, newest first, without the texts themselves. */
export async function listTexts(
  { checklist }: Parameters<Protocol['listTexts']>[0],
  { log }: Ports,
): Promise<Result<readonly SavedText[]>> {
  return succeed(await log.listTexts(checklistKey(checklist)));
}
