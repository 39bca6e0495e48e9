import type { Alert, AlertCause } from '../../../lib/core/alerts/alert.ts';
import {
  type AlertSettings,
  DEFAULT_ALERT_SETTINGS,
} from '../../../lib/core/alerts/alert-settings.ts';
import { type FailureCode, failure } from '../../../lib/core/failures.ts';
import { type IssueRef, issueChecklist } from '../../../lib/core/refs.ts';

/** A time of day that no test depends on: 20 November 2026, a Friday. */
export const NOW = Date.UTC(2026, 10, 20, 12);

export const HOUR_MS = 3_600_000;

/** `acme/app#12` by default. */
export function ref(number = 12, name = 'app', owner = 'acme'): IssueRef {
  return { repo: { host: 'github.com', owner, name }, number };
}

export function alert(cause: AlertCause, number = 12, title = 'Release 2.0'): Alert {
  return { cause, checklist: { ref: issueChecklist(ref(number)), title } };
}

/** Found by night, unless somebody has seen them. */
export function differences(count: number, number = 12, isSeen = false): Alert {
  return alert({ kind: 'differences', count, isSeen }, number);
}

export function syncFailed(code: FailureCode = 'rules-invalid', number = 12): Alert {
  return alert({ kind: 'sync-failed', failure: failure(code, { mistake: 'line 3' }) }, number);
}

export function jobDone(job: string, number = 12): Alert {
  const said = { result: '5 issues created, all linked.', failure: undefined };
  return alert({ kind: 'job-ended', job, of: 'generate', outcome: 'done', ...said }, number);
}

/** Notifications, relay and Slack on, in a browser that sends for the team. */
export const ALL_ON: AlertSettings = {
  ...DEFAULT_ALERT_SETTINGS,
  on: { ...DEFAULT_ALERT_SETTINGS.on, browser: true, relay: true, slack: true },
  sendsForTeam: true,
};

/** One of each cause. */
export const CAUSES: readonly AlertCause[] = [
  { kind: 'sync-failed', failure: failure('rules-invalid', { mistake: 'line 3' }) },
  { kind: 'differences', count: 3, isSeen: false },
  { kind: 'overridden', count: 1 },
  { kind: 'decision', about: 'items', count: 2 },
  { kind: 'decision', about: 'rights', failure: failure('read-only-token', { repo: 'acme/app' }) },
  {
    kind: 'decision',
    about: 'token-dead',
    account: { host: 'github.com', login: 'ada' },
    failure: failure('bad-token'),
  },
  {
    kind: 'decision',
    about: 'token-expiring',
    account: { host: 'github.com', login: 'ada' },
    days: 5,
  },
  { kind: 'decision', about: 'run', job: 'J1', of: 'generate', count: 2, failure: undefined },
  ...(['done', 'stopped', 'failed'] as const).map((outcome) => ({
    kind: 'job-ended' as const,
    job: 'J1',
    of: 'generate' as const,
    outcome,
    result: '5 issues created, 3 linked.',
    failure: undefined,
  })),
];
