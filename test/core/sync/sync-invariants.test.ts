import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueKey } from '../../../lib/core/refs.ts';
import type { SyncRules } from '../../../lib/core/settings/settings.ts';
import { editsOf, planSync } from '../../../lib/core/sync/plan-sync.ts';
import type { Item } from '../../../lib/core/text/checklist.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { referencedIssue } from '../../../lib/core/text/referenced-issue.ts';
import { version } from './build-sync.ts';
import { anyRules, anyWorld, edited, factsOf, REPO, type World, write } from './sync-world.ts';

const RUNS = { numRuns: 200 };

function sync(world: World, rules: SyncRules, sees?: Parameters<typeof factsOf>[2]): World {
  const facts = factsOf(world, rules, sees);
  return write(world, facts, editsOf(planSync(facts)));
}

const itemsOf = (text: string) => parseChecklist(text).items;

/** How often each item's box changed over some texts. */
function flips(texts: readonly string[]): readonly number[] {
  const boxes = texts.map((text) => itemsOf(text).map(({ checked }) => checked));
  return (boxes[0] ?? []).map(
    (_, item) => boxes.filter((now, at) => at > 0 && now[item] !== boxes[at - 1]?.[item]).length,
  );
}

function namesOf(item: Item | undefined): readonly string[] {
  return (item?.references ?? []).map((one) => issueKey(referencedIssue(one, REPO)));
}

/** Every number stays, and none is written twice. */
function expectNumbersKept(before: string, after: string): void {
  const now = itemsOf(after);
  itemsOf(before).forEach((item, index) => {
    const old = namesOf(item);
    const names = namesOf(now[index]);
    for (const name of names) {
      const times = names.filter((one) => one === name).length;
      expect(times).toBe(Math.max(1, old.filter((one) => one === name).length));
    }
    expect(names).toEqual(expect.arrayContaining([...old]));
  });
}

/** The text with the boxes and first paragraphs of some items taken out. */
function surroundings(text: string, items: readonly Item[]): string {
  const ranges = items.flatMap(({ boxOffset, textStart, textEnd }) => [
    [boxOffset, boxOffset + 1] as const,
    [textStart, textEnd] as const,
  ]);
  let rest = '';
  let at = 0;
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    rest += `${text.slice(at, start)}\u0000`;
    at = end;
  }
  return rest + text.slice(at);
}

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const character of part) {
    at = whole.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

describe('any sync', { timeout: 120_000 }, () => {
  it('finds nothing left to write after it was written', () => {
    fc.assert(
      fc.property(anyWorld, anyRules, (world, rules) => {
        const once = sync(world, rules);
        expect(sync(once, rules).text).toBe(once.text);
      }),
      RUNS,
    );
  });

  it('changes nothing but the boxes and the numbers of its rows', () => {
    let changed = 0;
    fc.assert(
      fc.property(anyWorld, anyRules, (world, rules) => {
        const facts = factsOf(world, rules);
        const plan = planSync(facts);
        const after = write(world, facts, editsOf(plan)).text;
        const rows = plan.rows.filter(({ changes }) => changes.length > 0);
        const read = (text: string) => {
          const items = parseChecklist(text, { placeholder: rules.placeholder }).items;
          return rows.flatMap(({ index }) => items[index] ?? []);
        };
        const [old, now] = [read(world.text), read(after)];
        expect(surroundings(after, now)).toBe(surroundings(world.text, old));
        old.forEach((item, index) => {
          const { textStart, textEnd, placeholder } = item;
          const words = world.text.slice(textStart, textEnd);
          const kept = placeholder
            ? world.text.slice(textStart, placeholder.start) +
              world.text.slice(placeholder.end, textEnd)
            : words;
          const written = after.slice(now[index]?.textStart, now[index]?.textEnd);
          expect(isSubsequence(kept, written)).toBe(true);
          const numbers = rows[index]?.changes.some(({ kind }) => kind === 'add-pulls');
          if (numbers !== true) expect(written).toBe(words);
        });
        changed += rows.length;
      }),
      RUNS,
    );
    expect(changed).toBeGreaterThan(RUNS.numRuns / 4);
  });

  it('never takes a number out, and doubles none', () => {
    fc.assert(
      fc.property(anyWorld, anyRules, (world, rules) => {
        expectNumbersKept(world.text, sync(world, rules).text);
      }),
      RUNS,
    );
  });

  it('says the same of an item whatever else GitHub was asked about', () => {
    fc.assert(
      fc.property(anyWorld, anyRules, fc.func(fc.boolean()), (world, rules, sees) => {
        const alone = { ...rules, parents: false };
        const whole = planSync(factsOf(world, alone)).rows;
        const part = planSync(factsOf(world, alone, ({ number }) => sees(number))).rows;
        for (const row of part) expect(whole).toContainEqual(row);
      }),
      RUNS,
    );
  });
});

describe('many browsers', { timeout: 120_000 }, () => {
  it('with different rules come to one text, and none flips what another wrote', () => {
    let differed = 0;
    fc.assert(
      fc.property(anyWorld, anyRules, anyRules, (start, one, other) => {
        const worlds = [start];
        for (const rules of [one, other, one, other, one]) {
          worlds.push(sync(worlds.at(-1) ?? start, rules));
        }
        const texts = worlds.map(({ text }) => text);
        expect(texts[4]).toBe(texts[3]);
        expect(texts[5]).toBe(texts[3]);
        expect(Math.max(0, ...flips(texts))).toBeLessThan(2);
        expectNumbersKept(start.text, texts[5] ?? '');
        if (texts[2] !== texts[1]) differed++;
      }),
      RUNS,
    );
    expect(differed).toBeGreaterThan(RUNS.numRuns / 20);
  });

  it('with different parts of the facts come to one text', () => {
    const parts = fc.tuple(fc.func(fc.boolean()), fc.func(fc.boolean()));
    fc.assert(
      fc.property(anyWorld, anyRules, parts, (start, rules, [first, second]) => {
        const all = () => true;
        const worlds = [start];
        for (const sees of [first, second, first, all, second, all]) {
          worlds.push(sync(worlds.at(-1) ?? start, rules, ({ number }) => sees(number)));
        }
        const texts = worlds.map(({ text }) => text);
        expect(texts[5]).toBe(texts[4]);
        expect(texts[6]).toBe(texts[4]);
        expect(Math.max(0, ...flips(texts))).toBeLessThan(2);
        expectNumbersKept(start.text, texts[6] ?? '');
      }),
      RUNS,
    );
  });

  it('leave alone what a person takes back after a sync', () => {
    let taken = 0;
    fc.assert(
      fc.property(anyWorld, anyRules, anyRules, (start, one, rules) => {
        // With another placeholder the line may read as another item.
        const other = { ...rules, placeholder: one.placeholder };
        const written = sync(start, one);
        fc.pre(written !== start && start.text.includes('- ['));
        const back = person(written, start.text);
        const after = sync(back, one);
        const boxes = (text: string) => itemsOf(text).map(({ checked }) => checked);
        const before = boxes(start.text);
        const ticked = boxes(written.text);
        for (const world of [after, sync(after, other)]) {
          boxes(world.text).forEach((checked, item) => {
            if (before[item] || !ticked[item]) return;
            expect(checked).toBe(false);
            taken++;
          });
        }
      }),
      RUNS,
    );
    expect(taken).toBeGreaterThan(RUNS.numRuns / 10);
  });
});

/** A person puts an earlier text back. */
function person(world: World, text: string): World {
  return edited(world, version(text, world.today));
}
