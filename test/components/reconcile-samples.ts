/** Differences for the tests and the gallery of the views, found by the real plan in small worlds. */
import type { Difference, ReconcilePlan } from '../../lib/core/differences/difference.ts';
import { planReconcile } from '../../lib/core/differences/plan-reconcile.ts';
import type { FoundIssue, ReconcilePreview } from '../../lib/core/differences/reconcile-preview.ts';
import type { LeftDifference } from '../../lib/core/differences/reconcile-record.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import { NOTHING_BACK } from '../../lib/core/runs/list-runs.ts';
import type { RunEntry, TakesBack } from '../../lib/core/runs/run-entry.ts';
import { CASES, type Case } from '../core/differences/reconcile-cases.ts';
import { CLOSED, factsOf, made, worldOf } from '../core/differences/reconcile-world.ts';
import { ref } from '../core/sync/build-sync.ts';
import { NOW } from './samples.ts';

/** The difference of a case. */
export function caseDifference({ kind, world }: Case): Difference {
  const { differences } = planReconcile(factsOf(world));
  const found = differences.find(({ finding }) => finding.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}

/** One of each kind in one plan. */
export function everyKind(): ReconcilePlan {
  const plans = CASES.map((one) => planReconcile(factsOf(one.world)));
  const differences = CASES.map((one, index) => {
    const difference = caseDifference(one);
    return { ...difference, id: `${index} ${difference.id}` };
  });
  const matches = plans.flatMap((plan, index) =>
    plan.matches.map((match) => ({
      ...match,
      index,
      item: { ...match.item, key: `${index} ${match.item.key}` },
    })),
  );
  const checklist = ref(1);
  return { checklist: issueChecklist(checklist), differences, matches };
}

/** A checklist of so many items: each ticked, with its issue open. */
export function tickedPlan(count: number): ReconcilePlan {
  const items = Array.from({ length: count }, (_, index) => `Step ${index + 1} of the plan`);
  const lines = items.map((text, index) => `- [x] ${text} (closes #${100 + index})\n`);
  const issues = items.map((title, index) => made(100 + index, undefined, { title }));
  return planReconcile(factsOf(worldOf(lines.join(''), { issues: Object.assign({}, ...issues) })));
}

/** A checklist with something to tick safely, something that needs the user, and something to know. */
export function mixedPlan(): ReconcilePlan {
  const plain = '- [ ] Parse dates\n- [ ] Write docs\n- [ ] Release\n- [ ] Announce\n';
  const text =
    '- [ ] Parse dates (closes #11)\n- [ ] Write docs (closes #12)\n- [x] Release (closes #13)\n- [ ] Announce\n';
  const issues = {
    ...made(11, plain, CLOSED),
    ...made(12, plain, { ...CLOSED, reason: 'not-planned', index: 1 }),
    ...made(13, plain, { index: 2 }),
  };
  return planReconcile(factsOf(worldOf(text, { issues, locked: true })));
}

/** What is shown of a plan; what is given replaces the sample. */
export function samplePreview(
  plan: ReconcilePlan,
  change: Partial<ReconcilePreview> = {},
): ReconcilePreview {
  return {
    id: '01JD0000000000000000000002',
    plan,
    blocker: undefined,
    rulesFrom: 'browser',
    looked: { issues: 120, complete: true },
    left: [],
    marked: 54,
    ...change,
  };
}

/** Differences that were left. */
export const LEFT: readonly LeftDifference[] = [
  { id: 'left 1', what: 'Ticked, but #12 is open', text: 'Parse dates', at: NOW - 86_400_000 },
  {
    id: 'left 2',
    what: "The checklist's issue is locked, with 3 open items",
    text: '',
    at: NOW - 172_800_000,
  },
];

/** What a search finds. */
export const FOUND: readonly FoundIssue[] = [
  found(40, 'Fix the build', 'open'),
  found(
    41,
    'Fix the build of the documentation, and everything else that has ever been broken by the move to another continuous integration',
    'closed',
  ),
];

function found(number: number, title: string, state: FoundIssue['state']): FoundIssue {
  const createdAt = new Date(NOW - 21 * 86_400_000).toISOString();
  return { ref: ref(number), title, state, author: 'hubot', createdAt };
}

/** A run; what is given replaces the sample. */
export function sampleRun({
  takesBack,
  ...change
}: Partial<Omit<RunEntry, 'takesBack'>> & {
  readonly takesBack?: Partial<TakesBack>;
} = {}): RunEntry {
  return {
    run: '01JD0000000000000000000003',
    kind: 'resolve',
    at: NOW - 3_600_000,
    login: 'monalisa',
    byItself: false,
    origin: 'log',
    undone: false,
    takesBack: { ...NOTHING_BACK, ...takesBack },
    ...change,
  };
}

/** Runs of every sort, newest first. */
export const RUNS: readonly RunEntry[] = [
  sampleRun({ run: 'r5', takesBack: { untick: 3, numbers: 2, reopen: 1 } }),
  sampleRun({ run: 'r4', kind: 'sync', byItself: true, takesBack: { untick: 1 } }),
  sampleRun({ run: 'r3', kind: 'traces' }),
  sampleRun({ run: 'r2', kind: 'generate', undone: true, takesBack: { close: 54 } }),
  sampleRun({
    run: 'r1',
    kind: 'generate',
    origin: 'issues',
    login: 'hubot',
    takesBack: { close: 12 },
  }),
];
