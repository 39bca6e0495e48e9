/** Every screen of the dashboard with sample data, for people to look at. */
import { fail, failure, succeed } from '../../../lib/core/failures.ts';
import { type ChecklistRef, issueChecklist, issueOfChecklist } from '../../../lib/core/refs.ts';
import { everyKind, mixedPlan, RUNS, samplePreview } from '../../components/reconcile-samples.ts';
import {
  endedJob,
  issueAt,
  NOW,
  PROBLEMS,
  sampleJob,
  sampleSync,
  sampleSyncPreview,
  sampleView,
  typicalPlan,
} from '../../components/samples.ts';
import type { Answers } from '../../content/fake-surroundings.ts';
import { type Alter, asItIs } from '../../hostile/alter.ts';
import {
  type DashboardWorld,
  dashboardWorld,
  hashOf,
  jobOf,
  NO_FACTS,
  sampleChecklist,
  sampleFacts,
} from '../dashboard-world.tsx';

/** A screen: its world, and what is pressed in it, by its words. `alter` changes all that it shows. */
export interface Screen {
  (alter?: Alter): { readonly world: DashboardWorld; readonly press?: readonly string[] };
  /** What is stored is never read. */
  isLoading?: boolean;
}

const LONG =
  'A plan with a title that goes on about every detail of the release, with its labels, milestones, assignees, attachments and reactions, and_one_word_that_is_far_too_long_to_be_broken_anywhere_but_in_its_middle';

const BUSY = sampleFacts(0, {
  checklists: [
    sampleChecklist(1, { title: 'Release 2.0 master checklist' }),
    sampleChecklist(2, {
      title: 'Import of legacy projects',
      sync: { newItems: 3 },
      reconcile: { left: 7, kinds: { 'ticked-open': 5, 'issue-gone': 2 } },
    }),
    sampleChecklist(3, { title: 'Billing', sync: { failure: failure('bad-token'), failures: 3 } }),
    sampleChecklist(4, { title: LONG, sync: { waiting: 'editor', pending: 'all' } }),
    { ...sampleChecklist(5, { title: 'Just added' }), sync: undefined },
  ],
  jobs: [
    jobOf(1),
    jobOf(2, { state: 'paused', problems: PROBLEMS }),
    {
      status: endedJob({
        id: 'ended',
        checklist: issueChecklist(issueAt(4)),
        endedAt: NOW - 3_600_000,
      }),
      title: LONG,
    },
    {
      status: endedJob({
        id: 'failed',
        checklist: issueChecklist(issueAt(3)),
        outcome: 'failed',
        failure: failure('bad-token'),
        endedAt: NOW - 7_200_000,
      }),
      title: 'Billing',
    },
  ],
  released: [
    { tracked: sampleChecklist(9).tracked, at: NOW - 86_400_000, gone: failure('gone') },
    { tracked: sampleChecklist(10).tracked, at: NOW - 86_400_000, gone: undefined },
  ],
});

const ANSWERS: Answers = {
  openChecklist: ({ checklist }) =>
    succeed(sampleView(57, { checklist, sync: sampleSync({ newItems: 3 }) })),
  getJob: () => succeed(undefined),
  getSync: () => succeed(sampleSync()),
  listRuns: () => succeed(RUNS),
  previewGeneration: () => succeed(typicalPlan(54)),
  previewSync: () => succeed(sampleSyncPreview(12)),
  syncChecklist: ({ checklist }) =>
    numberOf(checklist) % 3 === 0
      ? fail(failure('bad-token'))
      : succeed({ updated: numberOf(checklist) % 2 === 0 ? 0 : 5, left: 0, notice: undefined }),
  previewReconcile: ({ checklist }) =>
    numberOf(checklist) % 3 === 0
      ? fail(failure('offline'))
      : succeed(
          samplePreview(
            numberOf(checklist) % 2 === 0 ? { ...mixedPlan(), differences: [] } : everyKind(),
          ),
        ),
  applyReconcile: () => succeed({ job: sampleJob(), changed: 0, kept: 0 }),
};

