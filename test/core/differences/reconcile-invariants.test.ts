import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Consequence } from '../../../lib/core/differences/choice.ts';
import type { Difference } from '../../../lib/core/differences/difference.ts';
import { SHOWN_AS } from '../../../lib/core/differences/kinds.ts';
import { planReconcile } from '../../../lib/core/differences/plan-reconcile.ts';
import { issueKey } from '../../../lib/core/refs.ts';
import { DEFAULT_RULES } from '../../../lib/core/settings/settings.ts';
import { editsOf, planSync } from '../../../lib/core/sync/plan-sync.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import type { Item } from '../../../lib/core/text/checklist.ts';
import type { Edit } from '../../../lib/core/text/edit.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { REPO } from '../sync/build-sync.ts';
import { type Action, act, anyActions, START } from './reconcile-actions.ts';
import { applied, edited, factsOf, type World } from './reconcile-world.ts';

/** `RECONCILE_RUNS=10000` for the torture. */
const RUNS = { numRuns: Number(process.env.RECONCILE_RUNS ?? 100) };

const rules = fc.record({
  parents: fc.boolean(),
  notPlanned: fc.constantFrom('leave' as const, 'tick' as const),
  linkStyle: fc.constantFrom('closes' as const, 'parenthesis' as const),
});
const anyWorld = fc
  .tuple(rules, anyActions)
  .map(([some, actions]) => run({ ...START, rules: { ...DEFAULT_RULES, ...some } }, actions));

function run(world: World, actions: readonly Action[]): World {
  return actions.reduce(act, world);
}

type Chosen = Consequence & { readonly index: number | undefined };

function chosenOf(world: World, counts: (one: Difference) => boolean): readonly Chosen[] {
  return planReconcile(factsOf(world)).differences.flatMap((one) => {
    const choice = counts(one) && one.safe !== undefined ? one.choices[one.safe] : undefined;
    return choice === undefined ? [] : [{ ...choice, index: one.index }];
  });
}

const itself = (world: World) => chosenOf(world, ({ byItself }) => byItself);
const safe = (world: World) => chosenOf(world, () => true);

/** An item's line as far as it is people's alone: without box, and without references and their brackets. */
function words(item: Item): string {
  return `${item.subject}|${item.mentions.join()}|${item.depth}`;
}

/** All of a text but the boxes and first paragraphs of its items. */
function around(text: string): string {
  let rest = '';
  let at = 0;
  for (const { boxOffset, textStart, textEnd } of parseChecklist(text).items) {
    rest += `${text.slice(at, boxOffset)}\u0000${text.slice(boxOffset + 1, textStart)}\u0000`;
    at = textEnd;
  }
  return rest + text.slice(at);
}

describe('any reconciliation', { timeout: 600_000 }, () => {
  it('does in one run all that it may do by itself, and a second run changes nothing', () => {
    let resolved = 0;
    fc.assert(
      fc.property(anyWorld, (world) => {
        const first = itself(world);
        const once = applied(world, first);
        resolved += first.length;
        expect(itself(once)).toEqual([]);
        expect(applied(once, itself(once)).text).toBe(once.text);
      }),
      RUNS,
    );
    expect(resolved).toBeGreaterThan(RUNS.numRuns / 2);
  });

  it('shows all that sync would write or remarks', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(anyWorld, (world) => {
        const facts = factsOf(world);
        const { differences } = planReconcile({ ...facts, left: [] });
        for (const { index, changes, remarks } of planSync(facts).rows) {
          const shown = differences.filter((one) => one.index === index);
          for (const one of [...changes, ...remarks]) {
            if (one.kind === 'moved' && one.issue.number === one.to.number) continue;
            // Whoever removed the number of what was reverted did right.
            if (one.kind === 'pull-taken-back' && facts.pulls[issueKey(one.pull)]?.revertedBy)
              continue;
            met.add(one.kind);
            const kinds = SHOWN_AS[one.kind];
            expect(shown.some(({ finding }) => kinds.includes(finding.kind))).toBe(true);
          }
        }
      }),
      RUNS,
    );
    expect([...met]).toEqual(expect.arrayContaining(['tick', 'ticked-open', 'add-pulls']));
  });

  it('with the safe choices converges in one run', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        expect(safe(applied(world, safe(world)))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('leaves all that is not ours as people left it', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const chosen = safe(world);
        const { text } = applied(world, chosen);
        const touched = new Set(chosen.map(({ index }) => index));
        const [before, after] = [parseChecklist(world.text).items, parseChecklist(text).items];
        expect(around(text)).toBe(around(world.text));
        expect(after.map(words)).toEqual(before.map(words));
        before.forEach((item, index) => {
          if (touched.has(index)) return;
          const now = after[index];
          const line = (of: string, one: Item | undefined) =>
            one && of.slice(one.boxOffset, one.textEnd);
          expect(line(text, now)).toBe(line(world.text, item));
        });
      }),
      RUNS,
    );
  });

  it('does by itself exactly what sync writes, and follows transferred links', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const edits = itself(world).flatMap((one) => one.edits);
        const relinks = edits.filter(({ kind }) => kind === 'relink');
        const told = (all: readonly Edit[]) =>
          all.map((one) => `${one.kind} ${'item' in one ? one.item.key : ''}`).sort();
        expect(told(edits.filter((one) => !relinks.includes(one)))).toEqual(
          told(editsOf(planSync(factsOf(world)))),
        );
        const moved = planSync(factsOf(world)).rows.filter(({ remarks }) =>
          remarks.some(({ kind }) => kind === 'moved'),
        );
        const keys = moved.map(({ item }) => item.key);
        for (const one of relinks) if ('item' in one) expect(keys).toContain(one.item.key);
        expect(itself(world).flatMap(({ issues }) => issues)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('is undone to the very bytes, each choice by itself', () => {
    let undone = 0;
    fc.assert(
      fc.property(anyWorld, fc.nat(), (world, pick) => {
        const choices = planReconcile(factsOf(world)).differences.flatMap((one) => one.choices);
        const choice = choices.filter(({ edits }) => edits.length > 0)[pick % choices.length];
        if (choice === undefined) return;
        const context = { repo: REPO, placeholder: world.rules.placeholder };
        const { markdown, applied: done } = applyEdits(world.text, choice.edits, context);
        const inverses = done.flatMap(({ inverse }) => inverse ?? []).reverse();
        expect(applyEdits(markdown, inverses, context).markdown).toBe(world.text);
        undone++;
      }),
      RUNS,
    );
    expect(undone).toBeGreaterThan(RUNS.numRuns / 4);
  });

  it('gives each difference an id of its own, the same at every look', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const ids = planReconcile(factsOf(world)).differences.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const later = edited({ ...world, now: world.now + 60 }, `${world.text}\n\nA last word.\n`);
        expect(planReconcile(factsOf({ ...later, left: ids })).differences).toEqual([]);
      }),
      RUNS,
    );
  });

  it('lets every choice end its difference', () => {
    fc.assert(
      fc.property(anyWorld, fc.nat(), fc.nat(), (world, which, pick) => {
        const { differences } = planReconcile(factsOf(world));
        const one = differences[which % Math.max(1, differences.length)];
        const choices = one?.choices.filter(
          ({ choice: { kind } }) => kind !== 'leave' && kind !== 'link-to',
        );
        const choice = choices?.[pick % Math.max(1, choices.length)];
        if (one === undefined || choice === undefined) return;
        const after = applied(world, [{ ...choice, index: one.index }]);
        const again = planReconcile(factsOf(after)).differences.map(({ id }) => id);
        expect(again).not.toContain(one.id);
      }),
      RUNS,
    );
  });
});
