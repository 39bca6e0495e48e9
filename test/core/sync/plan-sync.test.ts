import { describe, expect, it } from 'vitest';
import { issueChecklist, issueKey } from '../../../lib/core/refs.ts';
import { editsOf } from '../../../lib/core/sync/plan-sync.ts';
import { type Marker, markerFor } from '../../../lib/core/text/marker.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import {
  closed,
  day,
  issue,
  MASTER,
  mention,
  merge,
  plan,
  pull,
  ref,
  rowOf,
  type Setting,
  told,
  version,
  written,
} from './build-sync.ts';

const ITEM = '- [ ] Write docs (closes #12)';
const TICKED = '- [x] Write docs (closes #12)';

function itemKeyOf(text: string): string {
  return parseChecklist(text).items[0]?.key ?? '';
}

function markerOf(text: string, index = 0, checklist = MASTER): Marker {
  const item = parseChecklist(text).items[index];
  if (item === undefined) throw new Error('no such item');
  const run = '01JD0000000000000000000000';
  return markerFor(item, checklist, run);
}

describe('ticking', () => {
  it.each<[string, Setting, string]>([
    ['completed', { followed: [closed(12)] }, TICKED],
    ['without a reason', { followed: [closed(12, { reason: undefined })] }, TICKED],
    ['as not planned, unless told', { followed: [closed(12, { reason: 'not-planned' })] }, ITEM],
    ['as a duplicate, unless told', { followed: [closed(12, { reason: 'duplicate' })] }, ITEM],
    [
      'as not planned, where the rules tick it',
      { followed: [closed(12, { reason: 'not-planned' })], rules: { notPlanned: 'tick' } },
      TICKED,
    ],
    [
      'as a duplicate, where the rules tick it',
      { followed: [closed(12, { reason: 'duplicate' })], rules: { duplicate: 'tick' } },
      TICKED,
    ],
    [
      'as a duplicate, where only not planned is ticked',
      { followed: [closed(12, { reason: 'duplicate' })], rules: { notPlanned: 'tick' } },
      ITEM,
    ],
    ['not at all', { followed: [issue(12)] }, ITEM],
  ])('an issue closed %s', (_, setting, text) => {
    expect(written(ITEM, setting)).toBe(text);
  });

  it('says why it ticks', () => {
    const row = rowOf(ITEM, { followed: [closed(12, { reason: undefined })] });
    expect(row?.changes).toEqual([
      { kind: 'tick', because: { kind: 'closed', issue: ref(12), reason: 'completed' } },
    ]);
    expect(row).toMatchObject({ index: 0, checked: false, issue: ref(12), remarks: [] });
  });

  it.each(['not-planned', 'duplicate'] as const)('shows an item left unticked as %s', (reason) => {
    const followed = [closed(12, { reason })];
    expect(rowOf(ITEM, { followed })?.remarks).toEqual([{ kind: reason, issue: ref(12) }]);
    expect(told(TICKED, { followed })).toEqual([]);
  });

  it('says nothing of a ticked item whose issue is closed, and of an open one with an open issue', () => {
    expect(plan(TICKED, { followed: [closed(12)] }).rows).toEqual([]);
    expect(plan(ITEM, { followed: [issue(12)] }).rows).toEqual([]);
  });

  it('follows one issue from two items', () => {
    const text = `${ITEM}\n- [ ] And more docs (#12)`;
    expect(written(text, { followed: [closed(12)] })).toBe(text.replaceAll('[ ]', '[x]'));
  });

  it('follows an issue of another repository', () => {
    const text = '- [ ] Write docs (octo/other#12)';
    const followed = [closed(12, { ref: ref(12, 'octo/other') })];
    expect(written(text, { followed })).toBe(text.replace('[ ]', '[x]'));
  });

  it('follows what was transferred, says so, and leaves the link as it is', () => {
    const followed = { [issueKey(ref(12))]: closed(3, { ref: ref(3, 'octo/other') }) };
    expect(written(ITEM, { followed })).toBe(TICKED);
    expect(rowOf(ITEM, { followed })?.remarks).toEqual([
      { kind: 'moved', issue: ref(12), to: ref(3, 'octo/other') },
    ]);
  });
});

