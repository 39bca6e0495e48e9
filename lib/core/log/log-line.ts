import type { JobEvent } from '../engine/job-facts.ts';

/** A line of the log as lists show it: without the text before the write, which may have 65,536 characters. */
export interface LogLine extends Omit<JobEvent, 'before'> {
  /** Its key in the store: newer lines have greater ones. */
  readonly id: number;
  /** Length of that text in UTF-16 units, where there is one. */
  readonly textLength?: number;
}

/** A line with what is shown and searched of it, prepared once. */
export interface LogEntry {
  readonly line: LogLine;
  /** What happened, as one short sentence. */
  readonly words: string;
  /** All that a search looks through, in lower case. */
  readonly searched: string;
}
