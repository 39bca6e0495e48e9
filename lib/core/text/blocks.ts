/** A part of one line: UTF-16 offsets into the original string, without blanks at both ends. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One step of the path that groups items: a heading, a paragraph before a list, or a list item around it. */
export interface Group {
  readonly up: Group | undefined;
  readonly kind: 'heading' | 'label' | 'item';
  /** The lines of its text. An item's are filled in when its first paragraph is met. */
  lines: readonly Span[];
}

/** A list item that is a task, as the block structure alone shows it. */
export interface Task {
  readonly start: number;
  readonly end: number;
  readonly boxOffset: number;
  readonly checked: boolean;
  readonly depth: number;
  readonly parent: number | undefined;
  readonly group: Group | undefined;
  /** The lines of its first paragraph, from behind the box. */
  readonly lines: readonly Span[];
  /** The group that it is for what it contains. */
  readonly self: Group;
}

/** A line of a paragraph that may be a near miss. `paragraph` is all of its lines. */
export interface DoubtfulLine {
  readonly span: Span;
  readonly paragraph: readonly Span[];
  /** Whether it is the first line of a list item. */
  readonly inItem: boolean;
}

/** What the block structure of a text tells. */
export interface Blocks {
  readonly tasks: readonly Task[];
  /** Link definitions: normalized label → destination as written. */
  readonly definitions: ReadonlyMap<string, string>;
  /** Normalized labels of footnote definitions. */
  readonly footnotes: ReadonlySet<string>;
  readonly code: readonly Span[];
  readonly html: readonly Span[];
  /** Lines outside code and quotes that may be meant as tasks. */
  readonly doubtful: readonly DoubtfulLine[];
  /** Start of a code fence that is never closed and so runs to the end. */
  readonly unclosedFence: number | undefined;
}
