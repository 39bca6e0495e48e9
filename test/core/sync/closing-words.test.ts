import { describe, expect, it } from 'vitest';
import { closedByText } from '../../../lib/core/sync/closing-words.ts';
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
    ['keywords', 'fixes '.repeat(11_000)],
    ['blanks', `fixes${' '.repeat(65_000)}#12`],
    ['openers of comments', `fixes ${'<!--'.repeat(16_000)}`],
    ['names', `fixes ${'a-'.repeat(32_000)}#12`],
    ['addresses', `fixes ${'https://'.repeat(8_000)}`],
    ['backticks', `fixes ${'` ``'.repeat(16_000)}`],
  ])('are looked for quickly among endless %s', (_, text) => {
    const start = performance.now();
    expect(closedBy(text)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});
