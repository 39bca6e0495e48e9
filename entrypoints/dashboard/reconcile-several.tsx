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
import { type DashboardModel, lookOf } from './dashboard-model.ts';
import { keepFocus } from './keep-focus.ts';
import { hrefOf } from './router.ts';
import { SeveralPage } from './several-page.tsx';

interface ReconcileSeveralProps {
  readonly dashboard: DashboardModel;
}

/** Looks for differences in several checklists, and does what is safe in all of them. */
export function ReconcileSeveral({ dashboard }: ReconcileSeveralProps) {
  const { looks, mends } = dashboard;
  const entries = dashboard.tracked.value;
  const safe = entries.flatMap(({ checklist }) => safeWork(dashboard, checklist));
  const changes = safe.reduce((sum, { count }) => sum + count, 0);
  return (
    <SeveralPage
      entries={entries}
      lead="Finds differences between each checklist and its issues. Writes nothing."
      action={(checklists) => `Reconcile ${checklists}`}
      batch={looks}
      busy={mends.busy.value}
      told={describeLooks([...looks.steps.value.values()])}
      onStart={async (chosen) => {
        mends.clear();
        looks.clear();
        await looks.add(chosen);
      }}
      buttons={
        changes > 0 && (
          <Button
            busy={mends.busy.value}
            onPress={async () => {
              if (looks.busy.value || mends.busy.value) return;
              await mends.add(safe.map(({ checklist }) => checklist));
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
function safeWork({ looks, mends }: DashboardModel, checklist: ChecklistRef) {
  const look = lookOf(looks, checklist);
  const step = mends.steps.value.get(checklistKey(checklist));
  const isDone = step?.state === 'done' && step.answer.ok;
  if (!look || look.blocker || isDone) return [];
  const count = safeChoices(look.plan).size;
  return count > 0 ? [{ checklist, count }] : [];
}

function Outcome({
  dashboard,
  checklist,
}: ReconcileSeveralProps & { readonly checklist: ChecklistRef }) {
  const step = dashboard.looks.steps.value.get(checklistKey(checklist));
  const mend = dashboard.mends.steps.value.get(checklistKey(checklist));
  const href = hrefOf({ path: '/reconcile', checklist });
  if (step && step.state !== 'done') return <p class="outcome muted">{WORDS[step.state]}</p>;
  if (step && !step.answer.ok)
    return <FailureNote failure={step.answer.failure} onOptions={dashboard.openOptions} />;
  const look = lookOf(dashboard.looks, checklist);
  if (!look) return null;
  return (
    <div class="outcome">
      {!isUnread(look.plan, look.blocker) && <DashboardDifferences plan={look.plan} href={href} />}
      {look.blocker && <FailureNote failure={look.blocker} onOptions={dashboard.openOptions} />}
      {mend && <Mended dashboard={dashboard} look={look} step={mend} />}
    </div>
  );
}

function Mended({
  dashboard,
  look,
  step,
}: ReconcileSeveralProps & {
  readonly look: ReconcilePreview;
  readonly step: Step<ReconcileOutcome>;
}) {
  if (step.state !== 'done')
    return <p class="muted">{step.state === 'running' ? 'Starting…' : WORDS.waiting}</p>;
  if (!step.answer.ok)
    return <FailureNote failure={step.answer.failure} onOptions={dashboard.openOptions} />;
  const { job: started, changed, kept } = step.answer.value;
  // The run goes on in the background: what is stored of it is newer than the answer.
  const stored = dashboard.facts.value?.jobs.find(({ status }) => status.id === started?.id);
  const job = stored?.status ?? started;
  const making = started ? safeChoices(look.plan).size - changed - kept : 0;
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

const WORDS = { waiting: 'Waiting…', running: 'Checking for differences…' } as const;

/** How far the looks are; '' before the first. */
function describeLooks(steps: readonly Step<ReconcilePreview>[]): string {
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
