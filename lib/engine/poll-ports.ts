import type { Result } from '../core/failures.ts';
import type { IdentityStrategy } from '../core/identity/issue.ts';
import type { ChecklistRef } from '../core/refs.ts';
import type { TrackedChecklist } from '../core/sync/tracked.ts';
import type { Ports, SyncPorts } from '../ports.ts';

/** What a poll works with. */
export interface PollPorts
  extends Pick<Ports, 'syncs' | 'locks' | 'clock' | 'random' | 'onChange'> {
  /** Milliseconds between two polls. */
  readonly everyMs: number;
  readonly identity: IdentityStrategy;
  /** The user asked, or the network is back: waits after failures are over, but for those that GitHub asked for. */
  readonly hurry?: boolean;
  listTracked(): Promise<readonly TrackedChecklist[]>;
  /** After seven days closed, or gone: not tracked any more. */
  release(tracked: TrackedChecklist): Promise<void>;
  /** The master moved or its repository was renamed. */
  moved(tracked: TrackedChecklist, to: ChecklistRef): Promise<void>;
  /** Ports with the token that the checklist is bound to; fails with `signed-out` or `sync-of-other`. */
  portsFor(tracked: TrackedChecklist): Promise<Result<SyncPorts>>;
  isJobOpen(checklistKey: string): Promise<boolean>;
}

/** A tracked checklist with the ports of its account, for the time of one poll. */
export interface PolledChecklist {
  readonly key: string;
  readonly tracked: TrackedChecklist;
  readonly ports: SyncPorts;
}
