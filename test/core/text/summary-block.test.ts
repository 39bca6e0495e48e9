import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { readSummary, removeSummary, writeSummary } from '../../../lib/core/text/summary-block.ts';
import { itemText, markdown } from './markdown-arbitrary.ts';

const REPO = { host: 'github.com', owner: 'octo', name: 'plan' };
const TABLE = '| Progress | |\n| --- | --- |\n| Closed | 1 of 3 |';
const LATER = '| Progress | |\n| --- | --- |\n| Closed | 2 of 3 |';
const PLAN = 'Plan\n\n- [ ] a\n- [x] b\n';

const items = (text: string) =>
  parseChecklist(text).items.map(({ key, checked, boxOffset }) => [key, checked, boxOffset]);
const taskCount = (text: string) => text.match(/\[[ \txX]\]/g)?.length ?? 0;

const summary: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(TABLE, LATER, '| a |\r\n|---|\r\n| - [ ] b |'),
  fc.array(itemText, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')),
  fc
    .array(itemText, { minLength: 1, maxLength: 4 })
    .map((lines) => `- [ ] ${lines.join('\n- [x] ')}`),
);

describe('a summary in a text', () => {
  it('stands at the end between hidden markers', () => {
    const written = writeSummary(PLAN, TABLE);
    expect(written).toMatch(
      /^Plan\n\n- \[ \] a\n- \[x\] b\n\n<!-- masterlist:summary( [\da-v]{7}){3} -->\n\n\| Progress \| \|\n[^<]*\n<!-- masterlist:summary-end -->$/,
    );
    expect(readSummary(written)).toBe(TABLE);
    expect(readSummary(PLAN)).toBeUndefined();
  });

  it('is written with the line ends of the text', () => {
    const written = writeSummary('a\r\n\r\n- [ ] b', TABLE);
    expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(readSummary(written)).toBe(TABLE);
  });

  it('is replaced in place, also where people wrote behind it', () => {
    const written = `${writeSummary(PLAN, TABLE)}\nMore\n- [ ] c\n`;
    const replaced = writeSummary(written, LATER);
    expect(replaced).toBe(`${writeSummary(PLAN, LATER)}\nMore\n- [ ] c\n`);
    expect(removeSummary(replaced)).toBe(`${PLAN}\nMore\n- [ ] c\n`);
  });

  it('is left as it is when it says the same', () => {
    const written = writeSummary(PLAN, TABLE);
    expect(writeSummary(written, TABLE)).toBe(written);
  });

  it('goes by an empty one', () => {
    expect(writeSummary(writeSummary(PLAN, TABLE), ' \n')).toBe(PLAN);
  });

  it('makes no tasks', () => {
    const written = writeSummary(PLAN, '- [ ] x\n* [X] y\n<!-- - [\t] z -->');
    expect(taskCount(written)).toBe(taskCount(PLAN));
    expect(items(written)).toEqual(items(PLAN));
  });

  it('keeps behind it what somebody wrote into it', () => {
    const note = 'My *note*  \n\n- [ ] and a task of mine';
    const edited = writeSummary(PLAN, TABLE).replace(
      '\n<!-- masterlist:summary-end',
      `\n\n${note}$&`,
    );
    expect(edited).toContain(note);
    const replaced = writeSummary(edited, LATER);
    expect(replaced).toBe(`${writeSummary(PLAN, LATER)}\n${note}`);
    expect(removeSummary(edited)).toBe(`${PLAN}\n${note}`);
  });

  it('keeps a line of it that somebody changed', () => {
    const edited = writeSummary(PLAN, TABLE).replace('1 of 3', 'nearly all!');
    const replaced = writeSummary(edited, LATER);
    expect(replaced).toBe(`${writeSummary(PLAN, LATER)}\n| Closed | nearly all! |`);
  });

  it('keeps all that stands in it where somebody took the names of our lines out', () => {
    const edited = writeSummary(PLAN, TABLE).replace(/summary( [\da-v]{7})+/, 'summary');
    expect(writeSummary(edited, LATER)).toBe(`${writeSummary(PLAN, LATER)}\n${TABLE}`);
  });

  it('is one where it was there twice', () => {
    const once = writeSummary(PLAN, TABLE);
    const twice = `${once}\nbetween${once.slice(PLAN.length)}`;
    expect(writeSummary(twice, LATER)).toBe(writeSummary(`${PLAN}\nbetween`, LATER));
    expect(removeSummary(twice)).toBe(`${PLAN}\nbetween`);
  });

  it.each(['```\n', '~~~md\n', '> ', '    ', '- x\n\n  '])(
    'is not ours in code, a quote or a list (%j)',
    (before) => {
      const block = writeSummary('', TABLE).trimStart();
      const inside = before.includes('`') || before.includes('~') ? block : indented(block, before);
      const after = { '```\n': '\n```\n', '~~~md\n': '\n~~~\n' }[before] ?? '\n';
      const text = `${before}${inside}${after}`;
      expect(readSummary(text)).toBeUndefined();
      expect(removeSummary(text)).toBe(text);
      const written = writeSummary(text, LATER);
      expect(written.startsWith(text)).toBe(true);
      expect(removeSummary(written)).toBe(text);
    },
  );

  it('leaves half a summary alone', () => {
    const half = writeSummary(PLAN, TABLE).replace('\n<!-- masterlist:summary-end -->', '');
    expect(removeSummary(half)).toBe(half);
    expect(writeSummary(half, LATER).startsWith(half)).toBe(true);
  });

  it.each(['- [ ] a\n\n```\ncode', '<pre>\n', `${'> '.repeat(80)}deep`])(
    'is not written where it would not be shown (%j)',
    (text) => {
      expect(writeSummary(text, TABLE)).toBe(text);
    },
  );

  it('is shown behind HTML that a blank line ends', () => {
    const text = '<details>\n<b>x</b>';
    const written = writeSummary(text, TABLE);
    expect(readSummary(written)).toBe(TABLE);
    expect(removeSummary(written)).toBe(text);
  });

  it('lives beside our other hidden comments', () => {
    const put = (text: string, content: string) =>
      applyEdits(text, [{ kind: 'comment', name: 'map', content }], { repo: REPO }).markdown;
    const both = put(writeSummary(put(PLAN, 'a=1'), TABLE), 'a=2');
    expect(put(removeSummary(both), '')).toBe(PLAN);
    expect(removeSummary(put(both, ''))).toBe(PLAN);
    const later = put(writeSummary(PLAN, TABLE), 'a=1');
    expect(put(removeSummary(later), '')).toBe(PLAN);
    expect(removeSummary(put(later, ''))).toBe(PLAN);
  });
});

