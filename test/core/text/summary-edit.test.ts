import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { locatorOf } from '../../../lib/core/text/checklist.ts';
import type { Edit } from '../../../lib/core/text/edit.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { readSummary, removeSummary } from '../../../lib/core/text/summary-block.ts';

const CONTEXT = { repo: { host: 'github.com', owner: 'octo', name: 'plan' } };
const TEXT = '# Plan\r\n\r\n- [ ] One\r\n- [x] Two \r\n\r\nThank you.';
const FIRST = '| Progress | |\n| --- | --- |\n| Issues closed | 1 of 2 (50 %) |';
const SECOND = '| Progress | |\n| --- | --- |\n| Issues closed | 2 of 2 (100 %) |';

const apply = (text: string, ...edits: readonly Edit[]) => applyEdits(text, edits, CONTEXT);
const summary = (content: string): Edit => ({ kind: 'summary', content });

describe('the edit of a summary', () => {
  it('has an inverse that brings the very bytes back: none, or the one before', () => {
    const first = apply(TEXT, summary(FIRST));
    expect(readSummary(first.markdown)).toBe(FIRST);
    const second = apply(first.markdown, summary(SECOND));
    expect(readSummary(second.markdown)).toBe(SECOND);
    const [back] = second.applied;
    expect(apply(second.markdown, back?.inverse ?? summary('?')).markdown).toBe(first.markdown);
    const [away] = first.applied;
    expect(apply(first.markdown, away?.inverse ?? summary('?')).markdown).toBe(TEXT);
  });

  it('changes nothing where it says so already, or would not be shown', () => {
    const { markdown } = apply(TEXT, summary(FIRST));
    expect(apply(markdown, summary(FIRST)).applied).toMatchObject([{ changed: false }]);
    const fenced = `${TEXT}\n\`\`\`\nnever closed`;
    expect(apply(fenced, summary(FIRST))).toMatchObject({
      markdown: fenced,
      applied: [{ changed: false }],
    });
    expect(apply(TEXT, summary('')).applied).toEqual([{ edit: summary(''), changed: false }]);
  });

  it('goes together with edits of items and of the hidden block, in whatever order, and outlives none of them', () => {
    const item = locatorOf(parseChecklist(TEXT).items[0] as never);
    const others: readonly Edit[] = [
      { kind: 'tick', item },
      { kind: 'link', item, style: 'closes', issue: { ...CONTEXT, number: 7 } },
      { kind: 'comment', name: 'map', content: 'a=7' },
    ];
    const before = apply(TEXT, summary(FIRST)).markdown;
    const expected = apply(TEXT, ...others).markdown;
    fc.assert(
      fc.property(fc.shuffledSubarray([...others, summary(SECOND)], { minLength: 4 }), (edits) => {
        const { markdown, applied, missed } = apply(before, ...edits);
        expect(missed).toEqual([]);
        expect(applied.map(({ edit }) => edit)).toEqual(edits);
        expect(readSummary(markdown)).toBe(SECOND);
        expect(removeSummary(markdown)).toBe(expected);
        expect(apply(markdown, ...edits).markdown).toBe(markdown);
        const inverses = applied.flatMap(({ inverse }) => inverse ?? []).toReversed();
        expect(apply(markdown, ...inverses).markdown).toBe(before);
      }),
      { numRuns: 24 },
    );
  });
});
