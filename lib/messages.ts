import { defineExtensionMessaging } from '@webext-core/messaging';
import type { Failure, Result } from './core/failure.ts';
import type { JobStatus, RowResolution } from './core/job/job.ts';
import type { GenerationOptions, GenerationPlan, RowChoice } from './core/plan/plan-generation.ts';
import type { ChecklistRef } from './core/refs.ts';

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
  undoRun(query: About & { readonly run: string }): Result<JobStatus>;
  /** Status of the checklist's open or last job; also keeps a worker busy with a job awake. */
  getJob(query: About): Result<JobStatus | undefined>;
  openOptions(query: About): Result<void>;
  /** Extension pages only: checks the account stored as pending and, when GitHub accepts it, makes it the account of its host. */
  checkAccount(query: {
    readonly account: string;
    readonly repo: string | undefined;
  }): Result<AccountCheck>;
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
