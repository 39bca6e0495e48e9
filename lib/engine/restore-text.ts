import { fail, failure, type Result, succeed } from '../core/failures.ts';
import type { Cause } from '../core/log/cause.ts';
import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import { correctLines } from '../core/text/correct-lines.ts';
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
  /** Hash of the text that the user saw the change against. */
  readonly now: string;
}

/** Gives the whole text that is to stand in place of the one of now. */
type Change = (now: string) => string;

/** Writes an earlier text back whole, if the text is still the one that the user saw it against. */
export async function restoreText(
  query: Query & {
    /** Of the entry of the log that has the text. */
    readonly id: number;
  },
  ports: Ports,
): Promise<Result<void>> {
  if (await ports.isPaused()) return fail(failure('paused'));
  const text = await loadSavedText(ports, query.checklist, query.id);
  return text.ok ? change(query, ports, 'restore', () => text.value) : text;
}

/** Makes tasks of lines that look like some, if the text is still the one that the user saw the correction of. */
export async function correctText(query: Query, ports: Ports): Promise<Result<void>> {
  if (await ports.isPaused()) return fail(failure('paused'));
  return change(query, ports, 'correct', (now) => correctLines(now).markdown);
}

async function change(
  query: Query,
  ports: Ports,
  what: Cause['what'],
  textOf: Change,
): Promise<Result<void>> {
  const { checklist, pageUser } = query;
  const open = await ports.store.loadOpenJob(checklistKey(checklist));
  if (open !== undefined) return fail(failure('job-open'));
  const acting = await accountPortsForPage(ports, checklist.repo.host, pageUser);
  if (!acting.ok) return acting;
  const written = await write(acting.value, query, what, textOf);
  ports.onChange(checklist);
  await ports.toolbar.refresh();
  return written;
}

async function write(
  acting: SyncPorts,
  { checklist, now }: Query,
  what: Cause['what'],
  textOf: Change,
): Promise<Result<void>> {
  const run = acting.newId();
  let changed = false;
  const request = {
    checklist,
    placeholder: acting.rules.placeholder,
    job: run,
    run,
    login: acting.login,
    cause: { by: 'click', what } as const,
    decide: () => [],
  };
  const written = await writeChecklist(withText(acting), {
    ...request,
    replace: (master) => {
      changed = hashText(master.text) !== now;
      return changed ? undefined : textOf(master.text);
    },
  });
  if (!written.ok) return written;
  if (changed) return fail(failure('text-changed'));
  // What fell between the read and the write is found and restored. Where GitHub does not answer, the next write looks.
  await confirmWrite(withText(acting), request, written.value);
  return succeed(undefined);
}
