import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMap } from '../../../lib/core/identity/identity-map.ts';
import type { LogEvent } from '../../../lib/core/log/event.ts';
import type { IssueRef } from '../../../lib/core/refs.ts';
import { takeBackRows } from '../../../lib/core/runs/take-back.ts';
import { type Item, locatorOf } from '../../../lib/core/text/checklist.ts';
import type { Edit } from '../../../lib/core/text/edit.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { REPO, ref } from '../sync/build-sync.ts';
import { itemText, markdown } from '../text/markdown-arbitrary.ts';
import { CONTEXT, type Logged, mapOf, write, writeRows } from './build-runs.ts';

/** What one step of a run does to an item, whatever its text is by then. */
interface Step {
  readonly at: number;
  readonly kind: Exclude<Edit['kind'], 'unlink' | 'comment'> | 'entry';
  readonly number: number;
  readonly added: number;
  readonly taken: number;
  readonly words: string;
}

const step: fc.Arbitrary<Step> = fc.record({
  at: fc.nat(5),
  kind: fc.constantFrom<Step['kind']>(
    'tick',
    'untick',
    'link',
    'drop-link',
    'relink',
    'append-pull-requests',
    'remove-pull-requests',
    'retext',
    'entry',
  ),
  number: fc.constantFrom(5, 6, 7, 12),
  // No run takes out the number that it put in.
  added: fc.constantFrom(456, 460),
  taken: fc.constantFrom(8, 9),
  words: fc.oneof(fc.constantFrom('Other words', 'doc', '**Bold** one'), itemText),
});

/** One run: its writes, each of which changes each item in one way or several. */
const runs = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 3,
});

function editOf({ kind, number, added, taken, words }: Step, item: Item): Edit | undefined {
  const one = { item: locatorOf(item) };
  const issue = ref(number);
  switch (kind) {
    case 'tick':
    case 'untick':
      return { kind, ...one };
    case 'link':
      return { kind, ...one, issue: ref(13), style: 'closes' };
    case 'drop-link':
      return { kind, ...one, issue };
    case 'relink': {
      const [first] = item.references;
      return first && { kind, ...one, from: ref(first.number), to: issue, style: 'closes' };
    }
    case 'append-pull-requests':
      return { kind, ...one, pulls: [ref(added)] };
    case 'remove-pull-requests':
      return { kind, ...one, pulls: [ref(taken)] };
    case 'retext':
      return { kind, ...one, text: words };
    case 'entry':
      return undefined;
  }
}

/** Boxes that `tick` and `untick` write, and items that are told apart also when one of them changes. */
function isPlain(text: string): boolean {
  const { items } = parseChecklist(text, CONTEXT);
  return items.every(
    ({ boxOffset, twins, subject }) =>
      /[ x]/.test(text.charAt(boxOffset)) && twins === 1 && subject !== '',
  );
}

function runOf(text: string, writes: readonly (readonly Step[])[]): readonly Logged[] {
  const logged: Logged[] = [];
  let now = text;
  for (const steps of writes) {
    const { items } = parseChecklist(now, CONTEXT);
    const map = new Map(readMap(now, items, REPO).entries);
    const edits = steps.flatMap((one): Edit[] => {
      const item = items[one.at];
      if (item !== undefined && one.kind === 'entry') map.set(item.key, ref(one.number));
      const edit = item && editOf(one, item);
      return edit === undefined ? [] : [edit];
    });
    const words = edits.filter(({ kind }) => kind === 'retext').slice(0, 1);
    const own = [...edits.filter(({ kind }) => kind !== 'retext'), ...words];
    const block = map.size > 0 ? [blockAfter(map, items, write(now, own).text)] : [];
    const run = write(now, [...own, ...block], { cause: { by: 'click', what: 'resolve' } });
    logged.push(run);
    now = run.text;
  }
  return logged;
}

/** With other words an item has another key: its entry goes with it. */
function blockAfter(
  map: ReadonlyMap<string, IssueRef>,
  items: readonly Item[],
  after: string,
): Edit {
  const then = parseChecklist(after, CONTEXT).items;
  const keys = new Map(items.map(({ key, index }) => [key, then[index]?.key ?? key]));
  return mapOf(new Map([...map].map(([key, issue]) => [keys.get(key) ?? key, issue])), then);
}

/** Texts with a run of which something was written, and how many of them differed. */
function forRuns(
  writes: fc.Arbitrary<readonly (readonly Step[])[]>,
  check: (text: string, end: string, events: readonly LogEvent[]) => void,
): void {
  let changed = 0;
  fc.assert(
    fc.property(markdown, writes, (text, steps) => {
      fc.pre(!/masterlist:/.test(text) && isPlain(text));
      const logged = runOf(text, steps);
      const end = logged.at(-1)?.text ?? text;
      fc.pre(end !== text && logged.every((one) => isPlain(one.text)));
      changed++;
      check(
        text,
        end,
        logged.map(({ event }) => event),
      );
    }),
    { numRuns: 120 },
  );
  expect(changed).toBeGreaterThan(100);
}

const back = (events: readonly LogEvent[], text: string) =>
  writeRows(text, takeBackRows(events, text, CONTEXT)).text;

/** One write that changes nobody's link twice. */
const oneWrite = fc
  .uniqueArray(step, {
    minLength: 1,
    maxLength: 6,
    selector: ({ at, kind }) => `${at} ${LINKS.has(kind) ? 'link' : kind}`,
  })
  .map((steps) => [steps]);

const LINKS: ReadonlySet<Step['kind']> = new Set(['link', 'drop-link', 'relink']);

describe('taking back any run', { timeout: 120_000 }, () => {
  it('restores the text byte for byte where nobody else edited', () => {
    forRuns(runs, (text, end, events) => {
      expect(back(events, end)).toBe(text);
    });
  });

  it('has nothing left to do when it is done again', () => {
    forRuns(oneWrite, (_, end, events) => {
      expect(takeBackRows(events, back(events, end), CONTEXT)).toEqual([]);
    });
  });

  it('leaves the ticks that were made since', () => {
    const boxless = runs.map((all) =>
      all.map((steps) => steps.filter(({ kind }) => kind !== 'tick' && kind !== 'untick')),
    );
    const ticked = (text: string) => {
      const { items } = parseChecklist(text, CONTEXT);
      const ticks = items.map((item): Edit => ({ kind: 'tick', item: locatorOf(item) }));
      return write(text, ticks).text;
    };
    forRuns(boxless, (text, end, events) => {
      expect(back(events, ticked(end))).toBe(ticked(text));
    });
  });
});