describe('what an item follows', () => {
  it('leaves items alone of whose links GitHub was not asked', () => {
    const text = `${ITEM}\n- [ ] Other (#13)\n- [x] Third (#14)`;
    const { rows, counts } = plan(text, { followed: [closed(13)] });
    expect(rows.map(({ index }) => index)).toEqual([1]);
    expect(counts).toEqual({ items: 3, followed: 3, done: 1 });
  });

  it('needs the user where GitHub does not show the issue', () => {
    const followed = { [issueKey(ref(12))]: 'unreadable' as const };
    expect(told(ITEM, { followed })).toEqual(['unreadable']);
    expect(written(ITEM, { followed })).toBe(ITEM);
  });

  it('needs the user where an item links several issues that were made for it', () => {
    const text = '- [ ] #12 Write docs (closes #13)';
    const marker = markerOf(text);
    const followed = [closed(12, { marker }), closed(13, { marker })];
    expect(rowOf(text, { followed })).toMatchObject({
      issue: undefined,
      changes: [],
      remarks: [{ kind: 'several-issues', issues: [ref(12), ref(13)] }],
    });
  });

  it('takes of several issues the one whose marker names the item', () => {
    const text = '- [ ] #12 Write docs (closes #13)';
    const followed = [issue(12), closed(13, { marker: markerOf(text) })];
    expect(rowOf(text, { followed })?.issue).toEqual(ref(13));
    const undone = { ...markerOf(text), state: 'undone' as const };
    expect(told(text, { followed: [issue(12), closed(13, { marker: undone })] })).toEqual([]);
  });

  it('leaves out an issue of another checklist beside the own one', () => {
    const text = '- [ ] #12 Write docs (closes #13)';
    const marker = markerOf(text, 0, issueChecklist(ref(99)));
    expect(rowOf(text, { followed: [closed(12), issue(13, { marker })] })?.issue).toEqual(ref(12));
  });

  it('takes two addresses of one issue for one link', () => {
    const text = '- [ ] #12 Write docs (closes #13)';
    const followed = { [issueKey(ref(12))]: closed(13), [issueKey(ref(13))]: closed(13) };
    expect(told(text, { followed })).toContain('tick');
  });

  it('writes nothing while a second link cannot be read, unless a marker tells', () => {
    const text = '- [ ] #12 Write docs (closes #13)';
    const hidden = { [issueKey(ref(13))]: 'unreadable' as const };
    expect(told(text, { followed: { ...hidden, [issueKey(ref(12))]: closed(12) } })).toEqual([
      'unreadable',
    ]);
    const marked = closed(12, { marker: markerOf(text) });
    expect(told(text, { followed: { ...hidden, [issueKey(ref(12))]: marked } })).toEqual(['tick']);
  });

  it('goes by the issue, not by the pull requests beside it', () => {
    const text = '- [ ] Write docs (closes #12) (#456)';
    expect(told(text, { followed: [issue(12), pull(456, 9)] })).toEqual([]);
    expect(told(text, { followed: [closed(12), pull(456)] })).toEqual(['tick']);
    expect(told(text, { followed: [closed(12)] })).toEqual(['tick']);
  });

  it('takes an issue behind a linked pull request for its own', () => {
    const text = '- [ ] Write docs #456 (#12)';
    expect(told(text, { followed: [pull(456, 9), issue(12)] })).toEqual([]);
    expect(rowOf(text, { followed: [pull(456), closed(12)] })?.issue).toEqual(ref(12));
  });

  it.each([
    ['a mention', '- [ ] Write docs, see #12'],
    ['the master itself', '- [ ] Write docs (#1)'],
    ['a discussion', '- [ ] Write docs https://github.com/octo/plan/discussions/12'],
    ['another host', '- [ ] Write docs https://ghe.example.com/octo/plan/issues/12'],
  ])('does not follow %s', (_, text) => {
    const followed = [closed(12), closed(1)];
    expect(plan(text, { followed })).toMatchObject({ rows: [], counts: { followed: 0 } });
  });

  it('follows the issue of the hidden map where the text links none, also behind numbers that sync wrote', () => {
    const [{ key = '' } = {}] = parseChecklist('- [ ] Write docs').items;
    const map = `\n\n<!-- masterlist:map ${key}=12 -->\n`;
    const first = closed(12, { closers: [merge(456)] });
    const setting = { followed: [first], block: true };
    expect(written(`- [ ] Write docs${map}`, setting)).toBe(`- [x] Write docs (#456)${map}`);
    const inText = { ...setting, block: false };
    expect(written(`- [ ] Write docs${map}`, inText)).toBe(`- [x] Write docs (#456)${map}`);
    const again = { followed: [closed(12, { closers: [merge(456), merge(460)] }), pull(456, 9)] };
    expect(written(`- [x] Write docs (#456)${map}`, { ...again, block: true })).toBe(
      `- [x] Write docs (#456) (#460)${map}`,
    );
  });

  it('has nothing to say of a text that is too nested to be read', () => {
    const text = `${'> '.repeat(5_000)}${ITEM}`;
    expect(plan(text, { followed: [closed(12)] })).toMatchObject({
      rows: [],
      counts: { items: 0 },
    });
  });
});

