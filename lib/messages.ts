import { defineExtensionMessaging } from '@webext-core/messaging';
import type { ToldChannel } from './core/alerts/alert-settings.ts';
import type { Failure, Result } from './core/failure.ts';
import type { JobStatus, RowResolution } from './core/job/job.ts';
import type { GenerationOptions, GenerationPlan, RowChoice } from './core/plan/plan-generation.ts';
import type { Chosen, ChosenMatch } from './core/reconcile/chosen.ts';
import type { Consequence, ReconcilePlan } from './core/reconcile/difference.ts';
import type { LeftDifference } from './core/reconcile/reconcile-record.ts';
import type { ChecklistRef, IssueRef } from './core/refs.ts';
import type { RunEntry } from './core/runs/run-entry.ts';
import type { SyncPlan } from './core/sync/sync-plan.ts';
import type { SyncView } from './core/sync/tracked.ts';

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
  /** Why the text cannot be used, if it cannot. */
  readonly refused: Failure | undefined;
  /** When it was read from GitHub, in milliseconds since 1970. */
  readonly readAt: number;
}

/** A question about the checklist that the tab shows. */
interface About {
  readonly checklist: ChecklistRef;
}

/**
 * The whole protocol: every message and its answer. A message's name is its handler file's name
 * (`previewGeneration` → `entrypoints/background/preview-generation.ts`). Secrets never travel here.
 */
export interface Protocol {
  /** Fresh counts and badges. With `known: true` it answers nothing (undefined) for checklists that this browser never worked on, without asking GitHub. */
  openChecklist(
    query: About & { readonly pageUser: string | undefined; readonly known: boolean },
  ): Result<ChecklistView | undefined>;
  /** Plans from a fresh read; writes nothing. The plan is kept in the background until it is confirmed. */
  previewGeneration(
    query: About & {
      readonly pageUser: string | undefined;
      readonly options: Partial<GenerationOptions>;
    },
  ): Result<GenerationPlan>;
  /** Confirms a plan by its run id. `only: 'first'` creates the first selected row alone. Continues the open job if there is one. */
  generateIssues(
    query: About & {
      readonly run: string;
      readonly choices: readonly RowChoice[];
      readonly only: 'all' | 'first';
    },
  ): Result<JobStatus>;
  controlJob(
    query: About & {
      readonly job: string;
      readonly action: 'pause' | 'resume' | 'stop' | 'dismiss';
    },
  ): Result<JobStatus>;
  resolveRow(
    query: About & {
      readonly job: string;
      readonly index: number;
      readonly resolution: RowResolution;
    },
  ): Result<JobStatus>;
  /** Takes a run back: of this browser's log, or (a generation of another browser) as its issues' markers tell. */
  undoRun(query: About & { readonly run: string }): Result<JobStatus>;
  /** The runs of this checklist, newest first. With `everywhere` GitHub is asked for issues of runs that this browser knows nothing of. */
  listRuns(query: About & { readonly everywhere: boolean }): Result<readonly RunEntry[]>;
  /** Finds every difference between the checklist and its issues from a fresh read; writes nothing. */
  previewReconcile(
    query: About & { readonly pageUser: string | undefined },
  ): Result<ReconcilePreview>;
  /** What a match by hand would write, worked out on what the preview was made from; writes nothing. */
  previewMatch(
    query: About & { readonly preview: string; readonly chosen: ChosenMatch },
  ): Result<Consequence>;
  /** Does what was chosen, as far as a fresh calculation still offers the same; what changed meanwhile is left. Starts a job where something is written. */
  applyReconcile(
    query: About & {
      readonly pageUser: string | undefined;
      readonly preview: string;
      readonly chosen: readonly Chosen[];
    },
  ): Result<ReconcileOutcome>;
  /** Issues by number, address or words of their title, in the checklist's repository. */
  searchIssues(query: About & { readonly text: string }): Result<readonly FoundIssue[]>;
  /** A difference that was left as it is is shown again; answers those that stay left. */
  showAgain(query: About & { readonly id: string }): Result<readonly LeftDifference[]>;
  /** Closes the open issues of some items as not planned and takes their links away. */
  turnBack(
    query: About & {
      readonly pageUser: string | undefined;
      readonly preview: string;
      /** Keys of the items. */
      readonly items: readonly string[];
    },
  ): Result<JobStatus>;
  /** Removes our markers, hidden comments and link comments from the checklist and its issues; issues, links and words stay. */
  removeTraces(query: About & { readonly pageUser: string | undefined }): Result<JobStatus>;
  /** Status of the checklist's open or last job; also keeps a worker busy with a job awake. */
  getJob(query: About): Result<JobStatus | undefined>;
  openOptions(query: About): Result<void>;
  /** The GitHub page only: injects the panel's script (`entrypoints/checklist-panel`) beside the content script that asks. */
  loadPanel(query: About): Result<void>;
  /** Calculates from a fresh read what a sync would write; writes nothing. */
  previewSync(query: About & { readonly pageUser: string | undefined }): Result<SyncPreview>;
  /**
   * Writes what was previewed, as far as a fresh calculation still says so: rows that changed meanwhile are left. Without
   * a preview (`preview: undefined`) it writes all that is to be written.
   */
  syncChecklist(
    query: About & { readonly pageUser: string | undefined; readonly preview: string | undefined },
  ): Result<SyncOutcome>;
  /** Starts or stops keeping a checklist up to date, under the account of its host. */
  trackChecklist(
    query: About & { readonly tracked: boolean; readonly pageUser: string | undefined },
  ): Result<SyncView>;
  /** How the checklist is kept up to date, from what this browser remembers: asks nobody. */
  getSync(query: About): Result<SyncView>;
  /** The user has seen the new items: they are not shown as new again. */
  dismissNewItems(query: About): Result<SyncView>;
  /** The texts before our writes of the last 30 days, newest first, without the texts themselves. */
  listTexts(query: About): Result<readonly SavedText[]>;
  /** One of them whole, for a download, and how it differs from the text as it is now. */
  getText(query: About & { readonly id: number }): Result<TextDifference>;
  /** Writes an earlier text back whole; refused unless the text is still `now`, as the difference showed it. */
  restoreText(
    query: About & {
      readonly id: number;
      readonly now: string;
      readonly pageUser: string | undefined;
    },
  ): Result<void>;
  /** Extension pages only: stops all runs, checks, nightly looks and alerts of this browser, or lets them go on. */
  setPaused(query: { readonly paused: boolean }): Result<void>;
  /** Extension pages only: reads GitHub's own dates of all issues of a checklist into the store, for the metrics. */
  refreshDates(query: { readonly checklist: ChecklistRef }): Result<void>;
  /** Extension pages only: writes the summary block of a checklist into its text, or takes it out. */
  postSummary(query: { readonly checklist: ChecklistRef; readonly post: boolean }): Result<void>;
  /** Extension pages only: sends a test through a channel, and answers once it is known what came of it. */
  testChannel(query: { readonly channel: ToldChannel }): Result<void>;
  /** Extension pages only: a message that failed, or of which nobody knows whether it arrived, is sent again or forgotten. */
  settleMessage(query: { readonly id: string; readonly send: boolean }): Result<void>;
  /** Extension pages only: checks all tracked checklists now. */
  pollNow(query: Record<string, never>): Result<void>;
  /** Extension pages only: checks the account stored as pending and, when GitHub accepts it, makes it the account of its host. */
  checkAccount(query: {
    readonly account: string;
    readonly repo: string | undefined;
  }): Result<AccountCheck>;
}

