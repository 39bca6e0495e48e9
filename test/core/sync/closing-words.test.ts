import { describe, expect, it } from 'vitest';
import { closedByText } from '../../../lib/core/sync/closing-words.ts';
import { costGrowth } from '../../cost-growth.ts';
import { REPO } from './build-sync.ts';

const closedBy = (text: string) =>
  [...closedByText(text, REPO)].map((key) => key.replace('github.com/octo/plan', ''));

describe('closing keywords', () => {
  it.each([
    ...['close', 'closes', 'closed', 'fix', 'fixes', 'fixed', 'resolve', 'resolves', 'resolved'],
    ...['Closes', 'FIXES', 'Resolves:', '(closes', '- fixes', '**Fixed**, really fixes'],
  ])('act as %s #12', (words) => {
    expect(closedBy(`Better docs\n\n${words} #12.`)).toEqual(['#12']);
  });

  it.each([
    ['octo/other#12', 'github.com/octo/other#12'],
    ['Octo/Plan#12', '#12'],
    ['https://github.com/octo/plan/issues/12', '#12'],
    ['<https://github.com/octo/plan/issues/12>', '#12'],
    ['http://ghe.example.com/octo/plan/issues/12#top', 'ghe.example.com/octo/plan#12'],
  ])('act on %s', (target, key) => {
    expect(closedBy(`Fixes ${target}`)).toEqual([key]);
  });

  it('act on each issue that has its own', () => {
    expect(closedBy('Closes #12, fixes #13, #14 and closes: #15')).toEqual(['#12', '#13', '#15']);
  });

  it.each([
    ['without a keyword', 'See #12'],
    ['with a word between', 'fixes issue #12'],
    ['in other words', 'prefixes #12, auto-closes #12, fixing #12, closest #12'],
    ['in a code span', '`fixes #12`'],
    ['in fenced code', '```\nfixes #12\n```'],
    ['in indented code', 'Text\n\n    fixes #12'],
    ['across a code span', 'fixes `x` #12'],
    ['in a comment', '<!-- Closes #12 -->'],
    ['in a comment that is never closed', '<!--\nCloses #12'],
    ['on a longer word', 'fixes #12abc'],
    ['on number nought', 'fixes #0'],
    ['on the next line', 'fixes\n#12'],
    ['in a text nested beyond reading', `${'> '.repeat(5_000)}fixes #12`],
  ])('do not act %s', (_, text) => {
    expect(closedBy(text)).toEqual([]);
  });

  it.each([
    ['keywords', 'fixes ', 11_000, ''],
    ['blanks', ' ', 65_000, '#12'],
    ['openers of comments', ' <!--', 13_000, ''],
    ['names', 'a-', 32_000, '#12'],
    ['addresses', 'https://', 8_000, ''],
    ['backticks', '` ``', 16_000, ''],
  ])('cost no more than the text is long among endless %s', (_, piece, count, end) => {
    const textOf = (times: number) => `fixes ${piece.repeat(times)}${end}`;
    expect(closedBy(textOf(count))).toEqual([]);
    expect(costGrowth(closedBy, textOf(count / 8), textOf(count))).toBeLessThan(24);
  });
});