describe('any summary in any text', () => {
  it('changes nothing before it, makes no task, and goes without a trace', () => {
    let stood = 0;
    fc.assert(
      fc.property(markdown, summary, (text, content) => {
        const written = writeSummary(text, content);
        if (written !== text) stood++;
        expect(written.startsWith(text)).toBe(true);
        expect(items(written)).toEqual(items(text));
        expect(taskCount(written)).toBe(taskCount(text));
        expect(removeSummary(written)).toBe(text);
      }),
      { numRuns: 300 },
    );
    expect(stood).toBeGreaterThan(200);
  });

  it('ends as if only the last had been written', () => {
    fc.assert(
      fc.property(markdown, summary, summary, (text, first, second) => {
        const written = writeSummary(text, first);
        const direct = writeSummary(text, second);
        fc.pre(written !== text && direct !== text);
        expect(writeSummary(written, second)).toBe(direct);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps every byte of what is written behind it', () => {
    fc.assert(
      fc.property(markdown, markdown, summary, (text, behind, content) => {
        const written = writeSummary(text, content);
        fc.pre(written !== text);
        const grown = `${written}\n${behind}`;
        for (const after of [writeSummary(grown, LATER), removeSummary(grown)]) {
          expect(after.startsWith(text)).toBe(true);
          expect(after.endsWith(`\n${behind}`)).toBe(true);
          expect(items(after).map(([key]) => key)).toEqual(items(grown).map(([key]) => key));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('loses no line that somebody wrote into it', () => {
    fc.assert(
      fc.property(markdown, itemText, fc.nat(4), (text, line, place) => {
        const written = writeSummary(text, TABLE);
        fc.pre(written !== text && line.trim() !== '');
        const lines = written.slice(text.length).split(/(?<=\r\n|\n|\r(?!\n))/);
        const note = `note ${line}\n`;
        const edited = text + lines.toSpliced(place + 2, 0, note).join('');
        expect(writeSummary(edited, LATER)).toContain(note.trimEnd());
        expect(removeSummary(edited)).toContain(note.trimEnd());
      }),
      { numRuns: 150 },
    );
  });
});

function indented(block: string, prefix: string): string {
  const rest = prefix.split('\n').at(-1) ?? '';
  return block.split('\n').join(`\n${rest}`);
}