describe('unticking', () => {
  const reopened = issue(12, { reopenedAt: day(15) });

  it('takes a tick back when the issue was reopened after the last edit', () => {
    const setting = { followed: [reopened], history: [version(TICKED, 11)] };
    expect(rowOf(TICKED, setting)?.changes).toEqual([
      { kind: 'untick', issue: ref(12), reopenedAt: day(15) },
    ]);
    expect(written(TICKED, setting)).toBe(ITEM);
  });

  it('goes by the creation where the text was never edited', () => {
    expect(told(TICKED, { followed: [reopened] })).toEqual(['untick']);
    expect(told(TICKED, { followed: [issue(12, { reopenedAt: day(1) })] })).toEqual([
      'ticked-open',
    ]);
  });

  it.each([
    ['was edited since', issue(12, { reopenedAt: day(15) }), [version(TICKED, 16)]],
    ['was edited in the same second', issue(12, { reopenedAt: day(15) }), [version(TICKED, 15)]],
    ['was never closed', issue(12), [version(TICKED, 11)]],
  ])('leaves a tick of a person when the text or the issue %s', (_, followed, history) => {
    expect(told(TICKED, { followed: [followed], history })).toEqual(['ticked-open']);
    expect(written(TICKED, { followed: [followed], history })).toBe(TICKED);
  });
});

describe('linked pull requests', () => {
  it('tick their item when all are merged', () => {
    const text = '- [ ] Write docs (#8) (#9)';
    const row = rowOf(text, { followed: [pull(8, 9), pull(9, 7)] });
    expect(row?.changes).toEqual([{ kind: 'tick', because: { kind: 'merged', pull: ref(8) } }]);
    expect(row?.issue).toEqual(ref(8));
    expect(told(text, { followed: [pull(8, 9), pull(9)] })).toEqual([]);
  });

  it('are not asked for a number, and nothing is said of a tick before the merge', () => {
    expect(told('- [x] Write docs (#8)', { followed: [pull(8)] })).toEqual([]);
    const odd = { ...pull(8, 9), closers: [merge(77)] };
    expect(written('- [ ] Write docs (#8)', { followed: [odd] })).toBe('- [x] Write docs (#8)');
  });

  it('wait while one of them cannot be read', () => {
    const followed = { [issueKey(ref(8))]: pull(8, 9), [issueKey(ref(9))]: 'unreadable' as const };
    expect(told('- [ ] Write docs (#8) (#9)', { followed })).toEqual(['unreadable']);
  });
});

describe('numbers of merged pull requests', () => {
  it('are written in the order of the merges, then by number', () => {
    const closers = [merge(470, 9), merge(460, 8), merge(456, 9), merge(460, 8)];
    expect(written(ITEM, { followed: [closed(12, { closers })] })).toBe(
      '- [x] Write docs (closes #12) (#460, #456, #470)',
    );
  });

  it('name their repository when it is another', () => {
    const closers = [{ ...merge(456, 9, 'main', 'octo/other'), closed: true as const }];
    expect(written(ITEM, { followed: [closed(12, { closers })] })).toBe(
      '- [x] Write docs (closes #12) (octo/other#456)',
    );
  });

  it('take the place of the placeholder', () => {
    const text = '- [ ] Write docs (closes #12) (#PR_NUMBER) soon';
    const followed = [closed(12, { closers: [merge(456)] })];
    expect(written(text, { followed })).toBe('- [x] Write docs (closes #12) (#456) soon');
    const other = '- [ ] Write docs (closes #12) PR: ?';
    expect(written(other, { followed, rules: { placeholder: 'PR: ?' } })).toBe(
      '- [x] Write docs (closes #12) (#456)',
    );
  });

  it.each([
    ['behind the link', '(closes #12) (#456)'],
    ['by its address', '(closes #12) https://github.com/octo/plan/pull/456'],
    ['with its repository', '(closes #12) (Octo/Plan#456)'],
    ['in passing', 'as in #456 (closes #12)'],
    ['before the link', '(#456) (closes #12)'],
  ])('are not written again where the item names them %s', (_, suffix) => {
    const text = `- [x] Write docs ${suffix}`;
    const followed = [closed(12, { closers: [merge(456)] }), pull(456, 9)];
    expect(written(text, { followed })).toBe(text);
  });

  it('are known by the name that the repository had before', () => {
    const text = '- [x] Write docs (closes #12) (old/plan#456)';
    const first = closed(12, { closers: [merge(456)] });
    const renamed = { [issueKey(ref(12))]: first, [issueKey(ref(456, 'old/plan'))]: pull(456, 9) };
    expect(written(text, { followed: renamed })).toBe(text);
    expect(written(text, { followed: [first] })).toBe(text);
  });

  it('are not written where the rules say so', () => {
    const followed = [closed(12, { closers: [merge(456)] })];
    expect(written(ITEM, { followed, rules: { pullRequests: false } })).toBe(TICKED);
  });

  it('wait while the issue is open: what was merged into the default branch did not do it', () => {
    const followed = [issue(12, { closers: [merge(456)], reopenedAt: day(10) })];
    expect(told(ITEM, { followed })).toEqual([]);
  });
});

