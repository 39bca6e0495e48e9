import { describe, expect, it } from 'vitest';
import { issueKey } from '../../../lib/core/refs.ts';
import { traceRows } from '../../../lib/core/runs/remove-traces.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { factsOf, made, markerOf, worldOf } from '../differences/reconcile-world.ts';
import { ref } from '../sync/build-sync.ts';
import { mapped } from './build-runs.ts';

const TEXT = '- [ ] Parse dates (closes #12)\n- [ ] Write the docs\n';

const traced = (facts: Parameters<typeof traceRows>[0]['facts']) =>
  traceRows({ facts }).map(({ change }) => change.changes[0]?.issue.number);

describe('removing our traces', () => {
  it('takes markers and comments out of every issue of the checklist, undone or not, linked or not', () => {
    const undone = { body: markerOf(TEXT, 1).replace(':v2', ':undone') };
    const issues = { ...made(12, TEXT), ...made(13, TEXT, undone), ...made(14, undefined) };
    const rows = traceRows({ facts: factsOf(worldOf(TEXT, { issues })) });
    expect(rows).toEqual(
      [
        [12, 'Parse dates'],
        [13, 'Parse dates'],
      ].map(([number, text]) => ({
        item: undefined,
        text,
        change: {
          choice: 'traces',
          changes: [{ issue: ref(Number(number)), marker: 'none', comments: 'delete' }],
          edits: [],
          map: [],
        },
      })),
    );
  });

  it('finds linked issues that the list did not reach', () => {
    const facts = factsOf(worldOf(TEXT, { issues: made(12, TEXT) }));
    expect(traced({ ...facts, listed: { issues: [], complete: false } })).toEqual([12]);
  });

  it('leaves markers of other checklists, and copies in issues of strangers that nothing links', () => {
    const other = { body: markerOf(TEXT).replace('octo/plan#1 ', 'octo/plan#2 ') };
    const stranger = { author: 'mallory', association: 'NONE' };
    const issues = { ...made(12, TEXT, other), ...made(13, TEXT, stranger) };
    const facts = factsOf(worldOf(TEXT, { issues }));
    expect(traced(facts)).toEqual([]);
    const linked = TEXT.replace('docs', 'docs #13');
    expect(traced(factsOf(worldOf(linked, { issues })))).toEqual([13]);
  });

  it('takes the hidden block away where there is one', () => {
    const drop = { choice: 'traces', changes: [], edits: [], map: [], dropMap: true };
    const text = mapped(TEXT, { 0: 12 });
    const row = { item: undefined, text: '#1', change: drop };
    expect(traceRows({ facts: factsOf(worldOf(text)) })).toEqual([row]);
    const claimed = `${TEXT}<!-- masterlist:claim by=ada -->`;
    expect(traceRows({ facts: factsOf(worldOf(claimed)) })).toEqual([row]);
    expect(traceRows({ facts: factsOf(worldOf(TEXT)) })).toEqual([]);
  });

  it('takes the answers about numbers away as well', () => {
    const text = `${TEXT}<!-- masterlist:numbers own=12 -->`;
    const rows = traceRows({ facts: factsOf(worldOf(text)) });
    const numbers = { kind: 'comment', name: 'numbers', content: '' };
    expect(rows.map(({ change }) => change.edits)).toEqual([[numbers]]);
  });

  it('puts brackets first around numbers that nothing else proves, by choice', () => {
    const text = [
      '- [ ] Parse dates #12',
      '- [ ] Verify #13',
      '- [ ] Crash at start #14',
      '- [ ] Backport #15',
      '<!-- masterlist:numbers own=13 about=15 -->',
    ].join('\n');
    const issues = {
      ...made(12, text, { body: markerOf(text), title: 'Renamed since' }),
      ...made(13, undefined),
      ...made(14, undefined, { title: 'Crash at start of day' }),
      ...made(15, undefined),
    };
    const read = factsOf(worldOf(text, { issues }));
    const [key, now] = [issueKey(ref(12)), read.followed[issueKey(ref(12))]];
    const trusted = typeof now === 'object' && { [key]: { ...now, author: 'ada' } };
    const facts = { ...read, followed: { ...read.followed, ...trusted } };
    const edits = (bracket: boolean) =>
      traceRows({ facts }, bracket).flatMap(({ change }) => change.edits);
    expect(edits(true).filter(({ kind }) => kind === 'bracket')).toMatchObject([
      { issues: [ref(12)] },
      { issues: [ref(13)] },
    ]);
    expect(edits(false).filter(({ kind }) => kind === 'bracket')).toEqual([]);
    expect(applyEdits(text, edits(true), { repo: ref(1).repo }).markdown).toBe(
      '- [ ] Parse dates (#12)\n- [ ] Verify (#13)\n- [ ] Crash at start #14\n- [ ] Backport #15',
    );
  });

  it('names each issue once', () => {
    const issues = made(12, TEXT);
    const facts = factsOf(worldOf(TEXT, { issues }));
    expect(facts.followed[issueKey(ref(12))]).toBeDefined();
    expect(traced(facts)).toEqual([12]);
  });
});