const screen =
  (hash: string, facts = BUSY, answers: Answers = ANSWERS, press: readonly string[] = []): Screen =>
  (alter = asItIs) => ({
    world: dashboardWorld(hash, alter(facts), altered(answers, alter)),
    press,
  });

function altered(answers: Answers, alter: Alter): Answers {
  const each = Object.entries(answers).map(([name, answer]) => [
    name,
    async (query: never) => alter(await (answer as (query: never) => unknown)(query)),
  ]);
  return Object.fromEntries(each);
}

const never = (() => new Promise(() => {})) as never;

const paused: Screen = (alter = asItIs) => {
  const world = dashboardWorld('', alter(sampleFacts(3)), ANSWERS);
  world.paused.value = true;
  return { world };
};
const broken: Screen = (alter = asItIs) => {
  const world = dashboardWorld('', alter(BUSY), ANSWERS);
  world.broken.value = true;
  return { world };
};
const loading: Screen = screen('');
loading.isLoading = true;

/** The screens by name. */
export const SCREENS: Readonly<Record<string, Screen>> = {
  'overview-loading': loading,
  'overview-first-use': screen('', NO_FACTS),
  'overview-signed-in': screen('', sampleFacts(0)),
  'overview-busy': screen('', BUSY),
  'overview-50': screen('', sampleFacts(50)),
  'overview-500': screen('', sampleFacts(500)),
  'overview-paused': paused,
  'overview-broken': broken,
  'overview-one': screen(hashOf('/', 2)),
  'overview-untracked': screen(hashOf('/', 99)),
  'overview-synced': screen('', sampleFacts(3), ANSWERS, ['Sync now']),
  'overview-stop': screen('', sampleFacts(3), ANSWERS, ['Stop tracking']),
  'generate-ask': screen('#/generate'),
  'generate-ask-mistake': screen('#/generate', BUSY, ANSWERS, ['Preview the issues']),
  'generate-ask-none': screen('#/generate', NO_FACTS),
  generate: screen(hashOf('/generate', 1)),
  'generate-running': screen(hashOf('/generate', 1), BUSY, {
    ...ANSWERS,
    openChecklist: () => succeed(sampleView(57, { job: sampleJob(), sync: sampleSync() })),
  }),
  'generate-failing': screen(hashOf('/generate', 1), BUSY, {
    ...ANSWERS,
    openChecklist: () => fail(failure('not-found', { repo: 'octo-org/octo-repo' })),
  }),
  sync: screen(hashOf('/sync', 1)),
  'sync-loading': screen(hashOf('/sync', 1), BUSY, { ...ANSWERS, previewSync: never }),
  'sync-closed': screen(hashOf('/sync', 1), BUSY, ANSWERS, ['Cancel']),
  'sync-several': screen('#/sync'),
  'sync-several-running': screen('#/sync', BUSY, { ...ANSWERS, syncChecklist: never }, ['Sync 5']),
  'sync-several-done': screen('#/sync', BUSY, ANSWERS, ['Sync 5']),
  reconcile: screen(hashOf('/reconcile', 1)),
  'reconcile-signed-out': screen(hashOf('/reconcile', 1), BUSY, {
    ...ANSWERS,
    openChecklist: () => succeed(sampleView(57, { viewer: undefined })),
  }),
  'reconcile-several': screen('#/reconcile'),
  'reconcile-several-done': screen('#/reconcile', BUSY, ANSWERS, ['Reconcile 5', 'Differences']),
  'reconcile-several-safe': screen('#/reconcile', BUSY, ANSWERS, ['Reconcile 5', 'Apply']),
  matches: screen(hashOf('/matches', 1)),
  'unknown-page': screen('#/nowhere'),
  'unknown-checklist': screen('#/sync?checklist=nothing'),
};

function numberOf(checklist: ChecklistRef): number {
  return issueOfChecklist(checklist).number;
}
