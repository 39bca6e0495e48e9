import type { IssueRef } from '../refs.ts';

/** What the user chose about one difference. */
export type Chosen =
  /** One of its choices, by its place in `Difference.choices`. */
  { readonly kind: 'offered'; readonly difference: string; readonly choice: number } | ChosenMatch;

/** A match by hand. */
export type ChosenMatch =
  /** "Link to…" for an item's difference. */
  | { readonly kind: 'link'; readonly difference: string; readonly issue: IssueRef }
  /** "Link to…" for an issue without an item: the item's key. */
  | { readonly kind: 'adopt'; readonly difference: string; readonly item: string }
  /** In the table of matches: another issue for an item (by its key), or none. */
  | { readonly kind: 'match'; readonly item: string; readonly issue: IssueRef }
  | { readonly kind: 'unmatch'; readonly item: string };
