import type { MasterSnapshot, UnverifiedWrite } from '../core/engine/job-facts.ts';
import { type Result, succeed } from '../core/failures.ts';
import { hashText } from '../core/text/hash-text.ts';
import { joinVersions } from './read-sync.ts';
import { showsAllSince, verifyWrite, type WriteVerdict } from './verify-write.ts';
import type { ChecklistPorts, ChecklistRequest } from './write-checklist.ts';

/** So often in a row we wait for a text to rest. */
const MOST_WAITS = 2;

/** A text as read, and what it tells of our last write of it. */
export interface Look {
  readonly read: MasterSnapshot;
  readonly verdict: WriteVerdict;
}

/**
 * What is to be mended is mended on a text that has come to rest: another browser may be mending it as well, and two
 * that mend at once overwrite each other. So each waits for a time of its own and looks again.
 */
export async function lookSettled(
  ports: ChecklistPorts,
  request: ChecklistRequest,
  last: UnverifiedWrite | undefined,
): Promise<Result<Look>> {
  let look = await lookAt(ports, request, last);
  for (let wait = 0; wait < MOST_WAITS; wait++) {
    if (!look.ok || look.value.verdict.mend === undefined) break;
    const { text } = look.value.read;
    await ports.clock.sleep(ports.timing.mendSettleMs * (1 + shareOf(`${request.run} ${wait}`)));
    look = await lookAt(ports, request, last);
    if (look.ok && look.value.read.text === text) break;
  }
  return look;
}

async function lookAt(
  { github }: ChecklistPorts,
  { checklist }: ChecklistRequest,
  last: UnverifiedWrite | undefined,
): Promise<Result<Look>> {
  const read = await github.readMaster(checklist);
  if (!read.ok) return read;
  const { text } = read.value;
  const nothing = { applied: false, text, mend: undefined, notice: undefined };
  if (last === undefined) return succeed({ read: read.value, verdict: nothing });
  const deep = showsAllSince(last, read.value.history)
    ? succeed([])
    : ((await github.readVersions?.(checklist)) ?? succeed([]));
  if (!deep.ok) return deep;
  const history = joinVersions(read.value.history, deep.value) ?? read.value.history;
  const verdict = verifyWrite(last, { ...read.value, history });
  return succeed({ read: read.value, verdict });
}

/** A number from 0 to 1 that is a name's own. */
function shareOf(name: string): number {
  return Number.parseInt(hashText(name).slice(-4), 32) / 32 ** 4;
}