describe('further base branches', () => {
  const rules = { baseBranches: ['release/*'] };
  const merged = issue(12, { mentions: [mention(456, 'Fixes #12')] });

  it('count a merge into them that names the issue with a closing keyword', () => {
    expect(written(ITEM, { followed: [merged], rules })).toBe(`${ITEM} (#456)`);
  });

  it('do not count without a keyword, into other branches, or without the rule', () => {
    const mentions = [mention(456, 'See #12'), mention(457, 'Fixes #12', 9, 'next')];
    expect(told(ITEM, { followed: [issue(12, { mentions })], rules })).toEqual([]);
    expect(told(ITEM, { followed: [merged] })).toEqual([]);
  });

  it('count pull requests that GitHub itself links', () => {
    const followed = [issue(12, { closers: [merge(456, 9, 'release/2')] })];
    expect(written(ITEM, { followed, rules })).toBe(`${ITEM} (#456)`);
  });

  it('read a bare number in the repository of the pull request', () => {
    const text = '- [ ] Write docs (octo/other#12)';
    const there = { ...mention(456, 'Fixes #12'), ref: ref(456, 'octo/other') };
    const other = issue(12, { ref: ref(12, 'octo/other') });
    expect(told(text, { followed: [{ ...other, mentions: [there] }], rules })).toEqual([
      'add-pulls',
    ]);
    const here = mention(456, 'Fixes #12');
    expect(told(text, { followed: [{ ...other, mentions: [here] }], rules })).toEqual([]);
  });

  it('tick the item of an open issue where the rules say so', () => {
    const row = rowOf(ITEM, { followed: [merged], rules: { ...rules, tickOnBaseBranches: true } });
    expect(row?.changes[0]).toEqual({
      kind: 'tick',
      because: { kind: 'merged-into', pull: ref(456), base: 'release/2' },
    });
    expect(row?.changes[1]?.kind).toBe('add-pulls');
  });

  it('do not tick when the issue was reopened after the merge', () => {
    const reopened = { ...merged, reopenedAt: day(10) };
    const setting = { followed: [reopened], rules: { ...rules, tickOnBaseBranches: true } };
    expect(told(ITEM, setting)).toEqual(['add-pulls']);
  });

  it('leave a tick alone that another rule would have written', () => {
    const text = `${TICKED} (#456)`;
    expect(told(text, { followed: [merged], rules })).toEqual([]);
    const earlier = { ...merged, reopenedAt: day(8) };
    expect(told(text, { followed: [earlier], rules })).toEqual([]);
    expect(told(text, { followed: [{ ...merged, reopenedAt: day(10) }], rules })).toEqual([
      'untick',
    ]);
  });
});

