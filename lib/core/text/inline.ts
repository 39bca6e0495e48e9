/** A stretch of visible text and where it comes from. */
export interface Run {
  /** Index into the visible text. */
  readonly at: number;
  readonly length: number;
  /** UTF-16 offsets into the original string. */
  readonly start: number;
  readonly end: number;
  /** Plain text as written, character by character; otherwise code, an address, or an escaped character. */
  readonly kind: 'plain' | 'escaped' | 'code';
}

/** A link, with the visible text it covers. */
export interface Link {
  readonly at: number;
  readonly length: number;
  readonly start: number;
  readonly end: number;
  readonly url: string;
  /** Written as a bare address, with or without angle brackets. */
  readonly bare: boolean;
}

/** A part of a text, by its first index and its length. */
export interface Range {
  readonly at: number;
  readonly length: number;
}

/** An HTML tag, which readers do not see. */
export interface HiddenTag {
  /** Index into the visible text, in front of which it stands. */
  readonly at: number;
  readonly source: string;
  /** Whether it follows a letter or digit at once. */
  readonly glued: boolean;
}

/** Inline text as a reader sees it, with the way back to the source. */
export interface Inline {
  /** Visible text; line ends are kept, whitespace is not folded. */
  readonly text: string;
  readonly runs: readonly Run[];
  readonly links: readonly Link[];
  /** Struck ranges of the visible text, as pairs of start and end. */
  readonly struck: readonly (readonly [start: number, end: number])[];
  /** HTML tags, in the order of the text, without those in struck text; comments are none. */
  readonly tags: readonly HiddenTag[];
}
