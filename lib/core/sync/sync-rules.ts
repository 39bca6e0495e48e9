import type { LinkStyle } from '../text/edit.ts';
import { DEFAULT_PLACEHOLDER } from '../text/placeholder.ts';

/**
 * What decides how a checklist is written. The rules belong to the checklist: they are read from
 * `.github/masterlist.yml` on the default branch where it is there and readable, else from this browser's settings.
 */
export interface SyncRules {
  /** An item whose issue was closed as not planned: left as it is, or ticked. */
  readonly notPlanned: 'leave' | 'tick';
  /** An item whose issue was closed as a duplicate. */
  readonly duplicate: 'leave' | 'tick';
  /** Whether the numbers of merged pull requests are written behind the link. */
  readonly pullRequests: boolean;
  /** Further base branches, beside the default one; `*` stands for any characters: `release/*`. */
  readonly baseBranches: readonly string[];
  /** Whether a merge into one of them ticks the item although its issue is open. */
  readonly tickOnBaseBranches: boolean;
  /** Whether an item that groups others is ticked when all of them are. */
  readonly parents: boolean;
  readonly linkStyle: LinkStyle;
  /** Literal text that stands for a pull request to come; '' for none. */
  readonly placeholder: string;
}

/** The rules where nobody has set any. */
export const DEFAULT_RULES: SyncRules = {
  notPlanned: 'leave',
  duplicate: 'leave',
  pullRequests: true,
  baseBranches: [],
  tickOnBaseBranches: false,
  parents: false,
  linkStyle: 'closes',
  placeholder: DEFAULT_PLACEHOLDER,
};

/** Where the rules of a repository's checklists stand. */
export const RULES_FILE = '.github/masterlist.yml';
