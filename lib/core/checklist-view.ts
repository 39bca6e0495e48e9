import type { JobStatus } from './engine/job-status.ts';
import type { Failure } from './failures.ts';
import type { ChecklistRef } from './refs.ts';
import type { PageSettings } from './settings/page-settings.ts';
import type { SyncView } from './sync/tracked.ts';
import type { NearMiss } from './text/checklist.ts';
import type { ComparedLine } from './text/line-difference.ts';

/** An issue as a badge shows it. */
export interface BadgeIssue {
  /** `#12` or `owner/repo#12`. */
  readonly text: string;
  readonly url: string;
  readonly title: string;
  readonly state:
    | 'open'
    | 'completed'
    | 'not-planned'
    | 'duplicate'
    | 'merged'
    | 'closed'
    | 'unknown';
}

/** What Masterlist leaves out of a checklist although somebody may have meant it. */
export interface Remarks {
  /** Lines that look like tasks and are none for GitHub. */
  readonly lines: readonly (Pick<NearMiss, 'line' | 'missing'> & { readonly text: string })[];
  /** What correcting them would change, and the hash of the text that it was worked out on; missing where nothing can be corrected. */
  readonly correction?: {
    readonly now: string;
    readonly count: number;
    readonly lines: readonly ComparedLine[];
  };
  /** A file whose name is almost that of the rules file. */
  readonly rulesNear?: string;
}

/** What the panel and the badges show of a checklist. */
export interface ChecklistView {
  readonly checklist: ChecklistRef;
  /** Login of the token; undefined when not signed in. */
  readonly viewer: string | undefined;
  readonly counts: { readonly items: number; readonly linked: number; readonly done: number };
  /** One entry per item, in order: its linked issue, where it has one. */
  readonly badges: readonly (BadgeIssue | undefined)[];
  /** The running or last ended job of this checklist in this browser. */
  readonly job: JobStatus | undefined;
  /** How this browser keeps it up to date, if it does. */
  readonly sync: SyncView;
  /** What the text holds that is left out; only for people who may edit it, and where the rules allow it. */
  readonly remarks?: Remarks;
  /** Why the text cannot be used, if it cannot. */
  readonly refused: Failure | undefined;
  /** When it was read from GitHub, in milliseconds since 1970. */
  readonly readAt: number;
  /** What of the user's settings matters to the view. */
  readonly settings: PageSettings;
}
