import { describe, expect, it } from 'vitest';
import { itemInPlace, renamedSince } from '../../../lib/core/engine/item-in-place.ts';
import type { GenerateRow } from '../../../lib/core/engine/job.ts';
import { locatorOf } from '../../../lib/core/text/checklist.ts';
import { itemFinder } from '../../../lib/core/text/find-item.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { generation, REPO } from './build-jobs.ts';

const BEFORE = ['## One', '- [ ] a', '- [ ] b', '- [ ] c', '', '## Two', '- [ ] d', '- [ ] e'];

const IN_NEXT_GROUP = [
  '## One',
  '- [ ] a',
  '- [ ] b',
  '',
  '## Two',
  '- [ ] C!',
  ...BEFORE.slice(-2),
];

/** The last item stands where the third was, and another at the end. */
const CHANGED_PLACES = [...BEFORE.slice(0, 3), '- [ ] e', ...BEFORE.slice(4, 7), '- [ ] new'];

describe('the item that stands where another was', () => {
  it.each<[string, string, readonly string[], string | undefined]>([
    ['between its neighbors', 'b', replaced('b', 'B!'), 'B!'],
    ['at the beginning', 'a', replaced('a', 'A!'), 'A!'],
    ['at the end', 'e', replaced('e', 'E!'), 'E!'],
    ['beside another that was renamed, too', 'b', replaced('b', 'B!', 'c', 'C!'), 'B!'],
    ['is not told where one came between', 'b', replaced('b', 'B!\n- [ ] new'), undefined],
    [
      'is not told where it was only removed',
      'b',
      BEFORE.filter((line) => !line.endsWith(' b')),
      undefined,
    ],
    ['is not one of another group', 'c', IN_NEXT_GROUP, undefined],
    ['is not another row’s item', 'c', CHANGED_PLACES, undefined],
  ])('%s', (_, gone, after, expected) => {
    const { rows } = job();
    const { items } = parseChecklist(after.join('\n'));
    const row = rows.find(({ text }) => text === gone);
    if (row === undefined) throw new Error('no row');
    const find = itemFinder({ ...parseChecklist(after.join('\n')) }, REPO);
    expect(itemInPlace(row, rows, items, find)?.text).toBe(expected);
  });
});

describe('an issue whose item was renamed', () => {
  const ISSUE = { number: 7, url: 'https://github.com/octo/demo/issues/7' };
  const after = parseChecklist(replaced('b', 'B!').join('\n'));
  const namesOf = (row: Partial<GenerateRow>) =>
    Object.entries(renamedSince(job({ b: row }), after)).map(([key, { number }]) => [
      after.items.find((item) => item.key === key)?.text,
      number,
    ]);

  it('is told where this run created it and never saw it linked', () => {
    expect(namesOf({ issue: ISSUE, phase: 'review' })).toEqual([['B!', 7]]);
    expect(namesOf({ issue: ISSUE, phase: 'created' })).toEqual([['B!', 7]]);
    expect(namesOf({ issue: ISSUE, phase: 'verified' })).toEqual([]);
    expect(namesOf({ issue: ISSUE, phase: 'created', own: false })).toEqual([]);
    expect(namesOf({ phase: 'planned' })).toEqual([]);
  });
});

function replaced(...pairs: readonly string[]): readonly string[] {
  let lines = BEFORE;
  for (let at = 0; at < pairs.length; at += 2) {
    const [from = '', to = ''] = pairs.slice(at, at + 2);
    lines = lines.map((line) => (line === `- [ ] ${from}` ? `- [ ] ${to}` : line));
  }
  return lines;
}

/** A run for all items; what is given of a row goes by its text. */
function job(rows: Readonly<Record<string, Partial<GenerateRow>>> = {}) {
  const { items } = parseChecklist(BEFORE.join('\n'));
  return generation(
    items.map((item) => ({ item: locatorOf(item), text: item.text, ...rows[item.text] })),
  );
}
