import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import { hashText } from '../../lib/core/text/hash-text.ts';
import type { SyncPorts } from '../../lib/engine/sync-ports.ts';
import { confirmWrite } from '../../lib/engine/verify-writes.ts';
import { writeChecklist } from '../../lib/engine/write-checklist.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Background } from './ports.ts';
import { loadSavedText } from './saved-text.ts';
import { syncPortsForPage } from './sync-ports.ts';

type Query = Parameters<Protocol['restoreText']>[0];

/** Writes an earlier text back whole, if the text is still the one that the user saw it against. */
export async function restoreText(query: Query, background: Background): Promise<Result<void>> {
  if (await background.isPaused()) return fail(failure('paused'));
  const { checklist, pageUser, id } = query;
  const text = await loadSavedText(background, checklist, id);
  if (!text.ok) return text;
  const open = await background.store.loadOpenJob(checklistKey(checklist));
  if (open !== undefined) return fail(failure('job-open'));
  const ports = await syncPortsForPage(background, checklist.repo.host, pageUser);
  if (!ports.ok) return ports;
  const restored = await write(ports.value, query, text.value);
  background.revisions.bump(checklist);
  await background.toolbar.refresh();
  return restored;
}

async function write(
  ports: SyncPorts,
  { checklist, now }: Query,
  text: string,
): Promise<Result<void>> {
  const run = ports.newRunId();
  let changed = false;
  const request = {
    checklist,
    placeholder: ports.rules.placeholder,
    job: run,
    run,
    login: ports.login,
    cause: { by: 'click', what: 'restore' } as const,
    decide: () => [],
  };
  const written = await writeChecklist(ports, {
    ...request,
    replace: (master) => {
      changed = hashText(master.text) !== now;
      return changed ? undefined : text;
    },
  });
  if (!written.ok) return written;
  if (changed) return fail(failure('text-changed'));
  // What fell between the read and the write is found and mended. Where GitHub does not answer, the next write looks.
  await confirmWrite(ports, request, written.value);
  return succeed(undefined);
}
