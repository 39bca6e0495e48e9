import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENERATE_TEXT } from '../../../lib/core/engine/kinds/generate-text.ts';
import { type Block, formatMap, readMap } from '../../../lib/core/identity/identity-map.ts';
import { planGeneration } from '../../../lib/core/plan/make-plan.ts';
import type { IssueRef } from '../../../lib/core/refs.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import type { Item } from '../../../lib/core/text/checklist.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { generation } from '../engine/build-jobs.ts';
import { buildFacts, issue as known, MASTER, OPTIONS, REPO, RUN } from '../plan/build-facts.ts';

const issue = (number: number): IssueRef => ({ repo: REPO, number });
const itemsOf = (text: string): readonly Item[] => parseChecklist(text).items;

/** The content of a block that gives the items of a text issues from 1 on. */
function written(text: string): string {
  const items = itemsOf(text);
  return formatMap(new Map(items.map(({ key, index }) => [key, issue(index + 1)])), items, REPO);
}

/** What a block of one text says of another text: per item its number, `?` with those that may be its. */
function told(content: string, text: string): readonly string[] {
  const items = itemsOf(text);
  const { entries, asked }: Block = readMap(`<!-- masterlist:map ${content} -->`, items, REPO);
  return items.map(({ key }) => {
    const maybe = asked.get(key)?.map(({ number }) => number) ?? [];
    return entries.get(key)?.number.toString() ?? (maybe.length > 0 ? `?${maybe.join()}` : '');
  });
}

const lines = (...words: readonly string[]) => words.map((one) => `- [ ] ${one}`).join('\n');

