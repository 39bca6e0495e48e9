import { describe, expect, it } from 'vitest';
import { NO_ITEM } from '../../../lib/core/engine/job.ts';
import { type FoundRun, undoFromMarkers } from '../../../lib/core/runs/undo-from-markers.ts';
import { MASTER, REPO, ref } from '../sync/build-sync.ts';
import { itemAt, mapped, marked, OTHER_RUN, RUN } from './build-runs.ts';

const TEXT = '- [ ] Parse dates (closes #12)\n- [ ] Write the docs (#13)\n- [ ] Third\n';

function undo(issues: FoundRun['issues'], changes: Partial<FoundRun> = {}) {
  const found: FoundRun = {
    run: RUN,
    checklist: MASTER,
    issues,
    text: TEXT,
    identity: 'links',
    linkStyle: 'closes',
    placeholder: '(#PR_NUMBER)',
    ...changes,
  };
  const account = { login: 'eve', endedRuns: [OTHER_RUN], careful: true };
  return undoFromMarkers(found, OTHER_RUN, account, Date.parse('2026-12-01T00:00:00Z'));
}

const keys = (job: ReturnType<typeof undo>) => job.rows.map(({ item }) => item.key);

describe('undoing a generation of another browser', () => {
  it('makes an undo of the run with its issues as they are now', () => {
    const issues = [marked(13, TEXT, { index: 1 }), marked(12, TEXT)];
    const { header, rows } = undo(issues);
    expect(header).toMatchObject({
      id: OTHER_RUN,
      kind: 'undo',
      run: RUN,
      checklist: MASTER,
      target: REPO,
      login: 'eve',
      account: 'github.com/eve',
      options: { linkStyle: 'closes', identity: 'links', careful: true },
      undoes: {
        startedAt: Date.parse('2026-11-05T12:00:12Z'),
        endedAt: Date.parse('2026-11-05T12:00:13Z'),
        from: 'markers',
      },
    });
    expect(header.mend).toBe(undefined);
    expect(rows).toMatchObject([
      {
        index: 0,
        item: { key: itemAt(TEXT).key },
        text: 'Parse dates (closes #12)',
        title: issues[1]?.title,
        body: issues[1]?.body,
        phase: 'planned',
        own: true,
        issue: { number: 12, url: 'https://github.com/octo/plan/issues/12' },
      },
      { index: 1, item: { key: itemAt(TEXT, 1).key }, issue: { number: 13 } },
    ]);
  });

  it('leaves out other runs, strangers, closed and undone issues, and those that were transferred', () => {
    const issues = [
      marked(12, TEXT),
      marked(13, TEXT, { run: OTHER_RUN }),
      marked(14, TEXT, { author: 'mallory', authorAssociation: 'CONTRIBUTOR' }),
      marked(15, TEXT, { state: 'closed' }),
      marked(16, TEXT, { undone: true }),
      marked(17, TEXT, { place: 'octo/other' }),
    ];
    expect(undo(issues).rows.map(({ issue }) => issue?.number)).toEqual([12]);
    expect(undo([]).rows).toEqual([]);
  });

  it('believes the markers of the token', () => {
    const own = marked(14, TEXT, { author: 'Eve', authorAssociation: 'NONE' });
    expect(undo([own]).rows.length).toBe(1);
  });

  it('closes issues in the repository where the run made them', () => {
    const issues = [13, 14].map((number) => marked(number, TEXT, { place: 'octo/other' }));
    expect(undo([marked(12, TEXT), ...issues]).header.target).toEqual(ref(1, 'octo/other').repo);
  });

  it('finds the item that holds the link, wherever the marker says it was', () => {
    const renamed = TEXT.replace('Parse', 'Read');
    expect(keys(undo([marked(12, TEXT)], { text: renamed }))).toEqual([itemAt(renamed).key]);
    // Linked by hand from another item since.
    const moved = TEXT.replace(' (closes #12)', '').replace('Third', 'Third #12');
    expect(keys(undo([marked(12, TEXT)], { text: moved }))).toEqual([itemAt(moved, 2).key]);
    const plain = TEXT.replace(' (closes #12)', '');
    expect(keys(undo([marked(12, TEXT)], { text: plain }))).toEqual([itemAt(plain).key]);
    const gone = undo([marked(12, TEXT)], { text: '- [ ] Third\n' });
    expect(gone.rows).toMatchObject([{ item: NO_ITEM, text: 'Parse dates' }]);
  });

  it('finds the entry of the hidden block, even of an item that is gone', () => {
    const plain = '- [ ] Parse dates\n- [ ] Other\n';
    const text = mapped(plain, { 0: 12 });
    const block = { identity: 'block', text } as const;
    expect(keys(undo([marked(12, plain)], block))).toEqual([itemAt(plain).key]);
    const gone = { ...block, text: text.replace('- [ ] Parse dates\n', '') };
    expect(keys(undo([marked(12, plain)], gone))).toEqual([itemAt(plain).key]);
  });
});
