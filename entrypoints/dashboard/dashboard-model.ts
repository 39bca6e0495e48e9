import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { readyChoices, safeChoices } from '../../lib/checklist-model/reconcile-choices.ts';
import type { Ask } from '../../lib/checklist-model/surroundings.ts';
import type { AlertSettings } from '../../lib/core/alerts/alert-settings.ts';
import type { AlertFacts } from '../../lib/core/alerts/list-alerts.ts';
import type {
  ReconcileOutcome,
  ReconcilePreview,
} from '../../lib/core/differences/reconcile-preview.ts';
import type { JobStatus, RowResolution } from '../../lib/core/engine/job-status.ts';
import { type Failure, fail, failure, type Result, unforeseen } from '../../lib/core/failures.ts';
import { oneAtATime } from '../../lib/core/one-at-a-time.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import type { SyncOutcome } from '../../lib/core/sync/sync-preview.ts';
import type { SyncView, TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { type Batch, createBatch } from './batch.ts';
import type { KnownChecklist } from './known-checklists.ts';

/** What the dashboard depends on. */
export interface DashboardContext {
  readonly ask: Ask;
  /** Everything that is stored of the tracked checklists, their runs and the accounts. */
  readonly loadFacts: () => Promise<AlertFacts>;
  /** All checklists that this browser ever worked on, by `issueKey`, the tracked ones first. */
  readonly loadKnown: () => Promise<ReadonlyMap<string, KnownChecklist>>;
  readonly settings: ReadonlySignal<AlertSettings>;
  /** Minutes between two refreshes. */
  readonly everyMinutes: ReadonlySignal<number>;
  readonly paused: ReadonlySignal<boolean>;
  readonly openOptions: () => void;
  /** Milliseconds since 1970; it goes on by itself. */
  readonly now: ReadonlySignal<number>;
}

/** What all pages of the dashboard share: what is stored, and what the user can do with it. */
export interface DashboardModel {
  /** Undefined until they are read. */
  readonly facts: ReadonlySignal<AlertFacts | undefined>;
  /** Why they could not be read. */
  readonly broken: ReadonlySignal<Failure | undefined>;
  /** By title. */
  readonly tracked: ReadonlySignal<readonly TrackedChecklist[]>;
  /** All checklists that this browser ever worked on, by `issueKey`, the tracked ones first. */
  readonly known: ReadonlySignal<ReadonlyMap<string, KnownChecklist>>;
  readonly settings: ReadonlySignal<AlertSettings>;
  /** Minutes between two refreshes. */
  readonly everyMinutes: ReadonlySignal<number>;
  readonly paused: ReadonlySignal<boolean>;
  readonly openOptions: () => void;
  /** Opens the token of an account with its passphrase. */
  readonly unlock: (account: string, passphrase: string) => Promise<Result<void>>;
  readonly pause: PauseSwitch;
  /** Writes what is to be written. */
  readonly syncs: Batch<SyncOutcome>;
  /** Finds differences. */
  readonly previews: Batch<ReconcilePreview>;
  /** Makes the safe choices of what was found. */
  readonly safeChanges: Batch<ReconcileOutcome>;
  /** Stops keeping checklists up to date. */
  readonly releases: Batch<SyncView>;
  readonly jobs: JobControls;
  readonly now: ReadonlySignal<number>;
  /** Reads everything again; calls during a reading are answered by one more. */
  readonly reload: () => Promise<void>;
}

/** Stops and starts everything that works by itself. */
export interface PauseSwitch {
  readonly busy: ReadonlySignal<boolean>;
  readonly failure: ReadonlySignal<Failure | undefined>;
  readonly set: (paused: boolean) => Promise<void>;
}

/** What the user can do with runs, by the run's id. */
export interface JobControls {
  readonly busy: ReadonlySignal<ReadonlySet<string>>;
  readonly failures: ReadonlySignal<ReadonlyMap<string, Failure>>;
  readonly control: (
    job: JobStatus,
    action: 'pause' | 'resume' | 'stop' | 'dismiss',
  ) => Promise<void>;
  readonly resolve: (
    job: JobStatus,
    indexes: readonly number[],
    resolution: RowResolution,
  ) => Promise<void>;
}

/** Builds the model. Nothing is read before the first `reload`. */
export function createDashboardModel(context: DashboardContext): DashboardModel {
  const { ask, now, settings, everyMinutes, paused, openOptions } = context;
  const facts = signal<AlertFacts | undefined>(undefined);
  const known = signal<ReadonlyMap<string, KnownChecklist>>(new Map());
  const broken = signal<Failure | undefined>(undefined);
  // Storage tells of many changes at once: one reading after the last of them is enough.
  const reload = oneAtATime(async () => {
    try {
      const [loaded, titles] = await Promise.all([context.loadFacts(), context.loadKnown()]);
      // At once: a title that comes later would push down what stands below it.
      batch(() => {
        facts.value = loaded;
        known.value = titles;
        broken.value = undefined;
      });
    } catch (error) {
      broken.value = unforeseen(error);
    }
  });
  const time = () => now.value;
  const previews = createBatch(
    (checklist) => ask('previewReconcile', { checklist, pageUser: undefined }),
    time,
  );
  return {
    facts,
    broken,
    tracked: computed(() =>
      (facts.value?.checklists ?? []).map(({ tracked }) => tracked).sort(byTitle),
    ),
    known,
    settings,
    everyMinutes,
    paused,
    openOptions,
    unlock: async (account, passphrase) => {
      const answer = await ask('unlockAccount', { account, passphrase });
      await reload();
      return answer;
    },
    pause: createPauseSwitch(ask),
    syncs: createBatch(
      (checklist) => ask('syncChecklist', { checklist, pageUser: undefined, preview: undefined }),
      time,
    ),
    previews,
    safeChanges: createBatch((checklist) => applySafe(ask, previews, checklist), time),
    releases: createBatch(
      (checklist) => ask('trackChecklist', { checklist, tracked: false, pageUser: undefined }),
      time,
    ),
    jobs: createJobControls(ask, reload),
    now,
    reload,
  };
}

function byTitle(a: TrackedChecklist, b: TrackedChecklist): number {
  return a.title.localeCompare(b.title, 'en', { numeric: true });
}

/** The differences that were found in a checklist; undefined where it was not searched, or could not be. */
export function previewOf(
  previews: Batch<ReconcilePreview>,
  checklist: ChecklistRef,
): ReconcilePreview | undefined {
  const step = previews.steps.value.get(checklistKey(checklist));
  return step?.state === 'done' && step.answer.ok ? step.answer.value : undefined;
}

async function applySafe(ask: Ask, previews: Batch<ReconcilePreview>, checklist: ChecklistRef) {
  const preview = previewOf(previews, checklist);
  if (preview === undefined) return fail(failure('stale-plan'));
  const chosen = readyChoices(safeChoices(preview.plan));
  return ask('applyReconcile', { checklist, pageUser: undefined, preview: preview.id, chosen });
}

function createPauseSwitch(ask: Ask): PauseSwitch {
  const busy = signal(false);
  const refused = signal<Failure | undefined>(undefined);
  return {
    busy,
    failure: refused,
    set: async (paused) => {
      if (busy.value) return;
      busy.value = true;
      const answer = await ask('setPaused', { paused });
      refused.value = answer.ok ? undefined : answer.failure;
      busy.value = false;
    },
  };
}

function createJobControls(ask: Ask, reload: () => Promise<void>): JobControls {
  const busy = signal<ReadonlySet<string>>(new Set());
  const failures = signal<ReadonlyMap<string, Failure>>(new Map());
  let queue: Promise<void> = Promise.resolve();
  const send = async (id: string, message: () => ReturnType<typeof ask<'controlJob'>>) => {
    const answer = await message();
    const others = [...failures.value].filter(([key]) => key !== id);
    failures.value = new Map(answer.ok ? others : [...others, [id, answer.failure]]);
    await reload();
  };
  /** One after another. */
  const act = ({ id }: JobStatus, message: () => ReturnType<typeof ask<'controlJob'>>) => {
    busy.value = new Set([...busy.value, id]);
    const acted = queue.then(async () => {
      await send(id, message);
      if (queue === acted) busy.value = new Set();
    });
    queue = acted;
    return acted;
  };
  return {
    busy,
    failures,
    control: (job, action) =>
      act(job, () => ask('controlJob', { checklist: job.checklist, job: job.id, action })),
    resolve: (job, indexes, resolution) =>
      act(job, () =>
        ask('resolveRows', { checklist: job.checklist, job: job.id, indexes, resolution }),
      ),
  };
}
