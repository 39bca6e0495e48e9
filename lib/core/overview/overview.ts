import type { AlertedAccount } from '../alerts/alert.ts';
import type { AlertSettings } from '../alerts/alert-settings.ts';
import { type AlertFacts, listAlerts } from '../alerts/list-alerts.ts';
import type { TokenLock } from '../failures.ts';
import { checklistKey } from '../refs.ts';
import type { ReleasedChecklist } from '../sync/tracked.ts';
import { listNeeds, type Need, needsOfMessages } from './needs.ts';
import { listEntries, type TrackedEntry } from './tracked-entries.ts';

/** Everything that the popup and the page Overview show, as this browser has it stored. */
export interface OverviewData {
  readonly facts: AlertFacts;
  readonly settings: AlertSettings;
  /** Minutes between two refreshes. */
  readonly everyMinutes: number;
  readonly isPaused: boolean;
}

/** The same, worked out as it is shown. */
export interface Overview {
  readonly entries: readonly TrackedEntry[];
  /** What stands, the most pressing first; some is only news. */
  readonly needs: readonly Need[];
  /** To whom prepared emails go; '' lets the mail program ask. */
  readonly mailTo: string;
  /** Runs that are going on, or ended with something to decide. */
  readonly jobs: AlertFacts['jobs'];
  readonly released: readonly ReleasedChecklist[];
  readonly isPaused: boolean;
  readonly isSignedIn: boolean;
  /** The account whose token is not at hand: runs and refreshes wait for its owner. */
  readonly locked: LockedAccount | undefined;
  /** Until when GitHub wants to be left alone, in milliseconds since 1970. */
  readonly limitedUntil: number | undefined;
}

/** What is shown of it at a time (milliseconds since 1970). */
export function overviewOf(
  { facts, settings, everyMinutes, isPaused }: OverviewData,
  now: number,
): Overview {
  const entries = listEntries(facts, everyMinutes);
  const released = lateReleased(facts.released, entries, now);
  const alerts = listAlerts({ ...facts, released }, now);
  return {
    entries,
    needs: [...listNeeds(alerts, settings), ...needsOfMessages(facts.stuckMessages)],
    mailTo: settings.mailTo,
    jobs: facts.jobs.filter(
      ({ status: { state, problems } }) => state !== 'ended' || problems.length > 0,
    ),
    released,
    isPaused,
    isSignedIn: facts.accounts.length > 0,
    locked: lockedAccount(facts),
    limitedUntil: facts.limitedUntil,
  };
}

/** An account whose token is not at hand. */
export interface LockedAccount extends AlertedAccount {
  readonly id: string;
  readonly lock: TokenLock;
}

/** The account whose token its owner must open first; undefined where none is. */
export function lockedAccount({
  accounts,
}: Pick<AlertFacts, 'accounts'>): LockedAccount | undefined {
  const [locked] = accounts.flatMap(({ id, host, login, lock }) =>
    lock === undefined ? [] : [{ id, host, login, lock }],
  );
  return locked;
}

/** How long it is shown that a checklist was let go, in milliseconds: a week. */
const SHOWN_MS = 7 * 24 * 60 * 60_000;

/** Let go a short time ago, and not kept up to date again since. */
function lateReleased(
  released: readonly ReleasedChecklist[],
  entries: readonly TrackedEntry[],
  now: number,
): readonly ReleasedChecklist[] {
  const isTracked = new Set(entries.map(({ key }) => key));
  return released.filter(
    ({ at, tracked }) => now - at < SHOWN_MS && !isTracked.has(checklistKey(tracked.checklist)),
  );
}
