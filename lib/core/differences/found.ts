import type { Item } from '../text/checklist.ts';
import type { Choice, Finding } from './difference.ts';

/** A difference before its consequences are worked out. */
export interface Found {
  readonly finding: Finding;
  /** Missing for what concerns the whole checklist, and for issues without an item. */
  readonly item?: Item;
  /** What tells it apart from others of its kind and item, beside the issue. */
  readonly detail?: string;
  readonly choices: readonly Choice[];
  /** The safe choice: one of `choices`. */
  readonly safe?: Choice;
  readonly byItself?: boolean;
}

/** Ends every row of choices. */
export const LEAVE: Choice = { kind: 'leave' };
