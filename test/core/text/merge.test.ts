import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeText } from '../../../lib/core/text/merge.ts';

const BASE = '- [ ] a\r\n- [ ] b\r\n- [ ] c';

describe('merging', () => {
  it('takes both changes where they concern different lines, also side by side', () => {
    const ours = BASE.replace('[ ] a', '[x] a');
    const theirs = BASE.replace('b', 'better');
    expect(mergeText(BASE, ours, theirs)).toEqual({
      text: '- [x] a\r\n- [ ] better\r\n- [ ] c',
      conflicts: 0,
    });
  });

  it('takes a line of ours at the end and lines of theirs anywhere', () => {
    const ours = `${BASE}\r\n<!-- masterlist:claim x -->`;
    const theirs = `- [ ] new\r\n${BASE.replace('[ ] c', '[x] c')}`;
    expect(mergeText(BASE, ours, theirs)).toEqual({
      text: '- [ ] new\r\n- [ ] a\r\n- [ ] b\r\n- [x] c\r\n<!-- masterlist:claim x -->',
      conflicts: 0,
    });
  });

  it('keeps theirs where both changed one line, and counts it', () => {
    const ours = BASE.replace('a', 'ours').replace('[ ] c', '[x] c');
    const theirs = BASE.replace('a', 'theirs');
    expect(mergeText(BASE, ours, theirs)).toEqual({
      text: '- [ ] theirs\r\n- [ ] b\r\n- [x] c',
      conflicts: 1,
    });
  });

  it('keeps what both added at one place, theirs first, and once what both added', () => {
    const merged = mergeText(BASE, `${BASE}\r\nA`, `${BASE}\r\nB`);
    expect(merged).toEqual({ text: `${BASE}\r\nB\r\nA`, conflicts: 0 });
    const same = mergeText(`${BASE}\r\nend`, `${BASE}\r\nA\r\nend`, `${BASE}\r\nA\r\nB\r\nend`);
    const all = { text: `${BASE}\r\nA\r\nB\r\nend`, conflicts: 0 };
    expect(same).toEqual(all);
    const more = mergeText(`${BASE}\r\nend`, `${BASE}\r\nA\r\nB\r\nend`, `${BASE}\r\nB\r\nend`);
    expect(more).toEqual(all);
    expect(mergeText(BASE, `${BASE}\r\nA`, `x\r\n${BASE}\r\nA`).text).toBe(`x\r\n${BASE}\r\nA`);
  });

  it('keeps a deletion of theirs', () => {
    const theirs = '- [ ] a\r\n- [ ] c';
    expect(mergeText(BASE, BASE.replace('[ ] b', '[x] b'), theirs)).toEqual({
      text: theirs,
      conflicts: 1,
    });
  });

  it('keeps every line end as it is, mixed ones too', () => {
    const base = 'a\r\nb\nc\rd\r\n';
    expect(mergeText(base, base.replace('b', 'B'), base.replace('d', 'D')).text).toBe(
      'a\r\nB\nc\rD\r\n',
    );
    expect(mergeText('a\nb\r\nc', 'a\nc', 'b\r\nc').text).toBe('c');
  });

  it('gives either text where the other changed nothing', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '\n', '\r\n', '\r', ''), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(mergeText(base, other, base)).toEqual({ text: other, conflicts: 0 });
        expect(mergeText(base, base, other)).toEqual({ text: other, conflicts: 0 });
        expect(mergeText(base, other, other)).toEqual({ text: other, conflicts: 0 });
      }),
    );
  });

  it('loses no line of theirs, and none of ours unless it counts a conflict', () => {
    const lines = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 2, maxLength: 12 });
    const change = fc.record({ at: fc.nat(11), line: fc.integer({ min: 100, max: 199 }) });
    fc.assert(
      fc.property(
        lines,
        fc.array(change, { maxLength: 3 }),
        fc.array(change, { maxLength: 3 }),
        (base, mine, other) => {
          const changed = (
            changes: readonly { at: number; line: number }[],
            tag: string,
          ): string[] => {
            const all = base.map(String);
            for (const { at, line } of changes) {
              // No two lines alike, or a lost one would seem to be there still.
              const place = at % all.length;
              all[place] = `${tag}${line} at ${place}`;
            }
            return all;
          };
          const ours = changed(mine, 'o');
          const theirs = changed(other, 't');
          const { text, conflicts } = mergeText(
            base.join('\n'),
            ours.join('\n'),
            theirs.join('\n'),
          );
          const merged = text.split('\n');
          for (const line of theirs.filter((one) => one.startsWith('t')))
            expect(merged).toContain(line);
          const lost = ours.filter((one) => one.startsWith('o') && !merged.includes(one));
          if (conflicts === 0) expect(lost).toEqual([]);
          else expect(lost.length).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('brings together a tick and other words on one line', () => {
    const base = 'Plan\r\n- [ ] One (closes #1)\r\nEnd';
    const ticked = base.replace('[ ]', '[x]');
    const worded = base.replace('One', 'The first');
    const both = ticked.replace('One', 'The first');
    expect(mergeText(base, ticked, worded)).toEqual({ text: both, conflicts: 0 });
    expect(mergeText(base, worded, ticked)).toEqual({ text: both, conflicts: 0 });
    // Other words on both sides are still a conflict, and the box of the one that goes does not stay behind.
    const other = ticked.replace('One', 'Another');
    expect(mergeText(base, other, worded)).toEqual({ text: worded, conflicts: 1 });
    // A line that became another kind of line is no task to blend with.
    const heading = base.replace('- [ ] One', '## One');
    expect(mergeText(base, ticked, heading)).toEqual({ text: heading, conflicts: 1 });
  });

  it('comes to an end on texts that share nothing', () => {
    const theirs = `${'b\n'.repeat(30_000)}y`;
    const { text } = mergeText('\n'.repeat(60_000), `${'a\n'.repeat(30_000)}z`, theirs);
    expect(text).toBe(theirs);
  });
});
