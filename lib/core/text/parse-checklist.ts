import { failure } from '../failures.ts';
import type { Blocks, Group, Span, Task } from './blocks.ts';
import { type Checklist, groupLabel, type Item, itemKey, type WrittenName } from './checklist.ts';
import { guardNesting } from './guard-nesting.ts';
import { hashText } from './hash-text.ts';
import { findLookalikes } from './lookalikes.ts';
import { DEFAULT_PLACEHOLDER } from './placeholder.ts';
import { readBlocks } from './read-blocks.ts';
import { inlineReader } from './read-inline.ts';
import { type ItemText, readItemText } from './read-item-text.ts';
import { typedText } from './typed-text.ts';

/** What reading depends on beside the text. */
export interface ReadingOptions {
  /** Literal text that stands for a pull request to come; `(#PR_NUMBER)` unless told. '' for none. */
  readonly placeholder?: string;
}

/**
 * Reads every task item as GitHub counts them in issue bodies. Never throws. Whoever plans, writes and looks again reads
 * the same few texts several times, which is most of the time that it takes: the last of them are remembered.
 */
export function parseChecklist(
  markdown: string,
  { placeholder = DEFAULT_PLACEHOLDER }: ReadingOptions = {},
): Checklist {
  const key = `${placeholder}\n${markdown}`;
  const checklist = recent.get(key) ?? readChecklist(markdown, placeholder);
  recent.delete(key);
  recent.set(key, checklist);
  for (const oldest of recent.keys()) if (recent.size > REMEMBERED) recent.delete(oldest);
  return checklist;
}

/** A text of 500 items is remembered in a megabyte. */
const REMEMBERED = 8;
const recent = new Map<string, Checklist>();

/** As `parseChecklist`, and always anew. */
export function readChecklist(markdown: string, placeholder: string): Checklist {
  const guarded = guardNesting(markdown);
  if (guarded.refused) return { ...NOTHING, refused: failure('too-nested') };
  const blocks = readBlocks(markdown, guarded.text);
  const { unclosedFence } = blocks;
  return {
    items: itemsOf(markdown, blocks, placeholder),
    lookalikes: findLookalikes(markdown, blocks),
    ...(unclosedFence !== undefined && { unclosedFence: lineAt(markdown, unclosedFence) }),
  };
}

const NOTHING: Checklist = { items: [], lookalikes: { inCode: 0, inComments: 0, nearMisses: [] } };

/** A task with what its text says, before it is told apart from its like. */
interface ReadTask {
  readonly task: Task;
  readonly words: ItemText;
  readonly place: Place;
  readonly textHash: string;
  readonly typedHash: string;
}

function itemsOf(markdown: string, blocks: Blocks, placeholder: string): Item[] {
  const readInline = inlineReader(markdown, blocks);
  const read = (lines: readonly Span[]) => readItemText(readInline(lines), placeholder);
  const parents = new Map<Group, GroupText>();
  const words = blocks.tasks.map((task) => {
    const text = read(task.lines);
    parents.set(task.self, { label: text.subject, shown: text.title });
    return text;
  });
  const placeOf = placeReader((group) => parents.get(group) ?? labelText(read, group));
  const tasks = blocks.tasks.map((task, index): ReadTask => {
    const own = words[index] ?? read(task.lines);
    return {
      task,
      words: own,
      place: placeOf(task.group),
      textHash: hashText(identityText(own, task)),
      typedHash: hashText(typedText(markdown, task.lines, own.references, own.placeholder)),
    };
  });
  return withIdentity(tasks);
}

/**
 * What an item is told apart by. One without a text of its own goes by the reference that it starts with, else by whom
 * it mentions: what is appended to it later must not change it.
 */
function identityText({ subject, references, mentions }: ItemText, { lines }: Task): string {
  if (subject !== '') return subject;
  const [first] = references;
  if (first === undefined || first.start !== lines[0]?.start) return `@${mentions.join(' @')}`;
  return `${first.owner ?? ''}/${first.name ?? ''}#${first.number}`.toLowerCase();
}

/** What a group is told apart by, and what it is called. */
interface GroupText {
  readonly label: string;
  readonly shown: string;
}

/** A group path, rendered. */
interface Place {
  readonly groups: readonly string[];
  readonly hash: string;
}

