import { describe, expect, it } from 'vitest';
import { failure } from '../../../lib/core/failures.ts';
import type { KnownIssue } from '../../../lib/core/identity/issue.ts';
import { type ForeignClaim, foreignClaim, planBeside } from '../../../lib/core/plan/plan-claim.ts';
import type { GenerationPlan } from '../../../lib/core/plan/plan-generation.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';
import { formatMarker } from '../../../lib/core/text/marker.ts';
import { CHECKLIST, NOW, REPO, RUN } from '../engine/build-jobs.ts';

const MINUTE = 60_000;
const { timing } = DEFAULT_PREFERENCES;
const CLAIM = { run: RUN, by: 'hubot', at: new Date(NOW - 90 * MINUTE).toISOString() };

describe('a plan beside the run of another browser', () => {
  it('waits while that run was seen lately, and says for how long', () => {
    const plan = beside({ seenAt: NOW - 4 * MINUTE });
    expect(plan.silentClaim).toBeUndefined();
    expect(plan.blockers).toMatchObject([
      {
        code: 'claimed-elsewhere',
        message:
          'hubot started creating issues for this checklist in another browser; the last sign of that run came about 4 min ago.',
        action: 'Wait until it ends. If nothing follows, you can take it over in about 2 h.',
      },
    ]);
  });

  it('may take over what was silent for two hours, after asking who it is', () => {
    expect(beside({ seenAt: NOW - 119 * MINUTE }).silentClaim).toBeUndefined();
    const plan = beside({ seenAt: NOW - 121 * MINUTE });
    expect(plan.silentClaim).toEqual(CLAIM);
    expect(plan.blockers).toMatchObject([
      { code: 'claim-silent', action: expect.stringContaining('First ask hubot; then take over') },
    ]);
  });

  it('may take over a run of the same account after half an hour', () => {
    const own = { viewer: 'Hubot' };
    expect(beside({ seenAt: NOW - 29 * MINUTE }, own).silentClaim).toBeUndefined();
    const plan = beside({ seenAt: NOW - 31 * MINUTE }, own);
    expect(plan.silentClaim).toEqual(CLAIM);
    expect(plan.blockers[0]?.message).toMatch(/^You started/);
  });

  it('takes over exactly the claim that was chosen, if it is still silent', () => {
    const takeOver = { run: RUN, at: CLAIM.at };
    const silent = { seenAt: NOW - 121 * MINUTE };
    expect(beside(silent, { takeOver })).toMatchObject({ takesOver: CLAIM, blockers: [] });
    const earlier = { ...takeOver, at: new Date(NOW - 100 * MINUTE).toISOString() };
    expect(beside(silent, { takeOver: earlier }).takesOver).toBeUndefined();
    expect(beside({ seenAt: NOW }, { takeOver }).takesOver).toBeUndefined();
  });

  it('says it behind what is wrong with the checklist, and before what follows from the choice', () => {
    const blockers = [failure('locked'), failure('nothing-selected')];
    const codes = beside({ seenAt: NOW }, {}, blockers).blockers.map(({ code }) => code);
    expect(codes).toEqual(['locked', 'claimed-elsewhere', 'nothing-selected']);
  });
});

describe('the last sign of a run in another browser', () => {
  const enteredAt = NOW - 90 * MINUTE;

  it('is its claim by the clock of GitHub, or the newest issue that it created', () => {
    expect(foreignClaim({ claim: CLAIM, enteredAt }, CHECKLIST, []).seenAt).toBe(enteredAt);
    const issues = [made(60, RUN), made(20, RUN), made(1, `${RUN.slice(0, -1)}B`)];
    const seen = foreignClaim({ claim: CLAIM, enteredAt }, CHECKLIST, issues);
    expect(seen.seenAt).toBe(NOW - 20 * MINUTE);
  });

  it('is the time that the claim names where no version shows it', () => {
    const seen = foreignClaim({ claim: CLAIM, enteredAt: undefined }, CHECKLIST, []);
    expect(seen.seenAt).toBe(Date.parse(CLAIM.at));
  });
});

function beside(
  seen: Pick<ForeignClaim, 'seenAt'>,
  planning: Partial<Parameters<typeof planBeside>[2]> = {},
  blockers: GenerationPlan['blockers'] = [],
): GenerationPlan {
  const plan = { blockers } as unknown as GenerationPlan;
  const how = { viewer: 'ada', now: NOW, timing, takeOver: undefined, ...planning };
  return planBeside(plan, { claim: CLAIM, ...seen }, how);
}

/** An issue that a run created so many minutes ago. */
function made(minutes: number, run: string): KnownIssue {
  return {
    ref: { repo: REPO, number: minutes },
    kind: 'issue',
    title: 'Step',
    body: formatMarker({ state: 'v1', checklist: CHECKLIST, item: 'k0', text: 't', run }),
    state: 'open',
    stateReason: undefined,
    author: 'hubot',
    authorAssociation: 'OWNER',
    createdAt: new Date(NOW - minutes * MINUTE).toISOString(),
  };
}
