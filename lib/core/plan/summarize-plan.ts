import type { Decision, GenerationPlan, GenerationRow, PlanSummary } from './plan-generation.ts';

/** Rows whose links go into one write of the master. */
const BATCH = 25;
/** GitHub documents 500 creations an hour, web pages included; this is the share that a job takes. */
const PER_HOUR = 450;

/** Counts a plan for the head and the foot of its preview. `gapMs` is the least time between two creations. */
export function summarizePlan(plan: GenerationPlan, gapMs: number): PlanSummary {
  const count = { create: 0, link: 0, skip: 0, ask: 0 };
  for (const row of plan.rows) count[bucketOf(row)]++;
  const creations = count.create * (plan.comment ? 2 : 1);
  return {
    ...count,
    writes: creations + otherWrites(plan, count.create, count.link),
    seconds: Math.ceil(secondsFor(creations, gapMs)),
    mails: creations,
  };
}

/** What becomes of a row: a question stays one until the user decides, and what is not selected is skipped. */
export function bucketOf({
  decision,
  selected,
}: Pick<GenerationRow, 'decision' | 'selected'>): Decision {
  return selected || decision === 'ask' ? decision : 'skip';
}

/** Writes of the master (links in batches, the claim and its removal), and what is missing in the target. */
function otherWrites(plan: GenerationPlan, create: number, link: number): number {
  if (create + link === 0) return 0;
  const milestone = plan.milestoneMissing && plan.milestone !== undefined ? 1 : 0;
  const labels = plan.options.missing === 'create' ? plan.missingLabels.length : 0;
  const fields = create === 0 ? 0 : milestone + labels;
  return Math.ceil((create + link) / BATCH) + 2 + fields;
}

function secondsFor(creations: number, gapMs: number): number {
  if (creations === 0) return 0;
  const full = Math.floor((creations - 1) / PER_HOUR);
  const hourly = full * Math.max(3_600, (PER_HOUR * gapMs) / 1_000);
  return hourly + ((creations - full * PER_HOUR) * gapMs) / 1_000;
}
