import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/core/differences/kinds.ts';
import { planReconcile } from '../../../lib/core/differences/plan-reconcile.ts';
import { editsOf, planSync } from '../../../lib/core/sync/plan-sync.ts';
import { CASES } from './reconcile-cases.ts';
import { EXPECTED } from './reconcile-expected.ts';
import { differenceOf, outcomesOf, undone, worldAfter } from './reconcile-outcomes.ts';
import { factsOf } from './reconcile-world.ts';

const KINDS: Readonly<Record<Finding['kind'], true>> = {
  'ticked-open': true,
  'unticked-closed': true,
  'work-reverted': true,
  'tick-missing': true,
  'copy-ticked': true,
  'pull-missing': true,
  'pull-wrong': true,
  'issue-gone': true,
  'issue-moved': true,
  'issue-shared': true,
  orphan: true,
  unlinked: true,
  'item-renamed': true,
  'issue-retitled': true,
  doubled: true,
  'block-disagrees': true,
  'several-issues': true,
  'master-closed': true,
  'master-locked': true,
  'open-boxes': true,
  'group-moved': true,
  'half-understood': true,
  'links-pull-request': true,
};

describe('every kind of difference', () => {
  it('stands in the table', () => {
    expect(new Set(CASES.map(({ kind }) => kind))).toEqual(new Set(Object.keys(KINDS)));
    expect(CASES.map(({ name }) => name)).toEqual(Object.keys(EXPECTED));
  });

  it.each(CASES)('is found, told and resolved: $name', (one) => {
    expect(outcomesOf(one)).toEqual(EXPECTED[one.name]);
  });

  it.each(CASES)('is not found again, whatever was chosen: $name', (one) => {
    const difference = differenceOf(one);
    for (const choice of difference.choices) {
      const again = planReconcile(factsOf(worldAfter(choice, difference, one))).differences;
      expect(again.map(({ id }) => id)).not.toContain(difference.id);
    }
  });

  it.each(CASES)('shows the line as it will be written: $name', (one) => {
    const difference = differenceOf(one);
    for (const choice of difference.choices) {
      const { text } = worldAfter(choice, difference, one);
      if (choice.line === undefined || choice.issues.some(({ kind }) => kind === 'create'))
        continue;
      const shown = choice.edits.some(({ kind }) => kind !== 'comment');
      if (!shown) continue;
      expect(one.world.text.split('\n')).toContain(choice.line.before);
      expect(text.split('\n')).toContain(choice.line.after);
    }
  });

  it.each(CASES)('is undone to the very bytes: $name', (one) => {
    const difference = differenceOf(one);
    for (const choice of difference.choices) {
      if (choice.choice.kind === 'link-to') continue;
      expect(undone(choice, difference, one)).toBe(one.world.text);
    }
  });

  it.each(CASES)(
    'does by itself only what sync would write, or a transferred link: $name',
    (one) => {
      const facts = factsOf(one.world);
      const written = editsOf(planSync(facts));
      const byItself = planReconcile(facts).differences.filter((found) => found.byItself);
      const edits = byItself.flatMap(({ choices, safe }) => choices[safe ?? -1]?.edits ?? []);
      const own = edits.filter(({ kind }) => kind !== 'relink');
      expect(own.map(({ kind }) => kind)).toEqual(written.map(({ kind }) => kind));
      expect(byItself.every(({ choices, safe }) => choices[safe ?? -1]?.issues.length === 0)).toBe(
        true,
      );
    },
  );
});
