import { describe, expect, it } from 'vitest';
import type { Missing } from '../../../lib/core/text/checklist.ts';
import { correctLines } from '../../../lib/core/text/correct-lines.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';

function missesOf(markdown: string): readonly (readonly [number, ...Missing[]])[] {
  const { nearMisses } = parseChecklist(markdown).lookalikes;
  return nearMisses.map(({ line, missing }) => [line, ...missing] as const);
}

describe('near misses', () => {
  it('are named with their line and what is missing (case 26)', () => {
    const markdown = [
      '- [] Build the images',
      '- [ ]Tag the release',
      '- [x]Freeze the branch',
      '-[ ] Tell the list',
      '- [ ] Announce',
    ].join('\r\n');
    expect(parseChecklist(markdown).items.map(({ text }) => text)).toEqual(['Announce']);
    expect(missesOf(markdown)).toEqual([
      [1, 'inside'],
      [2, 'after'],
      [3, 'after'],
      [4, 'before'],
    ]);
  });

  it.each<[string, ...Missing[]]>([
    ['- []Build', 'inside', 'after'],
    ['-[]Build', 'inside', 'after', 'before'],
    ['1.[ ] Build', 'before'],
    ['* [x ] Build', 'one-character'],
    ['- [  ] Build', 'one-character'],
    ['[ ] Build', 'bullet'],
    ['- a\n  [x] Build', 'bullet'],
    ['- - []  Build', 'inside'],
    ['- [x]**Build**', 'after'],
    ['Steps:\n[ ] Build', 'bullet'],
    ['*[ ] Build **it**', 'before'],
    ['+[ ] Port it to C++', 'before'],
  ])('name what %j misses', (markdown, ...missing) => {
    const [[, ...found] = []] = missesOf(markdown);
    expect(found).toEqual(missing);
  });

  it.each([
    '- [ ] Build',
    '- [ ]',
    '- [](https://example.com)',
    '- [x](https://example.com)',
    '- [x][ref]',
    '- [x]: nothing',
    '- [x]Freeze\n\n[X]: /freeze',
    '[x] Freeze\n\n[x]: /freeze',
    '*[x]Freeze*',
    '*[ ] Build*',
    '+[ ] Build+',
    'Some text about\n[x] marks it done',
    'Some text about\nboxes, where\n[x] marks it done\n[ ] does not',
    '- [abc] Build',
    'an array [ ] of two',
    '> - [] Build\n> -[ ] Build',
    '```\n- [] Build\n```',
    '    -[ ] Build',
    'see `a\n-[ ] b` here',
    'see <!-- a\n-[ ] b --> here',
    '<!--\n- [] Build\n-->',
  ])('do not count %j', (markdown) => {
    expect(missesOf(markdown)).toEqual([]);
  });

  it('are named a hundred times at most, in a time that grows with the text', () => {
    expect(missesOf('-[ ] a\n'.repeat(9_000))).toHaveLength(100);
    expect(missesOf(`\`${'-[ ] a\n'.repeat(500)}\``)).toHaveLength(0);
  });
});

describe('correcting lines', () => {
  it('changes the boxes alone (case 26)', () => {
    const markdown =
      'Plan:\r\n\r\n- [] Build \r\n* [ ]Tag\r\n- [x]Freeze\r\n-[ ]  Tell\r\n- [ ] Announce\r\n\r\n[ ] Rest\r\n';
    const { markdown: after, corrected } = correctLines(markdown);
    expect(after).toBe(
      'Plan:\r\n\r\n- [ ] Build \r\n* [ ] Tag\r\n- [x] Freeze\r\n- [ ]  Tell\r\n- [ ] Announce\r\n\r\n- [ ] Rest\r\n',
    );
    expect(corrected).toHaveLength(5);
    const { items, lookalikes } = parseChecklist(after);
    expect(items.map(({ text }) => text)).toEqual([
      'Build',
      'Tag',
      'Freeze',
      'Tell',
      'Announce',
      'Rest',
    ]);
    expect(lookalikes.nearMisses).toEqual([]);
    expect(correctLines(after)).toEqual({ markdown: after, corrected: [] });
  });

  it('takes no issue from an item to give it to another', () => {
    const markdown = '- [ ] Tag\n-[ ] Tell (closes #5)\n- [] Build';
    const { markdown: after, corrected } = correctLines(markdown);
    expect(after).toBe('- [ ] Tag\n-[ ] Tell (closes #5)\n- [ ] Build');
    expect(corrected.map(({ line }) => line)).toEqual([3]);
  });

  it('leaves a line alone whose words an item would lose: it would be another item', () => {
    for (const line of ['-[ ] Test', '[ ] Test']) {
      const markdown = `- [ ] Write\n${line}\n- [ ] Announce\n- [] Build`;
      const { markdown: after, corrected } = correctLines(markdown);
      expect(after).toBe(markdown.replace('- []', '- [ ]'));
      expect(corrected.map(({ line: at }) => at)).toEqual([4]);
    }
  });

  it('leaves a line alone that would take the place of an item with the same words', () => {
    const markdown = '- [] Test\n- [] Build\n- [ ] Test (#5)';
    const { markdown: after } = correctLines(markdown);
    expect(after).toBe('- [] Test\n- [ ] Build\n- [ ] Test (#5)');
  });

  it('leaves a line alone that would be no task afterwards either', () => {
    const markdown = 'Steps:\n2.[ ] Build\n\n- [] Tag';
    expect(correctLines(markdown).markdown).toBe('Steps:\n2.[ ] Build\n\n- [ ] Tag');
  });
});
