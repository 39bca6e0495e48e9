import { type Result, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import { hashText } from '../../lib/core/text/hash-text.ts';
import { lineDifference } from '../../lib/core/text/line-difference.ts';
import type { SavedText, TextDifference } from '../../lib/core/text/saved-text.ts';
import { accountPorts } from '../../lib/engine/account-ports.ts';
import { textOnGitHub } from '../../lib/engine/checklist-text.ts';
import { loadSavedText } from '../../lib/engine/saved-text.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/** The texts before our writes, newest first, without the texts themselves. */
export async function listTexts(
  { checklist }: Parameters<Protocol['listTexts']>[0],
  { log }: Ports,
): Promise<Result<readonly SavedText[]>> {
  return succeed(await log.listTexts(checklistKey(checklist)));
}

/** An earlier text whole, and how it differs from the text as GitHub has it now. */
export async function getText(
  { checklist, id }: Parameters<Protocol['getText']>[0],
  ports: Ports,
): Promise<Result<TextDifference>> {
  const text = await loadSavedText(ports, checklist, id);
  if (!text.ok) return text;
  const acting = await accountPorts(ports, checklist.repo.host);
  if (!acting.ok) return acting;
  const master = await textOnGitHub(acting.value.github).read(checklist);
  if (!master.ok) return master;
  return succeed({
    text: text.value,
    now: hashText(master.value.text),
    lines: lineDifference(text.value, master.value.text),
  });
}