const NOWHERE: Place = { groups: [], hash: hashText('') };

/** Renders group paths, each step once. */
function placeReader(render: (group: Group) => GroupText): (group: Group | undefined) => Place {
  const known = new Map<Group, Place>();
  const place = (group: Group | undefined): Place => {
    if (group === undefined) return NOWHERE;
    const before = known.get(group);
    if (before !== undefined) return before;
    const up = place(group.up);
    const { label: whole, shown } = render(group);
    const label = groupLabel(whole);
    const here = label === '' ? up : step(up, group.kind, label, shown || label);
    known.set(group, here);
    return here;
  };
  return place;
}

function step(up: Place, kind: Group['kind'], label: string, shown: string): Place {
  return { groups: [...up.groups, shown], hash: hashText(`${up.hash} ${kind} ${label}`) };
}

/** A paragraph longer than this is text before a list, not its label. */
const LONGEST_LABEL = 80;

function labelText(read: (lines: readonly Span[]) => ItemText, group: Group): GroupText {
  const { subject, text, title } = read(group.lines);
  const label = subject === '' ? text : subject;
  return group.kind === 'label' && label.length > LONGEST_LABEL
    ? { label: '', shown: '' }
    : { label, shown: title };
}

function withIdentity(tasks: readonly ReadTask[]): Item[] {
  const twins = tally(tasks.map(twinKey));
  const namesakes = tally(tasks.map(({ textHash }) => textHash));
  const alike = tally(tasks.map(({ textHash, typedHash }) => `${textHash} ${typedHash}`));
  const links = tasks.map(({ words }) => linkOf(words));
  // However they are written, two links with one number may be to one issue.
  const linked = tally(tasks.map((read, index) => `${twinKey(read)} ${links[index]?.number}`));
  const parents = new Set(tasks.map(({ task }) => task.parent));
  const seen = new Map<string, number>();
  return tasks.map((read, index) => {
    const twin = twinKey(read);
    const ordinal = seen.get(twin) ?? 0;
    seen.set(twin, ordinal + 1);
    const count = twins.get(twin) ?? 1;
    const link = links[index];
    const tells = count > 1 && linked.get(`${twin} ${link?.number}`) === 1;
    return {
      ...itemOf(read, index),
      isParent: parents.has(index),
      key: itemKey({ groupHash: read.place.hash, textHash: read.textHash }, ordinal),
      ordinal,
      twins: count,
      namesakes: namesakes.get(read.textHash) ?? 1,
      alike: alike.get(`${read.textHash} ${read.typedHash}`) ?? 1,
      ...(link !== undefined && tells && { link }),
    };
  });
}

/** The first link of an item's own, as it is written. */
function linkOf({ references }: ItemText): WrittenName | undefined {
  const own = references.find(({ role, urlKind }) => role === 'link' && urlKind !== 'discussions');
  if (own === undefined) return undefined;
  const { host, owner, name, number } = own;
  return {
    ...(host !== undefined && { host }),
    ...(owner !== undefined && { owner }),
    ...(name !== undefined && { name }),
    number,
  };
}

function twinKey({ place, textHash }: ReadTask): string {
  return `${place.hash} ${textHash}`;
}

function tally(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function itemOf(
  { task, words, place, textHash, typedHash }: ReadTask,
  index: number,
): Omit<Item, 'key' | 'ordinal' | 'isParent'> {
  const { checked, boxOffset, start, end, depth, parent, lines } = task;
  const { text, subject, title, fullTitle, references, mentions, commits, struck, placeholder } =
    words;
  return {
    index,
    checked,
    boxOffset,
    start,
    end,
    textStart: lines[0]?.start ?? end,
    textEnd: lines.at(-1)?.end ?? end,
    depth,
    parent,
    groups: place.groups,
    label: place.groups.at(-1) ?? '',
    text,
    subject,
    title,
    ...(fullTitle !== title && { fullTitle }),
    textHash,
    typedHash,
    groupHash: place.hash,
    references,
    mentions,
    ...(commits.length > 0 && { commits }),
    struck,
    ...(placeholder !== undefined && { placeholder }),
  };
}

/** Line number, from 1, of an offset. */
function lineAt(markdown: string, offset: number): number {
  return (markdown.slice(0, offset).match(/\r\n|\n|\r/g)?.length ?? 0) + 1;
}
