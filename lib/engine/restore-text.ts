import { fail, failure, type Result, succeed } from '../core/failures.ts';
import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import { hashText } from '../core/text/hash-text.ts';
import type { Ports, SyncPorts } from '../ports.ts';
import { accountPortsForPage } from './account-ports.ts';
import { withText } from './checklist-text.ts';
import { loadSavedText } from './saved-text.ts';
import { confirmWrite } from './verify-writes.ts';
import { writeChecklist } from './write-checklist.ts';

interface Query {
  readonly checklist: ChecklistRef;
  readonly pageUser: string | undefined;
  /** Of the entry of the log that has the text. */
  readonly id: number;
  /** Hash of the text that the user saw it against. */
  readonly now: string;
}

/** Writes an earlier text back whole, if the text is still the one that the user saw it against. */
export async function restoreText(query: Query, ports: Ports): Promise<Result<void>> {
  if (await ports.isPaused()) return fail(failure('paused'));
  const { checklist, pageUser, id } = query;
  const text = await loadSavedText(ports, checklist, id);
  if (!text.ok) return text;
  const open = await ports.store.loadOpenJob(checklistKey(checklist));
  if (open !== undefined) return fail(failure('job-open'));
  const acting = await accountPortsForPage(ports, checklist.repo.host, pageUser);
  if (!acting.ok) return acting;
  const restored = await write(acting.value, query, text.value);
  ports.onChange(checklist);
  await ports.toolbar.refresh();
  return restored;
}

async function write(
  acting: SyncPorts,
  { checklist, now }: Query,
  text: string,
): Promise<Result<void>> {
  const run = acting.newId();
  let changed = false;
  const request = {
    checklist,
    placeholder: acting.rules.placeholder,
    job: run,
    run,
    login: acting.login,
    cause: { by: 'click', what: 'restore' } as const,
    decide: () => [],
  };
  const written = await writeChecklist(withText(acting), {
    ...request,
    replace: (master) => {
      changed = hashText(master.text) !== now;
      return changed ? undefined : text;
    },
  });
  if (!written.ok) return written;
  if (changed) return fail(failure('text-changed'));
  // What fell between the read and the write is found and restored. Where GitHub does not answer, the next write looks.
  await confirmWrite(withText(acting), request, written.value);
  return succeed(undefined);
}
