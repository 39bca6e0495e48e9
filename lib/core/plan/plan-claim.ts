import { type ClaimName, type HeldClaim, silenceToTakeOver } from '../engine/claim.ts';
import { failure, isOfChoice } from '../failures.ts';
import { formatDuration } from '../format-duration.ts';
import type { KnownIssue } from '../identity/issue.ts';
import { type ChecklistRef, sameChecklist } from '../refs.ts';
import type { Timing } from '../settings/settings.ts';
import { parseMarker } from '../text/marker.ts';
import type { GenerationPlan } from './plan-generation.ts';

/** The claim of a run in another browser, and when that run was last seen to be alive, in milliseconds since 1970. */
export interface ForeignClaim {
  readonly claim: HeldClaim['claim'];
  readonly seenAt: number;
}

/** Who plans, when (milliseconds since 1970), and the claim that she chose to take over. */
interface Planning {
  readonly viewer: string;
  readonly now: number;
  readonly timing: Pick<Timing, 'takeOverOwnMs' | 'takeOverOtherMs'>;
  readonly takeOver: ClaimName | undefined;
}

/** A claim with the last sign of its run: when it was written, by GitHub's clock, or when the run created an issue. */
export function foreignClaim(
  { claim, enteredAt }: HeldClaim,
  checklist: ChecklistRef,
  issues: readonly KnownIssue[],
): ForeignClaim {
  const made = issues.filter(({ body }) => {
    const marker = parseMarker(body, checklist.repo.host);
    return marker?.run === claim.run && sameChecklist(marker.checklist, checklist);
  });
  const signs = made.map(({ createdAt }) => Date.parse(createdAt));
  return { claim, seenAt: Math.max(enteredAt ?? Date.parse(claim.at), ...signs) };
}

/** A plan beside the claim of another browser: it waits, may be taken over, or takes over. */
export function planBeside(
  plan: GenerationPlan,
  { claim, seenAt }: ForeignClaim,
  { viewer, now, timing, takeOver }: Planning,
): GenerationPlan {
  const silence = Math.max(0, now - seenAt);
  const wait = silenceToTakeOver(viewer, claim, timing) - silence;
  const isSilent = wait <= 0;
  const isChosen = takeOver?.run === claim.run && takeOver.at === claim.at;
  if (isSilent && isChosen) return { ...plan, takesOver: claim };
  const isOwn = claim.by.toLowerCase() === viewer.toLowerCase();
  const blocker = failure(isSilent ? 'claim-silent' : 'claimed-elsewhere', {
    who: isOwn ? 'You' : claim.by,
    ask: isOwn ? 'make sure that it is not still at work there' : `ask ${claim.by}`,
    silence: formatDuration(silence / 1_000),
    wait: formatDuration(wait / 1_000),
  });
  // What follows from the choice of items is said last: unselecting some resolves it.
  const others = plan.blockers.filter(({ code }) => !isOfChoice(code));
  const ofChoice = plan.blockers.filter(({ code }) => isOfChoice(code));
  return {
    ...plan,
    blockers: [...others, blocker, ...ofChoice],
    ...(isSilent && { silentClaim: claim }),
  };
}