describe('items that group others', () => {
  const parents = { parents: true };
  const GROUP = '- [ ] All docs\n  - [ ] One (#12)\n  - [x] Two';

  it('are ticked with the last item in them, where the rules say so', () => {
    const setting = { followed: [closed(12)] };
    expect(written(GROUP, { ...setting, rules: parents })).toBe(GROUP.replaceAll('[ ]', '[x]'));
    expect(written(GROUP, setting)).toBe(GROUP.replace('[ ] One', '[x] One'));
    expect(rowOf(GROUP, { ...setting, rules: parents })?.changes).toEqual([
      { kind: 'tick', because: { kind: 'children' } },
    ]);
  });

  it('are ticked through all levels', () => {
    const text = '- [ ] A\n  - [ ] B\n    - [x] C\n    - [ ] D (#12)\n  - [x] E';
    const setting = { followed: [closed(12)], rules: parents };
    expect(written(text, setting)).toBe(text.replaceAll('[ ]', '[x]'));
  });

  it.each([
    ['an item in them is open', '- [ ] A\n  - [x] B\n  - [ ] C', [closed(12)]],
    ['an item deep in them is open', '- [ ] A\n  - [x] B\n    - [ ] C', [closed(12)]],
    ['they have a link of their own', '- [ ] A (#13)\n  - [x] B', [issue(13)]],
    ['they have a link that was not asked', '- [ ] A (#13)\n  - [x] B', []],
    ['nothing is nested in them', '- [ ] A\n- [x] B', []],
  ])('stay as they are when %s', (_, text, followed) => {
    expect(written(text, { followed, rules: parents })).toBe(text);
  });

  it('are never unticked', () => {
    const text = '- [x] All docs\n  - [ ] One (#12)';
    expect(plan(text, { followed: [issue(12)], rules: parents }).rows).toEqual([]);
  });

  it('stay open when an item in them is unticked by the same sync', () => {
    const text = '- [ ] All docs\n  - [x] One (#12)';
    const followed = [issue(12, { reopenedAt: day(15) })];
    expect(written(text, { followed, rules: parents })).toBe(text.replace('[x]', '[ ]'));
  });

  it('stay open when a person took the tick back since', () => {
    const done = GROUP.replaceAll('[ ]', '[x]');
    const now = done.replace('[x] All', '[ ] All');
    const history = [version(now, 14), version(done, 12), version(GROUP, 2)];
    expect(told(now, { followed: [closed(12)], rules: parents, history })).toEqual([
      'tick-taken-back',
    ]);
    const open = version(now.replace('[x] One', '[ ] One'), 13);
    const later = [version(now, 14), open, version(done, 12)];
    expect(told(now, { followed: [closed(12)], rules: parents, history: later })).toEqual(['tick']);
  });
});

