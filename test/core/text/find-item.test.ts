import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { type Item, type ItemLocator, locatorOf } from '../../../lib/core/text/checklist.ts';
import { itemFinder } from '../../../lib/core/text/find-item.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';

const REPO = { host: 'github.com', owner: 'o', name: 'r' };

/** Where an item of one text is in another: its line as typed, or why it is not told. */
function follow(before: string, index: number, after: string): string {
  return find(locatorOf(itemOf(before, index)), after);
}

function find(item: ItemLocator, after: string): string {
  const found = itemFinder(parseChecklist(after), REPO)({ kind: 'tick', item });
  return typeof found === 'string' ? found : after.slice(found.textStart, found.textEnd);
}

function itemOf(text: string, index: number): Item {
  const item = parseChecklist(text).items[index];
  if (item === undefined) throw new Error(`no item ${index}`);
  return item;
}

/** Items with the same words that only their text as typed tells apart (case 01, 03). */
const PAIRS = [
  ['Publish @acme/core', 'Publish @acme/cli'],
  ['Take `Map<K>` and Vec<T>', 'Take `Map<K>` and Vec<U>'],
  ['Ask for review: @gina', 'Ask for review: @shane'],
  ['Backport #11', 'Backport #12'],
  ['Read [the guide](https://example.org/a)', 'Read [the guide](https://example.org/b)'],
] as const;

describe('items with the same words', () => {
  it.each(PAIRS)('are told apart by what was typed when they change places: %s', (one, two) => {
    const before = `## Do\n\n- [ ] ${one}\n- [ ] ${two}\n`;
    const after = `## Do\n\n- [ ] ${two}\n- [ ] ${one}\n`;
    expect(itemOf(before, 0).textHash).toBe(itemOf(before, 1).textHash);
    expect(follow(before, 0, after)).toBe(one);
    expect(follow(before, 1, after)).toBe(two);
  });

  it.each(PAIRS)('are never taken for one another when one is gone: %s', (one, two) => {
    const before = `- [ ] ${one}\n- [ ] ${two}\n`;
    expect(follow(before, 0, `- [ ] ${two}\n`)).toMatch(/^item-/);
    expect(follow(before, 1, `- [ ] ${two}\n`)).toBe(two);
  });

  it.each(PAIRS)('are found under another heading, and with a link behind: %s', (one, two) => {
    const before = `## Do\n\n- [ ] ${one}\n- [ ] ${two}\n`;
    const after = `## Done\n\n- [ ] ${two} (closes #50)\n\n## Left\n\n- [ ] ${one} (#60, #61)\n`;
    expect(follow(before, 0, after)).toBe(`${one} (#60, #61)`);
    expect(follow(before, 1, after)).toBe(`${two} (closes #50)`);
  });

  it('are not told when what was typed changed in one of them', () => {
    const before = '- [ ] Publish @acme/core\n- [ ] Publish @acme/cli\n';
    const after = '- [ ] Publish @acme/web\n- [ ] Publish @acme/cli\n';
    expect(follow(before, 0, after)).toBe('item-ambiguous');
    expect(follow(before, 1, after)).toBe('Publish @acme/cli');
  });
});

describe('an item that is alone with its words', () => {
  it('stays the same when a sentence, a label or a name comes to it', () => {
    const before = '## Release\n\n- [ ] Build\n- [ ] Ship it\n';
    const after =
      '## Release 2\n\nAll of these this week:\n\n- [ ] Ship it @ann (see #9)\n- [ ] Build\n';
    expect(follow(before, 0, after)).toBe('Build');
    expect(follow(before, 1, after)).toBe('Ship it @ann (see #9)');
  });
});

describe('an item as an earlier version stored it', () => {
  it('is found by its words and place alone', () => {
    const text = '- [ ] Publish @acme/core\n- [ ] Publish @acme/cli\n';
    const { typedHash: _, alike: __, ...old } = locatorOf(itemOf(text, 1));
    expect(find(old, text)).toBe('Publish @acme/cli');
    expect(find(old, '- [ ] Publish @acme/cli\n')).toBe('item-ambiguous');
  });
});

describe('the text as typed', () => {
  it.each([
    ['Fix it', 'Fix it (closes #1)'],
    ['Fix it', 'Fix it (#1)'],
    ['Fix it.', 'Fix it (closes #1).'],
    ['Fix it', 'Fix it (closes o/other#1) (#4, o/other#5)'],
    ['#3 Fix it', '#3 Fix it (#4, #5)'],
    ['Fix it #3', 'Fix it #3 (closes #8)'],
    ['Fix it', 'Fix it (#1) (#PR_NUMBER)'],
  ])('is the same without and with what is written behind it: %s, %s', (one, other) => {
    expect(itemOf(`- [ ] ${other}`, 0).typedHash).toBe(itemOf(`- [ ] ${one}`, 0).typedHash);
  });

  it.each([
    ['Fix it', 'Fix it (see #1)'],
    ['Fix it', 'Fix it #1'],
    ['Fix it (#1)', 'Fix it (with #1 first)'],
  ])('is another one with what somebody typed: %s, %s', (one, other) => {
    expect(itemOf(`- [ ] ${other}`, 0).typedHash).not.toBe(itemOf(`- [ ] ${one}`, 0).typedHash);
  });

  it('is not changed by a link that is written and taken away again', () => {
    const text = '- [ ] Publish @acme/core\n- [ ] Publish @acme/cli\n';
    const item = locatorOf(itemOf(text, 0));
    const issue = { repo: REPO, number: 7 };
    const link = { kind: 'link', item, issue, style: 'closes' } as const;
    const { markdown, applied } = applyEdits(text, [link], { repo: REPO });
    expect(itemOf(markdown, 0).typedHash).toBe(item.typedHash);
    const back = applied.flatMap(({ inverse }) => inverse ?? []);
    expect(applyEdits(markdown, back, { repo: REPO }).markdown).toBe(text);
  });
});
