import { describe, expect, it } from 'vitest';
import type { Item } from '../../../lib/core/text/checklist.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';

function item(text: string): Item {
  const [only] = parseChecklist(`- [ ] ${text}`).items;
  if (only === undefined) throw new Error('no item');
  return only;
}

const title = (text: string) => item(text).title;

describe('the title of an item', () => {
  it.each([
    ['Update @types/node to 22', 'Update @types/node to 22'],
    ['Support @media queries', 'Support @media queries'],
    ['@acme/core', '@acme/core'],
    ['Install from foo@latest', 'Install from foo@latest'],
  ])('keeps the scope of a package: %j', (text, expected) => {
    expect(title(text)).toBe(expected);
  });

  it.each([
    ['@octocat volunteered to look into this', 'octocat volunteered to look into this'],
    ['Subject matter expert: @gina', 'Subject matter expert: gina'],
    ['Ask @gina', 'Ask gina'],
    ['ask @gina to review', 'ask gina to review'],
    ['Get the draft reviewed by @gina', 'Get the draft reviewed by gina'],
    ['[@gina](https://github.com/gina) writes it', 'gina writes it'],
    ['Write it down (thanks @gina)', 'Write it down (thanks gina)'],
    ['@gina', 'gina'],
  ])('keeps the name of a person, without its sign: %j', (text, expected) => {
    expect(title(text)).toBe(expected);
  });

  it.each([
    ['Load a big file @gina', 'Load a big file'],
    ['Load a big file @gina, @jo and @shane', 'Load a big file'],
    ['Load it - @gina', 'Load it'],
    ['Load it (@gina)', 'Load it'],
    ['Load it (cc @gina, @jo)', 'Load it'],
    ['Load it cc @gina, @jo', 'Load it'],
    ['@gina: load it', 'load it'],
    ['[@gina] load it', 'load it'],
  ])('goes without people in a form of their own: %j', (text, expected) => {
    expect(title(text)).toBe(expected);
  });

  it.each([
    ['See #12 for details', 'See #12 for details'],
    ['Compare #1 with #2', 'Compare #1 with #2'],
    ['Follow up on #12', 'Follow up on #12'],
    ['Merge #1, #2 and #3 into one', 'Merge #1, #2 and #3 into one'],
    ['Say "closes #5" in it', 'Say "closes #5" in it'],
    ['Load it (after the work on #12 is done)', 'Load it (after the work on #12 is done)'],
  ])('keeps a number in a sentence: %j', (text, expected) => {
    expect(title(text)).toBe(expected);
  });

  it.each([
    ['Load it #5', 'Load it'],
    ['Load it: #5', 'Load it'],
    ['Load it → #5', 'Load it'],
    ['#5: load it', 'load it'],
    ['[#5] - load it', 'load it'],
    ['Load it (see #5)', 'Load it'],
    ['Load it （#5）', 'Load it'],
    ['Load it ([#5](https://github.com/o/r/issues/5), @gina)', 'Load it'],
    ['Load it (see #5; see commit abc1234)', 'Load it'],
    ['Load (#1) and save (#2)', 'Load and save'],
    ['str - @gina, (#12)', 'str'],
    ['Load it (#PR_NUMBER)', 'Load it'],
  ])(
    'goes without references at its ends or in brackets, and without what joins them: %j',
    (text, expected) => {
      expect(title(text)).toBe(expected);
    },
  );

  it.each([
    ['Sign the images closes #1, closes #2', 'Sign the images'],
    ['Mirror the images fixes #3 and fixes #4', 'Mirror the images'],
    ['Scan the images closes #5, #6', 'Scan the images'],
    ['Sign the images (closes #1, closes #2)', 'Sign the images'],
    ['Mirror the images (fixes #3 and fixes #4)', 'Mirror the images'],
  ])(
    'goes without several issues, however they are written (cases 66 and 67): %j',
    (text, expected) => {
      expect(title(text)).toBe(expected);
    },
  );

  it.each([
    ['Support Vec<T> in the parser', 'Support Vec<T> in the parser'],
    ['Replace <old name> with <new name>', 'Replace <old name> with <new name>'],
    ['Return Vec<U>', 'Return Vec<U>'],
    ['Map<K, V> (#5)', 'Map<K, V>'],
    ['List<T>(#5)', 'List<T>'],
    ['<b>Bold</b> a<br>b<!-- c --> d', 'Bold a b d'],
    ['<kbd>Ctrl</kbd> twice', 'Ctrl twice'],
    ['~~Drop <x>~~ Keep <y>', 'Keep <y>'],
  ])('keeps angle brackets that are no HTML (case 28): %j', (text, expected) => {
    expect(title(text)).toBe(expected);
  });

  it.each([
    ['~~Old~~ New words', 'New words'],
    ['New words (~~old~~)', 'New words'],
    ['~~All of it~~', 'All of it'],
  ])('goes without struck words, where others are left: %j', (text, expected) => {
    expect(title(text)).toBe(expected);
  });

  it.each(['???', '______', '- - -', '@', '(#12)', '...', '<!-- hidden -->.'])(
    'is none for %j, which has no word',
    (text) => {
      expect(title(text)).toBe('');
    },
  );

  it.each(['🚀', 'C++', '1.0', '完成'])('is what was typed for %j', (text) => {
    expect(title(text)).toBe(text);
  });

  it('takes a wide colon at the end for a colon', () => {
    expect(title('更新文档： #5')).toBe('更新文档');
    expect(parseChecklist('发布：\n- [ ] 更新\n').items[0]?.groups).toEqual(['发布']);
  });

  it('has a longer form that tells items apart whose people or references alone differ', () => {
    expect(item('Load a big file (@gina)').fullTitle).toBe('Load a big file (gina)');
    expect(item('Load a big file (see #7)').fullTitle).toBe('Load a big file (see #7)');
    expect(item('Load a big file (#5)')).not.toHaveProperty('fullTitle');
  });

  it('does not change by the link that is written behind it', () => {
    for (const text of [
      'Load it - @gina',
      'See #12 for details',
      'List<T>',
      'Ask @gina',
      'See (#7)',
    ])
      expect([title(`${text} (#99)`), item(`${text} (#99)`).fullTitle]).toEqual([
        title(text),
        item(text).fullTitle,
      ]);
  });

  it('identifies nothing: key and hashes are those of the subject', () => {
    const hash = (text: string) => item(text).textHash;
    expect(hash('Support Vec<T> here')).toBe(hash('Support Vec here'));
    expect(hash('See #12 for details')).toBe(hash('for details'));
    const below = (parent: string) =>
      parseChecklist(`- [ ] ${parent}\n  - [ ] x`).items[1]?.groupHash;
    expect(below('Ask @gina now')).toBe(below('Ask now'));
  });
});
