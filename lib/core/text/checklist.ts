import type { Failure } from '../failures.ts';
import { hashText } from './hash-text.ts';

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

/** A number whose place alone may make it the item's own; `set-off` by a dash, an arrow or a table's bar. */
export type Bareness = 'set-off' | 'plain';

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
  /** Of a link that does not say by its form that it is the item's own: `Backport #1`. It needs a proof. */
  readonly bare?: Bareness;
  /** The lead word before it, lower case: `closes`, `see`, `delegated to`. */
  readonly lead?: string;
  /** UTF-16 offsets into the checklist's text: the reference itself, without brackets and lead word. */
  readonly start: number;
  readonly end: number;
}

/** An issue or pull request as a text names it: a bare `#12` has no host, owner and name. */
export type WrittenName = Pick<Reference, 'host' | 'owner' | 'name' | 'number'>;

/** How an item is found again in a text that people changed meanwhile: by its text, as typed among equal ones, then by group path and order; never by line. */
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
  /** Hash of the text as it was typed: it tells apart items that share the text. Missing in what earlier versions stored. */
  readonly typedHash?: string;
  /** How many items of the whole checklist have the same text as it was typed. */
  readonly alike?: number;
  /** What it links as its own, where others have the same group path and text but another link: they may change places. */
  readonly link?: WrittenName;
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
  /** `text` without references (with their lead words and brackets), placeholder and mentions, trimmed: what identifies the item. Unchanged by tick and by link. */
  readonly subject: string;
  /** What the item is called, its words as they were typed; '' when it has none. Unchanged by tick and by link. */
  readonly title: string;
  /** `title` with the people and references that it does without; there only when there are some. */
  readonly fullTitle?: string;
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

/** A line that looks like a task to a person and is none for GitHub, with what would make it one. */
export interface NearMiss {
  /** From 1. */
  readonly line: number;
  readonly missing: readonly Missing[];
  /** UTF-16 offsets of what stands before the words, and what would stand there in a task. */
  readonly start: number;
  readonly end: number;
  readonly box: string;
}

/** What GitHub misses in a line: a blank in the brackets, behind or before them, or a bullet; or there is more than one character in them. */
export type Missing = 'inside' | 'after' | 'before' | 'bullet' | 'one-character';

/** Lines that look like tasks but are not: counted or named, not hidden. */
export interface Lookalikes {
  /** In fenced code (`[tasklist]` fences too) and indented code. */
  readonly inCode: number;
  /** In HTML comments and other HTML blocks. */
  readonly inComments: number;
  /** Lines that miss but a blank or the like; at most 100, top down. */
  readonly nearMisses: readonly NearMiss[];
}

/** A checklist as read. `refused` is set when the text is too nested to be parsed safely; then there are no items. */
export interface Checklist {
  readonly items: readonly Item[];
  readonly lookalikes: Lookalikes;
  /** Line (from 1) of a code fence that is never closed. */
  readonly unclosedFence?: number;
  readonly refused?: Failure;
}

/** What a group is told apart by: its words without a colon at the end. A group without words groups nothing. */
export function groupLabel(words: string): string {
  return words.replace(/[\s:]+$/, '');
}

/** The key of an item: of its group path, its text, and its place among those that are equal in both. */
export function itemKey(
  { groupHash, textHash }: Pick<ItemLocator, 'groupHash' | 'textHash'>,
  ordinal: number,
): string {
  return hashText(`${groupHash} ${textHash} ${ordinal}`);
}

/** The same without the text as it was typed: for where that is changed. */
export function withoutTyped(item: ItemLocator): ItemLocator {
  const { typedHash: _, alike: __, ...words } = locatorOf(item);
  return words;
}

/** What is needed to find an item again, without the rest of it. */
export function locatorOf(item: ItemLocator): ItemLocator {
  const { key, textHash, groupHash, ordinal, twins, namesakes, typedHash, alike, link } = item;
  return {
    key,
    textHash,
    groupHash,
    ordinal,
    ...(twins !== undefined && { twins }),
    ...(namesakes !== undefined && { namesakes }),
    ...(typedHash !== undefined && { typedHash }),
    ...(alike !== undefined && { alike }),
    ...(link !== undefined && { link }),
  };
}
