import type { ChecklistView } from '../core/checklist-view.ts';
import type { ClaimName } from '../core/engine/claim.ts';
import type { JobStatus, RowResolution } from '../core/engine/job-status.ts';
import { STALE_PAGE } from '../core/failure-sentences.ts';
import { type Failure, fail, type Result } from '../core/failures.ts';
import type { AnswerPreview, GivenAnswers, NewAnswers } from '../core/identity/answers.ts';
import type { GenerationOptions, RowChoice } from '../core/plan/plan-generation.ts';
import type { ChecklistRef } from '../core/refs.ts';
import {
  AT_FIRST,
  type ChecklistState,
  type FailurePlace,
  isOpen,
  isPreviewing,
  NO_PREVIEW,
  NO_RESULT,
  type PressDoubt,
  shownTask,
} from './checklist-state.ts';
import { followChecklist } from './follow-checklist.ts';
import { createReconcileActions, type ReconcileActions } from './reconcile-actions.ts';
import { createStore, type Store } from './store.ts';
import type { Surroundings } from './surroundings.ts';
import { type Act, createSyncActions, type SyncActions } from './sync-actions.ts';

/** One checklist as the page shows it: its state, and what the user can do. */
export interface ChecklistModel extends SyncActions, ReconcileActions {
  readonly checklist: ChecklistRef;
  readonly store: Store<ChecklistState>;
  /** Ends when the page shows another issue. */
  readonly signal: AbortSignal;
  readonly toggle: () => void;
  /** Reads a checklist that this browser worked on before, and nothing of any other. */
  readonly readKnown: () => void;
  /** Looks soon what others did; does nothing for a checklist that nobody asked about yet. */
  readonly refresh: () => void;
  readonly reload: () => Promise<void>;
  /** Repeats the action whose failure is shown there; without one it reads the checklist again. */
  readonly retry: (at?: FailurePlace) => Promise<void>;
  readonly preview: (options: Partial<GenerationOptions>) => Promise<void>;
  /** Makes the open preview again as one that takes over the run in another browser that it showed. */
  readonly takeOver: () => Promise<void>;
  readonly closePreview: () => void;
  readonly create: (choices: readonly RowChoice[], only: 'all' | 'first') => Promise<void>;
  /** Writes whose the numbers in the items are, and shows the open preview anew. */
  readonly answer: (answers: GivenAnswers) => Promise<void>;
  /** What an answer would change in the text. Answers to whom it was asked by. */
  readonly previewAnswers: (answers: NewAnswers) => Promise<Result<AnswerPreview>>;
  readonly control: (action: 'pause' | 'resume' | 'stop' | 'dismiss') => Promise<void>;
  readonly resolve: (indexes: readonly number[], resolution: RowResolution) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly openOptions: () => Promise<void>;
  /** A button that starts writes was pressed; with a doubt nothing came of it. */
  readonly notePress: (doubt: PressDoubt | undefined) => void;
  /** Opens what is being decided on the dashboard, where the page cannot reach it. */
  readonly openWindow: () => Promise<void>;
}

interface ModelContext {
  readonly checklist: ChecklistRef;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
  /** Whether the page still shows this checklist, by address and by the issue's own link. */
  readonly isShown: () => boolean;
  readonly pageUser: () => string | undefined;
  readonly open: boolean;
}

