import { useRef } from 'preact/hooks';
import { ChecklistLimit } from '../../components/panel/ChecklistLimit.tsx';
import { ChecklistPanel } from '../../components/panel/ChecklistPanel.tsx';
import { CutOffNote } from '../../components/panel/CutOffNote.tsx';
import { HeldNote } from '../../components/panel/HeldNote.tsx';
import { PanelTask } from '../../components/panel/PanelTask.tsx';
import { ReconcileResult } from '../../components/panel/ReconcileResult.tsx';
import { SyncResult } from '../../components/panel/SyncResult.tsx';
import { SyncSection } from '../../components/panel/SyncSection.tsx';
import { useFocus } from '../../components/panel/use-focus.ts';
import { useSyncPolling } from '../../components/panel/use-sync-polling.ts';
import { LimitShown } from '../../components/ui/LimitLine.tsx';
import { NewItems } from '../../components/ui/NewItems.tsx';
import { useNow } from '../../components/ui/use-now.ts';
import type { ChecklistModel } from '../../lib/checklist-model/checklist-model.ts';
import {
  type ChecklistState,
  countsNow,
  isOpen,
  isPreviewing,
} from '../../lib/checklist-model/checklist-state.ts';
import { useStore } from '../../lib/checklist-model/store.ts';

interface PanelViewProps {
  readonly model: ChecklistModel;
  readonly onClose: () => void;
}

/** The panel of a checklist, following its model. */
export function PanelView({ model, onClose }: PanelViewProps) {
  const state = useStore(model.store);
  const { job, view, open, cutOff } = state;
  const busy = state.busy && !cutOff;
  const previewing = isPreviewing(state);
  const running = isOpen(job) || previewing || cutOff;
  const signedOut = view !== undefined && view.viewer === undefined;
  const heading = useRef<HTMLHeadingElement>(null);
  const now = useNow(open, isOpen(job) ? 2_000 : 20_000);
  useSyncPolling(model, open && !cutOff);
  const focus = useFocus(model.store, state, heading, onClose);
  const waits = job?.waiting?.why === 'limit' ? 'run' : undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape does what the close button does
    <div {...focus} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <LimitShown.Provider value={waits}>
        <ChecklistPanel
          counts={countsNow(state)}
          signedOut={signedOut && !isToldSignedOut(state)}
          running={running}
          busy={busy}
          failure={previewing || cutOff ? undefined : (state.failure ?? view?.refused)}
          shownItems={shownItems(state)}
          headingRef={heading}
          onGenerate={() => model.preview({})}
          onSync={view && view.counts.linked > 0 && !signedOut ? model.sync : undefined}
          onReconcile={view && view.counts.items > 0 && !signedOut ? model.reconcile : undefined}
          onRetry={open ? () => model.retry() : undefined}
          onOptions={model.openOptions}
          onClose={onClose}
        >
          {cutOff ? <CutOffNote job={job} /> : <Live model={model} state={state} now={now} />}
        </ChecklistPanel>
      </LimitShown.Provider>
    </div>
  );
}

interface LiveProps {
  readonly model: ChecklistModel;
  readonly state: ChecklistState;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What only makes sense as long as the extension answers. */
function Live({ model, state, now }: LiveProps) {
  const { job, sync, busy } = state;
  const running = isOpen(job) || isPreviewing(state);
  return (
    <>
      <ChecklistLimit state={state} now={now} />
      {sync?.tracked && !running && (
        <NewItems
          count={sync.newItems}
          busy={busy}
          onGenerate={() => model.preview({})}
          onDismiss={model.dismissNewItems}
        />
      )}
      {state.held && <HeldNote held={state.held} onWindow={model.openWindow} />}
      <SyncResult outcome={state.synced} />
      <ReconcileResult outcome={state.reconciled} running={isOpen(job)} />
      <PanelTask model={model} state={state} now={now} />
      <SyncSection model={model} state={state} now={now} />
    </>
  );
}

/** Whether what failed, or what the preview shows, says already that a token is missing. */
function isToldSignedOut({ failure, plan }: ChecklistState): boolean {
  return [failure, plan?.blockers[0]].some((one) => one?.code === 'signed-out');
}

/** Items on the page where their number differs from the text's. */
function shownItems({ items, editing, view }: ChecklistState): number | undefined {
  return view && !editing && !view.refused && view.badges.length !== items ? items : undefined;
}
