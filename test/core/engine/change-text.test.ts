import { describe, expect, it } from 'vitest';
import type { RowChange } from '../../../lib/core/engine/change.ts';
import { claimEdit } from '../../../lib/core/engine/claim.ts';
import type { ChangeRow, Job } from '../../../lib/core/engine/job.ts';
import { writesText } from '../../../lib/core/engine/kinds/change.ts';
import { CHANGE_TEXT } from '../../../lib/core/engine/kinds/change-text.ts';
import { formatMap } from '../../../lib/core/identity/identity-map.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { type Item, locatorOf } from '../../../lib/core/text/checklist.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { changeJob, itemOf, NOW, REPO, row } from './build-jobs.ts';

const TEXT = ['- [ ] Alpha', '- [ ] Beta', '- [x] Gamma (#103)', ''].join('\r\n');
const FREE = { holder: undefined, now: NOW };

describe('the text of a change', () => {
  it('gets all edits at once, new words last', () => {
    const job = changing(TEXT, [
      { edits: (item) => [{ kind: 'retext', item: item('Alpha'), text: 'Alpha **one**' }] },
      { edits: (item) => [{ kind: 'tick', item: item('Alpha') }] },
      { edits: (item) => [{ kind: 'untick', item: item('Gamma') }] },
    ]);
    expect(write(job, TEXT).markdown).toBe(
      TEXT.replace('[ ] Alpha', '[x] Alpha **one**').replace('[x] Gamma', '[ ] Gamma'),
    );
  });

  it('gets one hidden block for all rows, on the block as it is now', () => {
    const block = formatMap(new Map([issue('a', 101), issue('b', 102)]), [], REPO);
    const text = `${TEXT}<!-- masterlist:map ${block} -->`;
    const job = changing(text, [{ map: [['a', undefined]] }, { map: [issue('c', 103)] }]);
    expect(write(job, text).markdown).toBe(`${TEXT}<!-- masterlist:map b=102 c=103 -->`);
    const alone = changing(TEXT, [{ map: [['a', undefined]] }]);
    expect(write(alone, TEXT).markdown).toBe(TEXT);
  });

  it('loses block and forgotten claim, but not the claim of a run that goes on elsewhere', () => {
    const claim = { run: '01K0000000000000000000000C', by: 'eve', at: new Date(NOW).toISOString() };
    const claimed = applyEdits(TEXT, [claimEdit(claim)], { repo: REPO }).markdown;
    const text = `${claimed}\r\n<!-- masterlist:map a=101 -->`;
    const job = changing(text, [{ dropMap: true, map: [['a', undefined]] }]);
    expect(write(job, text).markdown).toBe(TEXT);
    const busy = CHANGE_TEXT.edits(job, 'finish', text, { holder: claim, now: NOW });
    expect(applyEdits(text, busy, { repo: REPO }).markdown).toBe(claimed);
  });

  it('is left to the user where an item is gone or not to be told apart', () => {
    const job = changing(TEXT, [
      { edits: (item) => [{ kind: 'tick', item: item('Alpha') }] },
      { edits: (item) => [{ kind: 'tick', item: item('Beta') }] },
    ]);
    const fresh = TEXT.replace('- [ ] Beta\r\n', '');
    const after = CHANGE_TEXT.written(job, 'finish', {
      missed: write(job, fresh).missed,
      logged: [],
      holder: undefined,
    });
    expect(after.map(({ phase, failure }) => [phase, failure?.code])).toEqual([
      ['written', undefined],
      ['review', 'item-gone'],
    ]);
  });

  it('is not written for rows that need no text when the job ends early', () => {
    const job = changing(TEXT, [
      { edits: (item) => [{ kind: 'tick', item: item('Alpha') }] },
      {
        edits: (item) => [{ kind: 'tick', item: item('Beta') }],
        changes: [{ issue: { repo: REPO, number: 102 }, state: { to: 'closed' } }],
      },
    ]);
    const done: Job<'change'> = {
      ...job,
      rows: job.rows.map((row) => ({ ...row, phase: 'changed' })),
    };
    expect(CHANGE_TEXT.edits(done, 'links', TEXT, FREE)).toHaveLength(1);
    expect(
      CHANGE_TEXT.written(done, 'links', { missed: [], logged: [], holder: undefined }).map(
        ({ text }) => text,
      ),
    ).toEqual(['1']);
    expect(CHANGE_TEXT.edits(done, 'finish', TEXT, FREE)).toHaveLength(2);
  });

  it('is logged by the rows that changed it', () => {
    const job = changing(TEXT, [
      { edits: (item) => [{ kind: 'tick', item: item('Alpha') }] },
      { edits: (item) => [{ kind: 'tick', item: item('Gamma') }] },
      { choice: 'link', map: [issue('a', 101)] },
    ]);
    expect(
      CHANGE_TEXT.logged?.(job, 'finish', write(job, TEXT)).map(({ text, what }) => [text, what]),
    ).toEqual([
      ['0', 'tick'],
      ['2', 'link'],
    ]);
  });

  it('is not asked for where a row changes issues alone', () => {
    const change = { choice: 'plain', changes: [], edits: [], map: [] } as const;
    expect(writesText(change)).toBe(false);
    expect(writesText({ ...change, dropMap: true })).toBe(true);
  });
});

