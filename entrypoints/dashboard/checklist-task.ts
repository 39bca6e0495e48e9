import type { ChecklistModel } from '../../lib/checklist-model/checklist-model.ts';
import { type ChecklistState, isOpen } from '../../lib/checklist-model/checklist-state.ts';
import type { ChecklistView } from '../../lib/core/checklist-view.ts';
import { type Failure, failure } from '../../lib/core/failures.ts';

/** What can be done with one checklist on a page of its own. */
export type Task = '/generate' | '/sync' | '/reconcile' | '/matches';

/** Reads the checklist where it is not read yet, and starts what the page is for. Nothing is written: each shows first what it would do. */
export async function arrive(
  model: ChecklistModel,
  task: Task,
  signal: AbortSignal,
): Promise<void> {
  if (!model.store.get().view) await model.reload();
  if (!signal.aborted) await startTask(model, task);
}

/** Starts the preview of a task, unless it is shown, a run is in progress or has left something to decide, or it could do nothing. */
export async function startTask(model: ChecklistModel, task: Task): Promise<void> {
  const state = model.store.get();
  const { view, job } = state;
  if (!view || isOpen(job) || isShown(state, task) || blockerOf(view, task)) return;
  // The preview would take the place of what is to be decided; a button below it still leads there.
  if (job !== undefined && job.problems.length > 0) return;
  switch (task) {
    case '/generate':
      return model.preview({});
    case '/sync':
      return model.previewSync();
    case '/reconcile':
    case '/matches':
      return model.reconcile();
  }
}

/** Why a task could do nothing with this checklist. */
export function blockerOf(
  { refused, counts, viewer, checklist }: ChecklistView,
  task: Task,
): Failure | undefined {
  if (refused) return refused;
  if (counts.items === 0) return failure('no-items');
  // The preview of a generation needs no token.
  if (task !== '/generate' && viewer === undefined)
    return failure('signed-out', { host: checklist.repo.host });
  return undefined;
}

/** Whether the preview of a task is shown. */
function isShown({ plan, syncPreview, reconcile }: ChecklistState, task: Task): boolean {
  const shown = {
    '/generate': plan,
    '/sync': syncPreview,
    '/reconcile': reconcile,
    '/matches': reconcile,
  };
  return shown[task] !== undefined;
}
