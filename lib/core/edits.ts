import type { ItemLocator, ReadingOptions } from './checklist.ts';
import type { IssueRef, RepoRef } from './refs.ts';

/** How a link is written behind an item's text. */
export type LinkStyle = 'closes' | 'parenthesis' | 'bare';

/** A change of one item, or of our own comment at the end of the text. Each has an inverse. */
export type Edit =
  | { readonly kind: 'tick'; readonly item: ItemLocator }
  | { readonly kind: 'untick'; readonly item: ItemLocator }
  /** Appends the link in the given style, unless the item links the issue already (in whatever form). */
  | {
      readonly kind: 'link';
      readonly item: ItemLocator;
      readonly issue: IssueRef;
      readonly style: LinkStyle;
    }
  /** Removes the suffix by which we linked the issue; only in a form that `link` writes. */
  | {
      readonly kind: 'unlink';
      readonly item: ItemLocator;
      readonly issue: IssueRef;
      readonly style: LinkStyle;
    }
  /** Appends merged pull requests behind the link, or in place of the placeholder. Numbers already there are left. */
  | {
      readonly kind: 'append-pull-requests';
      readonly item: ItemLocator;
      readonly pulls: readonly IssueRef[];
    }
  | {
      readonly kind: 'remove-pull-requests';
      readonly item: ItemLocator;
      readonly pulls: readonly IssueRef[];
      readonly restorePlaceholder?: string;
    }
  /** Replaces our link to one issue by a link to another (a transferred issue, a choice of the user). */
  | {
      readonly kind: 'relink';
      readonly item: ItemLocator;
      readonly from: IssueRef;
      readonly to: IssueRef;
      readonly style: LinkStyle;
    }
  /** Writes, replaces or (with '') removes our one hidden comment of a given name at the end of the text. */
  | { readonly kind: 'comment'; readonly name: CommentName; readonly content: string };

/** Hidden comments that we own at the end of a master issue. */
export type CommentName = 'claim' | 'map';

/** What an edit did: undo applies `inverse`. `changed` is false when the text already was as wanted. */
export interface AppliedEdit {
  readonly edit: Edit;
  readonly changed: boolean;
  readonly inverse?: Edit;
}

/** An edit whose item is not there any more, or not to be told apart. */
export interface MissedEdit {
  readonly edit: Edit;
  readonly reason: 'item-gone' | 'item-ambiguous';
}

/** The text after the edits, and what became of each. */
export interface EditOutcome {
  readonly markdown: string;
  readonly applied: readonly AppliedEdit[];
  readonly missed: readonly MissedEdit[];
}

/** What editing depends on beside the text. */
export interface EditContext extends ReadingOptions {
  /** Repository of the checklist: a bare `#12` means an issue there. */
  readonly repo: RepoRef;
}

/** Applies all edits at once; only the bytes they own change; the same edits again change nothing. */
export function applyEdits(
  _markdown: string,
  _edits: readonly Edit[],
  _context: EditContext,
): EditOutcome {
  throw new Error('to be written');
}