describe('a link that the undo of a generation removed', () => {
  const issue103 = { repo: REPO, number: 103 };
  const guard = { title: 'Gamma', body: '', settings: undefined };
  const undone: Sample = { choice: 'undo', changes: [{ issue: issue103, guard }] };
  const job = inPhase('written', changing(TEXT, [undone]));
  const other = inPhase(
    'written',
    changing(TEXT, [{ changes: [{ issue: issue103, guard: 'untouched' }] }]),
  );

  it.each([
    ['is gone', 'Gamma', 'verified'],
    ['was put back', 'Gamma (#103)', 'changed'],
    [
      'is in a form of somebody',
      'Gamma [#103](https://github.com/octo/demo/issues/103)',
      'changed',
    ],
    ['was there twice', 'Gamma #103 (closes #103)', 'changed'],
    ['is at another item', 'Gamma\r\n- [ ] Delta (#103)', 'changed'],
    ['is of another issue now', 'Gamma (#104)', 'verified'],
  ])('is looked for, and %s', (_, line, phase) => {
    const text = TEXT.replace('Gamma (#103)', line);
    expect(CHANGE_TEXT.observe(job, text).map((row) => row.phase)).toEqual([phase]);
    expect(CHANGE_TEXT.observe(other, text).map((row) => row.phase)).toEqual(['verified']);
  });

  it('is looked for at its own item, wherever that stands, and not at others', () => {
    const { header, rows } = job;
    const gamma = parseChecklist(TEXT).items.find(({ text }) => text.startsWith('Gamma'));
    const own = rows.map((row) => ({ ...row, item: gamma ? locatorOf(gamma) : row.item }));
    const observed = (text: string) =>
      CHANGE_TEXT.observe({ header, rows: own }, text).map(({ phase }) => phase);
    expect(observed('- [ ] Gamma\r\n- [ ] Announce (#103)')).toEqual(['verified']);
    expect(observed('- [ ] Gamma (#103)\r\n- [ ] Announce (#103)')).toEqual(['changed']);
    expect(observed('# Later\r\n\r\n- [ ] Gamma (#103)')).toEqual(['changed']);
    expect(observed('- [ ] Gamma ray (#103)')).toEqual(['changed']);
    expect(observed('- [ ] Gamma\r\n- [ ] Gamma (#103)')).toEqual(['changed']);
    expect(observed('- [ ] Announce')).toEqual(['verified']);
  });

  it('is left in the hidden block where the item matches another issue by now', () => {
    const mapped = inPhase('changed', changing(TEXT, [{ ...undone, map: [['k', undefined]] }]));
    const left = (entry: string) =>
      write(mapped, `${TEXT}\r\n<!-- masterlist:map ${entry} -->`).markdown;
    expect(left('k=103')).toBe(TEXT);
    expect(left('k=104')).toBe(`${TEXT}\r\n<!-- masterlist:map k=104 -->`);
  });

  it('is looked for in the hidden block where that is written', () => {
    const { header, rows } = job;
    const options = { ...header.options, identity: 'block' } as const;
    const [row] = rows.map((one) => ({ ...one, item: { ...one.item, key: 'k' } }));
    const observed = (entry: string) =>
      CHANGE_TEXT.observe(
        { header: { ...header, options }, rows: row ? [row] : [] },
        `${TEXT}<!-- masterlist:map ${entry} -->`,
      ).map(({ phase }) => phase);
    expect(observed('k=103')).toEqual(['changed']);
    expect(observed('k=104 j=103')).toEqual(['verified']);
  });

  it('is removed twice more, then left to the user', () => {
    let now = job;
    const phases = [1, 2, 3].map(() => {
      now = { ...now, rows: CHANGE_TEXT.observe(now, TEXT) };
      const [row] = now.rows;
      now = inPhase('written', now);
      return [row?.phase, row?.failure];
    });
    const failure = { code: 'link-left', message: expect.stringContaining('#103') };
    expect(phases).toMatchObject([
      ['changed', undefined],
      ['changed', undefined],
      ['review', failure],
    ]);
  });
});

interface Sample extends Partial<Omit<RowChange, 'edits'>> {
  readonly edits?: (item: (text: string) => Item) => RowChange['edits'];
}

function changing(text: string, samples: readonly Sample[]): Job<'change'> {
  const find = (start: string) => itemOf(text, start);
  const rows = samples.map(({ edits, choice = 'tick', ...more }, index) =>
    row(choice, { ...more, edits: edits?.(find) ?? [] }, undefined, String(index)),
  );
  return changeJob(rows);
}

function inPhase(phase: ChangeRow['phase'], { header, rows }: Job<'change'>): Job<'change'> {
  return { header, rows: rows.map((row) => ({ ...row, phase })) };
}

function write(job: Job<'change'>, text: string) {
  return applyEdits(text, CHANGE_TEXT.edits(job, 'finish', text, FREE), { repo: REPO });
}

function issue(key: string, number: number) {
  return [key, { repo: REPO, number }] as const;
}