describe('entries of the hidden block', () => {
  const PEOPLE = lines('Ask @bob', 'Ask @eve');

  it.each([
    ['as it was', PEOPLE, PEOPLE, ['1', '2']],
    ['two lines swapped', PEOPLE, lines('Ask @eve', 'Ask @bob'), ['2', '1']],
    ['a line deleted before it', PEOPLE, lines('Ask @eve'), ['2']],
    ['a new line before it', PEOPLE, lines('Ask @zoe', 'Ask @bob', 'Ask @eve'), ['', '1', '2']],
    ['under another heading', PEOPLE, `# Part\n\n${PEOPLE}`, ['1', '2']],
    ['one typed otherwise', PEOPLE, lines('Ask @dan', 'Ask @eve'), ['?1', '2']],
    ['one that became the other', PEOPLE, lines('Ask @eve', 'Ask @eve'), ['?2,1', '?2']],
    ['one alone, typed otherwise', lines('Ship it'), lines('Ship it @bob'), ['1']],
    [
      'one alone, now one of two',
      lines('Ship it'),
      lines('Ship it @bob', 'Ship it @eve'),
      ['?1', '?1'],
    ],
    ['twins', lines('Test', 'Test'), lines('Test', 'Test'), ['1', '2']],
    [
      'twins, one more',
      lines('Test', 'Test'),
      lines('Test', 'Test', 'Test'),
      ['?1,2', '?1,2', '?1,2'],
    ],
    ['other words', lines('Test'), lines('Write'), ['']],
  ])('are read for their items: %s', (_, before, after, expected) => {
    expect(told(written(before), after)).toEqual(expected);
  });

  it.each([
    [100, 100],
    [100, 30],
    [30, 100],
    [2, 100],
    [100, 3],
  ])('are shared among very many equal items: %i items, %i entries', (many, entries) => {
    const items = itemsOf(lines(...Array.from({ length: many }, () => 'Test')));
    const typed = items[0]?.typedHash;
    const content = Array.from({ length: entries }, (_, at) => `gone${at}.${typed}.7=${at + 1}`);
    const { asked } = readMap(`<!-- masterlist:map ${content.join(' ')} -->`, items, REPO);
    const lists = [...asked.values()].map((one) => one.map(({ number }) => number));
    expect(lists).toHaveLength(many);
    expect(new Set(lists.flat()).size).toBe(entries);
    const most = Math.max(20, entries / many);
    expect(Math.max(...lists.map(({ length }) => length))).toBe(Math.min(entries, most));
  });

  it('of earlier versions count where one item has the words', () => {
    const [parse, ask] = itemsOf(`${lines('Parse')}\n${PEOPLE}`);
    const content = `${ask?.key}=2 ${parse?.key}=1`;
    expect(told(content, `${lines('Parse')}\n${PEOPLE}`)).toEqual(['1', '?2', '?2']);
  });

  it('that name two issues for one item are asked about', () => {
    const [item] = itemsOf(lines('Parse'));
    expect(told(`${item?.key}=1 ${item?.key}.${item?.typedHash}=2`, lines('Parse'))).toEqual([
      '?1,2',
    ]);
  });

  it('are written as they are read, whether an item has them or not', () => {
    const content = 'abc.def.2=7 gone=8 old.way=octo/far#9';
    const text = `x\n<!-- masterlist:map ${content} -->`;
    expect(formatMap(readMap(text, [], REPO).entries, [], REPO)).toBe(content);
  });

  it('never give an item the issue of one that was typed otherwise among its like', () => {
    const names = [
      'Ask @bob',
      'Ask @eve',
      '@acme/core',
      '@acme/cli',
      'Vec<T>',
      'Vec<U>',
      'Test',
      'Test',
    ];
    const list = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(list, list, fc.boolean(), (before, after, heading) => {
        const [old, text] = [lines(...before), (heading ? '# A\n\n' : '') + lines(...after)];
        const typed = itemsOf(old).map(({ typedHash }) => typedHash);
        const items = itemsOf(text);
        const found = told(written(old), text);
        found.forEach((number, index) => {
          if (!/^\d/.test(number)) return;
          const item = items[index];
          const alone = before.length === 1 || item?.namesakes === 1;
          if (!alone) expect(typed[Number(number) - 1]).toBe(item?.typedHash);
        });
        const numbers = found.filter((number) => /^\d/.test(number));
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('items with the same words and the hidden block', () => {
  const SWAPPED = lines('Ask @eve', 'Ask @bob');
  const decided = (body: string) => {
    const facts = buildFacts(body, { referenced: [known(1), known(2)] });
    const { rows } = planGeneration(facts, parseChecklist(body), OPTIONS, RUN);
    return rows.map(({ decision, reason }) => [
      decision,
      'issue' in reason ? reason.issue.number : undefined,
    ]);
  };
  const hidden = (text: string, content: string) => `${text}\n\n<!-- masterlist:map ${content} -->`;

  it('keep their issues when they change places', () => {
    const content = written(lines('Ask @bob', 'Ask @eve'));
    expect(decided(hidden(SWAPPED, content))).toEqual([
      ['skip', 2],
      ['skip', 1],
    ]);
  });

  it('are asked about where there are more of them than there were, and never created again', () => {
    const content = written(lines('Write docs'));
    const rows = decided(hidden(lines('Write docs', 'Write docs'), content));
    expect(rows.map(([decision]) => decision)).toEqual(['ask', 'ask']);
  });

  it('get their own issues when they changed places before the run wrote', () => {
    const items = itemsOf(lines('Ask @bob', 'Ask @eve'));
    const { header, rows } = generation(
      items.map((item, at) => ({
        item,
        phase: 'created',
        issue: { number: at + 1, nodeId: `n${at}`, url: '' },
      })),
      { checklist: MASTER, target: REPO, claim: 'released' },
    );
    const job = { header: { ...header, options: { ...header.options, identity: 'block' } }, rows };
    const view = { holder: undefined, now: 0 };
    const edits = GENERATE_TEXT.edits(job as never, 'links', SWAPPED, view);
    const { markdown } = applyEdits(SWAPPED, edits, { repo: REPO });
    expect(decided(markdown)).toEqual([
      ['skip', 2],
      ['skip', 1],
    ]);
  });
});
