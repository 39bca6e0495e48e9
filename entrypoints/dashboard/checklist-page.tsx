import { useEffect, useRef, useState } from 'preact/hooks';
import { PanelTask } from '../../components/panel/PanelTask.tsx';
import { ReconcileResult } from '../../components/panel/ReconcileResult.tsx';
import { SyncResult } from '../../components/panel/SyncResult.tsx';
import { SyncSection } from '../../components/panel/SyncSection.tsx';
import { useFocus } from '../../components/panel/use-focus.ts';
import { useSyncPolling } from '../../components/panel/use-sync-polling.ts';
import { Button } from '../../components/ui/Button.tsx';
import { ChecklistProgress, ProgressRoom } from '../../components/ui/ChecklistProgress.tsx';
import { FailureNote } from '../../components/ui/FailureNote.tsx';
import { NewItems } from '../../components/ui/NewItems.tsx';
import { useNow } from '../../components/ui/use-now.ts';
import {
  type ChecklistModel,
  createChecklistModel,
} from '../../lib/checklist-model/checklist-model.ts';
import {
  type ChecklistState,
  isOpen,
  isPreviewing,
} from '../../lib/checklist-model/checklist-state.ts';
import { useStore } from '../../lib/checklist-model/store.ts';
import type { Surroundings } from '../../lib/checklist-model/surroundings.ts';
import { type ChecklistRef, checklistUrl, nameChecklist } from '../../lib/core/refs.ts';
import { arrive, blockerOf, startTask, type Task } from './checklist-task.ts';
import { hrefOf } from './router.ts';

interface ChecklistPageProps {
  readonly checklist: ChecklistRef;
  /** '' where it is not known. */
  readonly title: string;
  readonly task: Task;
  readonly surroundings: Surroundings;
}

/** One checklist and what the page is for: its preview is made on arrival. Give it the checklist's key: another checklist has another model. */
export function ChecklistPage(props: ChecklistPageProps) {
  const { checklist, surroundings, task } = props;
  const [model, setModel] = useState<ChecklistModel>();
  const [arrived, setArrived] = useState<Task>();
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const page = { isShown: () => true, pageUser: () => undefined, open: false };
    setModel(createChecklistModel({ checklist, surroundings, signal, ...page }));
    return () => ended.abort();
  }, [surroundings]);
  useEffect(() => {
    if (!model) return;
    const left = new AbortController();
    void arrive(model, task, left.signal).then(() => {
      if (!left.signal.aborted) setArrived(task);
    });
    return () => left.abort();
  }, [model, task]);
  return model ? <FollowedPage {...props} model={model} hasArrived={arrived === task} /> : null;
}

interface FollowedProps extends ChecklistPageProps {
  readonly model: ChecklistModel;
  /** What the page is for is shown, or cannot be. */
  readonly hasArrived: boolean;
}

function FollowedPage(props: FollowedProps) {
  const { model, checklist, task, title } = props;
  const state = useStore(model.store);
  const heading = useRef<HTMLHeadingElement>(null);
  const now = useNow(true, isOpen(state.job) ? 2_000 : 20_000);
  useSyncPolling(model, true);
  const focus = useFocus(model.store, state, heading);
  const { job, view, sync, busy } = state;
  const running = isOpen(job) || isPreviewing(state);
  const name = nameChecklist(checklist);
  return (
    <div class="task panel" aria-busy={busy} {...focus}>
      <div>
        <h2 tabIndex={-1} ref={heading}>
          <a
            class="text"
            href={checklistUrl(checklist)}
            target="_blank"
            rel="noreferrer"
            title={title}
          >
            {title || name}
          </a>
        </h2>
        {title && <p class="muted">{name}</p>}
      </div>
      {view && <ChecklistProgress {...view.counts} />}
      {!view && !state.failure && <ProgressRoom words="Reading the checklist…" />}
      <Trouble {...props} state={state} />
      {props.hasArrived && sync?.tracked && !running && task !== '/generate' && (
        <NewItems
          count={sync.newItems}
          busy={busy}
          onGenerate={() => model.preview({})}
          onDismiss={model.dismissNewItems}
        />
      )}
      <SyncResult outcome={state.synced} />
      <ReconcileResult outcome={state.reconciled} running={isOpen(job)} />
      <div class="work">
        <p class="muted" role="status">
          {view && busy && !running ? DOING[task] : ''}
        </p>
        <PanelTask model={model} state={state} matchesFirst={task === '/matches'} now={now} />
        {view && !running && <Start {...props} state={state} />}
      </div>
      {/* It would jump when the preview comes above it. */}
      {props.hasArrived && <SyncSection model={model} state={state} now={now} />}
    </div>
  );
}

const DOING: Readonly<Record<Task, string>> = {
  '/generate': 'Finding items without an issue…',
  '/sync': 'Finding updates…',
  '/reconcile': 'Finding differences…',
  '/matches': 'Matching items to issues…',
};

/** What stands in the way, where no preview shows it. */
function Trouble({ model, task, state }: FollowedProps & { readonly state: ChecklistState }) {
  const { view, busy } = state;
  if (isPreviewing(state)) return null;
  const failed = state.failure;
  const failure = failed ?? (view && !isOpen(state.job) ? blockerOf(view, task) : undefined);
  if (!failure) return null;
  const again = async () => {
    if (view && failed) return model.retry();
    await model.reload();
    await startTask(model, task);
  };
  return (
    <FailureNote failure={failure} onOptions={model.openOptions} onRetry={again} busy={busy} />
  );
}

/** The button that starts the task, once its preview was closed; and, behind a run, the way on. */
function Start({
  model,
  task,
  state,
  checklist,
}: FollowedProps & { readonly state: ChecklistState }) {
  const { view, busy } = state;
  if (!view || blockerOf(view, task)) return null;
  const starts = {
    '/generate': { words: 'Preview the issues', press: () => model.preview({}) },
    '/sync': { words: 'Sync now', press: model.sync },
    '/reconcile': { words: 'Reconcile', press: model.reconcile },
    '/matches': { words: 'Show the matches', press: model.reconcile },
  };
  const { words, press } = starts[task];
  return (
    <div class="actions">
      <Button look="primary" disabled={busy} onPress={press}>
        {words}
      </Button>
      <a class="btn" href={hrefOf({ path: '/', checklist })}>
        Back to the overview
      </a>
    </div>
  );
}
