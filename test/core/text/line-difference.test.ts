import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDifference } from '../../../lib/core/text/line-difference.ts';

describe('the difference of an earlier text', () => {
  it('is empty when nothing would change', () => {
    expect(lineDifference('a\nb\n', 'a\nb\n')).toEqual([]);
    expect(lineDifference('', '')).toEqual([]);
  });

  it('shows what comes back and what goes, with two lines around and gaps between', () => {
    const line = (index: number) => `line ${index}\n`;
    const earlier = Array.from({ length: 20 }, (_, index) => line(index)).join('');
    const now = earlier.replace('line 10\n', 'new\n');
    expect(lineDifference(earlier, now)).toEqual([
      { kind: 'gap', text: '8 equal lines' },
      { kind: 'same', text: 'line 8' },
      { kind: 'same', text: 'line 9' },
      { kind: 'goes', text: 'new' },
      { kind: 'comes-back', text: 'line 10' },
      { kind: 'same', text: 'line 11' },
      { kind: 'same', text: 'line 12' },
      { kind: 'gap', text: '7 equal lines' },
    ]);
  });

  it('shows a single equal line instead of a gap', () => {
    const kinds = lineDifference('0\n1\n2\nx\n', '0\n1\n2\ny\n').map(({ kind }) => kind);
    expect(kinds).toEqual(['same', 'same', 'same', 'goes', 'comes-back']);
  });

  it('tells texts apart that differ only in the ends of their lines', () => {
    expect(lineDifference('a\r\nb', 'a\nb').map(({ kind }) => kind)).toEqual([
      'goes',
      'comes-back',
      'same',
    ]);
  });

  it('rebuilds either text from its lines, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '', '- [ ] c'), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, (earlier, now) => {
        const lines = lineDifference(joined(earlier), joined(now));
        const has = (kind: string) => lines.filter((line) => line.kind === kind).length;
        expect(has('comes-back') - has('goes')).toBe(earlier.length - now.length);
        const isEqual = joined(earlier) === joined(now);
        expect(lines.length === 0).toBe(isEqual);
      }),
    );
  });
});

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
