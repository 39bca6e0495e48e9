import { formatIssueRef, type IssueRef, issueUrl, type RepoRef, sameIssue } from '../refs.ts';
import {
  type Item,
  type ItemLocator,
  locatorOf,
  type Reference,
  withoutTyped,
} from './checklist.ts';
import type { Edit, EditContext, LinkStyle } from './edit.ts';
import { linksTo, ownLinkTo, referencedIssue } from './referenced-issue.ts';
import { rereadAll } from './reread.ts';
import {
  beforeStop,
  type Change,
  placeBehind,
  restore,
  type Splice,
  skipBlanksBack,
} from './splices.ts';
import { formatTarget } from './target.ts';

type EditOf<Kind> = Extract<Edit, { readonly kind: Kind }>;

/**
 * Appends the link, unless the item links the issue already: behind the item's text or before a placeholder, else before
 * the signs that end its sentence; in the given style, else in the one that is a link wherever it stands.
 */
export function linkItem(
  markdown: string,
  item: Item,
  edit: EditOf<'link'>,
  repo: RepoRef,
): readonly Change[] {
  const { issue } = edit;
  if (linksTo(item, issue, repo).length > 0) return [];
  const target = formatTarget(issue, repo);
  const safe = safeStyle(item, edit.style);
  const way = (style: LinkStyle, splice: Splice): Change => ({
    splices: [splice],
    inverse: { kind: 'unlink', item: edit.item, issue, style },
  });
  const styles: readonly LinkStyle[] = safe === 'closes' ? [safe] : [safe, 'closes'];
  const restored = restore(markdown, item, edit.place);
  return [
    ...(restored === undefined ? [] : [way(safe, restored)]),
    ...styles.flatMap((style) => {
      const link = FORMS[style].join(target);
      const places = [linkSplice(markdown, item, link), ...beforeStop(markdown, item, ` ${link}`)];
      return places.map((splice) => way(style, splice));
    }),
  ];
}

/** Removes the link where it stands as `linkItem` writes it. */
export function unlinkItem(
  markdown: string,
  item: Item,
  edit: EditOf<'unlink'>,
  repo: RepoRef,
): Change | undefined {
  const { issue } = edit;
  const target = formatTarget(issue, repo);
  // We never link an issue twice, so where it is linked twice one of the links is somebody's.
  if (linksTo(item, issue, repo).length > 1) return undefined;
  for (const reference of item.references.toReversed()) {
    if (!sameIssue(referencedIssue(reference, repo), issue)) continue;
    const written = writtenLink(markdown, item, reference, target);
    if (written === undefined) continue;
    const { style, splice } = written;
    const place = placeBehind(markdown, item, splice);
    const named = style === 'bare' ? withoutTyped(edit.item) : edit.item;
    return {
      splices: [splice],
      inverse: { kind: 'link', item: named, issue, style, ...(place && { place }) },
    };
  }
  return undefined;
}

/** Puts one issue's number in place of another's; links with a text of their own are left to people. */
export function relinkItem(
  markdown: string,
  item: Item,
  edit: EditOf<'relink'>,
  context: EditContext,
): Change | undefined {
  const { repo } = context;
  const { from, to, style } = edit;
  const reference = ownLinkTo(item, from, repo);
  if (reference === undefined) return undefined;
  // Only what was there is put back beside a link to the same issue.
  if (edit.place === undefined && linksTo(item, to, repo).length > 0) return undefined;
  const { start, end } = reference;
  const insert = rewritten(markdown.slice(start, end), from, to, repo);
  if (insert === undefined) return undefined;
  const splice = restore(markdown, item, edit.place) ?? { at: start, remove: end - start, insert };
  const place = placeBehind(markdown, item, splice);
  const inverse = { kind: 'relink', item: edit.item, from: to, to: from, style } as const;
  const now = foundBy(markdown, item, splice, context) ?? edit.item;
  return { splices: [splice], inverse: { ...inverse, item: now, ...(place && { place }) } };
}

/** An item that says nothing but its link is told apart by that: afterwards it is found by the new one. */
function foundBy(
  markdown: string,
  item: Item,
  splice: Splice,
  context: EditContext,
): ItemLocator | undefined {
  if (item.subject !== '') return undefined;
  const now = rereadAll(markdown, item, [splice], context)?.item;
  return now && locatorOf(now);
}

