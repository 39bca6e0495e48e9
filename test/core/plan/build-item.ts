import type { Checklist, Item, Reference } from '../../../lib/core/text/checklist.ts';

/**
 * Builds the items of a simple checklist by hand, without the parser: `- [ ]` lines, nested by two blanks, under
 * ATX headings; the reference at a text's end is its link, others are mentions. `changes` overrides items by index.
 */
export function buildChecklist(
  markdown: string,
  changes: Readonly<Record<number, Partial<Item>>> = {},
): Checklist {
  const items: Item[] = [];
  const headings: string[] = [];
  let offset = 0;
  for (const line of markdown.split('\n')) {
    const heading = /^(#+) (.*)$/.exec(line);
    if (heading !== null) headings.splice((heading[1]?.length ?? 1) - 1, 9, heading[2] ?? '');
    const task = /^( *)- \[([ x])\] (.*)$/.exec(line);
    if (task !== null) items.push(itemOfLine(task, markdown, offset, headings, items));
    offset += line.length + 1;
  }
  const parents = new Set(items.map(({ parent }) => parent));
  const like = Map.groupBy(items, ({ textHash }) => textHash);
  const countOf = ({ textHash }: Item) => like.get(textHash)?.length ?? 1;
  return {
    items: items.map((item, index) => ({
      ...item,
      namesakes: countOf(item),
      typedHash: item.textHash,
      alike: countOf(item),
      isParent: parents.has(index),
      ...changes[index],
    })),
    lookalikes: { inCode: 0, inComments: 0, nearMisses: [] },
  };
}

function itemOfLine(
  [, indent = '', state = ' ', text = '']: RegExpExecArray,
  markdown: string,
  offset: number,
  headings: readonly string[],
  before: readonly Item[],
): Item {
  const start = offset + indent.length;
  const textStart = start + 6;
  const depth = indent.length / 2;
  const parent = before.findLast((item) => item.depth < depth);
  const groups =
    parent !== undefined && depth > 0
      ? [...parent.groups, parent.subject]
      : headings.filter(Boolean);
  const references = referencesIn(text, textStart);
  const placeholder = text.indexOf('(#PR_NUMBER)');
  const subject = text
    .replace('(#PR_NUMBER)', '')
    .split('`')
    .map((part, place) => (place % 2 === 1 ? part : withoutReferences(part)))
    .join('')
    .replace(/\*/g, '')
    .trim();
  const same = before.filter(
    (item) => item.subject === subject && item.label === (groups.at(-1) ?? ''),
  );
  return {
    index: before.length,
    checked: state === 'x',
    boxOffset: start + 3,
    start,
    end: contentEnd(markdown, textStart + text.length, indent.length),
    textStart,
    textEnd: textStart + text.trimEnd().length,
    depth,
    parent: depth > 0 ? parent?.index : undefined,
    isParent: false,
    groups,
    label: groups.at(-1) ?? '',
    text: text.replace(/[`*]/g, ''),
    subject,
    title: /[\p{L}\p{N}]/u.test(subject)
      ? subject
      : text.replace(/@|\(?#\d+\)?|[^\p{L}\p{N}]/gu, ''),
    references,
    mentions: [...text.matchAll(/@(\w+)/g)].map(([, login]) => login ?? ''),
    struck: /^~~.*~~$/.test(text),
    ...(placeholder < 0
      ? {}
      : { placeholder: { start: textStart + placeholder, end: textStart + placeholder + 12 } }),
    key: hash(`${groups.join('/')}|${subject}|${same.length}`),
    textHash: hash(subject),
    groupHash: hash(groups.join('/')),
    ordinal: same.length,
  };
}

function withoutReferences(text: string): string {
  return text.replace(/ ?\(?(?:closes )?(?:\w+\/\w+)?#\d+\)?| ?@\w+/g, '');
}

function referencesIn(text: string, textStart: number): readonly Reference[] {
  return [...text.matchAll(/(closes )?(?:(\w+)\/(\w+))?#(\d+)/g)]
    .filter(({ index }) => (text.slice(0, index).split('`').length - 1) % 2 === 0)
    .map((match) => {
      const [whole, lead, owner, name, number] = match;
      const end = match.index + whole.length;
      return {
        form: owner === undefined ? 'number' : 'qualified',
        role: /^\)?$/.test(text.slice(end).trim()) ? 'link' : 'mention',
        number: Number(number),
        start: textStart + match.index + (lead?.length ?? 0),
        end: textStart + end,
        ...(owner === undefined || name === undefined ? {} : { owner, name }),
        ...(lead === undefined ? {} : { lead: lead.trim() }),
      };
    });
}

/** An item goes on over lines that are indented deeper than its bullet, and blank lines between them. */
function contentEnd(markdown: string, lineEnd: number, indent: number): number {
  let end = lineEnd;
  let at = lineEnd + 1;
  for (const line of markdown.slice(at).split('\n')) {
    const deeper = line.search(/\S/) > indent;
    if (line.trim() !== '' && !deeper) break;
    at += line.length;
    if (deeper) end = at;
    at += 1;
  }
  return end;
}

function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const character of text)
    value = ((value ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n) % (1n << 64n);
  return value.toString(16).padStart(16, '0');
}
