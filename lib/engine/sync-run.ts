import type { Failure } from '../core/failures.ts';
import type { IdentityStrategy } from '../core/identity/issue.ts';
import type { Cause } from '../core/log/cause.ts';
import type { ChecklistRef } from '../core/refs.ts';
import type { SyncMaster } from '../core/sync/sync-facts.ts';
import type { SyncPlan } from '../core/sync/sync-plan.ts';
import type { SyncRecord } from '../core/sync/tracked.ts';
import type { SyncPorts } from '../ports.ts';

/** A request to bring a checklist up to date. */
export interface SyncRequest {
  readonly checklist: ChecklistRef;
  readonly identity: IdentityStrategy;
  /** What is worth reading: all links, or the items that link these `issueKey`s. */
  readonly read: 'all' | readonly string[];
  readonly cause: Cause & { readonly what: 'sync' };
  /** Only what this plan has too is written. */
  readonly approved?: SyncPlan;
  /** Waits `writeGapMs` between writes, and for an open job. */
  readonly background: boolean;
}

/** What a sync would write, and what stands in its way. */
export interface SyncPreviewed {
  readonly plan: SyncPlan;
  readonly master: SyncMaster;
  readonly mistakes: readonly string[];
  readonly rulesFrom: 'file' | 'browser';
  readonly blocker: Failure | undefined;
}

/** What a sync did. */
export interface Synced {
  readonly record: SyncRecord;
  readonly plan: SyncPlan;
  /** Items that were changed. */
  readonly updated: number;
  /** Items with something to write that were not: they changed meanwhile, or the write waits (`record.waiting`). */
  readonly left: number;
  readonly notice: Failure | undefined;
  /** Where the master is now, when its repository was renamed. */
  readonly movedTo: ChecklistRef | undefined;
}

/** One sync under way. */
export interface Run {
  readonly ports: SyncPorts;
  /** With what was pending before. */
  readonly request: SyncRequest;
  /** As stored when it began. */
  readonly before: SyncRecord | undefined;
  readonly record: SyncRecord;
  /** Names it in the log. */
  readonly id: string;
}

/** What a sync waits for. */
export type SyncWait = NonNullable<SyncRecord['waiting']>;
