import type { LogEvent } from '../../../lib/core/log/event.ts';
import type { Calendar } from '../../../lib/core/metrics/calendar.ts';
import type { IssueDates, MetricFacts } from '../../../lib/core/metrics/metric-facts.ts';
import type { IssueRef } from '../../../lib/core/refs.ts';

const REPO = { host: 'github.com', owner: 'ann', name: 'demo' };
export const PLAN = 'github.com/ann/demo#1';
export const OTHER = 'github.com/bob/tool#7';

export const time = (text: string) => Date.parse(text);
export const issueNamed = (number: number): IssueRef => ({ repo: REPO, number });

/** Days by UTC; it is Friday noon. */
export const CALENDAR: Calendar = {
  dayOf: (ms) => new Date(ms).toISOString().slice(0, 10),
  now: time('2026-11-20T12:00:00Z'),
};

export function issue(
  number: number,
  createdAt: string,
  closedAt?: string,
  more: Partial<IssueDates> = {},
): IssueDates {
  return {
    issue: issueNamed(number),
    checklistKey: PLAN,
    createdAt,
    closedAt,
    reason: closedAt === undefined ? undefined : 'completed',
    ...more,
  };
}

export function event(
  at: string,
  cause: LogEvent['cause'],
  more: Partial<LogEvent> = {},
): LogEvent {
  return {
    at: time(at),
    kind: 'write-master',
    job: '',
    run: `run of ${at}`,
    checklistKey: PLAN,
    cause,
    login: 'ann',
    ...more,
  } as LogEvent;
}

export const NOTHING: MetricFacts = {
  checklists: [],
  issues: [],
  events: [],
  reconciles: [],
  counters: [],
};
