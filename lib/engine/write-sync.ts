import type { BodyVersion, MasterSnapshot } from '../core/engine/job-facts.ts';
import { type Failure, type Result, succeed } from '../core/failures.ts';
import { issueKey } from '../core/refs.ts';
import { editsOf, planSync } from '../core/sync/plan-sync.ts';
import { unreached, withoutUnreached } from '../core/sync/reaches-back.ts';
import type { SyncFacts } from '../core/sync/sync-facts.ts';
import type { SyncPlan } from '../core/sync/sync-plan.ts';
import { loggedChanges } from '../core/sync/sync-record.ts';
import type { Checklist } from '../core/text/checklist.ts';
import type { SyncPorts } from '../ports.ts';
import { withText } from './checklist-text.ts';
import { joinVersions, readText, type SyncReading } from './read-sync.ts';
import type { SyncRequest } from './sync-run.ts';
import { confirmWrite } from './verify-writes.ts';
import { type ChecklistRequest, type ChecklistWrite, writeChecklist } from './write-checklist.ts';

/** What a sync wrote, and how the text stands after it. */
export interface SyncWrite {
  readonly written: ChecklistWrite;
  /** Keys of the items that were changed. */
  readonly updated: readonly string[];
  readonly text: string;
  /** Newest first. */
  readonly history: readonly BodyVersion[];
  readonly notice: Failure | undefined;
  /** Whether the text is the one that was calculated on; else somebody changed it meanwhile, and all is to be looked at again. */
  readonly settled: boolean;
}

/** Writes a plan, calculated anew on the master as it is when it is written, and confirms the write by a read. */
export async function writeSync(
  ports: SyncPorts,
  request: SyncRequest,
  reading: SyncReading,
  run: string,
): Promise<Result<SyncWrite>> {
  let plan: SyncPlan = reading.plan;
  const writing: ChecklistRequest = {
    checklist: request.checklist,
    placeholder: reading.rules.placeholder,
    job: '',
    run,
    login: ports.login,
    cause: request.cause,
    decide: (master) => {
      const fresh = planAnew(reading, master);
      if (fresh === undefined) return [];
      plan = fresh;
      return editsOf(plan, request.approved);
    },
    rows: ({ applied }) => loggedChanges(plan, applied),
  };
  const written = await writeChecklist(withText(ports), writing);
  if (!written.ok) return written;
  const confirmed = await confirmWrite(withText(ports), writing, written.value);
  const { master, outcome } = written.value;
  const { text, notice } = confirmed;
  const changed = outcome.applied.flatMap(({ edit, changed: did }) =>
    did && 'item' in edit ? [edit.item.key] : [],
  );
  return succeed({
    written: written.value,
    updated: [...new Set(changed)],
    text,
    history: joinVersions(confirmed.master.history, reading.facts.master.history) ?? [],
    notice,
    settled: text === written.value.text && isReadWholly(reading, master),
  });
}

/**
 * The plan on the master as it is now; nothing where too much happened since to know what was taken back. What only
 * older versions could tell waits for the next read.
 */
function planAnew(reading: SyncReading, master: MasterSnapshot): SyncPlan | undefined {
  const { text } = master;
  const history = joinVersions(master.history, reading.facts.master.history);
  if (history === undefined) return undefined;
  return planOn(reading, { text, history });
}

/** The plan of what was read on another text and its history. */
export function planOn(
  { facts: read, plan: before }: SyncReading,
  now: Pick<SyncFacts['master'], 'text' | 'history'>,
  checklist?: Checklist,
): SyncPlan {
  const facts = { ...read, master: { ...read.master, ...now } };
  const plan = planSync(facts, checklist);
  return withoutUnreached(plan, unreached(plan, facts), before);
}

/** Whether GitHub was asked for all that the text links; of a part that was read, only the very text that it was chosen by. */
function isReadWholly(reading: SyncReading, { text }: MasterSnapshot): boolean {
  if (text === reading.text) return true;
  const asked = reading.facts.followed;
  return (
    reading.full &&
    readText(reading, text)
      .links.flat()
      .every((ref) => issueKey(ref) in asked)
  );
}
