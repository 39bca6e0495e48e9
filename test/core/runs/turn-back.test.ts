import { describe, expect, it } from 'vitest';
import { issueKey } from '../../../lib/core/refs.ts';
import { turnBackRows } from '../../../lib/core/runs/turn-back.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { CLOSED, factsOf, made, type World, worldOf } from '../differences/reconcile-world.ts';
import { REPO, ref } from '../sync/build-sync.ts';
import { itemAt, mapped, writeRows } from './build-runs.ts';

const TEXT = '- [x] Parse dates (closes #12) (#456)\n- [ ] Write the docs (#13)\n- [ ] Third\n';
const ISSUES = { ...made(12, TEXT), ...made(13, undefined) };

function turnBack(world: World, ...indexes: number[]) {
  const facts = factsOf(world);
  const items = parseChecklist(world.text);
  const keys = indexes.map((index) => items.items[index]?.key ?? '');
  return turnBackRows({ facts, items }, keys);
}

describe('turning items back into plain ones', () => {
  it('closes their issues as not planned and takes the links away', () => {
    const { rows, skipped } = turnBack(worldOf(TEXT, { issues: ISSUES }), 0, 1);
    expect(skipped).toBe(0);
    expect(rows).toMatchObject([
      { item: { key: itemAt(TEXT).key }, text: 'Parse dates (closes #12) (#456)' },
      { item: { key: itemAt(TEXT, 1).key } },
    ]);
    const closed = { state: { to: 'closed', reason: 'not_planned' } };
    expect(rows.map(({ change }) => [change.choice, change.changes, change.map])).toEqual([
      ['plain', [{ issue: ref(12), ...closed, marker: 'undone' }], []],
      ['plain', [{ issue: ref(13), ...closed }], []],
    ]);
    expect(writeRows(TEXT, rows).text).toBe(
      '- [x] Parse dates (#456)\n- [ ] Write the docs\n- [ ] Third\n',
    );
  });

  it('takes the entry out of the hidden block', () => {
    const plain = '- [ ] Parse dates\n- [ ] Write the docs\n';
    const text = mapped(plain, { 0: 12, 1: 13 });
    const { rows } = turnBack(worldOf(text, { issues: ISSUES, block: true }), 0);
    expect(rows).toMatchObject([{ change: { edits: [], map: [[itemAt(plain).key, undefined]] } }]);
    expect(writeRows(text, rows).text).toBe(mapped(plain, { 1: 13 }));
  });

  it.each<[string, string, World['issues']]>([
    ['whose issue is closed', TEXT, made(12, TEXT, CLOSED)],
    ['whose issue is gone', TEXT, {}],
    ['without an issue', TEXT.replace(' (closes #12)', ''), ISSUES],
    ['whose issue another item links too', TEXT.replace('Third', 'Third (#12)'), ISSUES],
    [
      'whose words are the link',
      '- [ ] [Parse](https://github.com/octo/plan/issues/12)\n- [ ] a\n- [ ] b\n',
      ISSUES,
    ],
  ])('skips items %s', (_, text, issues) => {
    expect(turnBack(worldOf(text, { issues }), 0)).toEqual({ rows: [], skipped: 1 });
  });

  it('takes items together that share an issue', () => {
    const text = TEXT.replace('Third', 'Third (#12)');
    const { rows, skipped } = turnBack(worldOf(text, { issues: ISSUES }), 0, 2);
    expect([rows.length, skipped]).toEqual([2, 0]);
    expect(writeRows(text, rows).text).not.toContain('#12');
  });

  it('counts keys that are not there, and takes all addresses of a transferred issue away', () => {
    const text = '- [ ] Parse dates (closes #12) (octo/other#9)\n';
    const moved = { [issueKey(ref(12))]: issueKey(ref(9, 'octo/other')) };
    const issues = made(9, text, { place: 'octo/other' });
    const world = worldOf(text, { issues, moved });
    const { rows } = turnBack(world, 0);
    expect(rows).toMatchObject([{ change: { changes: [{ issue: ref(9, 'octo/other') }] } }]);
    expect(writeRows(text, rows).text).toBe('- [ ] Parse dates\n');
    expect(turnBack(world, 7)).toEqual({ rows: [], skipped: 1 });
  });

  it('leaves the markers of other checklists alone', () => {
    const body = ISSUES[issueKey(ref(12))]?.body.replace('octo/plan#1 ', 'octo/plan#2 ') ?? '';
    const world = worldOf(TEXT, { issues: made(12, undefined, { body }) });
    const [row] = turnBack(world, 0).rows;
    expect(row?.change.changes).toEqual([
      { issue: { repo: REPO, number: 12 }, state: { to: 'closed', reason: 'not_planned' } },
    ]);
  });
});
