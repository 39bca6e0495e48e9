import { describe, expect, it } from 'vitest';
import { turnRound, writeDifference } from '../../../lib/core/log/write-difference.ts';
import { lineDifference } from '../../../lib/core/text/line-difference.ts';

describe('what a write did', () => {
  it.each([
    ['a\nb\nc\n', 'a\nB\nc\n'],
    ['a\nb\nc\nd\n', 'b\nx\nd\ny\n'],
    ['', 'a\n'],
    ['a\r\nb', 'a\nb'],
    ['same\n', 'same\n'],
  ])('is the same whichever way the texts were compared: %j, %j', (before, after) => {
    expect(turnRound(lineDifference(before, after))).toEqual(writeDifference(before, after));
  });

  it('puts what went before what came', () => {
    const kinds = writeDifference('a\n', 'b\n').map(({ kind, text }) => [kind, text]);
    expect(kinds).toEqual([
      ['goes', 'a'],
      ['comes-back', 'b'],
    ]);
  });
});
