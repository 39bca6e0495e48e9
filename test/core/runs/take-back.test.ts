import { describe, expect, it } from 'vitest';
import type { IssueChange } from '../../../lib/core/engine/change.ts';
import { entryName, readMap } from '../../../lib/core/identity/identity-map.ts';
import type { EventOf, LogEvent } from '../../../lib/core/log/event.ts';
import { takeBackRows } from '../../../lib/core/runs/take-back.ts';
import { locatorOf } from '../../../lib/core/text/checklist.ts';
import type { Edit } from '../../../lib/core/text/edit.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { REPO, ref } from '../sync/build-sync.ts';
import { CONTEXT, event, itemAt, mapOf, mapped, tick, write, writeRows } from './build-runs.ts';

const TEXT = '# Plan\n- [ ] Parse dates (closes #12)\n- [ ] Write the docs\n';

const pulls = (text: string, index: number, ...numbers: number[]): Edit => ({
  kind: 'append-pull-requests',
  item: locatorOf(itemAt(text, index)),
  pulls: numbers.map((number) => ref(number)),
});

/** The text after a run was taken back, once and again. */
function takenBack(events: readonly LogEvent[], text: string): string {
  const back = writeRows(text, takeBackRows(events, text, CONTEXT)).text;
  expect(takeBackRows(events, back, CONTEXT)).toEqual([]);
  return back;
}

