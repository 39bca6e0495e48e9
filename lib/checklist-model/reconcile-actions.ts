import type { Consequence } from '../core/differences/choice.ts';
import type { Chosen, ChosenMatch } from '../core/differences/chosen.ts';
import type { FoundIssue } from '../core/differences/reconcile-preview.ts';
import type { JobStatus } from '../core/engine/job-status.ts';
import { STALE_PAGE } from '../core/failure-sentences.ts';
import { fail, type Result } from '../core/failures.ts';
import { NO_PREVIEW, NO_RESULT } from './checklist-state.ts';
import { keptChoices, type MadeChoices, safeChoices } from './reconcile-choices.ts';
import type { ActionContext } from './sync-actions.ts';

/** What the user can do about differences, and to take back what was done. */
export interface ReconcileActions {
  /** Finds every difference; choices that still mean the same stay. */
  readonly reconcile: () => Promise<void>;
  readonly setChoices: (choices: MadeChoices) => void;
  /** Does what was chosen: about differences, or one match that was made by hand. */
  readonly applyChosen: (chosen: readonly Chosen[]) => Promise<void>;
  /** Answers to whom it was asked by: the panel's other parts go on meanwhile. */
  readonly searchIssues: (text: string) => Promise<Result<readonly FoundIssue[]>>;
  readonly previewMatch: (chosen: ChosenMatch) => Promise<Result<Consequence>>;
  readonly showAgain: (difference: string) => Promise<void>;
  /** Closes the issues of some items, by their keys, and takes their links away. */
  readonly turnBack: (items: readonly string[]) => Promise<void>;
  readonly listRuns: (everywhere: boolean) => Promise<void>;
  readonly undoRun: (run: string) => Promise<void>;
  /** `bracket`: numbers that only the traces prove to be an item's get brackets first. */
  readonly removeTraces: (bracket: boolean) => Promise<void>;
}

interface ReconcileContext extends ActionContext {
  readonly showJob: (job: JobStatus) => void;
}

/** The actions of one checklist. */
export function createReconcileActions(context: ReconcileContext): ReconcileActions {
  const { checklist, store, ask, isShown, about, act, soon, showJob } = context;
  const { get, set } = store;

  const listRuns = (everywhere: boolean) =>
    act(
      () => ask('listRuns', { checklist, everywhere }),
      (entries) => set({ runs: { entries, everywhere } }),
      'runsFailure',
    );

  return {
    reconcile: () =>
      act(
        () => ask('previewReconcile', about()),
        (preview) => {
          const { reconcile } = get();
          const choices = reconcile
            ? keptChoices(reconcile.choices, reconcile.preview.plan, preview.plan)
            : safeChoices(preview.plan);
          set({ ...NO_PREVIEW, ...NO_RESULT, reconcile: { preview, choices } });
        },
      ),
    setChoices: (choices) => {
      const { reconcile } = get();
      if (reconcile) set({ reconcile: { ...reconcile, choices } });
    },
    applyChosen: async (chosen) => {
      const { reconcile, busy } = get();
      if (!reconcile || busy || chosen.length === 0) return;
      const preview = reconcile.preview.id;
      await act(
        () => ask('applyReconcile', { ...about(), preview, chosen }),
        ({ job, changed, kept }) => {
          const making = job ? chosen.length - changed - kept : 0;
          set({ ...NO_PREVIEW, reconciled: { making, changed, kept }, ...(job && { job }) });
          soon();
        },
      );
    },
    searchIssues: async (text) =>
      isShown() ? ask('searchIssues', { checklist, text }) : fail(STALE_PAGE),
    previewMatch: async (chosen) => {
      const { reconcile } = get();
      if (!reconcile || !isShown()) return fail(STALE_PAGE);
      return ask('previewMatch', { checklist, preview: reconcile.preview.id, chosen });
    },
    showAgain: (id) =>
      act(
        () => ask('showAgain', { checklist, id }),
        (left) => {
          const { reconcile } = get();
          if (!reconcile) return;
          set({ reconcile: { ...reconcile, preview: { ...reconcile.preview, left } } });
        },
      ),
    turnBack: async (items) => {
      const { reconcile, busy } = get();
      if (!reconcile || busy) return;
      const preview = reconcile.preview.id;
      await act(() => ask('turnBack', { ...about(), preview, items }), showJob);
    },
    listRuns,
    undoRun: (run) =>
      act(
        () => ask('undoRun', { checklist, run }),
        showJob,
        get().job?.id === run ? 'failure' : 'runsFailure',
      ),
    removeTraces: (bracket) =>
      act(() => ask('removeTraces', { ...about(), bracket }), showJob, 'runsFailure'),
  };
}