describe('what a person took back', () => {
  const followed = [closed(12)];

  it('is not ticked again', () => {
    const history = [version(ITEM, 12), version(TICKED, 11), version(ITEM, 2)];
    expect(told(ITEM, { followed, history })).toEqual(['tick-taken-back']);
    expect(written(ITEM, { followed, history })).toBe(ITEM);
  });

  it('counts also when the person had ticked it before the issue was closed', () => {
    const history = [version(ITEM, 12), version(TICKED, 8), version(ITEM, 2)];
    expect(told(ITEM, { followed, history })).toEqual(['tick-taken-back']);
  });

  it('does not count when it was before the event', () => {
    const history = [version(ITEM, 9), version(TICKED, 8), version(ITEM, 2)];
    expect(told(ITEM, { followed, history })).toEqual(['tick']);
  });

  it('counts when it was in the very second of the event', () => {
    const history = [version(ITEM, 12), version(TICKED, 10), version(ITEM, 2)];
    expect(told(ITEM, { followed, history })).toEqual(['tick-taken-back']);
    const same = [version(ITEM, 10), version(TICKED, 8), version(ITEM, 2)];
    expect(told(ITEM, { followed, history: same })).toEqual(['tick-taken-back']);
  });

  it('is ticked again when the issue is closed another time', () => {
    const again = [closed(12, { closedAt: day(20) })];
    const history = [version(ITEM, 12), version(TICKED, 11), version(ITEM, 2)];
    expect(told(ITEM, { followed: again, history })).toEqual(['tick']);
  });

  it('is looked for past versions that GitHub does not show', () => {
    const history = [version(ITEM, 12), version(undefined, 11), version(TICKED, 8)];
    expect(told(ITEM, { followed, history })).toEqual(['tick-taken-back']);
  });

  it('is found where the item stood elsewhere, or had another name', () => {
    const elsewhere = `# Old\n\n${TICKED}`;
    const renamed = '- [x] Write the manual (closes #12)';
    for (const before of [elsewhere, renamed]) {
      const history = [version(ITEM, 12), version(before, 11), version(ITEM, 2)];
      expect(told(ITEM, { followed, history })).toEqual(['tick-taken-back']);
    }
  });

  it('is told apart among equal lines by the link', () => {
    const now = '- [ ] Same (#12)\n- [ ] Same (#13)';
    const before = '- [ ] Same (#13)\n- [x] Same (#12)\n- [ ] Same (#14)';
    const history = [version(now, 12), version(before, 11), version(now, 2)];
    const both = { followed: [closed(12), closed(13)], history };
    expect(told(now, both, 0)).toEqual(['tick-taken-back']);
    expect(told(now, both, 1)).toEqual(['tick']);
  });

  it('is found where equal lines changed places', () => {
    const now = '- [ ] Same (#13)\n- [ ] Same (#12)';
    const before = '- [x] Same (#12)\n- [ ] Same (#13)';
    const history = [version(now, 12), version(before, 11), version(now, 2)];
    const both = { followed: [issue(13), closed(12)], history };
    expect(told(now, both, 1)).toEqual(['tick-taken-back']);
  });

  it('does not count for a new line about an issue that another line has ticked for long', () => {
    const now = `${TICKED}\n- [ ] Also this (#12)`;
    const added = `${ITEM}\n- [ ] Also this (#12)`;
    const history = [version(now, 12), version(TICKED, 11), version(added, 9), version(ITEM, 2)];
    expect(told(now, { followed, history }, 1)).toEqual(['tick']);
  });

  it('is found where several lines of the issue were renamed and all were ticked', () => {
    const now = '- [ ] One (#12)\n- [ ] Two (#12)';
    const before = '- [x] Ein (#12)\n- [x] Zwei (#12)';
    const history = [version(now, 12), version(before, 11), version(now, 2)];
    expect(told(now, { followed, history }, 1)).toEqual(['tick-taken-back']);
  });

  it('is not hidden by another line that names the issue behind its own', () => {
    const now = '- [ ] One (#12)\n- [ ] Two (#13) (#12)';
    const renamed = '- [x] Ein (#12)\n- [ ] Zwei (#13) (#12)';
    const twins = '- [x] One (#12)\n- [ ] One (#13) (#12)\n- [ ] One (#14)';
    for (const before of [renamed, twins]) {
      const history = [version(now, 12), version(before, 11), version(now, 2)];
      const both = { followed: [closed(12), issue(13)], history };
      expect(told(now, both)).toEqual(['tick-taken-back']);
    }
  });

  it('is not tried where the number would become something else, and that is told', () => {
    const text = '- [ ] One (closes #12) <kbd>\n- [ ] Two (closes #13)';
    const followed = [12, 13].map((number) => closed(number, { closers: [merge(456, 9)] }));
    const setting = { followed, history: [version(text, 2)] };
    const row = rowOf(text, setting);
    expect(row?.changes.map(({ kind }) => kind)).toEqual(['tick']);
    expect(row?.edits.map(({ kind }) => kind)).toEqual(['tick']);
    expect(row?.remarks).toEqual([{ kind: 'pulls-without-place', pulls: [ref(456)] }]);
    const after = '- [x] One (closes #12) <kbd>\n- [x] Two (closes #13) (#456)';
    expect(written(text, setting)).toBe(after);
    const later = { followed, history: [version(after, 10), version(text, 2)] };
    expect(told(after, later)).toEqual(['pulls-without-place']);
  });

  it('counts for each number by itself', () => {
    const closers = [merge(456, 9), merge(460, 9)];
    const history = [version(TICKED, 12), version(`${TICKED} (#456)`, 11), version(ITEM, 2)];
    const row = rowOf(TICKED, { followed: [closed(12, { closers })], history });
    expect(row?.changes).toEqual([{ kind: 'add-pulls', pulls: [ref(460)] }]);
    expect(row?.remarks).toEqual([{ kind: 'pull-taken-back', pull: ref(456) }]);
  });

  it('counts for pull requests that an item links, and for merges into further branches', () => {
    const back = (text: string) => [version(text, 12), version(text.replace('[ ]', '[x]'), 11)];
    const linked = '- [ ] Write docs (#8)';
    expect(told(linked, { followed: [pull(8, 9)], history: back(linked) })).toEqual([
      'tick-taken-back',
    ]);
    const rules = { baseBranches: ['release/*'], tickOnBaseBranches: true, pullRequests: false };
    const mentions = [mention(456, 'Fixes #12')];
    const setting = { followed: [issue(12, { mentions })], rules, history: back(ITEM) };
    expect(told(ITEM, setting)).toEqual(['tick-taken-back']);
    const more = [...mentions, mention(457, 'Fixes #12', 20)];
    expect(told(ITEM, { ...setting, followed: [issue(12, { mentions: more })] })).toEqual(['tick']);
  });

  it('cannot be told apart when GitHub does not say when the issue was closed: any tick counts', () => {
    const history = [version(ITEM, 9), version(TICKED, 8)];
    const odd = [closed(12, { closedAt: undefined })];
    expect(told(ITEM, { followed: odd, history })).toEqual(['tick-taken-back']);
  });
});

