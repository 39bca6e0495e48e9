import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import type { IssueRef } from '../../../lib/core/refs.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { type Item, locatorOf } from '../../../lib/core/text/checklist.ts';
import type { Edit } from '../../../lib/core/text/edit.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { itemText, markdown } from './markdown-arbitrary.ts';
import { oracleTasks } from './oracle.ts';

const REPO = { host: 'github.com', owner: 'o', name: 'r' };
const CONTEXT = { repo: REPO };
const NUMBER = 987_654;
const RUNS = { numRuns: 400 };

const issue = (number: number): IssueRef => ({ repo: REPO, number });
const elsewhere: IssueRef = { repo: { ...REPO, name: '_odd_' }, number: NUMBER };

/** A text with one of its items. */
const textWithItem = markdown
  .map((text) => ({ text, items: parseChecklist(text).items }))
  .filter(({ items }) => items.length > 0)
  .chain(({ text, items }) =>
    fc.record({ text: fc.constant(text), item: fc.constantFrom(...items) }),
  );

const editOf = (item: Item): fc.Arbitrary<Edit> => {
  const one = { item: locatorOf(item) };
  const number = fc.constantFrom(5, 6, 7, 8, 12, NUMBER);
  const style = fc.constantFrom('closes', 'parenthesis', 'bare') as fc.Arbitrary<
    'closes' | 'parenthesis' | 'bare'
  >;
  const pulls = fc.uniqueArray(fc.constantFrom(8, 9, 456, 460), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    fc.constantFrom<Edit>({ kind: 'tick', ...one }, { kind: 'untick', ...one }),
    fc
      .tuple(number, style)
      .map(([n, how]): Edit => ({ kind: 'link', ...one, issue: issue(n), style: how })),
    fc
      .tuple(number, style)
      .map(([n, how]): Edit => ({ kind: 'unlink', ...one, issue: issue(n), style: how })),
    fc.constant<Edit>({ kind: 'link', ...one, issue: elsewhere, style: 'closes' }),
    pulls.map(
      (numbers): Edit => ({ kind: 'append-pull-requests', ...one, pulls: numbers.map(issue) }),
    ),
    pulls.map(
      (numbers): Edit => ({ kind: 'remove-pull-requests', ...one, pulls: numbers.map(issue) }),
    ),
    fc.tuple(number, number).map(
      ([from, to]): Edit => ({
        kind: 'relink',
        ...one,
        from: issue(from),
        to: issue(to),
        style: 'closes',
      }),
    ),
    number.map((n): Edit => ({ kind: 'drop-link', ...one, issue: issue(n) })),
    newWords.map((text): Edit => ({ kind: 'retext', ...one, text })),
  );
};

const newWords = fc.oneof(
  fc.constantFrom('Other words', 'doc', '**Bold** one', 'a_b `c`'),
  itemText,
);

const commentEdit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constant('comment' as const),
  name: fc.constantFrom('claim' as const, 'map' as const),
  content: fc.constantFrom('', 'a=1', 'by=ada at=now run=1', 'x --> y\n- [ ] z'),
});

/** A text with edits of some of its items and of our comments. */
const textWithEdits = markdown.chain((text) => {
  const items = parseChecklist(text).items;
  const edits = [commentEdit, ...items.map(editOf)];
  return fc.record({
    text: fc.constant(text),
    edits: fc.array(fc.oneof(...edits), { maxLength: 8 }),
  });
});

function edit(text: string, ...edits: readonly Edit[]): string {
  return applyEdits(text, edits, CONTEXT).markdown;
}

function itemAt(text: string, index: number): Item {
  const item = parseChecklist(text).items[index];
  if (item === undefined) throw new Error('the item is gone');
  return item;
}

const isPlainBox = (text: string, item: Item): boolean => /[ x]/.test(text.charAt(item.boxOffset));

