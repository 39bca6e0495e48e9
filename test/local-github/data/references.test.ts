import { expect, it } from 'vitest';
import { referencesIn } from './references.ts';

it.each([
  ['Part of #12', ['o/r#12']],
  ['(closes #1) and octo-org/octo-repo#2, GH-3', ['o/r#1', 'octo-org/octo-repo#2', 'o/r#3']],
  [
    'https://github.com/a/b/issues/4 and https://github.com/a/b/pull/5#issuecomment-1',
    ['a/b#4', 'a/b#5'],
  ],
  ['twice #6 and O/R#6', ['o/r#6']],
  ['no: abc#7, a/b/c#8, &#39; `#9` ``x` #10``', []],
  ['```\n#11\n```\nyes #12', ['o/r#12']],
  ['<!-- masterlist:v1 checklist=o/r#1 -->\n#13', ['o/r#13']],
])('finds the issues in %j', (text, expected) => {
  const found = referencesIn(text, 'o/r').map(
    ({ repo, number }) => `${repo.toLowerCase()}#${number}`,
  );
  expect(found).toEqual(expected);
});
