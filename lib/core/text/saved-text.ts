import type { Cause } from '../log/cause.ts';
import type { ComparedLine } from './line-difference.ts';

/** A text that is kept because we replaced it, without the text itself. */
export interface SavedText {
  readonly id: number;
  /** When we wrote; milliseconds since 1970. */
  readonly at: number;
  readonly login: string;
  /** Why. */
  readonly cause: Cause;
  /** Length in UTF-16 units. */
  readonly length: number;
}

/** An earlier text against the one of now. */
export interface TextDifference {
  readonly text: string;
  /** Hash of the text as it is now. */
  readonly now: string;
  /** Only lines that differ, with up to two lines around them. */
  readonly lines: readonly ComparedLine[];
}