describe('reading', { timeout: 120_000 }, () => {
  it('finds the tasks of remark-parse with remark-gfm, their offsets and states', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const found = parseChecklist(text).items.map(({ boxOffset, checked }) => ({
          boxOffset,
          checked,
        }));
        expect(found).toEqual(oracleTasks(text));
      }),
      { numRuns: 1_500 },
    );
  });

  it('reads the same with other line ends', () => {
    const told = (text: string) =>
      parseChecklist(text).items.map(({ key, checked, subject, title, depth, label }) => ({
        key,
        checked,
        subject,
        title,
        depth,
        label,
      }));
    fc.assert(
      fc.property(markdown, (text) => {
        const plain = text.replace(/\r\n|\r/g, '\n');
        expect(told(plain.replace(/\n/g, '\r\n'))).toEqual(told(plain));
      }),
      RUNS,
    );
  });

  it('shifts all offsets by what is put before', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const plain = text.replace(/^\ufeff/, '');
        const front = 'Some text\n\n';
        const offsets = (from: string, shift: number) =>
          parseChecklist(from).items.map((one) =>
            [one.boxOffset, one.textStart, one.textEnd].map((at) => at - shift),
          );
        expect(offsets(front + plain, front.length)).toEqual(offsets(plain, 0));
      }),
      RUNS,
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 80 })),
        (noise) => {
          const { items } = parseChecklist(`- [ ] ${noise}\n${noise}`);
          for (const item of items) expect(item.textEnd).toBeGreaterThanOrEqual(item.textStart);
        },
      ),
      RUNS,
    );
  });

  it('gives each item a key of its own', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const keys = parseChecklist(text).items.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      RUNS,
    );
  });
});

describe('ticking', { timeout: 120_000 }, () => {
  it('changes one character, and unticking restores it', () => {
    fc.assert(
      fc.property(textWithItem, ({ text, item }) => {
        const ticked = edit(text, { kind: 'tick', item });
        if (item.checked) expect(ticked).toBe(text);
        else {
          expect(ticked).toBe(`${text.slice(0, item.boxOffset)}x${text.slice(item.boxOffset + 1)}`);
        }
        expect(edit(ticked, { kind: 'tick', item })).toBe(ticked);
        if (text[item.boxOffset] === ' ') {
          expect(edit(ticked, { kind: 'untick', item })).toBe(text);
        }
      }),
      RUNS,
    );
  });

  it('ticks neither parents nor children, and renames nobody', () => {
    fc.assert(
      fc.property(textWithItem, ({ text, item }) => {
        const after = parseChecklist(edit(text, { kind: 'tick', item })).items;
        const before = parseChecklist(text).items;
        expect(after.map(({ key, checked }) => [key, checked])).toEqual(
          before.map(({ key, checked, index }) => [key, checked || index === item.index]),
        );
      }),
      RUNS,
    );
  });
});

