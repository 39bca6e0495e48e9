import { type ClaimName, claimView, heldClaim, parseClaim } from '../core/engine/claim.ts';
import { type Result, succeed } from '../core/failures.ts';
import type { GitHub } from '../core/github.ts';
import { doubtedOpener } from '../core/identity/trust.ts';
import { foreignClaim, planBeside } from '../core/plan/plan-claim.ts';
import type { GenerationFacts, GenerationPlan } from '../core/plan/plan-generation.ts';
import { checklistKey } from '../core/refs.ts';
import type { JobPorts } from '../ports.ts';
import { listRunsOver, together } from './recover-job.ts';
import { withAuthorsRights } from './with-rights.ts';

/** How far before a claim its run may have created issues, in milliseconds: claims are forgotten after a day. */
const LOOK_BACK = 48 * 3_600_000;

/** Facts of a plan with all that a run in another browser made, and what that run means for the plan. */
interface BesideClaim {
  readonly facts: GenerationFacts;
  /** Who opened the checklist's issue, where her claims do not count. */
  readonly doubted: string | undefined;
  settle(plan: GenerationPlan): GenerationPlan;
}

/**
 * Finds the run in another browser that is creating issues from a checklist as read. Claims that this browser knows to
 * be over are none. Asks GitHub only where the text holds a claim. `takeOver`: the claim that the user takes over.
 */
export async function besideClaim(
  {
    github,
    ...ports
  }: Pick<JobPorts, 'store' | 'headers' | 'clock' | 'timing'> & {
    readonly github: Pick<GitHub, 'readMaster' | 'listIssues' | 'readRoles'>;
  },
  facts: GenerationFacts,
  takeOver: ClaimName | undefined,
): Promise<Result<BesideClaim>> {
  const { checklist, master, viewer, target, candidates } = facts;
  if (viewer === undefined || parseClaim(master.body) === undefined) return alone(github, facts);
  const read = await github.readMaster(checklist);
  if (!read.ok) return read;
  const { timing, clock } = ports;
  const now = clock.now();
  const held = heldClaim(read.value, now, timing);
  const endedRuns = await listRunsOver(ports, checklistKey(checklist));
  const isOver = claimView(read.value, { id: '', endedRuns }, now, timing).holder === undefined;
  if (held === undefined || isOver) return alone(github, facts);
  const since = new Date(Math.min(held.enteredAt ?? now, now) - LOOK_BACK).toISOString();
  const made = await github.listIssues(target.repo, { creator: held.claim.by, since });
  if (!made.ok) return made;
  // What the run made is looked at whoever claims it: an issue that may be an item's is never created unasked.
  const all = { ...facts, candidates: together(made.value, candidates) };
  const beside = await alone(github, all);
  if (!beside.ok) return beside;
  const { doubted } = beside.value;
  const isReadable = read.value.author !== undefined;
  const believed = isReadable ? heldClaim({ ...read.value, doubted }, now, timing) : held;
  if (believed === undefined) return beside;
  const foreign = foreignClaim(believed, checklist, all.candidates);
  return succeed({
    ...beside.value,
    settle: (plan) =>
      planBeside(beside.value.settle(plan), foreign, { viewer, now, timing, takeOver }),
  });
}

/** The facts with the rights of all in doubt, and a plan by them that nothing stands in the way of. */
async function alone(
  github: Pick<GitHub, 'readRoles'>,
  facts: GenerationFacts,
): Promise<Result<BesideClaim>> {
  const ruled = await withAuthorsRights({ github }, facts);
  if (!ruled.ok) return ruled;
  const doubted = doubtedOpener(ruled.value.master, ruled.value);
  return succeed({
    facts: ruled.value,
    doubted,
    settle: (plan) => (doubted === undefined ? plan : { ...plan, doubted }),
  });
}
