import { SyncResult } from '../../components/panel/SyncResult.tsx';
import { FailureNote } from '../../components/ui/FailureNote.tsx';
import { countNoun } from '../../lib/core/count-noun.ts';
import { checklistKey, nameChecklist } from '../../lib/core/refs.ts';
import type { SyncOutcome } from '../../lib/core/sync/sync-preview.ts';
import type { Step } from './batch.ts';
import type { DashboardModel } from './dashboard-model.ts';
import { hrefOf } from './router.ts';
import { SeveralPage } from './several-page.tsx';

interface SyncSeveralProps {
  readonly dashboard: DashboardModel;
}

/** Syncs several checklists, and tells of each what was written. */
export function SyncSeveral({ dashboard }: SyncSeveralProps) {
  const { syncs } = dashboard;
  const steps = syncs.steps.value;
  return (
    <SeveralPage
      entries={dashboard.tracked.value}
      lead="Ticks closed issues and adds pull request numbers, without a preview. Open one alone to see it first."
      action={(checklists) => `Sync ${checklists} now`}
      batch={syncs}
      status={describeSyncs([...steps.values()])}
      onStart={async (chosen) => {
        syncs.clear();
        await syncs.add(chosen);
        await dashboard.reload();
      }}
    >
      {(checklist) => {
        const step = steps.get(checklistKey(checklist));
        return (
          <div class="outcome">
            <SyncResult
              outcome={step?.state === 'done' && step.answer.ok ? step.answer.value : undefined}
            />
            {step && step.state !== 'done' && <p class="muted">{WORDS[step.state]}</p>}
            {step?.state === 'done' && !step.answer.ok && (
              <FailureNote failure={step.answer.failure} onOptions={dashboard.openOptions} />
            )}
            <a
              href={hrefOf({ path: '/sync', checklist })}
              aria-label={`Preview: ${nameChecklist(checklist)}`}
            >
              Preview
            </a>
          </div>
        );
      }}
    </SeveralPage>
  );
}

const WORDS = { waiting: 'Waiting…', running: 'Syncing…' } as const;

/** How far a batch of syncs is; '' before the first. */
function describeSyncs(steps: readonly Step<SyncOutcome>[]): string {
  const done = steps.flatMap((step) => (step.state === 'done' ? [step.answer] : []));
  if (steps.length === 0) return '';
  if (done.length < steps.length)
    return `${done.length} of ${steps.length} synced. Keep this page open until the end.`;
  const updated = done.reduce((sum, one) => sum + (one.ok ? one.value.updated : 0), 0);
  const failed = done.filter(({ ok }) => !ok).length;
  const ok = done.length - failed;
  return [
    ok > 0 && `${countNoun(ok, 'checklist')} synced, ${countNoun(updated, 'item')} updated.`,
    failed > 0 && `${countNoun(failed, 'checklist')} failed.`,
  ]
    .filter(Boolean)
    .join(' ');
}
