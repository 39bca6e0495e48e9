import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { PageChecklist } from '../../components/popup/PopupChecklist.tsx';
import type { PopupPageProps } from '../../components/popup/PopupPage.tsx';
import type { ChecklistAct } from '../../components/popup/TrackedRow.tsx';
import type { AlertMessage } from '../../lib/core/alerts/alert-message.ts';
import type { ChecklistView } from '../../lib/core/checklist-view.ts';
import type { JobStatus, RowResolution } from '../../lib/core/engine/job-status.ts';
import { type Failure, type Result, unanswered, unforeseen } from '../../lib/core/failures.ts';
import type { NewAnswers } from '../../lib/core/identity/answers.ts';
import { oneAtATime } from '../../lib/core/one-at-a-time.ts';
import { type Overview, type OverviewData, overviewOf } from '../../lib/core/overview/overview.ts';
import { isCheckDue } from '../../lib/core/overview/tracked-entries.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import type { SyncOutcome } from '../../lib/core/sync/sync-preview.ts';
import type { SyncView } from '../../lib/core/sync/tracked.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { ShownChecklist } from './shown-checklist.ts';

/** What the popup depends on. */
export interface PopupContext {
  /** Everything that this browser has stored, at a time (milliseconds since 1970). */
  readonly load: (now: number) => Promise<OverviewData>;
  /** The issue that the tab behind the popup shows. */
  readonly findShown: () => Promise<ShownChecklist | undefined>;
  /** Asks GitHub what the text of an issue holds. */
  readonly read: (checklist: ChecklistRef) => Promise<Result<ChecklistView | undefined>>;
  readonly sync: (checklist: ChecklistRef) => Promise<Result<SyncOutcome>>;
  readonly track: (checklist: ChecklistRef, tracked: boolean) => Promise<Result<SyncView>>;
  readonly answer: (checklist: ChecklistRef, answers: NewAnswers) => Promise<Result<SyncView>>;
  readonly control: (
    job: JobStatus,
    action: Parameters<Protocol['controlJob']>[0]['action'],
  ) => Promise<Result<JobStatus>>;
  readonly resolve: (
    job: JobStatus,
    indexes: readonly number[],
    resolution: RowResolution,
  ) => Promise<Result<JobStatus>>;
  readonly pollNow: () => Promise<Result<void>>;
  readonly setPaused: (isPaused: boolean) => Promise<Result<void>>;
  readonly unlock: (account: string, passphrase: string) => Promise<Result<void>>;
  readonly openOptions: () => void;
  /** The address that opens a prepared email. */
  readonly mailHref: (to: string, mail: AlertMessage) => string;
  /** The time, in milliseconds since 1970; it goes on by itself. */
  readonly now: ReadonlySignal<number>;
}

/** The state of the popup and what the user can do with it. */
export type PopupModel = PopupPageProps & {
  /** Shows what is stored; then asks GitHub, quietly, for what is not known or is old. */
  readonly start: () => Promise<void>;
  /** Reads what is stored again; calls during a reading are answered by one more. */
  readonly reload: () => Promise<void>;
};

