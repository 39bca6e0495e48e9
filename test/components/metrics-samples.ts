import { signal } from '@preact/signals';
import type { DownloadFile } from '../../components/ui/download-file.ts';
import {
  createMetricsModel,
  type MetricsContext,
  type MetricsModel,
} from '../../entrypoints/dashboard/metrics-model.ts';
import type { Ask } from '../../lib/checklist-model/surroundings.ts';
import { failure, succeed } from '../../lib/core/failures.ts';
import { utcDay } from '../../lib/core/metrics/calendar.ts';
import type { IssueDates } from '../../lib/core/metrics/metric-facts.ts';
import type { ChecklistRef } from '../../lib/core/refs.ts';
import { OTHER, OTHER_KEY, PLAN, PLAN_KEY, sampleLine } from './log-samples.ts';
import { issueAt } from './samples.ts';

const DAY_MS = 86_400_000;

/** Noon of the samples' day where the tests run: metrics count by local days. */
export const NOON = new Date(2026, 10, 20, 12).getTime();

/** Dates of an issue of the plan; `closed` in days ago, undefined while it is open. */
export function sampleDates(
  number: number,
  created: number,
  closed: number | undefined,
  checklistKey: string = PLAN_KEY,
): IssueDates {
  const day = (ago: number) => new Date(NOON - ago * DAY_MS).toISOString();
  return {
    issue: issueAt(number),
    checklistKey,
    createdAt: day(created),
    closedAt: closed === undefined ? undefined : day(closed),
    reason: closed === undefined ? undefined : 'completed',
  };
}

/** A model, what it asked and handed out, and what tests change. */
export interface SampleMetrics {
  readonly model: MetricsModel;
  readonly asked: [name: string, query: unknown][];
  readonly files: DownloadFile[];
  readonly route: { value: { checklist: ChecklistRef | undefined } };
  /** Dates as the store has them. */
  readonly dates: { value: readonly IssueDates[] };
}

/** Three issues of the plan, one of another checklist; a log with a reconcile and a failure; two days of counters. */
export function sampleMetrics(
  change: Partial<MetricsContext> = {},
  answers: Readonly<Record<string, (query: unknown) => unknown>> = {},
): SampleMetrics {
  const asked: [string, unknown][] = [];
  const files: DownloadFile[] = [];
  const route = signal<SampleMetrics['route']['value']>({ checklist: undefined });
  const dates = signal<readonly IssueDates[]>([
    sampleDates(11, 20, 10),
    sampleDates(12, 20, 3),
    sampleDates(13, 10, undefined),
    sampleDates(14, 200, 150, OTHER_KEY),
  ]);
  const ask = async (name: string, query: unknown) => {
    asked.push([name, query]);
    return answers[name]?.(query) ?? succeed(undefined);
  };
  const model = createMetricsModel({
    ask: ask as Ask,
    loadChecklists: async () =>
      new Map([
        [PLAN_KEY, PLAN],
        [OTHER_KEY, OTHER],
      ]),
    loadDates: async () => dates.value,
    loadAge: async () => NOON - 3_600_000,
    loadReconciles: async () => [
      {
        key: PLAN_KEY,
        checkedAt: NOON,
        nightlyAt: undefined,
        left: 2,
        kinds: { 'issue-gone': 2 },
        failure: undefined,
      },
    ],
    loadCounters: async () => [
      { day: utcDay(NOON - DAY_MS), counts: { requests: 120, points: 4 } },
      { day: utcDay(NOON), counts: { requests: 60, points: 2, limitWaits: 1 } },
    ],
    loadEvents: async () => [
      sampleLine(900, { cause: { by: 'click', what: 'resolve' } }),
      sampleLine(950, { kind: 'remark', rows: [], notice: failure('offline') }),
    ],
    route,
    now: signal(NOON),
    download: (file) => void files.push(file),
    ...change,
  });
  return { model, asked, files, route, dates };
}
