import type { Account } from './core/account.ts';
import type { AlertSettings, ChannelAddress, TeamChannel } from './core/alerts/alert-settings.ts';
import type { Notice } from './core/alerts/notices.ts';
import type { LeftDifference } from './core/differences/reconcile-record.ts';
import type { OpenJobHeader } from './core/engine/job.ts';
import type { Pace } from './core/engine/pace.ts';
import type { Failure } from './core/failures.ts';
import type { GitHub } from './core/github.ts';
import type { ChecklistRef } from './core/refs.ts';
import type { Preferences, SyncRules, Timing } from './core/settings/settings.ts';
import type { ReleasedChecklist, TrackedChecklist } from './core/sync/tracked.ts';
import type { StoredJob, Stores, SyncStore } from './store-ports.ts';

/**
 * Everything that the engine and the channels need from outside, as the product has it in a browser and tests have it in
 * memory. Functions take the part they use.
 */
export interface Ports extends Stores, Settings, Views, Environment {
  /** Brings jobs back. */
  readonly wake: Wake;
  /** Brings everything else back. */
  readonly alarms: Alarms;
  readonly headers: OpenJobHeaders;
  readonly openGitHub: OpenGitHub;
  /** A GitHub that refuses everything for one reason: whoever asks waits for the user. */
  readonly refusingGitHub: (problem: Failure) => GitHub;
  /** For the channels. GitHub is asked through `openGitHub`. */
  readonly fetch: typeof globalThis.fetch;
  readonly openAddress: OpenAddress;
  readonly notifications: Notifications;
  /** What was asked of GitHub. */
  readonly usage: Pick<Usage, 'flush'>;
}

/** The same under the account of a host, for the time of a slice or a click. */
export interface AccountPorts extends Ports {
  readonly github: GitHub;
  readonly login: string;
  /** Waits and paces, as set when the slice begins. */
  readonly timing: Timing;
  /** This browser's own rules, for repositories without a rules file. */
  readonly rules: SyncRules;
}

/** What a job needs. */
export type JobPorts = Pick<
  AccountPorts,
  | 'store'
  | 'clock'
  | 'locks'
  | 'wake'
  | 'headers'
  | 'timing'
  | 'isEditorOpen'
  | 'onChange'
  | 'onProgress'
> & {
  readonly github: Pick<
    GitHub,
    | 'readMaster'
    | 'readRights'
    | 'updateMaster'
    | 'readVersions'
    | 'createIssue'
    | 'listIssues'
    | 'createComment'
    | 'listComments'
    | 'createLabel'
    | 'ensureMilestone'
    | 'readHistories'
    | 'readIssue'
    | 'updateIssue'
    | 'deleteComment'
  >;
};

/** What a sync needs. */
export type SyncPorts = Pick<
  AccountPorts,
  'store' | 'syncs' | 'clock' | 'locks' | 'timing' | 'isEditorOpen' | 'login' | 'rules' | 'newId'
> & {
  readonly github: Pick<
    GitHub,
    | 'readMaster'
    | 'updateMaster'
    | 'readSyncMaster'
    | 'readVersions'
    | 'readFollowed'
    | 'readRoles'
    | 'listChanges'
  >;
};

/** What a look for differences needs. */
export type ReconcilePorts = SyncPorts & {
  readonly github: Pick<GitHub, 'sweepIssues' | 'readPulls' | 'searchIssues'>;
};

/** GitHub under the account of a host; without an account public data only. Where its token is not at hand (`Account.lock`) it refuses everything. */
export type OpenGitHub = (
  host: string,
) => Promise<{ readonly github: GitHub; readonly account: Account | undefined }>;

/** Time, chance, and the machine. */
export interface Environment {
  readonly clock: Clock;
  readonly locks: Locks;
  /** From 0 to 1. */
  readonly random: () => number;
  /** A new ULID. */
  readonly newId: () => string;
  /** False when there is certainly no network. */
  readonly isOnline: () => boolean;
  /**
   * Whether a slice may follow the last one at once. Chrome keeps a worker that uses extension functions; Firefox ends it
   * 30 s after the last event whatever it does, so there each slice begins with an alarm, which is one.
   */
  readonly carriesOn: boolean;
}

/** The time, and short pauses within a slice. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Web Locks in the product: the death of a worker releases them. */
export interface Locks {
  /** Waits for the lock, then runs. */
  withLock<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** Runs only if nobody holds the lock; else answers undefined at once. */
  tryLock<T>(name: string, run: () => Promise<T>): Promise<T | undefined>;
}

/** What brings a job back when its worker is gone. */
export interface Wake {
  /** Calls `runSlice` for the job at or soon after a time; replaces an earlier alarm of the job. */
  wakeAt(jobId: string, at: number): Promise<void>;
  clear(jobId: string): Promise<void>;
}

/** What brings the rest of the work back when its worker is gone. */
export interface Alarms {
  /** Polls about every so many minutes. An alarm that does so already is left alone: set again at each start of the worker, it might never ring. */
  pollEvery(minutes: number): Promise<void>;
  /** One more poll, at or soon after a time in milliseconds since 1970; of two the earlier holds. */
  pollSoon(at: number): Promise<void>;
  /** Nothing is tracked any more: no polls. */
  clearPolls(): Promise<void>;
  /** Looks after open jobs every half minute, in case an alarm of theirs was lost. */
  tick(on: boolean): Promise<void>;
  /** One alarm at a time in milliseconds since 1970, in place of an earlier one of this name; undefined: none. */
  ringAt(name: 'nightly' | 'deliver' | 'digest' | 'token', when: number | undefined): Promise<void>;
}

