import type { IssueRef, RepoRef } from '../refs.ts';
import type { Checklist, ItemLocator } from './checklist.ts';
import type { ReadingOptions } from './parse-checklist.ts';

/** How a link is written behind an item's text. */
export type LinkStyle = 'closes' | 'parenthesis' | 'bare';

/** A change of one item, or of what is our own in the text: a hidden comment, the summary. Each has an inverse. */
export type Edit =
  | { readonly kind: 'tick'; readonly item: ItemLocator }
  | { readonly kind: 'untick'; readonly item: ItemLocator }
  /** Appends the link in the given style, unless the item links the issue already (in whatever form). */
  | {
      readonly kind: 'link';
      readonly item: ItemLocator;
      readonly issue: IssueRef;
      readonly style: LinkStyle;
      readonly place?: Place;
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
      readonly place?: Place;
    }
  /** Removes pull requests from the bracket in which we put them. */
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
      readonly place?: Place;
    }
  /**
   * Takes an item's reference to an issue away in whatever form it is written, with its lead word, its brackets and one
   * blank. Nothing happens where the item would not stay the item that it is.
   */
  | { readonly kind: 'drop-link'; readonly item: ItemLocator; readonly issue: IssueRef }
  /** Puts brackets around bare numbers of issues that are the item's own, so that their form says so: `(#12)`. */
  | { readonly kind: 'bracket'; readonly item: ItemLocator; readonly issues: readonly IssueRef[] }
  /** Takes these brackets away. */
  | { readonly kind: 'unbracket'; readonly item: ItemLocator; readonly issues: readonly IssueRef[] }
  /**
   * Puts other words (one line of Markdown) in place of the item's own; references, placeholder, mentions and all that
   * stands around them stay. Nothing happens where the words stand in several pieces or lines. The item is another one afterwards.
   */
  | { readonly kind: 'retext'; readonly item: ItemLocator; readonly text: string }
  /** Writes, replaces or (with '') removes our one hidden comment of a given name at the end of the text. */
  | { readonly kind: 'comment'; readonly name: CommentName; readonly content: string }
  /** Writes, replaces or (with '') removes the summary (Markdown) in its hidden markers. Nothing happens where it would not be shown. */
  | { readonly kind: 'summary'; readonly content: string };

/**
 * Set in inverses only: what an edit took away and from where, so that undo restores the very bytes. Where the item's
 * text still ends in `found` + `before`, `found` becomes `write`; else the edit is made as if it had no place.
 */
export interface Place {
  readonly found: string;
  readonly write: string;
  readonly before: string;
}

/** Hidden comments that we own at the end of a master issue. */
export type CommentName = 'claim' | 'map' | 'numbers';

/** What an edit did: undo applies `inverse`. `changed` is false when the text already was as wanted. */
export interface AppliedEdit {
  readonly edit: Edit;
  readonly changed: boolean;
  /** Nothing was written, because every way to write it changes what something else in the text means. */
  readonly refused?: true;
  readonly inverse?: Edit;
}

/** An edit whose item is not there any more, or not to be told apart. */
export interface MissedEdit {
  readonly edit: Edit;
  readonly reason: 'item-gone' | 'item-ambiguous';
}

/** What editing depends on beside the text. */
export interface EditContext extends ReadingOptions {
  /** Repository of the checklist: a bare `#12` means an issue there. */
  readonly repo: RepoRef;
  /** The same text as already parsed with the same options; saves parsing it again. */
  readonly checklist?: Checklist;
}
