import type { GitHub } from '../core/github.ts';
import type { SyncPorts } from './sync-ports.ts';

/** Everything that reconcile needs from outside. */
export interface ReconcilePorts extends SyncPorts {
  readonly github: SyncPorts['github'] & Pick<GitHub, 'sweepIssues' | 'readPulls' | 'searchIssues'>;
}
