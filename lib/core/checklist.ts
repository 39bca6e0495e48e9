import { type Failure, failure } from './failure.ts';
import type { Blocks, Group, Span, Task } from './markdown/blocks.ts';
import { guardNesting } from './markdown/guard-nesting.ts';
import { hashText } from './markdown/hash-text.ts';
import { countLookalikes } from './markdown/lookalikes.ts';
import { readBlocks } from './markdown/read-blocks.ts';
import { inlineReader } from './markdown/read-inline.ts';
import { type ItemText, readItemText } from './markdown/read-item-text.ts';
import { DEFAULT_PLACEHOLDER } from './placeholder.ts';

/** How a reference to an issue or pull request is written. */
export type ReferenceForm = 'number' | 'qualified' | 'url' | 'gh';

/**
 * What a reference is for its item, as far as the text alone can tell. Whether a number is an issue or a
 * pull request is asked from GitHub, never assumed.
 * - `link`: stands where an item's own issue stands (whole text, first, or last), e.g. `(closes #12)`, `#12`.
 * - `after-link`: stands in a bracket behind the link, where merged pull requests stand, e.g. `(#456, #460)`.
 * - `mention`: anything else: mid-sentence, `(delegated to #7)`, comment URLs, quotes. Code holds no references at all.
 */
export type ReferenceRole = 'link' | 'after-link' | 'mention';

/** A reference in an item's first paragraph. */
export interface Reference {
  readonly form: ReferenceForm;
  readonly role: ReferenceRole;
  /** Host, owner and name where the text gives them; a bare `#12` gives none. */
  readonly host?: string;
  readonly owner?: string;
  readonly name?: string;
  readonly number: number;
  /** `issues` or `pull` where a URL says so. */
  readonly urlKind?: 'issues' | 'pull' | 'discussions';
  /** The lead word before it, lower case: `closes`, `see`, `delegated to`. */
  readonly lead?: string;
  /** UTF-16 offsets into the checklist's text: the reference itself, without brackets and lead word. */
  readonly start: number;
  readonly end: number;
}

/** How an item is found again in a text that people changed meanwhile: by group path, text and order; never by line. */
export interface ItemLocator {
  /** Hash of group path, text without references, and ordinal among items equal in both. */
  readonly key: string;
  /** Hash of the text without references alone: a rename shows by it. */
  readonly textHash: string;
  readonly groupHash: string;
  /** Position among the items with the same group path and text, from 0. */
  readonly ordinal: number;
  /** How many items have the same group path and text. When that changed, `ordinal` tells nothing any more. */
  readonly twins?: number;
  /** How many items of the whole checklist have the same text. Only one that was alone is looked for in other groups. */
  readonly namesakes?: number;
}

/** One task-list item. All offsets are UTF-16 units into the original string (also after a BOM). */
export interface Item extends ItemLocator {
  /** Position in the checklist, from 0. */
  readonly index: number;
  readonly checked: boolean;
  /** Offset of the one character between the brackets. */
  readonly boxOffset: number;
  /** The whole list item with all its content, from its bullet. */
  readonly start: number;
  readonly end: number;
  /** The first paragraph behind the box, without the blanks before and behind: suffixes are inserted at `textEnd`. */
  readonly textStart: number;
  readonly textEnd: number;
  /** Nesting among lists, from 0. */
  readonly depth: number;
  /** Index of the nearest item that contains this one. */
  readonly parent: number | undefined;
  /** Whether items are nested in this one. */
  readonly isParent: boolean;
  /** Headings, then labels, then parent items that group this item, outermost first, rendered. */
  readonly groups: readonly string[];
  /** The nearest group label: parent item, else paragraph before, else heading; '' when there is none. */
  readonly label: string;
  /** The first paragraph as rendered text, references and all, whitespace folded. */
  readonly text: string;
  /** `text` without references (with their lead words and brackets), placeholder and mentions, trimmed: what the item is about. Unchanged by tick and by link. */
  readonly subject: string;
  readonly references: readonly Reference[];
  /** Logins mentioned outside code. */
  readonly mentions: readonly string[];
  /** Commit ids in the text; there only when there are some. They are mentions. */
  readonly commits?: readonly string[];
  /** Whether the whole text is struck through. */
  readonly struck: boolean;
  /** Where a literal placeholder for the pull request stands, if it does. */
  readonly placeholder?: { readonly start: number; readonly end: number };
}

/** Lines that look like tasks but are not: counted, not hidden. */
export interface Lookalikes {
  /** In fenced code (`[tasklist]` fences too) and indented code. */
  readonly inCode: number;
  /** In HTML comments and other HTML blocks. */
  readonly inComments: number;
}

/** A checklist as read. `refused` is set when the text is too nested to be parsed safely; then there are no items. */
export interface Checklist {
  readonly items: readonly Item[];
  readonly lookalikes: Lookalikes;
  /** Line (from 1) of a code fence that is never closed. */
  readonly unclosedFence?: number;
  readonly refused?: Failure;
}

