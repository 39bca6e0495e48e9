import { describe, expect, it } from 'vitest';
import { mayHaveLost, mayHaveRevived } from '../../../lib/core/text/doubtful-history.ts';

const START = '- [ ] One (closes #1)\r\n- [ ] Two (closes #2)\r\nProse.';
const NOTE = START.replace('Prose.', 'Prose.\r\nNote.');

describe('what may have been lost', () => {
  const versions = (editor: string, at: number) => [
    { text: START, editor: 'ada', at: 0 },
    { text: NOTE, editor: 'eve', at: 1_000 },
    { text: START, editor, at },
  ];

  it("is somebody's line that another hand took away within moments", () => {
    expect(mayHaveLost(versions('ada', 2_000), START)).toBe(true);
    expect(mayHaveLost(versions('ada', 2_000), NOTE)).toBe(false);
  });

  it('is not what its own hand, or another one later, took away', () => {
    expect(mayHaveLost(versions('eve', 2_000), START)).toBe(false);
    expect(mayHaveLost(versions('ada', 60_000), START)).toBe(false);
  });

  it('tells of a line that stood for long, was taken away moments ago, and is there again', () => {
    const at = (text: string, seconds: number) => ({ text, editor: 'ada', at: seconds * 1_000 });
    const history = [at(START, 0), at(NOTE, 10), at(START, 100), at(NOTE, 101)];
    expect(mayHaveRevived(history, NOTE)).toBe(true);
    expect(mayHaveRevived(history, START)).toBe(false);
    const fresh = [at(START, 0), at(NOTE, 99), at(START, 100), at(NOTE, 101)];
    expect(mayHaveRevived(fresh, NOTE)).toBe(false);
    expect(mayHaveRevived([...history, at(`${NOTE}\r\nLater.`, 200)], NOTE)).toBe(false);
  });
});