/** The differences of a checklist. */
export interface ReconcilePreview {
  /** Names it in `applyReconcile`. */
  readonly id: string;
  readonly plan: ReconcilePlan;
  /** Why nothing can be written at all, if so. */
  readonly blocker: Failure | undefined;
  readonly rulesFrom: 'file' | 'browser';
  /** Issues that were looked through for markers and titles, and whether that were all since the checklist's creation. */
  readonly looked: { readonly issues: number; readonly complete: boolean };
  /** What the user left as it is: not among the differences. */
  readonly left: readonly LeftDifference[];
  /** Issues that carry a marker of this checklist. */
  readonly marked: number;
}

/** What came of choices. */
export interface ReconcileOutcome {
  /** The job that does them; undefined when nothing is to be written. */
  readonly job: JobStatus | undefined;
  /** Choices that were not possible any more: something had changed. */
  readonly changed: number;
  /** Differences that are not shown again. */
  readonly kept: number;
}

/** An issue that was looked for. */
export interface FoundIssue {
  readonly ref: IssueRef;
  readonly title: string;
  readonly state: 'open' | 'closed';
  readonly author: string;
  /** ISO. */
  readonly createdAt: string;
}

/** What a sync would write. */
export interface SyncPreview {
  /** Names it in `syncChecklist`. */
  readonly id: string;
  readonly plan: SyncPlan;
  /** Why nothing can be written at all, if so. */
  readonly blocker: Failure | undefined;
  readonly rulesFrom: 'file' | 'browser';
}

/** What a sync wrote. */
export interface SyncOutcome {
  /** Items that were changed. */
  readonly updated: number;
  /** Items of the preview that had changed meanwhile, so nothing was written for them. */
  readonly left: number;
  /** Somebody's edit fell between, and something needs a look. */
  readonly notice: Failure | undefined;
}

/** A text that is kept because we replaced it. */
export interface SavedText {
  readonly id: number;
  /** When we wrote; milliseconds since 1970. */
  readonly at: number;
  readonly login: string;
  /** Why: `generate: links`, `click: sync`, `poll: sync`, `restore`. */
  readonly cause: string;
  /** Length in UTF-16 units. */
  readonly length: number;
}

/** An earlier text against the one of now. */
export interface TextDifference {
  readonly text: string;
  /** Hash of the text as it is now. */
  readonly now: string;
  /** Only lines that differ, with up to two lines around them; `gap` stands for lines left out. */
  readonly lines: readonly {
    readonly kind: 'same' | 'comes-back' | 'goes' | 'gap';
    readonly text: string;
  }[];
}

/** What a check of a token found out. */
export interface AccountCheck {
  readonly login: string;
  readonly kind: 'classic' | 'fine-grained';
  /** Classic tokens only. */
  readonly scopes: readonly string[];
  /** ISO time; undefined when the token does not expire or GitHub does not say. */
  readonly expiresAt: string | undefined;
  /** Of the repository asked about. Write access is only known after the first write. */
  readonly repo:
    | { readonly name: string; readonly readable: boolean; readonly failure: Failure | undefined }
    | undefined;
}

/**
 * Sends a message to the background and checks in one for it. An answer that cannot come (the extension was just updated,
 * the worker died under it) rejects; everything else is a value.
 */
export const { sendMessage, onMessage } = defineExtensionMessaging<Protocol>();
