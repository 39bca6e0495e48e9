import { type ClaimName, claimView, heldClaim, parseClaim } from '../core/engine/claim.ts';
import { type Result, succeed } from '../core/failures.ts';
import { foreignClaim, planBeside } from '../core/plan/plan-claim.ts';
import type { GenerationFacts, GenerationPlan } from '../core/plan/plan-generation.ts';
import { checklistKey } from '../core/refs.ts';
import type { JobPorts } from '../ports.ts';
import { listRunsOver, together } from './recover-job.ts';

/** How far before a claim its run may have created issues, in milliseconds: claims are forgotten after a day. */
const LOOK_BACK = 48 * 3_600_000;

/** Facts of a plan with all that a run in another browser made, and what that run means for the plan. */
interface BesideClaim {
  readonly facts: GenerationFacts;
  settle(plan: GenerationPlan): GenerationPlan;
}

/**
 * Finds the run in another browser that is creating issues from a checklist as read. Claims that this browser knows to
 * be over are none. Asks GitHub only where the text holds a claim. `takeOver`: the claim that the user takes over.
 */
export async function besideClaim(
  { github, ...ports }: Pick<JobPorts, 'github' | 'store' | 'headers' | 'clock' | 'timing'>,
  facts: GenerationFacts,
  takeOver: ClaimName | undefined,
): Promise<Result<BesideClaim>> {
  const { checklist, master, viewer, target, candidates } = facts;
  const alone = succeed({ facts, settle: (plan: GenerationPlan) => plan });
  if (viewer === undefined || parseClaim(master.body) === undefined) return alone;
  const read = await github.readMaster(checklist);
  if (!read.ok) return read;
  const { timing, clock } = ports;
  const now = clock.now();
  const held = heldClaim(read.value, now, timing);
  const endedRuns = await listRunsOver(ports, checklistKey(checklist));
  const isOver = claimView(read.value, { id: '', endedRuns }, now, timing).holder === undefined;
  if (held === undefined || isOver) return alone;
  const since = new Date(Math.min(held.enteredAt ?? now, now) - LOOK_BACK).toISOString();
  const made = await github.listIssues(target.repo, { creator: held.claim.by, since });
  if (!made.ok) return made;
  const foreign = foreignClaim(held, checklist, [...made.value, ...candidates]);
  return succeed({
    facts: { ...facts, candidates: together(made.value, candidates) },
    settle: (plan) => planBeside(plan, foreign, { viewer, now, timing, takeOver }),
  });
}
