import type { ChecklistRef, IssueRef } from '../refs.ts';
import type { ItemLocator } from '../text/checklist.ts';
import type { Consequence } from './choice.ts';
import type { Finding } from './kinds.ts';

/** One difference between a checklist and its issues. */
export interface Difference {
  /** Stays the same for the same difference: kind, item's key, issue. */
  readonly id: string;
  readonly finding: Finding;
  /** One short sentence: what is found and what proves it. */
  readonly words: string;
  /** The issues and pull requests that `words` names. */
  readonly links: readonly IssueRef[];
  /** Missing for differences of the whole checklist and for issues without an item. */
  readonly item: ItemLocator | undefined;
  readonly index: number | undefined;
  readonly label: string;
  /** The item's text; the title of an issue without an item; '' for the whole checklist. */
  readonly text: string;
  /** `action`: something should be done; `info`: for information. */
  readonly level: 'action' | 'info';
  /** A person has decided already, by changing something back: it is not counted. */
  readonly isSettled: boolean;
  readonly choices: readonly Consequence[];
  /** Index in `choices` of the safe one, where there is one. */
  readonly safe: number | undefined;
  /** Whether Masterlist may make the safe choice automatically, also at night. */
  readonly byItself: boolean;
}

/** All differences of a checklist, in its order; orphans and what concerns the whole come last. */
export interface ReconcilePlan {
  readonly checklist: ChecklistRef;
  readonly differences: readonly Difference[];
  /** How each item found its issue, for the table of matches. */
  readonly matches: readonly Match[];
}

/** How one item found its issue. */
export interface Match {
  readonly item: ItemLocator;
  readonly index: number;
  readonly text: string;
  /** `link`: linked, and the issue was made for it; `hand`: linked, and made by somebody. `marker` and `title` are not linked yet. */
  readonly how: 'link' | 'hand' | 'marker' | 'title' | 'block' | 'none';
  readonly issue: IssueRef | undefined;
  readonly pulls: readonly IssueRef[];
}
