import type { MasterSnapshot, UnverifiedWrite } from '../core/engine/job-facts.ts';
import type { Failure } from '../core/failures.ts';
import {
  type ChecklistPorts,
  type ChecklistRequest,
  type ChecklistWrite,
  writeChecklist,
} from './write-checklist.ts';

/** So often a write is looked at in a row while it had to restore what it overwrote. */
const MOST_LOOKS = 3;

/** How a text stands after a write was looked at. */
export interface Confirmed {
  readonly master: MasterSnapshot;
  readonly text: string;
  readonly notice: Failure | undefined;
}

/**
 * Reads a checklist until its last write is confirmed, restoring what it overwrote. Where GitHub does not answer, the
 * write stays unverified: `verifyWrites` or the next write of the checklist looks at it.
 */
export async function confirmWrite(
  ports: ChecklistPorts,
  request: ChecklistRequest,
  written: ChecklistWrite,
): Promise<Confirmed> {
  let last = written;
  let { notice } = written;
  const reading = { ...readOnly(request), cause: request.cause };
  for (let looks = 0; last.wrote && looks < MOST_LOOKS; looks++) {
    const again = await writeChecklist(ports, reading);
    if (!again.ok) break;
    last = again.value;
    notice = last.notice ?? notice;
  }
  return { master: last.master, text: last.text, notice };
}

/**
 * Finishes a write that no read has confirmed yet: a worker died over it, or GitHub did not answer. Answers what the user must hear of,
 * and whether it is confirmed now.
 */
export async function verifyWrites(
  ports: ChecklistPorts & { readonly login: string },
  write: UnverifiedWrite,
  run: string,
): Promise<{ readonly confirmed: boolean; readonly notice: Failure | undefined }> {
  const { checklist, placeholder } = write;
  const request = {
    checklist,
    placeholder,
    job: '',
    run,
    login: ports.login,
    cause: { by: 'background', what: 'verify' } as const,
  };
  const reading: ChecklistRequest = { ...request, decide: () => [] };
  const first = await writeChecklist(ports, reading);
  if (!first.ok) return { confirmed: false, notice: undefined };
  const { notice } = await confirmWrite(ports, reading, first.value);
  return { confirmed: true, notice };
}

/** The request without its changes. A whole text that was put back must not be put back again over what people made of it. */
function readOnly({ rows: _rows, replace: _replace, ...request }: ChecklistRequest) {
  return { ...request, decide: () => [] };
}
