import { describe, expect, it } from 'vitest';
import { replayHistory } from '../../../lib/core/text/replay-history.ts';

const START = lines('- [ ] One (closes #1)', '- [ ] Two (closes #2)', 'Prose.');
const NOTE = START.replace('Prose.', 'Prose.\r\nNote.');
const RENAMED = START.replace('One', 'First');

describe('following versions of a text', () => {
  it('ends with the last where each was made from the one before', () => {
    const ticked = NOTE.replace('[ ] Two', '[x] Two');
    expect(replay(START, [NOTE, ticked], [])).toEqual({ text: ticked, conflicts: 0 });
  });

  it('puts back what a write from an older version overwrote', () => {
    const blind = START.replace('[ ] Two', '[x] Two');
    expect(replay(START, [NOTE, blind], [])).toEqual({
      text: NOTE.replace('[ ] Two', '[x] Two'),
      conflicts: 0,
    });
  });

  it('keeps the words of a person on the line that such a write ticked', () => {
    const blind = START.replace('[ ] One (closes #1)', '[x] One (closes #1) (#9)');
    expect(replay(START, [RENAMED, blind], []).text).toBe(RENAMED);
  });

  it('puts back a tick that such a write took away', () => {
    const hand = START.replace('[ ] One', '[x] One');
    const blind = START.replace('[ ] Two', '[x] Two');
    const both = hand.replace('[ ] Two', '[x] Two');
    expect(replay(START, [hand, blind], []).text).toBe(both);
  });

  it('looks for its origin also among versions from before the start', () => {
    const blind = START.replace('[ ] Two (closes #2)', '[x] Two (closes #2) (#9)');
    expect(replay(NOTE, [blind], [START]).text).toBe(
      NOTE.replace('[ ] Two (closes #2)', '[x] Two (closes #2) (#9)'),
    );
  });

  it('lets a person take back what she or another wrote', () => {
    expect(replay(START, [NOTE, START], []).text).toBe(START);
    const ticked = NOTE.replace('[ ] Two', '[x] Two');
    const without = ticked.replace('\r\nNote.', '');
    expect(replay(START, [NOTE, ticked, without], []).text).toBe(without);
  });

  it('knows a write that adds nothing new by its haste, and by whose words it took away', () => {
    const ticked = NOTE.replace('[ ] Two', '[x] Two');
    const without = ticked.replace('\r\nNote.', '');
    const quick = [
      { text: NOTE, editor: 'eve', at: 0 },
      { text: ticked, editor: 'ada', at: 1_000 },
      { text: without, editor: 'ada', at: 1_000 },
    ];
    const start = { text: START, editor: 'eve', at: -1_000 };
    expect(replayHistory(start, quick, [], { account: 'Ada' }).text).toBe(ticked);
    expect(replayHistory(start, quick, [], { account: 'bob' }).text).toBe(without);
  });

  it('keeps a tick that somebody set moments before our account unticked another', () => {
    const ticked = START.replace('[ ] Two', '[x] Two');
    const start = { text: ticked, editor: 'ada', at: 1_000 };
    const older = [{ text: START, editor: 'ada', at: 0 }];
    const hand = { text: ticked.replace('[ ] One', '[x] One'), editor: 'eve', at: 60_000 };
    const unticked = { text: START, editor: 'ada', at: 60_000 };
    const { text } = replayHistory(start, [hand, unticked], older, { account: 'ada' });
    expect(text).toBe(START.replace('[ ] One', '[x] One'));
  });

  it('knows a write that only brings lines back, and lacks what was added moments before', () => {
    const both = `${NOTE}\r\nMore.`;
    const restored = `${START}\r\nNote.`;
    const at = (text: string, editor: string, at: number) => ({ text, editor, at });
    const start = at(START, 'eve', 3_000);
    const older = [at(restored, 'eve', 1_000), at(START, 'ada', 2_000)];
    const versions = [at(`${START}\r\nMore.`, 'eve', 4_000), at(restored, 'ada', 5_000)];
    const words = replayHistory(start, versions, older).text.split('\r\n');
    expect(words.toSorted()).toEqual(both.split('\r\n').toSorted());
    const slow = versions.map((version, index) => ({ ...version, at: 4_000 + index * 60_000 }));
    expect(replayHistory(start, slow, older).text).toBe(restored);
  });

  it('makes changes again one by one: what was put back and taken away again stays away', () => {
    const start = { text: START, editor: 'ada', at: 0 };
    const later = [NOTE, START].map((text) => ({ text, editor: 'eve', at: 0 }));
    expect(replayHistory(start, later, [], { onto: NOTE }).text).toBe(START);
  });
});

/** Versions by one hand, an hour apart. */
function replay(start: string, versions: readonly string[], older: readonly string[]) {
  const [first, ...others] = [...older, start, ...versions].map((text, hour) => ({
    text,
    editor: 'eve',
    at: hour * 3_600_000,
  }));
  if (first === undefined) throw new Error('no version');
  const all = [first, ...others];
  const begin = all[older.length] ?? first;
  return replayHistory(begin, all.slice(older.length + 1), all.slice(0, older.length));
}

function lines(...all: string[]): string {
  return all.join('\r\n');
}
