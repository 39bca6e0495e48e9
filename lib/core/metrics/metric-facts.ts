import type { ReconcileRecord } from '../differences/reconcile-record.ts';
import type { LogEvent } from '../log/event.ts';
import type { IssueRef } from '../refs.ts';
import type { Followed } from '../sync/sync-facts.ts';

/** GitHub's own dates of an issue that an item links: they tell the history, whatever this browser has seen. ISO. */
export interface IssueDates {
  readonly issue: IssueRef;
  /** `issueKey` of the checklist. */
  readonly checklistKey: string;
  readonly createdAt: string;
  /** When it was closed last; undefined while it is open. */
  readonly closedAt: string | undefined;
  /** Of a closed issue: why. Without a reason GitHub means completed. */
  readonly reason: Followed['reason'];
}

/** A checklist that is counted. `title` is other people's text. */
export interface CountedChecklist {
  /** `issueKey`. */
  readonly key: string;
  readonly title: string;
}

/** What is counted and not logged, of one day. */
export interface DayCounts {
  /** `YYYY-MM-DD`, by UTC. */
  readonly day: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** Everything that the metrics are calculated from. */
export interface MetricFacts {
  readonly checklists: readonly CountedChecklist[];
  /** Per checklist its items' issues; one that two checklists link is there twice. */
  readonly issues: readonly IssueDates[];
  /** The log, oldest first. */
  readonly events: readonly LogEvent[];
  /** What is remembered of each checklist's last reconcile. */
  readonly reconciles: readonly ReconcileRecord[];
  readonly counters: readonly DayCounts[];
}