describe('taking back what a run wrote into the text', () => {
  it.each<[string, string, (text: string) => Edit]>([
    ['a tick', TEXT, (text) => tick(text)],
    [
      'an untick',
      TEXT.replace('[ ]', '[x]'),
      (text) => ({ kind: 'untick', item: locatorOf(itemAt(text)) }),
    ],
    ['numbers', TEXT, (text) => pulls(text, 0, 456, 460)],
    [
      'numbers in place of a placeholder',
      TEXT.replace('#12)', '#12) (#PR_NUMBER)'),
      (text) => pulls(text, 0, 456),
    ],
    [
      'a number that was taken out',
      TEXT.replace('#12)', '#12) (#456, #460)'),
      (text) => ({ kind: 'remove-pull-requests', item: itemAt(text), pulls: [ref(456)] }),
    ],
    [
      'a link',
      TEXT,
      (text) => ({ kind: 'link', item: itemAt(text, 1), issue: ref(13), style: 'bare' }),
    ],
    [
      'another link',
      TEXT,
      (text) => ({
        kind: 'relink',
        item: itemAt(text),
        from: ref(12),
        to: ref(9, 'octo/other'),
        style: 'closes',
      }),
    ],
    [
      'another link of an item that says nothing else',
      '- [ ] #12\n',
      (text) => ({
        kind: 'relink',
        item: itemAt(text),
        from: ref(12),
        to: ref(13),
        style: 'closes',
      }),
    ],
    [
      'a link that was taken away, in a form of its own',
      TEXT.replace('Parse', '[#12](https://github.com/octo/plan/issues/12) -- Parse').replace(
        ' (closes #12)',
        '',
      ),
      (text) => ({ kind: 'drop-link', item: itemAt(text), issue: ref(12) }),
    ],
    ['other words', TEXT, (text) => ({ kind: 'retext', item: itemAt(text), text: '*Read* dates' })],
  ])('restores the bytes: %s', (_, text, editOf) => {
    const run = write(text, [editOf(text)]);
    expect(run.text).not.toBe(text);
    expect(takenBack([run.event], run.text)).toBe(text);
  });

  it('takes only its own away where numbers, ticks and words came after', () => {
    const item = itemAt(TEXT, 1);
    const run = write(TEXT, [{ kind: 'link', item, issue: ref(13), style: 'closes' }]);
    const later = write(run.text, [tick(run.text, 1), pulls(run.text, 1, 456)]).text;
    const added = `Words\n\n${later}- [ ] New (closes #14)\n`;
    expect(takenBack([run.event], added)).toBe(added.replace(' (closes #13)', ''));
  });

  it('unticks an item although others were renamed, and it moved to another group', () => {
    const run = write(TEXT, [tick(TEXT)]);
    const moved = run.text.replace('# Plan', '# Other').replace('docs', 'manual');
    expect(takenBack([run.event], moved)).toBe(moved.replace('[x]', '[ ]'));
  });

  it('puts a link back behind which a number was appended', () => {
    const run = write(TEXT, [{ kind: 'drop-link', item: itemAt(TEXT), issue: ref(12) }]);
    const later = write(run.text, [pulls(run.text, 0, 456)]).text;
    expect(later).toContain('dates (#456)');
    expect(takenBack([run.event], later)).toContain('dates (#456) (closes #12)');
  });

  it('leaves what somebody took back, changed or removed', () => {
    const item = itemAt(TEXT);
    const run = write(TEXT, [tick(TEXT, 1), { kind: 'retext', item, text: 'Read dates' }]);
    const later = run.text.replace('Read dates', 'Guess dates').replace('[x]', '[ ]');
    expect(takeBackRows([run.event], later, CONTEXT)).toEqual([]);
    expect(takeBackRows([run.event], 'Nothing left', CONTEXT)).toEqual([]);
  });

  it('joins several writes of one run to one item, last first, into one row', () => {
    const one = write(TEXT, [tick(TEXT), pulls(TEXT, 0, 456)]);
    const two = write(one.text, [pulls(one.text, 0, 460)]);
    const rows = takeBackRows([one.event, two.event], two.text, CONTEXT);
    expect(rows).toMatchObject([
      {
        item: { key: itemAt(TEXT).key },
        text: itemAt(two.text).text,
        change: {
          choice: 'undo',
          changes: [],
          edits: [
            { kind: 'untick' },
            { kind: 'remove-pull-requests', pulls: [ref(460)] },
            { kind: 'remove-pull-requests', pulls: [ref(456)] },
          ],
          map: [],
        },
      },
    ]);
    expect(writeRows(two.text, rows).text).toBe(TEXT);
  });

  it('takes new words back last: the other edits find the item as it is', () => {
    const text = '- [ ] Group\n  - [ ] doc\n- [ ] Other\n  - [ ] doc\n';
    const child = itemAt(text, 1);
    const run = write(text, [
      tick(text, 1),
      { kind: 'link', item: child, issue: ref(12), style: 'closes' },
      { kind: 'retext', item: itemAt(text), text: 'New group' },
    ]);
    expect(run.text).toBe('- [ ] New group\n  - [x] doc (closes #12)\n- [ ] Other\n  - [ ] doc\n');
    expect(takenBack([run.event], run.text)).toBe(text);
  });

  it('takes nothing back of generations, earlier texts and removed traces', () => {
    for (const what of ['generate', 'restore', 'traces'] as const) {
      const run = write(TEXT, [tick(TEXT)], { cause: { by: 'click', what } });
      expect(takeBackRows([run.event], run.text, CONTEXT)).toEqual([]);
    }
  });

  it('takes an undo back', () => {
    const run = write(TEXT, [tick(TEXT), pulls(TEXT, 0, 456)]);
    const undo = writeRows(run.text, takeBackRows([run.event], run.text, CONTEXT));
    expect(undo.text).toBe(TEXT);
    expect(takenBack([undo.event], undo.text)).toBe(run.text);
  });
});