/** Makes the model of one checklist and starts following it. Every message is about this checklist, and only while the page shows it. */
export function createChecklistModel(context: ModelContext): ChecklistModel {
  const { checklist, signal, isShown } = context;
  const { ask } = context.surroundings;
  const about = () => ({ checklist, pageUser: context.pageUser() });
  const store = createStore<ChecklistState>({ ...AT_FIRST, open: context.open });
  const { get, set } = store;
  let queue: Promise<void> = Promise.resolve();
  const retries: { [at in FailurePlace]?: () => Promise<void> } = {};

  const act: Act = (send, succeed, failedAt = 'failure') => {
    const refused = (failure: Failure) => {
      retries[failedAt] = () => act(send, succeed, failedAt);
      set({ [failedAt]: failure });
    };
    if (!isShown()) return Promise.resolve(refused(STALE_PAGE));
    set({ busy: true, [failedAt]: undefined });
    const acted = queue.then(async () => {
      const answer = signal.aborted ? undefined : await send();
      if (queue === acted) set({ busy: false });
      if (answer?.ok) succeed(answer.value);
      else if (answer) refused(answer.failure);
    });
    queue = acted;
    return acted;
  };

  const showJob = (job: JobStatus | undefined) => {
    // A run that was started elsewhere has made the preview here pointless.
    const isNew = job && job.id !== get().job?.id;
    set({ job, ...(isNew && isPreviewing(get()) && NO_PREVIEW) });
  };
  const showView = (view: ChecklistView | undefined) => {
    if (!view) return;
    set({ view, sync: view.sync, ...view.settings });
    showJob(view.job);
  };
  const read = (known: boolean) => ask('openChecklist', { ...about(), known });
  const reload = (): Promise<void> => act(() => read(false), showView);

  /** Follows what others did: the background, another tab, a later run. Failures wait for a click. */
  const refresh = async () => {
    const before = get().job;
    const answer = isShown() ? await ask('getJob', { checklist }) : undefined;
    if (signal.aborted || !answer?.ok) return;
    showJob(answer.value);
    const ended = isOpen(before) && !isOpen(answer.value);
    if (!ended && isOpen(answer.value)) return syncing.refreshSync();
    const fresh = await read(true);
    if (signal.aborted) return;
    if (fresh.ok) showView(fresh.value);
    else if (fresh.failure.repeatAt) setTimeout(soon, fresh.failure.repeatAt - Date.now());
    const { runs } = get();
    if (ended && runs) await reconciling.listRuns(runs.everywhere);
  };
  const soon = followChecklist(context, store, refresh);
  const preview = (
    change: Partial<GenerationOptions>,
    takeOver: ClaimName | undefined = get().plan?.takesOver,
  ) => {
    const options = { ...get().options, ...change };
    return act(
      () => ask('previewGeneration', { ...about(), options, takeOver }),
      (plan) => set({ ...NO_PREVIEW, ...NO_RESULT, plan, options }),
    );
  };
  const acting = { checklist, store, signal, ask, isShown, about, act, soon };
  const syncing = createSyncActions(acting);
  const reconciling = createReconcileActions({ ...acting, showJob });

  return {
    ...syncing,
    ...reconciling,
    checklist,
    store,
    signal,
    readKnown: () => void refresh(),
    refresh: () => {
      if (get().view) soon();
    },
    toggle: () => {
      const open = !get().open;
      set({ open, wantsFocus: open });
      if (open) void reload();
    },
    reload,
    retry: (at = 'failure') => ((get()[at] && retries[at]) || reload)(),
    preview,
    takeOver: () => preview({}, get().plan?.silentClaim),
    closePreview: () => set(NO_PREVIEW),
    create: async (choices, only) => {
      const { plan, busy } = get();
      if (!plan || busy) return;
      await act(
        () => ask('generateIssues', { checklist, run: plan.run, choices, only }),
        (job) => set({ job, ...NO_PREVIEW }),
      );
    },
    previewAnswers: async (answers) =>
      isShown() ? ask('previewAnswers', { ...about(), ...answers }) : fail(STALE_PAGE),
    answer: (answers) =>
      act(
        () => ask('answerNumbers', { ...about(), ...answers }),
        (sync) => {
          const { plan, syncPreview } = get();
          set({ sync });
          soon();
          if (plan) void preview({});
          if (syncPreview) void syncing.previewSync();
        },
        'answerFailure',
      ),
    control: async (action) => {
      const { job } = get();
      if (!job) return;
      await act(
        () => ask('controlJob', { checklist, job: job.id, action }),
        (status) => showJob(action === 'dismiss' ? undefined : status),
      );
    },
    resolve: async (indexes, resolution) => {
      const { job } = get();
      if (!job) return;
      await act(() => ask('resolveRows', { checklist, job: job.id, indexes, resolution }), showJob);
    },
    undo: async () => {
      const { job } = get();
      if (job) await reconciling.undoRun(job.id);
    },
    openOptions: () =>
      act(
        () => ask('openOptions', { checklist }),
        () => {},
      ),
    notePress: (why) => {
      const { held } = get();
      if (why || held) set({ held: why && { why, again: held?.why === why } });
    },
    openWindow: () =>
      act(
        () => ask('openWindow', { checklist, task: shownTask(get()) }),
        () => set({ held: undefined }),
      ),
  };
}
