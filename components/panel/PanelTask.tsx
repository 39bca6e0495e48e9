import type { ChecklistModel } from '../../lib/checklist-model/checklist-model.ts';
import {
  type ChecklistState,
  isOpen,
  isPreviewing,
} from '../../lib/checklist-model/checklist-state.ts';
import {
  type MadeChoices,
  readyChoices,
  safeChoices,
  withChoice,
} from '../../lib/checklist-model/reconcile-choices.ts';
import type { Match, ReconcilePlan } from '../../lib/core/differences/difference.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { issueUrl } from '../../lib/core/refs.ts';
import { useRepeat } from '../ui/use-repeat.ts';
import { GenerationPreview } from './GenerationPreview.tsx';
import { describeProblems } from './JobProblems.tsx';
import { JobProgress } from './JobProgress.tsx';
import { ReconcileView } from './ReconcileView.tsx';
import { RunSummary } from './RunSummary.tsx';
import { SyncPreviewView } from './SyncPreviewView.tsx';

interface PanelTaskProps {
  readonly model: ChecklistModel;
  readonly state: ChecklistState;
  /** Of the differences, the table of matches stands first and unfolded. */
  readonly matchesFirst?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What is going on: a preview, a run, or what a run left behind. How a run ended is said to the ear, too. */
export function PanelTask(props: PanelTaskProps) {
  const { job } = props.state;
  return (
    <>
      {/* Always there: a live region only speaks of what changes in it. */}
      <p class="unseen" role="status">
        {job && !isOpen(job) ? `${job.words.outcome} ${describeProblems(job.problems)}` : ''}
      </p>
      <Task {...props} />
    </>
  );
}

function Task(props: PanelTaskProps) {
  const { model, state, now } = props;
  const { job, busy } = state;
  if (!isOpen(job) && isPreviewing(state)) return <Preview {...props} />;
  if (!job) return null;
  const actions = { busy, onResolve: model.resolve, onOptions: model.openOptions };
  return isOpen(job) ? (
    <JobProgress key={job.id} job={job} now={now} onControl={model.control} {...actions} />
  ) : (
    <RunSummary
      key={job.id}
      job={job}
      onUndo={model.undo}
      onDismiss={() => model.control('dismiss')}
      {...actions}
    />
  );
}

function Preview({ model, state, matchesFirst = false, now }: PanelTaskProps) {
  const { plan, syncPreview, busy, failure } = state;
  useRepeat(failure, model.retry);
  const same = { busy, failure, onCancel: model.closePreview, onOptions: model.openOptions };
  if (plan)
    return (
      <GenerationPreview
        plan={plan}
        gapMs={state.gapMs}
        onOptionsChange={model.preview}
        onCreate={model.create}
        onTakeOver={model.takeOver}
        unanswered={state.answerFailure}
        onAnswer={model.answer}
        onPreview={model.previewAnswers}
        {...same}
      />
    );
  return syncPreview ? (
    <SyncPreviewView
      rulesNear={state.view?.remarks?.rulesNear}
      preview={syncPreview}
      onUpdate={model.confirmSync}
      unanswered={state.answerFailure}
      onAnswer={model.answer}
      onPreview={model.previewAnswers}
      onAgain={model.previewSync}
      {...same}
    />
  ) : (
    <ReconcileTask
      model={model}
      state={state}
      failure={failure}
      matchesFirst={matchesFirst}
      now={now}
    />
  );
}

interface ReconcileTaskProps {
  readonly model: ChecklistModel;
  readonly state: ChecklistState;
  readonly failure: Failure | undefined;
  /** The table of matches stands first and unfolded. */
  readonly matchesFirst?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The differences, following the model. */
function ReconcileTask(props: ReconcileTaskProps) {
  const { model, state, failure, matchesFirst = false, now } = props;
  const { reconcile, busy } = state;
  if (!reconcile) return null;
  // Two clicks may come before the next render.
  const choose = (next: (choices: MadeChoices, plan: ReconcilePlan) => MadeChoices) => {
    const { reconcile: now } = model.store.get();
    if (now) model.setChoices(next(now.choices, now.preview.plan));
  };
  return (
    <ReconcileView
      {...reconcile}
      matchesFirst={matchesFirst}
      rulesNear={state.view?.remarks?.rulesNear}
      busy={busy}
      failure={failure}
      now={now}
      hasOpenIssue={(match) => hasOpenIssue(match, state)}
      onChoose={(id, made) => choose((choices) => withChoice(choices, id, made))}
      onChooseSafe={() => choose((choices, plan) => new Map([...choices, ...safeChoices(plan)]))}
      onClear={() => choose(() => new Map())}
      onApply={() => model.applyChosen(readyChoices(reconcile.choices))}
      onSearch={model.searchIssues}
      onPreview={model.previewMatch}
      onMatch={(chosen) => model.applyChosen([chosen])}
      onTurnBack={model.turnBack}
      onShowAgain={model.showAgain}
      onAgain={model.reconcile}
      onCancel={model.closePreview}
      onOptions={model.openOptions}
    />
  );
}

/** As the badge of the item has it; when the text has changed since, there is none. */
function hasOpenIssue({ index, issue }: Match, { view }: ChecklistState): boolean {
  const badge = view?.badges[index];
  return issue !== undefined && badge?.state === 'open' && badge.url === issueUrl(issue);
}
