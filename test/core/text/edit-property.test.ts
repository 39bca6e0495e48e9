import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyMarkdown,
  judgeEdit,
  oneByOne,
  textWithEdit,
  textWithEdits,
  together,
} from './edit-property.ts';
import { judgeGeneration } from './generate-property.ts';

/** A sample of `npm run torture`, which tries 100,000 texts. */
const SAMPLE = { numRuns: 400, seed: 20_261_130 };

describe('whatever stands in a text', { timeout: 240_000 }, () => {
  it('an edit changes what it is about, can be read again, and is taken back to the byte', () => {
    const counts = { changed: 0, refused: 0, nothing: 0 };
    fc.assert(
      fc.property(textWithEdit, ({ text, edit }) => {
        const { what, problems } = judgeEdit(text, edit);
        counts[what]++;
        expect(problems).toEqual([]);
      }),
      SAMPLE,
    );
    expect(counts.changed).toBeGreaterThan(100);
    expect(counts.refused).toBeGreaterThan(0);
  });

  it('edits do together what they do one by one, as long as each finds its item', () => {
    let compared = 0;
    fc.assert(
      fc.property(textWithEdits, ({ text, edits }) => {
        const expected = oneByOne(text, edits);
        if (expected === undefined) return;
        compared++;
        expect(together(text, edits)).toBe(expected);
      }),
      SAMPLE,
    );
    expect(compared).toBeGreaterThan(200);
  });

  it('issues that were created and linked are not proposed again', () => {
    const sums = { created: 0, hidden: 0 };
    fc.assert(
      fc.property(anyMarkdown, fc.constantFrom('closes', 'parenthesis'), (text, style) => {
        const { created, hidden, problems } = judgeGeneration(text, style);
        sums.created += created;
        sums.hidden += hidden;
        expect(problems).toEqual([]);
      }),
      { ...SAMPLE, numRuns: 200 },
    );
    expect(sums.created).toBeGreaterThan(100);
    expect(sums.hidden).toBeGreaterThan(0);
  });
});
