import { type ReadonlySignal, signal } from '@preact/signals';
import type { PopupPageProps } from '../../components/PopupPage.tsx';
import type { TrackedEntry } from '../../components/TrackedRow.tsx';
import { type Failure, fail, failure, type Result } from '../../lib/core/failure.ts';
import type { ReconcileRecord } from '../../lib/core/reconcile/reconcile-record.ts';
import { issueKey } from '../../lib/core/refs.ts';
import type {
  ReleasedChecklist,
  SyncRecord,
  TrackedChecklist,
} from '../../lib/core/sync/tracked.ts';
import { syncView } from '../../lib/core/sync/tracked-view.ts';

/** What the popup depends on. */
export interface PopupContext {
  readonly listTracked: () => Promise<readonly TrackedChecklist[]>;
  readonly listReleased: () => Promise<readonly ReleasedChecklist[]>;
  readonly loadRecord: (checklistKey: string) => Promise<SyncRecord | undefined>;
  readonly loadReconcile: (checklistKey: string) => Promise<ReconcileRecord | undefined>;
  readonly pollMinutes: () => Promise<number>;
  readonly pollNow: () => Promise<Result<void>>;
  readonly openOptions: () => void;
  /** The time, in milliseconds since 1970; it goes on by itself. */
  readonly now: ReadonlySignal<number>;
}

/** The state of the popup and what the user can do with it. */
export type PopupModel = PopupPageProps & {
  /** Reads everything again; calls during a reading are answered by one more. */
  readonly reload: () => Promise<void>;
};

/** Builds the model of the popup. */
export function createPopupModel(context: PopupContext): PopupModel {
  const entries = signal<readonly TrackedEntry[] | undefined>(undefined);
  const released = signal<readonly ReleasedChecklist[]>([]);
  const busy = signal(false);
  const refused = signal<Failure | undefined>(undefined);
  const reload = oneAtATime(async () => {
    const loaded = await loadEntries(context);
    released.value = await loadReleased(context, loaded);
    entries.value = loaded;
  });
  const checkAll = async () => {
    busy.value = true;
    const answer = await context.pollNow().catch(unanswered);
    refused.value = answer.ok ? undefined : answer.failure;
    await reload();
    busy.value = false;
  };
  return {
    entries,
    released,
    busy,
    refused,
    now: context.now,
    reload,
    onCheckAll: () => void checkAll(),
    onOptions: context.openOptions,
  };
}

async function loadEntries(context: PopupContext): Promise<readonly TrackedEntry[]> {
  const everyMinutes = await context.pollMinutes();
  const list = await context.listTracked();
  const entries = list.map(async (tracked): Promise<TrackedEntry> => {
    const key = issueKey(tracked.checklist);
    const record = await context.loadRecord(key);
    const reconcile = await context.loadReconcile(key);
    const view = syncView(record, tracked, everyMinutes, reconcile);
    return { tracked, view, counts: record?.counts, reconcile };
  });
  return (await Promise.all(entries)).sort(byNeed);
}

/** How long it is shown that a checklist was let go, in milliseconds: a week. */
const SHOWN_MS = 7 * 24 * 60 * 60_000;

async function loadReleased(
  { listReleased, now }: PopupContext,
  entries: readonly TrackedEntry[],
): Promise<readonly ReleasedChecklist[]> {
  const isTracked = new Set(entries.map(({ tracked }) => issueKey(tracked.checklist)));
  return (await listReleased()).filter(
    ({ at, tracked }) => now.value - at < SHOWN_MS && !isTracked.has(issueKey(tracked.checklist)),
  );
}

/** What needs the user first, then by title. */
function byNeed(a: TrackedEntry, b: TrackedEntry): number {
  const need = Math.sign(b.view.needsYou) - Math.sign(a.view.needsYou);
  return need !== 0 ? need : a.tracked.title.localeCompare(b.tracked.title);
}

/** Storage tells of many changes at once: one reading after the last of them is enough. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await work();
    } while (again);
  };
  return () => {
    if (running !== undefined) {
      again = true;
      return running;
    }
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
}

/** The background was updated or stopped under the popup. */
function unanswered(): Result<void> {
  return fail(failure('internal', { reason: 'the background does not answer.' }));
}
