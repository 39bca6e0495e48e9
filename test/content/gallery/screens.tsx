/** Every screen of the panel with sample data, for people to look at. */

import type { ComponentChildren, VNode } from 'preact';
import { ChecklistButton } from '../../../components/panel/ChecklistButton.tsx';
import { ChecklistPanel } from '../../../components/panel/ChecklistPanel.tsx';
import { CutOffNote } from '../../../components/panel/CutOffNote.tsx';
import { EarlierTexts } from '../../../components/panel/EarlierTexts.tsx';
import { GenerationPreview } from '../../../components/panel/GenerationPreview.tsx';
import { JobProgress } from '../../../components/panel/JobProgress.tsx';
import { NumbersQuestionView } from '../../../components/panel/NumbersQuestion.tsx';
import { ReconcileResult } from '../../../components/panel/ReconcileResult.tsx';
import { ReconcileView } from '../../../components/panel/ReconcileView.tsx';
import { RemarkList } from '../../../components/panel/RemarkList.tsx';
import { RunList } from '../../../components/panel/RunList.tsx';
import { RunSummary } from '../../../components/panel/RunSummary.tsx';
import { SyncPreviewView } from '../../../components/panel/SyncPreviewView.tsx';
import { SyncResult } from '../../../components/panel/SyncResult.tsx';
import { SyncRemarks } from '../../../components/panel/SyncRowView.tsx';
import { SyncState } from '../../../components/panel/SyncState.tsx';
import { NewItems } from '../../../components/ui/NewItems.tsx';
import { safeChoices } from '../../../lib/checklist-model/reconcile-choices.ts';
import type { Remarks } from '../../../lib/core/checklist-view.ts';
import type { ReconcilePreview } from '../../../lib/core/differences/reconcile-preview.ts';
import type { JobStatus } from '../../../lib/core/engine/job-status.ts';
import { type Failure, failure, succeed } from '../../../lib/core/failures.ts';
import type { GenerationPlan } from '../../../lib/core/plan/plan-generation.ts';
import type { AskedNumber, NumbersQuestion } from '../../../lib/core/sync/ask-numbers.ts';
import type { SyncOutcome, SyncPreview } from '../../../lib/core/sync/sync-preview.ts';
import type { SyncView } from '../../../lib/core/sync/tracked.ts';
import type { SavedText } from '../../../lib/core/text/saved-text.ts';
import {
  everyKind,
  FOUND,
  LEFT,
  mixedPlan,
  RUNS,
  samplePreview,
  tickedPlan,
} from '../../components/reconcile-samples.ts';
import {
  BLOCKERS,
  DIFFERENCE,
  endedJob,
  NOW,
  outlinedPlan,
  PROBLEMS,
  REASONS,
  REPO,
  SAVED_TEXTS,
  sampleIssue,
  sampleJob,
  samplePlan,
  sampleRow,
  sampleSync,
  sampleSyncPreview,
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
  readonly sync?: boolean;
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
        onSync={props.sync ? nothing : undefined}
        onReconcile={props.sync ? nothing : undefined}
        onRetry={nothing}
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
        onAnswer={nothing}
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

function syncPreview(items: number, preview: SyncPreview, error?: Failure): VNode {
  return (
    <Panel items={items} running>
      <SyncResult outcome={undefined} />
      <SyncPreviewView
        preview={preview}
        busy={false}
        failure={error}
        onUpdate={nothing}
        onAnswer={nothing}
        onAgain={nothing}
        onCancel={nothing}
        onOptions={nothing}
      />
      <Foot sync={sampleSync()} previewing />
    </Panel>
  );
}

function reconcile(items: number, preview: ReconcilePreview, error?: Failure): VNode {
  return (
    <Panel items={items} running>
      <ReconcileResult outcome={undefined} running={false} />
      <ReconcileView
        preview={preview}
        choices={safeChoices(preview.plan)}
        busy={false}
        failure={error}
        now={NOW}
        hasOpenIssue={({ issue }) => issue !== undefined}
        onChoose={nothing}
        onChooseSafe={nothing}
        onClear={nothing}
        onApply={nothing}
        onSearch={async () => succeed(FOUND)}
        onPreview={async () => failing}
        onMatch={nothing}
        onTurnBack={nothing}
        onShowAgain={nothing}
        onAgain={nothing}
        onCancel={nothing}
        onOptions={nothing}
      />
      <div class="sync">
        <RunList
          runs={{ entries: RUNS, everywhere: false }}
          marked={preview.marked}
          busy={false}
          mayWrite
          failure={undefined}
          onList={nothing}
          onUndo={nothing}
          onRetry={nothing}
          onRemoveTraces={nothing}
          onOptions={nothing}
        />
      </div>
    </Panel>
  );
}

const failing = { ok: false, failure: failure('stale-plan') } as const;

/** One with every choice chosen, so that all that could be written is shown. */
function chosenEverything(): ReconcilePreview {
  const plan = everyKind();
  const differences = plan.differences.map((one) => ({
    ...one,
    safe: one.choices.findIndex(({ choice }) => choice.kind !== 'leave'),
  }));
  return samplePreview({ ...plan, differences }, { left: LEFT });
}

/** The panel at rest, with how its checklist is kept up to date. */
function synced(change: Partial<SyncView>, more: Partial<Parameters<typeof Foot>[0]> = {}): VNode {
  const sync = sampleSync(change);
  return (
    <Panel items={57} sync>
      <NewItems count={sync.newItems} busy={false} onGenerate={nothing} onDismiss={nothing} />
      <SyncResult outcome={more.outcome} />
      <Foot sync={sync} {...more} />
    </Panel>
  );
}

const REMARKS: Remarks = {
  lines: [
    { line: 1, missing: ['inside'], text: '- [] Build the images' },
    { line: 4, missing: ['before'], text: '-[ ] Tell the list' },
  ],
  correction: {
    now: '',
    count: 2,
    lines: [
      { kind: 'goes', text: '- [] Build the images' },
      { kind: 'comes-back', text: '- [ ] Build the images' },
      { kind: 'same', text: '- [ ] Announce' },
      { kind: 'goes', text: '-[ ] Tell the list' },
      { kind: 'comes-back', text: '- [ ] Tell the list' },
    ],
  },
  rulesNear: '.github/masterlist.yaml',
};

function Foot({
  sync,
  texts,
  difference,
  error,
  previewing = false,
}: {
  readonly sync: SyncView;
  readonly outcome?: SyncOutcome;
  readonly texts?: readonly SavedText[];
  readonly difference?: typeof DIFFERENCE & { readonly id: number };
  readonly error?: Failure;
  readonly previewing?: boolean;
}) {
  return (
    <div class="sync">
      <SyncState
        sync={sync}
        now={NOW}
        busy={false}
        signedOut={false}
        previewing={previewing}
        onTrack={nothing}
        onReconcile={nothing}
        onOptions={nothing}
      />
      <SyncRemarks rows={sync.rows} from={REPO} />
      <EarlierTexts
        texts={texts}
        difference={difference}
        busy={false}
        failure={error}
        restored={false}
        onList={nothing}
        onShow={nothing}
        onRetry={nothing}
        onHide={nothing}
        onRestore={nothing}
        onDownload={nothing}
        onOptions={nothing}
      />
    </div>
  );
}

const MISTAKES = [
  'Line 2: "not-planned" is "leave" or "tick", not "maybe".',
  'Line 7: nobody knows "tickets"; did you mean "tick"?',
];

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

const UNDO = { kind: 'change', change: { cause: 'undo-generation', creates: 0 } } as const;

function asked(index: number, old: boolean): AskedNumber {
  const number = 40 + index;
  const words = index % 5 === 2 ? ` ${LONG}` : '';
  return {
    item: `item-${index}`,
    name: `item-${index}`,
    text: `Backport the patch of week ${index + 1}${words} #${number}`,
    issue: { repo: REPO, number },
    title: `Dates in ${index + 1} are off by one${words}`,
    ...(old || index % 3 === 1 ? { state: 'closed', ticks: true } : { state: 'open' }),
  };
}

const LONG =
  'where a summer time begins at midnight, as it does in some zones, and where a date without a time is read as one with a time';

function questionOf(ends: number, old: number): NumbersQuestion {
  return {
    ends: Array.from({ length: ends }, (_, index) => asked(index, false)),
    old: Array.from({ length: old }, (_, index) => asked(ends + index, true)),
  };
}

function question(ends: number, old: number, error?: Failure): VNode {
  return (
    <Panel items={57} sync>
      <div class="sync">
        <NumbersQuestionView
          question={questionOf(ends, old)}
          from={REPO}
          busy={false}
          failure={error}
          onAnswer={nothing}
          onPreview={async () => succeed({ now: '', lines: DIFFERENCE.lines })}
        />
      </div>
    </Panel>
  );
}

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
    typicalPlan(54, { lookalikes: { inCode: 3, inComments: 1, nearMisses: [] }, watchers: 12 }),
  ),
  'preview-62': preview(62, outlinedPlan(62)),
  'preview-500': preview(500, outlinedPlan(500)),
  'preview-2000': preview(
    2_000,
    outlinedPlan(2_000, {
      blockers: [failure('too-many-rows', { count: 1_312, limit: 1_000 })],
    }),
  ),
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
  'job-undo': running(sampleJob({ ...UNDO, counts })),
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
  'sync-preview-3': syncPreview(12, sampleSyncPreview(3)),
  'sync-preview-500': syncPreview(500, sampleSyncPreview(492)),
  'sync-preview-nothing': syncPreview(57, sampleSyncPreview(0, { remarks: false })),
  'sync-preview-remarks': syncPreview(57, sampleSyncPreview(0)),
  'sync-preview-blocked': syncPreview(
    57,
    sampleSyncPreview(3, {
      blocker: failure('cannot-edit-master', { repo: 'octo-org/octo-repo' }),
    }),
  ),
  'sync-preview-stale': syncPreview(57, sampleSyncPreview(3), failure('stale-plan')),
  remarks: (
    <Panel items={1} sync>
      <div class="sync">
        <RemarkList remarks={REMARKS} corrected={undefined} busy={false} onCorrect={nothing} />
      </div>
    </Panel>
  ),
  'question-1': question(1, 0),
  'question-3': question(3, 0),
  'question-130': question(130, 0),
  'question-old': question(0, 133),
  'question-both': question(2, 3, failure('editor-open')),
  'question-preview': preview(57, typicalPlan(54, { question: questionOf(9, 0) })),
  'question-sync': syncPreview(
    12,
    sampleSyncPreview(3, { plan: { ...sampleSyncPreview(3).plan, question: questionOf(9, 0) } }),
  ),
  'cut-off': (
    <Panel items={57} running>
      <CutOffNote job={sampleJob()} />
    </Panel>
  ),
  'sync-none': synced({ tracked: false, login: undefined, checkedAt: undefined }),
  'sync-ok': synced({ rulesFrom: 'file' }),
  'sync-first': synced({ checkedAt: undefined }),
  'sync-failing': synced({ state: 'failing', failure: failure('bad-token') }),
  'sync-other': synced({
    state: 'failing',
    failure: failure('sync-of-other', { login: 'monalisa', tokenUser: 'hubot' }),
  }),
  'sync-waiting': synced({ state: 'waiting', waiting: 'editor' }),
  'sync-mistakes': synced({
    state: 'failing',
    failure: failure('rules-invalid', { mistake: MISTAKES[0] ?? '' }),
    ruleMistakes: MISTAKES,
    rulesFrom: 'file',
  }),
  'sync-new-items': synced({ newItems: 3 }),
  'sync-remarks': synced({ rows: sampleSyncPreview(0).plan.rows }),
  'sync-done': synced({}, { outcome: { updated: 5, left: 0, notice: undefined } }),
  'sync-left': synced({}, { outcome: { updated: 3, left: 2, notice: failure('edits-collided') } }),
  'sync-texts': synced({}, { texts: SAVED_TEXTS, difference: { ...DIFFERENCE, id: 2 } }),
  'sync-texts-none': synced({}, { texts: [] }),
  'sync-texts-changed': synced(
    {},
    {
      texts: SAVED_TEXTS,
      difference: { ...DIFFERENCE, id: 2 },
      error: failure('text-changed'),
    },
  ),
  'sync-differences': synced({ reconcile: { at: NOW - 10_800_000, left: 7, failure: undefined } }),
  'reconcile-0': reconcile(57, samplePreview({ ...mixedPlan(), differences: [] })),
  'reconcile-3': reconcile(4, samplePreview(mixedPlan(), { left: LEFT })),
  'reconcile-500': reconcile(
    500,
    samplePreview(tickedPlan(500), { looked: { issues: 3_000, complete: false } }),
  ),
  'reconcile-kinds': reconcile(57, chosenEverything()),
  'reconcile-blocked': reconcile(
    4,
    samplePreview(mixedPlan(), {
      blocker: failure('cannot-edit-master', { repo: 'octo-org/octo-repo' }),
    }),
  ),
  'reconcile-stale': reconcile(4, samplePreview(mixedPlan()), failure('stale-plan')),
  'ended-undo': running(endedJob(UNDO)),
};
