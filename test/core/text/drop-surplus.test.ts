import { expect, it } from 'vitest';
import { dropSurplus } from '../../../lib/core/text/drop-surplus.ts';

const SEEN = '# Plan\r\n- [ ] One (closes #1)\r\nNote.\r\n';

it('takes out what the merge put there a second time', () => {
  const restored = '# Plan\r\nNote.\r\n- [ ] One (closes #1)\r\nNote.\r\n';
  expect(dropSurplus(SEEN, restored, [SEEN])).toBe(SEEN);
});

it('keeps what stood as often in some version, and lines that nobody lost', () => {
  const twice = `${SEEN}Note.\r\n`;
  expect(dropSurplus(SEEN, twice, [twice])).toBe(twice);
  const without = SEEN.replace('Note.\r\n', '');
  expect(dropSurplus(without, SEEN, [SEEN])).toBe(SEEN);
});

it('knows an item again by its words, whatever was ticked or linked', () => {
  const ticked = SEEN.replace('[ ]', '[x]').replace('#1)', '#1) (#9)');
  const doubled = ticked.replace('Note.', '- [ ] One (closes #1)\r\nNote.');
  expect(dropSurplus(ticked, doubled, [SEEN])).toBe(ticked);
});

it('never counts blank lines, and leaves line ends and the first line alone', () => {
  const spaced = 'a\n\n\nb';
  expect(dropSurplus('a\n\nb', spaced, [])).toBe(spaced);
  expect(dropSurplus('a\rb', 'a\rb\ra', ['a\rb'])).toBe('a\rb');
});
