import { DashboardDifferences } from '../../components/dashboard/DashboardDifferences.tsx';
import { ReconcileResult } from '../../components/panel/ReconcileResult.tsx';
import { Button } from '../../components/ui/Button.tsx';
import { FailureNote } from '../../components/ui/FailureNote.tsx';
import { safeChoices } from '../../lib/checklist-model/reconcile-choices.ts';
import { countNoun } from '../../lib/core/count-noun.ts';
import type {
  ReconcileOutcome,
  ReconcilePreview,
} from '../../lib/core/differences/reconcile-preview.ts';
import { isUnread } from '../../lib/core/differences/reconcile-record.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import type { Step } from './batch.ts';
import { type DashboardModel, previewOf } from './dashboard-model.ts';
import { keepFocus } from './keep-focus.ts';
import { hrefOf } from './router.ts';
import { SeveralPage } from './several-page.tsx';

interface ReconcileSeveralProps {
  readonly dashboard: DashboardModel;
}

/** Finds differences in several checklists, and makes the safe changes in all of them. */
export function ReconcileSeveral({ dashboard }: ReconcileSeveralProps) {
  const { previews, safeChanges } = dashboard;
  const entries = dashboard.tracked.value;
  const safe = entries.flatMap(({ checklist }) => safeWork(dashboard, checklist));
  const changes = safe.reduce((sum, { count }) => sum + count, 0);
  return (
    <SeveralPage
      entries={entries}
      lead="Finds differences between each checklist and its issues. Writes nothing."
      action={(checklists) => `Reconcile ${checklists}`}
      batch={previews}
      busy={safeChanges.busy.value}
      status={describeSearches([...previews.steps.value.values()])}
      onStart={async (chosen) => {
        safeChanges.clear();
        previews.clear();
        await previews.add(chosen);
      }}
      buttons={
        changes > 0 && (
          <Button
            busy={safeChanges.busy.value}
            onPress={async () => {
              if (previews.busy.value || safeChanges.busy.value) return;
              await safeChanges.add(safe.map(({ checklist }) => checklist));
              await dashboard.reload();
              keepFocus();
            }}
          >
            Apply {countNoun(changes, 'safe change')} in {countNoun(safe.length, 'checklist')}
          </Button>
        )
      }
    >
      {(checklist) => <Outcome dashboard={dashboard} checklist={checklist} />}
    </SeveralPage>
  );
}

/** How many safe changes of a checklist are shown and not done yet; none where nothing can be written. */
function safeWork({ previews, safeChanges }: DashboardModel, checklist: ChecklistRef) {
  const preview = previewOf(previews, checklist);
  const step = safeChanges.steps.value.get(checklistKey(checklist));
  const isDone = step?.state === 'done' && step.answer.ok;
  if (!preview || preview.blocker || isDone) return [];
  const count = safeChoices(preview.plan).size;
  return count > 0 ? [{ checklist, count }] : [];
}

function Outcome({
  dashboard,
  checklist,
}: ReconcileSeveralProps & { readonly checklist: ChecklistRef }) {
  const step = dashboard.previews.steps.value.get(checklistKey(checklist));
  const applied = dashboard.safeChanges.steps.value.get(checklistKey(checklist));
  const href = hrefOf({ path: '/reconcile', checklist });
  if (step && step.state !== 'done') return <p class="outcome muted">{WORDS[step.state]}</p>;
  if (step && !step.answer.ok)
    return <FailureNote failure={step.answer.failure} onOptions={dashboard.openOptions} />;
  const preview = previewOf(dashboard.previews, checklist);
  if (!preview) return null;
  return (
    <div class="outcome">
      {!isUnread(preview.plan, preview.blocker) && (
        <DashboardDifferences plan={preview.plan} href={href} />
      )}
      {preview.blocker && (
        <FailureNote failure={preview.blocker} onOptions={dashboard.openOptions} />
      )}
      {applied && <Applied dashboard={dashboard} preview={preview} step={applied} />}
    </div>
  );
}

function Applied({
  dashboard,
  preview,
  step,
}: ReconcileSeveralProps & {
  readonly preview: ReconcilePreview;
  readonly step: Step<ReconcileOutcome>;
}) {
  if (step.state !== 'done')
    return <p class="muted">{step.state === 'running' ? 'Starting…' : WORDS.waiting}</p>;
  if (!step.answer.ok)
    return <FailureNote failure={step.answer.failure} onOptions={dashboard.openOptions} />;
  const { job: started, changed, kept } = step.answer.value;
  // The run continues in the background: what is stored of it is newer than the answer.
  const stored = dashboard.facts.value?.jobs.find(({ status }) => status.id === started?.id);
  const job = stored?.status ?? started;
  const making = started ? safeChoices(preview.plan).size - changed - kept : 0;
  return (
    <>
      <ReconcileResult
        outcome={{ making, changed, kept }}
        running={job !== undefined && job.state !== 'ended'}
      />
      {job && <p role="status">{job.state === 'ended' ? job.words.outcome : job.words.progress}</p>}
    </>
  );
}

const WORDS = { waiting: 'Waiting…', running: 'Finding differences…' } as const;

/** How far the searches are; '' before the first. */
function describeSearches(steps: readonly Step<ReconcilePreview>[]): string {
  const done = steps.flatMap((step) => (step.state === 'done' ? [step.answer] : []));
  if (steps.length === 0) return '';
  if (done.length < steps.length) return `${done.length} of ${steps.length} searched.`;
  const plans = done.flatMap((one) =>
    one.ok && !isUnread(one.value.plan, one.value.blocker) ? [one.value.plan] : [],
  );
  const count = plans
    .flatMap(({ differences }) => differences)
    .filter(({ level }) => level === 'action').length;
  const failed = done.length - plans.length;
  return [
    plans.length > 0 &&
      `${count === 0 ? 'No differences' : countNoun(count, 'difference')} in ${countNoun(plans.length, 'checklist')}.`,
    failed > 0 && `${countNoun(failed, 'checklist')} could not be searched.`,
  ]
    .filter(Boolean)
    .join(' ');
}
