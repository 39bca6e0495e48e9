/** What calculating the metrics of a long log costs. */

import { failure } from '../../lib/core/failures.ts';
import type { Cause } from '../../lib/core/log/cause.ts';
import type { LogEvent } from '../../lib/core/log/event.ts';
import { localDay } from '../../lib/core/metrics/calendar.ts';
import type { IssueDates, MetricFacts } from '../../lib/core/metrics/metric-facts.ts';
import { foldMetrics } from '../../lib/core/metrics/metrics.ts';
import type { Report } from './run.ts';

const EVENTS = 50_000;
const ISSUES = 10_000;
const CHECKLISTS = 50;
const ROUNDS = 11;
const REPO = { host: 'github.com', owner: 'octo', name: 'plan' };
const NOW = Date.UTC(2026, 10, 20);
const MONTH_MS = 30 * 86_400_000;
const YEAR_MS = 365 * 86_400_000;

/** All metrics of 50 checklists: 50,000 lines of the log and 10,000 issues. Median, by the local calendar. */
export function benchMetrics(report: Report): void {
  const facts = sampleFacts();
  const calendar = { dayOf: localDay, now: NOW };
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    // Each part is calculated when it is read.
    const metrics = { ...foldMetrics(facts, calendar) };
    times.push(performance.now() - start);
    if (metrics.burnUp.at(-1)?.total !== ISSUES) throw new Error('issues are missing');
  }
  console.log(`  the first time, not warmed up: ${times[0]?.toFixed(1)} ms`);
  times.sort((a, b) => a - b);
  report('metrics-50000-events', times[Math.floor(ROUNDS / 2)] ?? Number.NaN, 'ms', '<= 100');
}

function sampleFacts(): MetricFacts {
  const keys = Array.from({ length: CHECKLISTS }, (_, index) => `github.com/octo/plan#${index}`);
  return {
    checklists: keys.map((key) => ({ key, title: key })),
    issues: Array.from({ length: ISSUES }, (_, index) => sampleIssue(index, keys)),
    events: Array.from({ length: EVENTS }, (_, index) => sampleEvent(index, keys)),
    reconciles: [],
    counters: [],
  };
}

function sampleIssue(index: number, keys: readonly string[]): IssueDates {
  const created = NOW - YEAR_MS + (index * YEAR_MS) / ISSUES;
  const closed = created + (index % 97) * 3_600_000;
  return {
    issue: { repo: REPO, number: index + 1 },
    checklistKey: keys[index % CHECKLISTS] ?? '',
    createdAt: new Date(created).toISOString(),
    closedAt: index % 3 === 0 ? undefined : new Date(closed).toISOString(),
    reason: index % 3 === 0 ? undefined : 'completed',
  };
}

const SYNC: Cause = { by: 'background', what: 'sync' };
const CAUSES: readonly Cause[] = [
  SYNC,
  { by: 'click', what: 'sync' },
  { by: 'click', what: 'generate' },
  { by: 'click', what: 'resolve' },
  { by: 'click', what: 'undo-generation' },
];

function sampleEvent(index: number, keys: readonly string[]): LogEvent {
  const item = `item-${index}`;
  return {
    at: NOW - MONTH_MS + (index * MONTH_MS) / EVENTS,
    kind: index % 7 === 0 ? 'remark' : 'write-master',
    job: '',
    run: `run-${index % 20_000}`,
    checklistKey: keys[index % CHECKLISTS] ?? '',
    cause: CAUSES[index % CAUSES.length] ?? SYNC,
    login: 'ann',
    ...(index % 14 === 0 && { notice: failure('offline') }),
    rows: [{ item, text: item, what: 'tick' }],
  };
}
