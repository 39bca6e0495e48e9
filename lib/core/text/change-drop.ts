import type { RepoRef } from '../refs.ts';
import { type Item, type Reference, withoutTyped } from './checklist.ts';
import type { Edit, LinkStyle } from './edit.ts';
import { referenceRange } from './reference-range.ts';
import { linksTo } from './referenced-issue.ts';
import { type Change, placeBehind, type Splice, skipBlanksBack } from './splices.ts';

type DropLink = Extract<Edit, { readonly kind: 'drop-link' }>;

/**
 * Takes away every reference by which an item links an issue, in whatever form. Nothing when the item links it not, or
 * would be another item without: when it says nothing else, or the reference is part of its words.
 */
export function dropLink(
  markdown: string,
  item: Item,
  edit: DropLink,
  repo: RepoRef,
): Change | undefined {
  const dropped = linksTo(item, edit.issue, repo);
  const [first] = dropped;
  if (first === undefined) return undefined;
  const splices = dropped.map((one) => dropSplice(markdown, item, one));
  const span = spanOf(markdown, splices);
  if (span === undefined || emptiesLine(markdown, item, span)) return undefined;
  const { issue } = edit;
  const place = placeBehind(markdown, item, span);
  return {
    splices: [span],
    inverse: { kind: 'link', item: withoutTyped(edit.item), issue, style: styleOf(first), place },
  };
}

/** A range with one blank beside it: the one before, at the start of a line the one behind. In a row the separator is the blank. */
function dropSplice(markdown: string, item: Item, reference: Reference): Splice {
  const { start, end, inRow } = referenceRange(markdown, item, reference);
  if (inRow) return { at: start, remove: end - start, insert: '' };
  const isBlank = (at: number) => markdown[at] === ' ' || markdown[at] === '\t';
  const leads = start === item.textStart || /[\r\n]/.test(markdown[start - 1] ?? '');
  // Blanks at the ends of a text are none of it: left there, they would not be found again.
  if (!leads && isBlank(start - 1) && start - 1 > item.textStart && closes(markdown, end)) {
    const at = end === item.textEnd ? skipBlanksBack(markdown, start) : start - 1;
    return { at, remove: end - at, insert: '' };
  }
  let behind = end;
  while (isBlank(behind) && behind < item.textEnd && (behind === end || start === item.textStart))
    behind++;
  return { at: start, remove: behind - start, insert: '' };
}

/** Whether a blank, a sign or nothing follows: words on both sides must not meet. */
function closes(markdown: string, end: number): boolean {
  return !/^[\p{L}\p{N}]/u.test(markdown.slice(end, end + 2));
}

/** One splice over several: what stands between them stays. */
function spanOf(markdown: string, splices: readonly Splice[]): Splice | undefined {
  const [first] = splices;
  const last = splices.at(-1);
  if (first === undefined || last === undefined) return undefined;
  let insert = '';
  let at = first.at;
  for (const splice of splices) {
    if (splice.at < at) return undefined;
    insert += markdown.slice(at, splice.at);
    at = splice.at + splice.remove;
  }
  const span = { at: first.at, remove: at - first.at, insert };
  return /[\r\n]/.test(markdown.slice(span.at, at)) ? undefined : span;
}

/** A line that held nothing else would stay as an empty one, and end the paragraph. */
function emptiesLine(markdown: string, item: Item, { at, remove, insert }: Splice): boolean {
  const before =
    markdown
      .slice(item.textStart, at)
      .split(/[\r\n]/)
      .at(-1) ?? '';
  const behind = /^[^\r\n]*/.exec(markdown.slice(at + remove, item.textEnd))?.[0] ?? '';
  return (before + insert + behind).replace(/[\s>]/g, '') === '';
}

function styleOf({ lead }: Reference): LinkStyle {
  return lead === undefined ? 'parenthesis' : 'closes';
}