/** Builds the model of the popup. */
export function createPopupModel(context: PopupContext): PopupModel {
  const { now } = context;
  const overview = signal<Overview | undefined>(undefined);
  const unreadable = signal<Failure | undefined>(undefined);
  const refused = signal<Failure | undefined>(undefined);
  const busy = signal<'refreshing' | 'pausing' | undefined>(undefined);
  const shown = signal<ShownChecklist | undefined>(undefined);
  const reading = signal<Result<ChecklistView | undefined> | undefined>(undefined);
  const acts = signal<ReadonlyMap<string, ChecklistAct>>(new Map());

  let found = Promise.resolve();
  const reload = oneAtATime(async () => {
    try {
      // The page's checklist comes with the others: nothing moves down when it does.
      const [stored] = await Promise.all([context.load(now.value), found]);
      overview.value = overviewOf(stored, now.value);
      unreadable.value = undefined;
    } catch (error) {
      unreadable.value = unforeseen(error);
    }
  });
  const readPage = async () => {
    const { value: page } = shown;
    // Of a tracked checklist the last refresh is known.
    if (page === undefined || entryOf(overview.value, page.checklist)?.counts !== undefined) return;
    reading.value = undefined;
    reading.value = await context.read(page.checklist).catch(unanswered);
  };
  const checkIfDue = async () => {
    const { value: stored } = overview;
    if (
      stored === undefined ||
      stored.isPaused ||
      stored.locked ||
      !isCheckDue(stored.entries, now.value)
    )
      return;
    // What stands in the way of it is in the records.
    await context.pollNow().catch(unanswered);
    await reload();
  };

  const put = (key: string, act: ChecklistAct) => {
    acts.value = new Map(acts.value).set(key, act);
  };
  const act = async <Value>(
    key: string,
    send: () => Promise<Result<Value>>,
    outcomeOf: (value: Value) => SyncOutcome | undefined = () => undefined,
  ) => {
    if (acts.value.get(key)?.busy === true) return;
    put(key, { busy: true, outcome: undefined, failure: undefined });
    const answer = await send().catch(unanswered);
    await reload();
    const outcome = answer.ok ? outcomeOf(answer.value) : undefined;
    put(key, { busy: false, outcome, failure: answer.ok ? undefined : answer.failure });
  };
  const actOnAll = async (doing: 'refreshing' | 'pausing', send: () => Promise<Result<void>>) => {
    if (busy.value !== undefined) return;
    busy.value = doing;
    const answer = await send().catch(unanswered);
    refused.value = answer.ok ? undefined : answer.failure;
    await reload();
    busy.value = undefined;
  };

  return {
    overview,
    unreadable,
    refused,
    busy,
    acts,
    page: computed(() => pageOf(shown.value, overview.value, reading.value)),
    now,
    reload,
    start: async () => {
      found = context.findShown().then(
        (page) => {
          shown.value = page;
        },
        () => {},
      );
      await reload();
      await Promise.all([readPage(), checkIfDue()]);
    },
    mailHref: (mail) => context.mailHref(overview.value?.mailTo ?? '', mail),
    onSync: (checklist) =>
      void act(
        checklistKey(checklist),
        () => context.sync(checklist),
        (outcome) => outcome,
      ),
    onTrack: (checklist, tracked) =>
      void act(checklistKey(checklist), () => context.track(checklist, tracked)).then(readPage),
    onAnswer: (checklist, answers) =>
      void act(checklistKey(checklist), () => context.answer(checklist, answers)),
    onControl: (job, action) => void act(job.id, () => context.control(job, action)),
    onResolve: (job, indexes, resolution) =>
      void act(job.id, () => context.resolve(job, indexes, resolution)),
    onRefreshAll: () => void actOnAll('refreshing', context.pollNow),
    onPause: (isPaused) => void actOnAll('pausing', () => context.setPaused(isPaused)),
    onReload: () => void reload(),
    onRead: () => void readPage(),
    onOptions: context.openOptions,
    onUnlock: async (account, passphrase) => {
      const answer = await context.unlock(account, passphrase).catch(unanswered);
      await reload();
      if (answer.ok) void readPage();
      return answer;
    },
  };
}

function entryOf(overview: Overview | undefined, checklist: ChecklistRef) {
  const key = checklistKey(checklist);
  return overview?.entries.find((entry) => entry.key === key);
}

function pageOf(
  shown: ShownChecklist | undefined,
  overview: Overview | undefined,
  reading: Result<ChecklistView | undefined> | undefined,
): PageChecklist | undefined {
  if (shown === undefined || overview === undefined) return undefined;
  const key = checklistKey(shown.checklist);
  const entry = entryOf(overview, shown.checklist);
  const view = reading?.ok === true ? reading.value : undefined;
  return {
    ...shown,
    key,
    entry,
    counts: view?.counts,
    failure: entry?.counts === undefined ? failureOf(reading) : undefined,
    isRunning: overview.jobs.some(({ status }) => checklistKey(status.checklist) === key),
    isSignedIn: overview.isSignedIn,
  };
}

/** Why the page's checklist cannot be read or used. */
function failureOf(reading: Result<ChecklistView | undefined> | undefined): Failure | undefined {
  if (reading === undefined) return undefined;
  return reading.ok ? reading.value?.refused : reading.failure;
}