/** What the user set, and small facts beside the stores. */
export interface Settings {
  readonly preferences: () => Promise<Preferences>;
  readonly alertSettings: () => Promise<AlertSettings>;
  /** Whether the user stopped everything: nothing is asked or written automatically, and no alert is sent. */
  readonly isPaused: () => Promise<boolean>;
  readonly tracked: TrackedList;
  /** The differences of a checklist that the user left as they are, newest first. */
  readonly left: (checklist: ChecklistRef) => StoredValue<readonly LeftDifference[]>;
  /** By `checklistKey`; outlives the worker, not the browser. */
  readonly nightTries: StoredValue<Readonly<Record<string, NightTries>>>;
  /** When old entries were last to be forgotten, and since when the clock has been believed. */
  readonly pruned: StoredValue<PruneTimes | undefined>;
  /** Whether there was no network at the last alarm; outlives the worker, not the browser. */
  readonly wasOffline: StoredValue<boolean>;
}

/** A value that outlives the worker. */
export interface StoredValue<Value> {
  /** Its fallback where none was stored. */
  getValue(): Promise<Value>;
  setValue(value: Value): Promise<void>;
  removeValue(): Promise<void>;
}

/** What is known of the clock by which old entries are forgotten; milliseconds since 1970. */
export interface PruneTimes {
  readonly seenAt: number;
  /** When it was first seen after it had jumped. */
  readonly jumpedAt: number;
}

/** What went wrong in a night with one checklist. */
export interface NightTries {
  /** Which night, in milliseconds since 1970. */
  readonly due: number;
  readonly count: number;
  /** Not tried before; in milliseconds since 1970. */
  readonly notBefore: number;
}

/** The tracked checklists. */
export interface TrackedList {
  list(): Promise<readonly TrackedChecklist[]>;
  find(checklist: ChecklistRef): Promise<TrackedChecklist | undefined>;
  /** Adds it; one that is there already is replaced, and so bound anew. */
  put(tracked: TrackedChecklist): Promise<void>;
  /** Adds it unless it is there already: then it stays bound to its account. */
  add(tracked: TrackedChecklist): Promise<void>;
  remove(checklist: ChecklistRef): Promise<void>;
  /** Removes it, and keeps for some days that nobody asked for that. */
  release(released: ReleasedChecklist): Promise<void>;
  /** Its repository was renamed: it is the same checklist elsewhere. */
  move(checklist: ChecklistRef, to: ChecklistRef): Promise<void>;
  /** Those that were released in the last days, newest first. */
  listReleased(): Promise<readonly ReleasedChecklist[]>;
}

/** Pages, the toolbar and alerts. */
export interface Views {
  /** Whether the checklist's editor is open in some tab: writes wait for it. */
  isEditorOpen(checklistKey: string): boolean;
  /** Whether work has waited so long for an editor that the user must hear of it. */
  isEditorOpenLong(checklistKey: string): Promise<boolean>;
  /** Something that the views show of a checklist is new. Must not throw. */
  onChange(checklist: ChecklistRef): void;
  /** A job has come further. Must not throw. */
  onProgress(job: StoredJob, pace: Pace, timing: Timing): void;
  readonly toolbar: Toolbar;
  readonly alerts: Alerts;
}

/** The extension's button in the browser's toolbar. */
export interface Toolbar {
  /** Shows what the records say now. Never fails: nothing depends on it. */
  refresh(): Promise<void>;
}

/** What brings alerts to the user. */
export interface Alerts {
  /** Shows and sends what is new, withdraws what is resolved. Never fails: nothing depends on it. */
  refresh(): Promise<void>;
  /** Sends what is due; an alarm is set for the rest. Never fails. */
  deliver(): Promise<void>;
  /** All notices of now, the most pressing first. */
  listNotices(): Promise<readonly Notice[]>;
}

/** The browser's notifications. A notification with the id of an earlier one replaces it. */
export interface Notifications {
  /** Whether the user allowed them. */
  isAllowed(): boolean;
  show(notice: Notice): Promise<void>;
  /** Replaces its words, silently, if it is still open. */
  update(notice: Notice): Promise<void>;
  clear(id: string): Promise<void>;
}

/** Finds the address of a channel, with its secrets, before each attempt; undefined when it may not be reached (any more). */
export type OpenAddress = (channel: TeamChannel) => Promise<ChannelAddress | undefined>;

/** Counts what this browser asks of GitHub, in memory until a slice is over: no request waits for it. */
export interface Usage {
  /** Asks, and counts what came. */
  readonly fetch: typeof globalThis.fetch;
  /** What sync remembers, with what was counted so far in the same transaction as its own counts. */
  readonly syncs: SyncStore;
  /** Saves what was counted. Never fails: nothing depends on it. */
  flush(): Promise<void>;
}

/** Headers of open jobs outside the journal: what is left when the journal is lost. */
export interface OpenJobHeaders {
  save(header: OpenJobHeader): Promise<void>;
  list(): Promise<readonly OpenJobHeader[]>;
  remove(jobId: string): Promise<void>;
}
