import { EarlierTexts } from '../../components/EarlierTexts.tsx';
import { SyncRemarks } from '../../components/SyncRemarks.tsx';
import { SyncState } from '../../components/SyncState.tsx';
import type { ChecklistModel } from '../github.content/checklist-model.ts';
import type { ChecklistState } from '../github.content/checklist-state.ts';
import { downloadText } from './download-text.ts';

interface SyncSectionProps {
  readonly model: ChecklistModel;
  readonly state: ChecklistState;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The foot of the panel: how the checklist is kept up to date, what needs a look, and its earlier texts. */
export function SyncSection({ model, state, now }: SyncSectionProps) {
  const { sync, view, busy, syncPreview, difference } = state;
  if (!sync || !view) return null;
  return (
    <div class="sync">
      <SyncState
        sync={sync}
        now={now}
        busy={busy}
        signedOut={view.viewer === undefined}
        previewing={syncPreview !== undefined}
        onTrack={model.track}
        onOptions={model.openOptions}
      />
      {/* The preview has them too, and fresher. */}
      {sync.tracked && !syncPreview && <SyncRemarks rows={sync.rows} from={model.checklist.repo} />}
      <EarlierTexts
        texts={state.texts}
        difference={difference}
        busy={busy}
        failure={state.failedAt === 'texts' ? state.failure : undefined}
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
