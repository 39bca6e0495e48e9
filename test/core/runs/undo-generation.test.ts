import { describe, expect, it } from 'vitest';
import { NO_ITEM } from '../../../lib/core/engine/job.ts';
import { type FoundRun, undoFromMarkers } from '../../../lib/core/runs/undo-generation.ts';
import { locatorOf } from '../../../lib/core/text/checklist.ts';
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
  return undoFromMarkers(found, { viewer: 'eve', rights: { bob: true } });
}

const keys = ({ rows }: ReturnType<typeof undo>) => rows.map(({ item }) => item?.key);
const numbers = ({ rows }: ReturnType<typeof undo>) =>
  rows.flatMap(({ change }) => change.changes.map(({ issue }) => issue.number));

describe('undoing a generation of another browser', () => {
  it('closes its issues, marks them and unlinks them, as long as they are as they are now', () => {
    const issues = [marked(13, TEXT, { index: 1 }), marked(12, TEXT)];
    const { rows, ...rest } = undo(issues);
    expect(rest).toEqual({
      checklist: MASTER,
      target: REPO,
      cause: 'undo-generation',
      undoes: RUN,
      creates: [],
      linkStyle: 'closes',
      placeholder: '(#PR_NUMBER)',
      identity: 'links',
    });
    const item = locatorOf(itemAt(TEXT));
    const { title, body } = issues[1] ?? {};
    expect(rows[0]).toEqual({
      item,
      text: 'Parse dates (closes #12)',
      change: {
        choice: 'undo',
        changes: [
          {
            issue: ref(12),
            state: { to: 'closed', reason: 'not_planned' },
            marker: 'undone',
            guard: { title, body, settings: undefined, by: 'bob' },
          },
        ],
        edits: [{ kind: 'unlink', item, issue: ref(12), style: 'closes' }],
        map: [[item.key, undefined]],
      },
    });
    expect(keys(undo(issues))).toEqual([itemAt(TEXT).key, itemAt(TEXT, 1).key]);
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
    expect(numbers(undo(issues))).toEqual([12]);
    expect(undo([]).rows).toEqual([]);
  });

  it('believes the markers of the token', () => {
    const own = marked(14, TEXT, { author: 'Eve', authorAssociation: 'NONE' });
    expect(undo([own]).rows.length).toBe(1);
  });

  it('closes issues in the repository where the run made them', () => {
    const issues = [13, 14].map((number) => marked(number, TEXT, { place: 'octo/other' }));
    expect(undo([marked(12, TEXT), ...issues]).target).toEqual(ref(1, 'octo/other').repo);
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
    expect(undo([marked(12, plain)], block).rows[0]?.change).toMatchObject({
      edits: [],
      map: [[itemAt(plain).key, undefined]],
    });
    const gone = { ...block, text: text.replace('- [ ] Parse dates\n', '') };
    expect(keys(undo([marked(12, plain)], gone))).toEqual([itemAt(plain).key]);
  });
});