describe('an item of whose links GitHub was asked a part', () => {
  it('is left alone', () => {
    const both = '- [ ] Write docs (closes #12, #13)';
    expect(told(both, { followed: [closed(12)] })).toEqual([]);
    expect(written(both, { followed: [closed(12)] })).toBe(both);
  });
});

describe('what was already closed or merged when the item first linked it', () => {
  const followed = [closed(12)];
  const named = (...days: readonly number[]) => [
    ...days.map((on) => version(ITEM, on)),
    version('- [ ] Write docs', 2),
  ];

  it('ticks nothing, and adds no numbers', () => {
    const closers = [merge(456, 9)];
    const facts = { followed: [closed(12, { closers })], history: named(12, 11) };
    expect(told(ITEM, facts)).toEqual(['done-before']);
    expect(written(ITEM, facts)).toBe(ITEM);
    const ticked = { ...facts, history: [version(TICKED, 13), ...named(12)] };
    expect(written(TICKED, ticked)).toBe(TICKED);
  });

  it('ticks what the item named before it was done, whatever became of the words since', () => {
    expect(told(ITEM, { followed, history: named(12, 9) })).toEqual(['tick']);
    const renamed = version('- [ ] Write the manual (#12)', 9);
    const history = [version(ITEM, 12), renamed, version('- [ ] Write', 2)];
    expect(told(ITEM, { followed, history })).toEqual(['tick']);
  });

  it('is ticked once the issue is reopened and closed again', () => {
    const again = [closed(12, { closedAt: day(20) })];
    expect(told(ITEM, { followed: again, history: named(12, 11) })).toEqual(['tick']);
  });

  it('holds for a text that was never edited, by the time when it was written', () => {
    expect(told(ITEM, { followed })).toEqual(['tick']);
    const early = [closed(12, { closedAt: '2026-10-30T00:00:00Z' })];
    expect(told(ITEM, { followed: early })).toEqual(['done-before']);
    const same = [closed(12, { closedAt: day(1) })];
    expect(told(ITEM, { followed: same })).toEqual(['done-before']);
  });

  it('holds where GitHub does not show what stood there then', () => {
    expect(told(ITEM, { followed, history: [version(undefined, 11)] })).toEqual(['done-before']);
    const old = [version(ITEM, 12), version(ITEM, 11), version(undefined, 8)];
    expect(told(ITEM, { followed, history: old })).toEqual(['done-before']);
  });

  it('does not hold for a link that Masterlist wrote, by the marker of its issue', () => {
    const marker = markerOf(ITEM);
    const facts = { followed: [closed(12, { marker })], history: named(12, 11) };
    expect(told(ITEM, facts)).toEqual(['tick']);
    const other = markerOf(ITEM, 0, issueChecklist(ref(99)));
    const foreign = { ...facts, followed: [closed(12, { marker: other })] };
    expect(told(ITEM, foreign)).toEqual(['done-before']);
  });

  it('holds for another item that links the issue beside the one that the marker names', () => {
    const verify = '- [ ] Verify in production (#12)';
    const both = `${TICKED}\n${verify}`;
    const history = [version(both, 12), version(TICKED, 11), version(ITEM, 2)];
    const made = { followed: [closed(12, { marker: markerOf(both) })], history };
    expect(told(both, made, 1)).toEqual(['done-before']);
    const moved = `# Later\n\n${TICKED}\n\n# Then\n\n${verify}`;
    const apart = [version(moved, 12), version(TICKED, 11), version(ITEM, 2)];
    expect(told(moved, { ...made, history: apart }, 1)).toEqual(['done-before']);
    const renamed = [version(verify, 12), version(ITEM, 11)];
    expect(told(verify, { ...made, history: renamed })).toEqual(['tick']);
  });

  it('holds for an issue that was transferred, where another item may name it by its former number', () => {
    const there = { ref: ref(12, 'octo/other'), marker: markerOf(ITEM) };
    const verify = '- [ ] Verify in production (octo/other#12)';
    const heldBy = (...lines: readonly string[]) => {
      const text = [verify, ...lines].join('\n');
      const history = [version(text, 12), version(ITEM, 11)];
      return told(text, { followed: [closed(12, there)], history, block: true });
    };
    // Its item was renamed: nobody else names it.
    expect(heldBy()).toEqual(['tick']);
    expect(heldBy('- [ ] Ship', '', 'See #5.')).toEqual(['tick']);
    expect(heldBy('- [ ] Ship when #5 is done')).toEqual(['done-before']);
    expect(heldBy('- [ ] Ship when octo/more#5 is done')).toEqual(['tick']);
    const gone = itemKeyOf('- [ ] Something else');
    expect(heldBy('', `<!-- masterlist:map ${gone}=5 -->`)).toEqual(['done-before']);
  });

  it('holds for pull requests, and for one among several', () => {
    const pulls = '- [ ] Write docs (#8, #9)';
    const before = '- [ ] Write docs (#8)';
    const history = [version(pulls, 12), version(before, 6), version('- [ ] Write docs', 2)];
    const merged = (at: number) => [pull(8, 9), pull(9, at)];
    expect(told(pulls, { followed: merged(14), history })).toEqual(['tick']);
    expect(told(pulls, { followed: merged(11), history })).toEqual(['done-before']);
  });

  it('holds for a link that took the place of another', () => {
    const picked = '- [ ] Cherry-pick (#9)';
    const history = [version(picked, 12), version('- [ ] Cherry-pick (#8)', 2)];
    expect(told(picked, { followed: [pull(9, 9)], history })).toEqual(['done-before']);
    const crash = '- [ ] Resolve the crash (#12)';
    const replaced = [version(crash, 12), version('- [ ] Resolve the crash (#5)', 2)];
    expect(told(crash, { followed, history: replaced })).toEqual(['done-before']);
  });

  it('does not hold for another address of the issue that the item named', () => {
    const moved = closed(7, { ref: ref(7, 'octo/other') });
    const facts = (of: string, before: string) => ({
      followed: {
        [issueKey(ref(5))]: moved,
        [issueKey(moved.ref)]: moved,
      },
      history: [version(of, 12), version(before, 2)],
    });
    const [old, now] = ['- [ ] Resolve the crash (#5)', '- [ ] Resolve the crash (octo/other#7)'];
    expect(told(now, facts(now, old))).toEqual(['tick']);
    expect(told(old, facts(old, now))).toEqual(['tick', 'moved']);
  });

  it('holds for merges into further branches', () => {
    const rules = { baseBranches: ['release/*'], tickOnBaseBranches: true, pullRequests: false };
    const merges = [issue(12, { mentions: [mention(456, 'Fixes #12')] })];
    expect(told(ITEM, { followed: merges, rules, history: named(12) })).toEqual(['done-before']);
  });
});

