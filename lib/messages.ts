import { defineExtensionMessaging } from '@webext-core/messaging';
import type { AccountCheck } from './core/account.ts';
import type { SendingChannel } from './core/alerts/alert-settings.ts';
import type { ChecklistView } from './core/checklist-view.ts';
import type { Consequence } from './core/differences/choice.ts';
import type { Chosen, ChosenMatch } from './core/differences/chosen.ts';
import type {
  FoundIssue,
  ReconcileOutcome,
  ReconcilePreview,
} from './core/differences/reconcile-preview.ts';
import type { LeftDifference } from './core/differences/reconcile-record.ts';
import type { ClaimName } from './core/engine/claim.ts';
import type { JobStatus, RowResolution } from './core/engine/job-status.ts';
import type { Result } from './core/failures.ts';
import type { AnswerPreview, NewAnswers } from './core/identity/answers.ts';
import type { GenerationOptions, GenerationPlan, RowChoice } from './core/plan/plan-generation.ts';
import type { ChecklistRef } from './core/refs.ts';
import type { RunEntry } from './core/runs/run-entry.ts';
import type { PageSettings } from './core/settings/page-settings.ts';
import type { SyncOutcome, SyncPreview } from './core/sync/sync-preview.ts';
import type { SyncView } from './core/sync/tracked.ts';
import type { SavedText, TextDifference } from './core/text/saved-text.ts';

/** A question about the checklist that the tab shows. */
interface About {
  readonly checklist: ChecklistRef;
}

/** Whether the button belongs on a page; of a checklist that is known the page shows at once what is known. */
export interface ButtonOffer {
  readonly offered: boolean;
  readonly known: boolean;
}

/** What the background tells GitHub's pages without being asked. */
export interface PageNews {
  /** The key of a checklist of which something is new. */
  readonly changed?: string;
  /** The settings that hold from now on. */
  readonly settings?: PageSettings;
}

/** The whole protocol: every message and its answer, by the handlers of `entrypoints/background/index.ts`. Secrets never travel here. */
export interface Protocol {
  /** Fresh counts and badges. With `known: true` it answers nothing (undefined) for checklists that this browser never worked on, without asking GitHub. */
  openChecklist(
    query: About & { readonly pageUser: string | undefined; readonly known: boolean },
  ): Result<ChecklistView | undefined>;
  /** Whether the button belongs on the page of an issue with so many items, and whether this browser worked on its checklist before. */
  offersButton(query: About & { readonly items: number }): Result<ButtonOffer>;
  /** Plans from a fresh read; writes nothing. The plan is kept in the background until it is confirmed. */
  previewGeneration(
    query: About & {
      readonly pageUser: string | undefined;
      readonly options: Partial<GenerationOptions>;
      /** The claim of a run in another browser that is taken over, as the preview before showed it. */
      readonly takeOver?: ClaimName | undefined;
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
  /** Does what the user chose for rows that need her, by their `index`. */
  resolveRows(
    query: About & {
      readonly job: string;
      readonly indexes: readonly number[];
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
  /** Removes our markers, hidden comments and link comments from the checklist and its issues; issues, links and words stay. `bracket`: numbers that only these prove to be an item's get brackets first. */
  removeTraces(
    query: About & { readonly pageUser: string | undefined; readonly bracket: boolean },
  ): Result<JobStatus>;
  /** Status of the checklist's open or last job; also keeps a worker busy with a job awake. */
  getJob(query: About): Result<JobStatus | undefined>;
  openOptions(query: About): Result<void>;
  /** Opens the dashboard with a checklist, where a task of it is decided out of the page's reach; previews are made anew. */
  openWindow(
    query: About & { readonly task: 'generate' | 'sync' | 'reconcile' | 'overview' },
  ): Result<void>;
  /** The GitHub page only: injects the script for issues (`entrypoints/issue-page`) where the button belongs on the page of an issue with so many items, or its text is being edited. */
  loadPage(query: About & { readonly items: number; readonly editing: boolean }): Result<void>;
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
  /** Makes tasks of lines that look like some; refused unless the text is still `now`, as the remarks showed it. */
  correctText(
    query: About & { readonly now: string; readonly pageUser: string | undefined },
  ): Result<void>;
  /** Shows what an answer about the numbers of the checklist would change in its text; writes nothing. */
  previewAnswers(
    query: About & NewAnswers & { readonly pageUser: string | undefined },
  ): Result<AnswerPreview>;
  /** Writes whose the numbers of the checklist are into its hidden comment, for every browser. */
  answerNumbers(
    query: About & NewAnswers & { readonly pageUser: string | undefined; readonly now?: string },
  ): Result<SyncView>;
  /** Extension pages only: pauses all runs, refreshes, nightly searches and alerts of this browser, or resumes them. */
  setPaused(query: { readonly paused: boolean }): Result<void>;
  /** Extension pages only: reads GitHub's own dates of all issues of a checklist into the store, for the metrics; `isAsked`: somebody pressed a button for it. */
  refreshDates(query: {
    readonly checklist: ChecklistRef;
    readonly isAsked: boolean;
  }): Result<void>;
  /** Extension pages only: writes the summary block of a checklist into its text, or takes it out. */
  postSummary(query: { readonly checklist: ChecklistRef; readonly post: boolean }): Result<void>;
  /** Extension pages only: sends a test through a channel, and answers once it is known what came of it. */
  testChannel(query: { readonly channel: SendingChannel }): Result<void>;
  /** Extension pages only: a message that failed, or of which nobody knows whether it arrived, is sent again or forgotten. */
  settleMessage(query: { readonly id: string; readonly send: boolean }): Result<void>;
  /** Extension pages only: refreshes all tracked checklists now. */
  pollNow(query: Record<string, never>): Result<void>;
  /** Extension pages only: opens a token that is under a passphrase until the browser closes; what waited for it continues. */
  unlockAccount(query: { readonly account: string; readonly passphrase: string }): Result<void>;
  /** Extension pages only: checks the account stored as pending and, when GitHub accepts it, makes it the account of its host. */
  checkAccount(query: {
    readonly account: string;
    readonly repo: string | undefined;
  }): Result<AccountCheck>;
}

/**
 * Sends a message to the background, which hears it in `entrypoints/background/listen.ts`. An answer that cannot come (the
 * extension was just updated, the worker died under it) rejects; everything else is a value.
 */
export const { sendMessage } = defineExtensionMessaging<Protocol>();
