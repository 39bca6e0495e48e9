import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  linksBehind,
  ownLinks,
  pullsToAsk,
  revertedClosers,
} from '../../../lib/core/differences/asked-links.ts';
import { planReconcile } from '../../../lib/core/differences/plan-reconcile.ts';
import type { ReconcileFacts } from '../../../lib/core/differences/reconcile-facts.ts';
import { type IssueRef, issueKey } from '../../../lib/core/refs.ts';
import type { Followed, FollowedByKey } from '../../../lib/core/sync/sync-facts.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { ref } from '../sync/build-sync.ts';
import { act, anyActions, START } from './reconcile-actions.ts';
import { CLOSED, factsOf, made, mergeOf, pull, type World, worldOf } from './reconcile-world.ts';

/** `RECONCILE_RUNS=10000` for the torture. */
const RUNS = { numRuns: Number(process.env.RECONCILE_RUNS ?? 150) };

/** What a browser comes to know that asks only for what it needs. */
function askedOf(world: World): { readonly facts: ReconcileFacts; readonly asked: number } {
  const all = withReverts(factsOf(world), world);
  const items = parseChecklist(world.text);
  const picked = (some: readonly IssueRef[]): FollowedByKey =>
    Object.fromEntries(some.map((one) => [issueKey(one), all.followed[issueKey(one)]]));
  const own = picked(ownLinks({ ...all, followed: {} }, items));
  const followed = { ...own, ...picked(linksBehind({ ...all, followed: own }, items)) };
  const facts = { ...all, followed };
  const named = pullsToAsk(facts, items);
  const pulls = Object.fromEntries(
    named.map((one) => [issueKey(one), world.pulls[issueKey(one)]] as const),
  );
  return {
    facts: { ...facts, pulls: { ...revertedClosers(followed), ...pulls } },
    asked: Object.keys(followed).length + named.length,
  };
}

/** Closers with what undid them, as GitHub tells. */
function withReverts(facts: ReconcileFacts, { pulls }: World): ReconcileFacts {
  const told = (one: Followed): Followed => ({
    ...one,
    closers: one.closers.map((closer) => {
      const revertedBy = pulls[issueKey(closer.ref)]?.revertedBy;
      return revertedBy === undefined ? closer : { ...closer, revertedBy };
    }),
  });
  const followed = Object.entries(facts.followed).map(
    ([key, one]) => [key, typeof one === 'object' ? told(one) : one] as const,
  );
  return { ...facts, followed: Object.fromEntries(followed) };
}

describe('what GitHub is asked', { timeout: 600_000 }, () => {
  it('is enough to find every difference', () => {
    fc.assert(
      fc.property(anyActions, (actions) => {
        const world = actions.reduce(act, START);
        const { differences } = planReconcile(askedOf(world).facts);
        const all = planReconcile(withReverts(factsOf(world), world)).differences;
        expect(differences.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
        expect(differences.map(({ byItself, safe }) => [byItself, safe])).toEqual(
          all.map(({ byItself, safe }) => [byItself, safe]),
        );
      }),
      RUNS,
    );
  });

  it('leaves out the numbers that an issue proves', () => {
    const text = '- [x] Parse dates well (closes #12) (#456, #457)';
    const issues = made(12, '- [ ] Parse dates well', { ...CLOSED, closers: [mergeOf(456)] });
    const pulls = { ...pull(456, [12]), ...pull(457, [12]) };
    const world = worldOf(text, { issues, pulls });
    expect(Object.keys(askedOf(world).facts.followed)).toEqual([issueKey(ref(12))]);
    expect(askedOf(world).asked).toBe(2);
  });

  it('are also numbers behind, where one could be the issue or an old address', () => {
    const pulls = { ...pull(456), ...pull(457, [], { ref: ref(457, 'octo/old') }) };
    const first = worldOf('- [ ] Parse dates well (#456) (#12)', {
      issues: made(12, undefined),
      pulls,
    });
    expect(Object.keys(askedOf(first).facts.followed)).toContain(issueKey(ref(12)));
    const text = '- [x] Parse dates well (closes #12) (octo/old#457)';
    const issues = made(12, undefined, { ...CLOSED, closers: [mergeOf(457)] });
    const second = worldOf(text, { issues, pulls });
    expect(Object.keys(askedOf(second).facts.followed)).toContain(issueKey(ref(457, 'octo/old')));
  });
});
