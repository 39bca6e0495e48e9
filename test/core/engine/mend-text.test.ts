import { describe, expect, it } from 'vitest';
import type { Job } from '../../../lib/core/engine/job.ts';
import { claimEdit } from '../../../lib/core/engine/job-claim.ts';
import { masterEdits, rowsAfterWrite } from '../../../lib/core/engine/job-master.ts';
import { newMend } from '../../../lib/core/engine/job-mend.ts';
import type { RowMend } from '../../../lib/core/engine/mend.ts';
import { loggedMends, writesText } from '../../../lib/core/engine/mend-text.ts';
import { formatMap } from '../../../lib/core/identity/identity-map.ts';
import { issueChecklist } from '../../../lib/core/refs.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import type { Item } from '../../../lib/core/text/checklist.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';

const REPO = { host: 'github.com', owner: 'octo', name: 'demo' };
const TEXT = ['- [ ] Alpha', '- [ ] Beta', '- [x] Gamma (#103)', ''].join('\r\n');
const NOW = Date.parse('2026-11-20T12:00:00Z');
const FREE = { holder: undefined, now: NOW };

describe('the text of a mending', () => {
  it('gets all edits at once, new words last', () => {
    const job = mending(TEXT, [
      { edits: (item) => [{ kind: 'retext', item: item('Alpha'), text: 'Alpha **one**' }] },
      { edits: (item) => [{ kind: 'tick', item: item('Alpha') }] },
      { edits: (item) => [{ kind: 'untick', item: item('Gamma') }] },
    ]);
    expect(write(job, TEXT).markdown).toBe(
      TEXT.replace('[ ] Alpha', '[x] Alpha **one**').replace('[x] Gamma', '[ ] Gamma'),
    );
  });

  it('gets one hidden block for all rows, on the block as it is now', () => {
    const block = formatMap(new Map([issue('a', 101), issue('b', 102)]), REPO);
    const text = `${TEXT}<!-- masterlist:map ${block} -->`;
    const job = mending(text, [{ map: [['a', undefined]] }, { map: [issue('c', 103)] }]);
    expect(write(job, text).markdown).toBe(`${TEXT}<!-- masterlist:map b=102 c=103 -->`);
    const alone = mending(TEXT, [{ map: [['a', undefined]] }]);
    expect(write(alone, TEXT).markdown).toBe(TEXT);
  });

  it('loses block and forgotten claim, but not the claim of a run that goes on elsewhere', () => {
    const claim = { run: '01K0000000000000000000000C', by: 'eve', at: new Date(NOW).toISOString() };
    const claimed = applyEdits(TEXT, [claimEdit(claim)], { repo: REPO }).markdown;
    const text = `${claimed}\r\n<!-- masterlist:map a=101 -->`;
    const job = mending(text, [{ dropMap: true, map: [['a', undefined]] }]);
    expect(write(job, text).markdown).toBe(TEXT);
    const busy = masterEdits(job, 'finish', text, { holder: claim, now: NOW });
    expect(applyEdits(text, busy, { repo: REPO }).markdown).toBe(claimed);
  });

  it('is left to the user where an item is gone or not to be told apart', () => {
    const job = mending(TEXT, [
      { edits: (item) => [{ kind: 'tick', item: item('Alpha') }] },
      { edits: (item) => [{ kind: 'tick', item: item('Beta') }] },
    ]);
    const fresh = TEXT.replace('- [ ] Beta\r\n', '');
    const after = rowsAfterWrite(job, 'finish', { missed: write(job, fresh).missed, logged: [] });
    expect(after.map(({ phase, failure }) => [phase, failure?.code])).toEqual([
      ['unlinked', undefined],
      ['review', 'item-gone'],
    ]);
  });

  it('is not written for rows that need no text when the job ends early', () => {
    const job = mending(TEXT, [
      { edits: (item) => [{ kind: 'tick', item: item('Alpha') }] },
      {
        edits: (item) => [{ kind: 'tick', item: item('Beta') }],
        changes: [{ issue: { repo: REPO, number: 102 }, state: { to: 'closed' } }],
      },
    ]);
    const done: Job = { ...job, rows: job.rows.map((row) => ({ ...row, phase: 'closed' })) };
    expect(masterEdits(done, 'links', TEXT, FREE)).toHaveLength(1);
    expect(
      rowsAfterWrite(done, 'links', { missed: [], logged: [] }).map(({ text }) => text),
    ).toEqual(['1']);
    expect(masterEdits(done, 'finish', TEXT, FREE)).toHaveLength(2);
  });

  it('is logged by the rows that changed it', () => {
    const job = mending(TEXT, [
      { edits: (item) => [{ kind: 'tick', item: item('Alpha') }] },
      { edits: (item) => [{ kind: 'tick', item: item('Gamma') }] },
      { choice: 'link', map: [issue('a', 101)] },
    ]);
    expect(loggedMends(job.rows, write(job, TEXT)).map(({ text, what }) => [text, what])).toEqual([
      ['0', 'tick'],
      ['2', 'link'],
    ]);
  });

  it('is not asked for where a row changes issues alone', () => {
    const mend = { choice: 'plain', changes: [], edits: [], map: [] } as const;
    expect(writesText(mend)).toBe(false);
    expect(writesText({ ...mend, dropMap: true })).toBe(true);
  });
});

interface Sample extends Partial<Omit<RowMend, 'edits'>> {
  readonly edits?: (item: (text: string) => Item) => RowMend['edits'];
}

function mending(text: string, samples: readonly Sample[]): Job {
  const { items } = parseChecklist(text);
  const find = (start: string) => {
    const item = items.find((one) => one.text.startsWith(start));
    if (item === undefined) throw new Error(`no item ${start}`);
    return item;
  };
  const rows = samples.map(({ edits, ...more }, index) => ({
    item: undefined,
    text: String(index),
    mend: { choice: 'tick', changes: [], map: [], ...more, edits: edits?.(find) ?? [] } as const,
  }));
  const mend = {
    id: '01K0000000000000000000000M',
    checklist: issueChecklist({ repo: REPO, number: 12 }),
    cause: 'reconcile',
    rows,
    creates: [],
    linkStyle: 'parenthesis',
    placeholder: '',
    identity: 'links',
  } as const;
  return newMend(mend, { login: 'ada', endedRuns: [], careful: false }, NOW);
}

function write(job: Job, text: string) {
  return applyEdits(text, masterEdits(job, 'finish', text, FREE), { repo: REPO });
}

function issue(key: string, number: number) {
  return [key, { repo: REPO, number }] as const;
}
