/** Every screen of the panel with sample data, for people to look at. */
import type { ComponentChildren, VNode } from 'preact';
import { ChecklistButton } from '../../../components/ChecklistButton.tsx';
import { ChecklistPanel } from '../../../components/ChecklistPanel.tsx';
import { GenerationPreview } from '../../../components/GenerationPreview.tsx';
import { JobProgress } from '../../../components/JobProgress.tsx';
import { RunSummary } from '../../../components/RunSummary.tsx';
import { failure } from '../../../lib/core/failure.ts';
import type { JobStatus } from '../../../lib/core/job/job.ts';
import type { GenerationPlan } from '../../../lib/core/plan/plan-generation.ts';
import {
  BLOCKERS,
  endedJob,
  NOW,
  PROBLEMS,
  REASONS,
  sampleIssue,
  sampleJob,
  samplePlan,
  sampleRow,
  typicalPlan,
} from '../../components/samples.ts';

const nothing = () => {};

function Panel(props: {
  readonly items: number;
  readonly job?: JobStatus;
  readonly running?: boolean;
  readonly loading?: boolean;
  readonly signedOut?: boolean;
  readonly shownItems?: number;
  readonly broken?: boolean;
  readonly children?: ComponentChildren;
}) {
  const linked = Math.floor(props.items / 8);
  return (
    <>
      <ChecklistButton items={props.items} job={props.job} open onToggle={nothing} />
      <ChecklistPanel
        counts={
          props.loading || props.broken
            ? undefined
            : { items: props.items, linked, done: Math.floor(linked / 2) }
        }
        signedOut={props.signedOut ?? false}
        running={props.running ?? false}
        busy={props.loading ?? false}
        failure={props.broken ? failure('not-found', { repo: 'octo-org/octo-repo' }) : undefined}
        shownItems={props.shownItems}
        onGenerate={nothing}
        onReload={nothing}
        onOptions={nothing}
        onClose={nothing}
      >
        {props.children}
      </ChecklistPanel>
    </>
  );
}

function preview(items: number, plan: GenerationPlan): VNode {
  return (
    <Panel items={items} running>
      <GenerationPreview
        plan={plan}
        busy={false}
        failure={undefined}
        gapMs={1_000}
        onOptionsChange={nothing}
        onCreate={nothing}
        onCancel={nothing}
        onOptions={nothing}
      />
    </Panel>
  );
}

function running(job: JobStatus): VNode {
  const actions = { busy: false, onResolve: nothing, onOptions: nothing };
  const below =
    job.state === 'ended' ? (
      <RunSummary job={job} onUndo={nothing} onDismiss={nothing} {...actions} />
    ) : (
      <JobProgress job={job} now={NOW} onControl={nothing} {...actions} />
    );
  return (
    <Panel items={57} job={job} running={job.state !== 'ended'}>
      {below}
    </Panel>
  );
}

const ALL_REASONS = REASONS.map((reason, index) => {
  const decision =
    reason.kind === 'new'
      ? 'create'
      : reason.kind === 'marked' || reason.kind === 'chosen'
        ? 'link'
        : /^(linked|ticked|struck|sign-off|parent|nested|empty)$/.test(reason.kind)
          ? 'skip'
          : 'ask';
  return sampleRow(index, {
    reason,
    decision,
    selected: decision === 'create' || decision === 'link',
    selectable: reason.kind !== 'linked',
    ...(reason.kind === 'empty' ? { text: '' } : {}),
    ...(reason.kind === 'two-candidates' ? { candidates: [sampleIssue(5), sampleIssue(6)] } : {}),
  });
});

const counts = { total: 54, created: 43, linked: 25, failed: 0, unknown: 0, review: 0, left: 11 };

/** The screens by name. */
export const SCREENS: Readonly<Record<string, VNode>> = {
  'button-closed': <ChecklistButton items={57} job={undefined} open={false} onToggle={nothing} />,
  'button-running': (
    <ChecklistButton items={57} job={sampleJob()} open={false} onToggle={nothing} />
  ),
  'panel-loading': <Panel items={57} loading />,
  'panel-0': <Panel items={0} />,
  'panel-57': <Panel items={57} />,
  'panel-signed-out': <Panel items={57} signedOut />,
  'panel-counts-differ': <Panel items={57} shownItems={55} />,
  'panel-failure': <Panel items={57} broken />,
  'preview-0': preview(0, samplePlan([], { blockers: [failure('no-items')] })),
  'preview-3': preview(3, typicalPlan(0)),
  'preview-57': preview(
    57,
    typicalPlan(54, { lookalikes: { inCode: 3, inComments: 1 }, watchers: 12 }),
  ),
  'preview-500': preview(500, typicalPlan(497)),
  'preview-reasons': preview(REASONS.length, samplePlan(ALL_REASONS)),
  'preview-missing': preview(
    57,
    typicalPlan(54, { labels: ['test-plan'], missingLabels: ['test-plan'], milestone: 'v2.0' }),
  ),
  ...Object.fromEntries(
    BLOCKERS.map((blocker) => [
      `preview-blocked-${blocker.code}`,
      preview(57, typicalPlan(54, { blockers: [blocker] })),
    ]),
  ),
  'job-running': running(sampleJob()),
  'job-limit': running(
    sampleJob({ state: 'waiting', waiting: { until: NOW + 180_000, why: 'limit' } }),
  ),
  'job-editor': running(sampleJob({ state: 'waiting', waiting: { until: NOW, why: 'editor' } })),
  'job-paused': running(sampleJob({ state: 'paused' })),
  'job-problems': running(sampleJob({ counts, problems: PROBLEMS })),
  'job-undo': running(sampleJob({ kind: 'undo', counts })),
  'ended-done': running(endedJob()),
  'ended-stopped': running(endedJob({ outcome: 'stopped', counts, undoable: 43 })),
  'ended-failed': running(
    endedJob({
      outcome: 'failed',
      counts,
      undoable: 43,
      failure: failure('bad-token'),
      problems: PROBLEMS,
    }),
  ),
  'ended-undo': running(endedJob({ kind: 'undo', undoable: 0 })),
};