/** What reading depends on beside the text. */
export interface ReadingOptions {
  /** Literal text that stands for a pull request to come; `(#PR_NUMBER)` unless told. '' for none. */
  readonly placeholder?: string;
}

/** Reads every task item as GitHub counts them in issue bodies. Never throws. */
export function parseChecklist(markdown: string, options: ReadingOptions = {}): Checklist {
  const guarded = guardNesting(markdown);
  if (guarded.refused) return { ...NOTHING, refused: failure('too-nested') };
  const blocks = readBlocks(markdown, guarded.text);
  const { unclosedFence } = blocks;
  return {
    items: itemsOf(markdown, blocks, options.placeholder ?? DEFAULT_PLACEHOLDER),
    lookalikes: countLookalikes(markdown, blocks),
    ...(unclosedFence !== undefined && { unclosedFence: lineAt(markdown, unclosedFence) }),
  };
}

/** The key of an item: of its group path, its text, and its place among those that are equal in both. */
export function itemKey(
  { groupHash, textHash }: Pick<ItemLocator, 'groupHash' | 'textHash'>,
  ordinal: number,
): string {
  return hashText(`${groupHash} ${textHash} ${ordinal}`);
}

/** What is needed to find an item again, without the rest of it. */
export function locatorOf(item: ItemLocator): ItemLocator {
  const { key, textHash, groupHash, ordinal, twins, namesakes } = item;
  return {
    key,
    textHash,
    groupHash,
    ordinal,
    ...(twins !== undefined && { twins }),
    ...(namesakes !== undefined && { namesakes }),
  };
}

const NOTHING: Checklist = { items: [], lookalikes: { inCode: 0, inComments: 0 } };

/** A task with what its text says, before it is told apart from its like. */
interface ReadTask {
  readonly task: Task;
  readonly words: ItemText;
  readonly place: Place;
  readonly textHash: string;
}

function itemsOf(markdown: string, blocks: Blocks, placeholder: string): Item[] {
  const readInline = inlineReader(markdown, blocks);
  const read = (lines: readonly Span[]) => readItemText(readInline(lines), placeholder);
  const subjects = new Map<Group, string>();
  const words = blocks.tasks.map((task) => {
    const text = read(task.lines);
    subjects.set(task.self, text.subject);
    return text;
  });
  const placeOf = placeReader((group) => subjects.get(group) ?? labelText(read, group));
  const tasks = blocks.tasks.map((task, index): ReadTask => {
    const own = words[index] ?? read(task.lines);
    return {
      task,
      words: own,
      place: placeOf(task.group),
      textHash: hashText(identityText(own, task)),
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

/** A group path, rendered. */
interface Place {
  readonly groups: readonly string[];
  readonly hash: string;
}

const NOWHERE: Place = { groups: [], hash: hashText('') };

/** Renders group paths, each step once. */
function placeReader(render: (group: Group) => string): (group: Group | undefined) => Place {
  const known = new Map<Group, Place>();
  const place = (group: Group | undefined): Place => {
    if (group === undefined) return NOWHERE;
    const before = known.get(group);
    if (before !== undefined) return before;
    const up = place(group.up);
    const label = render(group).replace(/[\s:]+$/, '');
    const here = label === '' ? up : step(up, group.kind, label);
    known.set(group, here);
    return here;
  };
  return place;
}

function step(up: Place, kind: Group['kind'], label: string): Place {
  return { groups: [...up.groups, label], hash: hashText(`${up.hash} ${kind} ${label}`) };
}

/** A paragraph longer than this is text before a list, not its label. */
const LONGEST_LABEL = 80;

function labelText(read: (lines: readonly Span[]) => ItemText, group: Group): string {
  const { subject, text } = read(group.lines);
  const label = subject === '' ? text : subject;
  return group.kind === 'label' && label.length > LONGEST_LABEL ? '' : label;
}

function withIdentity(tasks: readonly ReadTask[]): Item[] {
  const twins = tally(tasks.map(twinKey));
  const namesakes = tally(tasks.map(({ textHash }) => textHash));
  const parents = new Set(tasks.map(({ task }) => task.parent));
  const seen = new Map<string, number>();
  return tasks.map((read, index) => {
    const twin = twinKey(read);
    const ordinal = seen.get(twin) ?? 0;
    seen.set(twin, ordinal + 1);
    return {
      ...itemOf(read, index),
      isParent: parents.has(index),
      key: itemKey({ groupHash: read.place.hash, textHash: read.textHash }, ordinal),
      ordinal,
      twins: twins.get(twin) ?? 1,
      namesakes: namesakes.get(read.textHash) ?? 1,
    };
  });
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
  { task, words, place, textHash }: ReadTask,
  index: number,
): Omit<Item, 'key' | 'ordinal' | 'isParent'> {
  const { checked, boxOffset, start, end, depth, parent, lines } = task;
  const { text, subject, references, mentions, commits, struck, placeholder } = words;
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
    textHash,
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