describe('writing what was approved', () => {
  const text = `${ITEM}\n- [ ] Other (#13)`;
  const approved = plan(text, { followed: [closed(12, { closers: [merge(456)] })] });

  it('writes everything where nothing is to be compared', () => {
    expect(editsOf(approved).map(({ kind }) => kind)).toEqual(['tick', 'append-pull-requests']);
  });

  it('leaves out items and changes that were not seen', () => {
    const now = plan(text, {
      followed: [closed(12, { closers: [merge(456), merge(460)] }), closed(13)],
    });
    expect(editsOf(now, approved)).toEqual(editsOf(approved));
  });

  it('does not write what was approved but is not true any more', () => {
    const now = plan(text, { followed: [issue(12)] });
    expect(editsOf(now, approved)).toEqual([]);
  });

  it('does not tick another of two equal lines that changed places', () => {
    const before = plan('- [ ] Same (#12)\n- [ ] Same (#13)', {
      followed: [closed(12), issue(13)],
    });
    const now = plan('- [ ] Same (#13)\n- [ ] Same (#12)', { followed: [closed(12), closed(13)] });
    expect(editsOf(before)).toHaveLength(1);
    expect(editsOf(now, before)).toEqual([]);
  });

  it('writes what was approved of an item that was not known by its link then, or is not now', () => {
    const { item: linked } = approved.rows[0] ?? {};
    const { link: _, ...place } = linked ?? {};
    const without = (of: typeof approved) => ({
      ...of,
      rows: of.rows.map((row) => ({
        ...row,
        edits: row.edits.map((edit) => ({ ...edit, item: place }) as typeof edit),
      })),
    });
    expect(editsOf(approved, without(approved))).toEqual(editsOf(approved));
    expect(editsOf(without(approved), approved)).toHaveLength(2);
  });

  it('writes no untick in the place of a tick', () => {
    const ticked = text.replace('[ ] Write', '[x] Write');
    const now = plan(ticked, { followed: [issue(12, { reopenedAt: day(15) })] });
    expect(now.rows[0]?.edits.map(({ kind }) => kind)).toEqual(['untick']);
    expect(editsOf(now, approved)).toEqual([]);
  });
});