/** Whether a link is written so that another number can be put in its place: without a text of its own. */
export function isRewritable(written: string, issue: IssueRef, repo: RepoRef): boolean {
  return rewritten(written, issue, issue, repo) !== undefined;
}

/**
 * The style that is read back as the item's link whatever stands before it. A bare number proves nothing by its form,
 * so none is written any more; a second bracket would be taken for a pull request.
 */
function safeStyle(item: Item, style: LinkStyle): LinkStyle {
  if (item.references.some(({ role }) => role !== 'mention')) return 'closes';
  return style === 'bare' ? 'parenthesis' : style;
}

const FORMS: Readonly<Record<LinkStyle, readonly [before: string, behind: string]>> = {
  closes: ['(closes ', ')'],
  parenthesis: ['(', ')'],
  bare: ['', ''],
};

function linkSplice(markdown: string, item: Item, link: string): Splice {
  const holder = item.placeholder;
  if (holder === undefined || !isQuiet(markdown.slice(holder.end, item.textEnd))) {
    return { at: item.textEnd, remove: 0, insert: ` ${link}` };
  }
  if (startsLine(markdown, item, holder.start)) {
    return { at: holder.start, remove: 0, insert: `${link} ` };
  }
  return { at: skipBlanksBack(markdown, holder.start), remove: 0, insert: ` ${link}` };
}

/** Whether nothing that a reader sees follows. */
function isQuiet(text: string): boolean {
  return text.replace(/<!--[^<>]*-->/g, '').trim() === '';
}

/** Whether nothing of the item's text stands before an offset on its line; below the first, `>` may be a quote's. */
function startsLine(markdown: string, item: Item, offset: number): boolean {
  if (offset <= item.textStart) return true;
  const line = markdown.slice(item.textStart, offset);
  const lineStart = Math.max(line.lastIndexOf('\n'), line.lastIndexOf('\r')) + 1;
  return (lineStart === 0 ? /^\s*$/ : /^[\s>]*$/).test(line.slice(lineStart));
}

/** The style in which a reference is written as a link of ours, and the splice that takes it away. */
function writtenLink(
  markdown: string,
  item: Item,
  reference: Reference,
  target: string,
): { readonly style: LinkStyle; readonly splice: Splice } | undefined {
  if (markdown.slice(reference.start, reference.end) !== target) return undefined;
  for (const style of ['closes', 'parenthesis'] as const) {
    const [before, behind] = FORMS[style];
    const start = reference.start - before.length;
    const fits = markdown.startsWith(before, start) && markdown.startsWith(behind, reference.end);
    if (!fits || start < item.textStart) continue;
    const splice = withBlank(markdown, item, start, reference.end + behind.length);
    return splice && { style, splice };
  }
  const { role, lead, start, end } = reference;
  if (role !== 'link' || lead !== undefined || !/^(?:\s|$)/.test(markdown.slice(end, end + 1))) {
    return undefined;
  }
  const splice = withBlank(markdown, item, start, end);
  return splice && { style: 'bare', splice };
}

/**
 * Takes away a range with the one blank that `linkSplice` wrote beside it, at the end of the text with all: left there they
 * would be none of it. Never all of the text.
 */
function withBlank(markdown: string, item: Item, start: number, end: number): Splice | undefined {
  if (start > item.textStart && markdown[start - 1] === ' ' && !startsLine(markdown, item, start)) {
    const at = end === item.textEnd ? skipBlanksBack(markdown, start) : start - 1;
    return { at, remove: end - at, insert: '' };
  }
  const leads = markdown.startsWith(' (', end) && startsLine(markdown, item, start);
  return leads ? { at: start, remove: end - start + 1, insert: '' } : undefined;
}

/** A number, a qualified number or an address for another issue, written the same way. */
function rewritten(
  written: string,
  from: IssueRef,
  to: IssueRef,
  repo: RepoRef,
): string | undefined {
  if (written === formatTarget(from, repo)) return formatTarget(to, repo);
  if (written === formatIssueRef(from)) return formatIssueRef(to);
  return written === issueUrl(from) ? issueUrl(to) : undefined;
}