describe('taking back what a run wrote into the hidden block', () => {
  const BLOCK = mapped(TEXT, { 0: 12 });
  const [first, second] = [itemAt(TEXT), itemAt(TEXT, 1)];
  const cause = { by: 'click', what: 'resolve' } as const;
  const writeMap = (text: string, key: string, number: number | undefined) => {
    const { items } = parseChecklist(text, CONTEXT);
    const map = new Map(readMap(text, items, REPO).entries);
    if (number === undefined) map.delete(key);
    else map.set(key, ref(number));
    return write(text, [mapOf(map, items)], { cause });
  };

  it('changes only its own entries: others may have written since', () => {
    const run = writeMap(BLOCK, first.key, 13);
    const later = writeMap(run.text, second.key, 20).text;
    expect(takenBack([run.event], later)).toBe(mapped(TEXT, { 0: 12, 1: 20 }));
  });

  it('takes out what it put in, and puts back what it took out', () => {
    const put = writeMap(TEXT, first.key, 13);
    expect(takenBack([put.event], put.text)).toBe(TEXT);
    const taken = writeMap(BLOCK, first.key, undefined);
    expect(takenBack([taken.event], taken.text)).toBe(BLOCK);
  });

  it('leaves entries that were changed since, and those of items that are gone', () => {
    const run = writeMap(BLOCK, first.key, 13);
    const other = writeMap(run.text, first.key, 14).text;
    expect(takeBackRows([run.event], other, CONTEXT)).toEqual([]);
    const gone = run.text.replace('- [ ] Parse dates (closes #12)\n', '');
    expect(takeBackRows([run.event], gone, CONTEXT)).toEqual([]);
  });

  it('joins several writes of one entry', () => {
    const one = writeMap(BLOCK, first.key, 13);
    const two = writeMap(one.text, first.key, 14);
    expect(takenBack([one.event, two.event], two.text)).toBe(BLOCK);
  });

  it('follows an item that gets its old words back, in one row with them', () => {
    const retext: Edit = { kind: 'retext', item: first, text: 'Read dates' };
    const words = write(BLOCK, [retext]).text;
    const moved = new Map([[itemAt(words).key, ref(12)]]);
    const run = write(BLOCK, [retext, mapOf(moved, [itemAt(words)])], { cause });
    const rows = takeBackRows([run.event], run.text, CONTEXT);
    expect(rows.map(({ text, change }) => [text, change.edits.length, change.map])).toEqual([
      [
        'Read dates (closes #12)',
        1,
        [
          [entryName(first), ref(12)],
          [itemAt(words).key, undefined],
        ],
      ],
    ]);
    expect(takenBack([run.event], run.text)).toBe(BLOCK);
    // Where the words stay as they are, their entry stays too.
    const split = run.text.replace('Read dates', 'Read (see #7) dates');
    const renamed = writeMap(split, itemAt(split).key, 12).text;
    expect(writeRows(renamed, takeBackRows([run.event], renamed, CONTEXT)).text).toBe(renamed);
  });

  it('never touches a claim', () => {
    const run = write(TEXT, [tick(TEXT), { kind: 'comment', name: 'claim', content: 'by=ada' }]);
    expect(takenBack([run.event], run.text)).toBe(run.text.replace('[x]', '[ ]'));
  });
});

describe('taking back what a run did to issues', () => {
  const changed = (undo: IssueChange | undefined, changes: Partial<EventOf<'change-issue'>> = {}) =>
    event({
      kind: 'change-issue',
      cause: { by: 'click', what: 'resolve' },
      ...(undo && { undo }),
      ...changes,
    });

  it('gives one row per issue, named after its item where there is one', () => {
    const reopen = { issue: ref(12), state: { to: 'open' }, guard: 'untouched' } as const;
    const gone = { item: 'gone', text: 'An old item', what: 'close-issue' } as const;
    const events = [
      changed(reopen, { item: itemAt(TEXT).key }),
      changed({ ...reopen, issue: ref(13) }, { item: 'gone' }),
      changed({ ...reopen, issue: ref(9, 'octo/other') }),
      changed(undefined, { item: itemAt(TEXT, 1).key }),
      event({ cause: { by: 'click', what: 'resolve' }, rows: [gone] }),
    ];
    expect(takeBackRows(events, TEXT, CONTEXT)).toEqual(
      [
        ['octo/other#9', { ...reopen, issue: ref(9, 'octo/other') }],
        ['An old item', { ...reopen, issue: ref(13) }],
        ['Parse dates (closes #12)', reopen],
      ].map(([text, change]) => ({
        item: undefined,
        text,
        change: { choice: 'undo', changes: [change], edits: [], map: [] },
      })),
    );
  });

  it('joins several changes of one issue into the way back to the first', () => {
    const events = [
      changed({
        issue: ref(12),
        title: { from: 'b', to: 'a' },
        state: { to: 'closed', reason: 'completed' },
        guard: 'untouched',
      }),
      changed({ issue: ref(12), title: { from: 'c', to: 'b' }, marker: 'v1' }),
      changed({ issue: ref(12), state: { to: 'open' } }),
    ];
    expect(takeBackRows(events, TEXT, CONTEXT).map(({ change }) => change.changes)).toEqual([
      [
        {
          issue: ref(12),
          title: { from: 'c', to: 'a' },
          state: { to: 'closed', reason: 'completed' },
          marker: 'v1',
          guard: 'untouched',
        },
      ],
    ]);
  });
});
