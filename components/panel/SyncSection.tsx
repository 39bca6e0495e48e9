import type { ChecklistModel } from '../../lib/checklist-model/checklist-model.ts';
import {
  type ChecklistState,
  isOpen,
  isPreviewing,
} from '../../lib/checklist-model/checklist-state.ts';
import { type ChecklistRef, issueOfChecklist } from '../../lib/core/refs.ts';
import { EarlierTexts } from './EarlierTexts.tsx';
import { NumbersQuestionView } from './NumbersQuestion.tsx';
import { RemarkList } from './RemarkList.tsx';
import { RunList } from './RunList.tsx';
import { SyncRemarks } from './SyncRowView.tsx';
import { SyncState } from './SyncState.tsx';

interface SyncSectionProps {
  readonly model: ChecklistModel;
  readonly state: ChecklistState;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The foot of the panel: how the checklist is kept up to date, what needs a look, and its earlier runs and texts. */
export function SyncSection({ model, state, now }: SyncSectionProps) {
  const { sync, view, busy, syncPreview, reconcile, difference } = state;
  if (!sync || !view) return null;
  const signedOut = view.viewer === undefined;
  const mayWrite = !signedOut && !isOpen(state.job);
  return (
    <div class="sync">
      <SyncState
        sync={sync}
        rulesNear={view.remarks?.rulesNear}
        now={now}
        busy={busy}
        signedOut={signedOut}
        previewing={syncPreview !== undefined || reconcile !== undefined}
        onTrack={model.track}
        onReconcile={mayWrite && !isPreviewing(state) ? model.reconcile : undefined}
        onOptions={model.openOptions}
      />
      {/* The previews have them too, and fresher. */}
      {sync.tracked && !syncPreview && !reconcile && (
        <SyncRemarks rows={sync.rows} from={model.checklist.repo} />
      )}
      {sync.tracked && !isPreviewing(state) && (
        <NumbersQuestionView
          question={sync.question}
          from={model.checklist.repo}
          busy={busy}
          failure={state.answerFailure}
          onAnswer={mayWrite ? model.answer : undefined}
          onPreview={model.previewAnswers}
          onOptions={model.openOptions}
        />
      )}
      <RemarkList
        remarks={view.remarks}
        corrected={state.corrected}
        busy={busy}
        onCorrect={mayWrite && !isPreviewing(state) ? model.correctText : undefined}
      />
      <RunList
        runs={state.runs}
        marked={reconcile?.preview.marked}
        busy={busy}
        mayWrite={mayWrite}
        failure={state.runsFailure}
        onRetry={() => model.retry('runsFailure')}
        onList={model.listRuns}
        onUndo={model.undoRun}
        onRemoveTraces={model.removeTraces}
        onOptions={model.openOptions}
      />
      <EarlierTexts
        texts={state.texts}
        difference={difference}
        busy={busy}
        failure={state.textsFailure}
        onRetry={() => model.retry('textsFailure')}
        restored={state.restored}
        onList={model.listTexts}
        onShow={model.showDifference}
        onHide={model.hideDifference}
        onRestore={model.restoreText}
        onDownload={({ at }) => difference && downloadText(difference.text, model.checklist, at)}
        onOptions={model.openOptions}
      />
    </div>
  );
}

/** Saves an earlier text of a checklist as a file, byte for byte; `at` is when it was replaced, in milliseconds since 1970. */
function downloadText(text: string, checklist: ChecklistRef, at: number): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }));
  link.download = fileName(checklist, at);
  // Never part of the page, so that GitHub's own listeners do not see the click.
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** `octo-org-octo-repo-12-2026-11-21T1402.md`, by the clock on the user's wall. */
export function fileName(checklist: ChecklistRef, at: number): string {
  const { repo, number } = issueOfChecklist(checklist);
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  const time = local.toISOString().slice(0, 16).replace(':', '');
  return `${repo.owner}-${repo.name}-${number}-${time}.md`;
}