describe('linking', { timeout: 120_000 }, () => {
  const styles = fc.constantFrom('closes' as const, 'parenthesis' as const, 'bare' as const);
  const target = fc.constantFrom(issue(NUMBER), elsewhere, {
    repo: { ...REPO, owner: 'other' },
    number: NUMBER,
  });

  it('inserts plain text at the end of the first paragraph and changes nothing else', () => {
    fc.assert(
      fc.property(textWithItem, styles, target, ({ text, item }, style, to) => {
        const linked = edit(text, { kind: 'link', item, issue: to, style });
        const at = insertionAt(text, linked, item.textEnd);
        const inserted = linked.slice(at, at + linked.length - text.length);
        expect(linked.slice(0, at) + linked.slice(at + inserted.length)).toBe(text);
        expect(linked.length).toBeGreaterThan(text.length);
        expect(at).toBeGreaterThanOrEqual(item.textStart);
        expect(at).toBeLessThanOrEqual(item.textEnd);
        expect(parentsOf(linked, String(NUMBER))).not.toMatch(
          /code|html|definition|footnoteDefinition text$/,
        );
        if (to !== elsewhere) expect(parentsOf(linked, String(NUMBER))).not.toMatch(/link/);
      }),
      { numRuns: 600 },
    );
  });

  it('makes the issue the link of that item, and leaves all keys, texts and other items alone', () => {
    fc.assert(
      fc.property(textWithItem, styles, target, ({ text, item }, style, to) => {
        const linked = edit(text, { kind: 'link', item, issue: to, style });
        const before = parseChecklist(text).items;
        const after = parseChecklist(linked).items;
        expect(
          after.map(({ key, subject, title, checked, depth, groups }) => [
            key,
            subject,
            title,
            checked,
            depth,
            groups,
          ]),
        ).toEqual(
          before.map(({ key, subject, title, checked, depth, groups }) => [
            key,
            subject,
            title,
            checked,
            depth,
            groups,
          ]),
        );
        for (const one of after) {
          const links = one.references.filter(
            ({ number, role }) => number === NUMBER && role === 'link',
          );
          expect(links.length).toBe(one.index === item.index ? 1 : 0);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('changes the rendered page by the link alone', () => {
    fc.assert(
      fc.property(textWithItem, styles, ({ text, item }, style) => {
        const linked = edit(text, { kind: 'link', item, issue: issue(NUMBER), style });
        const forms = [
          ` (closes #${NUMBER})`,
          ` (#${NUMBER})`,
          ` #${NUMBER}`,
          `(closes #${NUMBER}) `,
          `(#${NUMBER}) `,
        ];
        const without = forms.map((form) => render(linked).replace(form, ''));
        expect(without).toContain(render(text));
      }),
      RUNS,
    );
  });

  it('says nothing twice', () => {
    fc.assert(
      fc.property(textWithItem, styles, target, ({ text, item }, style, to) => {
        const link: Edit = { kind: 'link', item, issue: to, style };
        const linked = edit(text, link);
        expect(edit(linked, link)).toBe(linked);
        expect(edit(text, link, link)).toBe(linked);
      }),
      RUNS,
    );
  });

  it('gives the same with other line ends', () => {
    fc.assert(
      fc.property(textWithItem, styles, ({ text }, style) => {
        const plain = text.replace(/\r\n|\r/g, '\n');
        const dos = plain.replace(/\n/g, '\r\n');
        const link = (from: string) =>
          edit(
            from,
            ...parseChecklist(from).items.map(
              (item): Edit => ({ kind: 'link', item, issue: issue(item.index + 1_000), style }),
            ),
          );
        expect(link(dos).replace(/\r\n/g, '\n')).toBe(link(plain));
      }),
      RUNS,
    );
  });
});

/** Edits that make another item of an item. */
const RENAMES: readonly Edit['kind'][] = ['relink', 'retext'];

describe('any edits', { timeout: 120_000 }, () => {
  it('do together what they do one by one', () => {
    fc.assert(
      fc.property(textWithEdits, ({ text, edits }) => {
        const keys = (of: string) => parseChecklist(of).items.map(({ key }) => key);
        let step = text;
        for (const one of edits) {
          const { markdown, missed } = applyEdits(step, [one], CONTEXT);
          step = markdown;
          // One of two equal items may not be told any more once the other one, or its link, was changed before it.
          fc.pre(missed.length === 0);
          // An item that says nothing but its link becomes another item with another link.
          fc.pre(!RENAMES.includes(one.kind) || keys(step).join() === keys(text).join());
        }
        expect(edit(text, ...edits)).toBe(step);
      }),
      { numRuns: 800 },
    );
  });

  it('are taken back to the very bytes by their inverses, last first', () => {
    fc.assert(
      fc.property(textWithEdits, ({ text, edits }) => {
        const kept = edits.filter((one) => isExact(text, one));
        let step = text;
        const inverses: Edit[] = [];
        for (const one of kept) {
          const { markdown: next, applied } = applyEdits(step, [one], CONTEXT);
          for (const { inverse } of applied) if (inverse !== undefined) inverses.unshift(inverse);
          step = next;
        }
        for (const inverse of inverses) step = edit(step, inverse);
        expect(step).toBe(text);
      }),
      { numRuns: 800 },
    );
  });

  it('leave every line end, blank and byte order mark', () => {
    const skeleton = (text: string) => text.replace(/[^\r\n\t\ufeff\u00a0]/g, '');
    fc.assert(
      fc.property(textWithEdits, ({ text, edits }) => {
        const kept = edits.filter((one) => one.kind !== 'comment' && isExact(text, one));
        expect(skeleton(edit(text, ...kept))).toBe(skeleton(text));
      }),
      RUNS,
    );
  });

  it('keep the number of items and the keys of all', () => {
    fc.assert(
      fc.property(textWithEdits, ({ text, edits }) => {
        const kept = edits.filter(({ kind }) => kind !== 'unlink' && !RENAMES.includes(kind));
        const keys = (of: string) => parseChecklist(of).items.map(({ key }) => key);
        expect(keys(edit(text, ...kept))).toEqual(keys(text));
      }),
      RUNS,
    );
  });
});

describe('dropping a link', { timeout: 120_000 }, () => {
  const dropped = textWithItem.chain(({ text, item }) => {
    const linked = item.references.filter(({ role }) => role !== 'mention');
    const numbers = linked.map(({ number }) => number);
    return fc.record({
      text: fc.constant(text),
      item: fc.constant(item),
      number: fc.constantFrom(5, ...numbers),
    });
  });

  it('takes bytes out of the first paragraph, and leaves the item what it is', () => {
    let changed = 0;
    fc.assert(
      fc.property(dropped, ({ text, item, number }) => {
        const drop: Edit = { kind: 'drop-link', item, issue: issue(number) };
        const after = edit(text, drop);
        const now = itemAt(after, item.index);
        expect(edit(after, drop)).toBe(after);
        expect(after.slice(0, item.textStart)).toBe(text.slice(0, item.textStart));
        // Of two blanks before a reference one is left.
        const behind = (of: string, one: Item) => of.slice(one.textEnd).replace(/^[ \t]+/, '');
        expect(behind(after, now)).toBe(behind(text, item));
        expect([now.key, now.checked, now.subject]).toEqual([item.key, item.checked, item.subject]);
        if (after === text) return;
        changed++;
        const own = ({ references }: Item) =>
          references.filter((one) => one.owner === undefined || one.owner === 'o');
        expect(now.references.length).toBeLessThan(item.references.length);
        const isLink = (one: Item['references'][number]) =>
          one.number === number && one.role !== 'mention';
        expect(own(now).filter(isLink)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
    expect(changed).toBeGreaterThan(50);
  });
});

describe('other words', { timeout: 120_000 }, () => {
  it('replace the words of one line; boxes, references and all other bytes stay', () => {
    let changed = 0;
    fc.assert(
      fc.property(textWithItem, newWords, ({ text, item }, words) => {
        const after = edit(text, { kind: 'retext', item, text: words });
        if (after === text) return;
        changed++;
        const now = itemAt(after, item.index);
        expect(after.slice(0, item.textStart)).toBe(text.slice(0, item.textStart));
        expect(after.slice(now.textEnd)).toBe(text.slice(item.textEnd));
        expect(after.slice(now.textStart, now.textEnd)).toContain(words);
        const told = (one: Item) => [
          one.references.map(({ number, role, owner }) => [number, role, owner]),
          one.mentions,
          one.checked,
          one.placeholder === undefined,
        ];
        expect(told(now)).toEqual(told(item));
        const others = (of: string) =>
          parseChecklist(of)
            .items.filter(({ index }) => index !== item.index)
            .map(({ textHash, checked, depth }) => [textHash, checked, depth]);
        expect(others(after)).toEqual(others(text));
        expect(edit(after, { kind: 'retext', item, text: words })).toBe(after);
      }),
      { numRuns: 1_000 },
    );
    expect(changed).toBeGreaterThan(300);
  });
});

describe('finding an item again', { timeout: 120_000 }, () => {
  const pool = ['doc', 'doc', 'ptr', 'Write `it`', '#5', 'text (closes #7)', 'some (#PR_NUMBER)'];
  interface Line {
    readonly id: number;
    readonly heading: boolean;
    readonly text: string;
  }
  const line = fc.record({
    heading: fc.integer({ max: 5 }).map((n) => n === 0),
    text: fc.constantFrom(...pool),
  });
  const lines = fc
    .array(line, { minLength: 1, maxLength: 9 })
    .map((all) => all.map((one, id): Line => ({ ...one, id })));
  const change = fc.record({
    kind: fc.constantFrom('delete', 'insert', 'swap', 'duplicate', 'rewrite', 'tick'),
    at: fc.nat(20),
    to: fc.nat(20),
    text: fc.oneof(fc.constantFrom(...pool), itemText),
  });

  const write = (all: readonly Line[]): string =>
    all
      .map(({ heading, text }, index) =>
        heading ? `\n## Part ${index === 0 ? 'a' : text}\n` : `- [ ] ${text}`,
      )
      .join('\n');

  it('takes the same item, or says that it is gone or ambiguous', () => {
    fc.assert(
      fc.property(lines, fc.array(change, { maxLength: 4 }), fc.nat(20), (all, changes, pick) => {
        const before = parseChecklist(write(all)).items;
        const item = before[pick % Math.max(1, before.length)];
        if (item === undefined) return;
        let id = 100;
        let now = [...all];
        for (const { kind, at, to, text } of changes) {
          const index = at % Math.max(1, now.length);
          const other = to % Math.max(1, now.length);
          const one = now[index];
          const two = now[other];
          if (one === undefined || two === undefined) continue;
          if (kind === 'delete') now = now.filter((_, position) => position !== index);
          if (kind === 'insert') now.splice(index, 0, { id: id++, heading: false, text });
          if (kind === 'swap') [now[index], now[other]] = [two, one];
          if (kind === 'duplicate') now.splice(index, 0, { ...one, id: id++ });
          if (kind === 'rewrite') now[index] = { ...one, text };
        }
        const after = write(now);
        const { markdown: ticked, applied } = applyEdits(after, [{ kind: 'tick', item }], CONTEXT);
        const same = parseChecklist(after).items.filter(
          ({ textHash }) => textHash === item.textHash,
        );
        if (applied[0]?.changed === true) {
          const hit = parseChecklist(ticked).items.filter(({ checked }) => checked);
          expect(hit.map(({ textHash }) => textHash)).toEqual([item.textHash]);
          // Of several that look the same, one is taken only where it alone was typed so, or nobody of its like came or went.
          const typed = same.filter(({ typedHash }) => typedHash === item.typedHash);
          const isTold = item.alike === 1 && typed.length === 1;
          if (isTold) expect(hit[0]?.typedHash).toBe(item.typedHash);
          const twins = same.filter(({ groupHash }) => groupHash === hit[0]?.groupHash);
          if (same.length > 1 && !isTold) expect(twins.length).toBe(item.twins);
        } else if (same.length === 1 && item.namesakes === 1) {
          expect.unreachable('an item that was and is the only one of its text must be found');
        }
      }),
      { numRuns: 1_500 },
    );
  });
});

/** Whether an edit has an inverse that restores the very bytes: `[X]` and a tab in the box are made plain. */
function isExact(text: string, one: Edit): boolean {
  if (!('item' in one)) return !/masterlist:/.test(text);
  // An item that is only a reference is told apart by it, so to relink it is to make another item of it.
  if (one.kind === 'relink' || one.kind === 'unlink') {
    const item = parseChecklist(text).items.find(({ key }) => key === one.item.key);
    return item !== undefined && item.subject !== '' && isPlainBox(text, item);
  }
  // Of two that look the same and of which one was renamed, the other is not told apart any more.
  if (one.kind === 'retext' && one.item.twins !== 1) return false;
  const item = parseChecklist(text).items.find(({ key }) => key === one.item.key);
  return item !== undefined && isPlainBox(text, item);
}

/** Where text was inserted: as far to the left as it can have been, down to a floor. */
function insertionAt(before: string, after: string, floor: number): number {
  const length = after.length - before.length;
  let at = 0;
  while (at < before.length && before[at] === after[at]) at++;
  while (at > floor && after[at - 1] === after[at - 1 + length]) at--;
  return at;
}

const REMARK = unified().use(remarkParse).use(remarkGfm).freeze();
const HTML = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype)
  .use(rehypeStringify)
  .freeze();

function render(text: string): string {
  return String(HTML.processSync(text));
}

/** Types of the nodes that contain some text, outermost first, and its own. */
function parentsOf(text: string, what: string): string {
  const search = (node: Nodes, path: string): string | undefined => {
    const here = `${path} ${node.type}`;
    if ('children' in node) {
      for (const child of node.children) {
        const found = search(child, here);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    return 'value' in node && node.value.includes(what) ? here : undefined;
  };
  return search(REMARK.parse(text) as Root, '') ?? 'nowhere';
}

it('reads an item by its place', () => {
  expect(itemAt('- [ ] a\n- [x] b', 1)).toMatchObject({ subject: 'b', checked: true });
});
