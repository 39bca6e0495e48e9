import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { DownloadFile } from '../../components/ui/download-file.ts';
import type { Ask } from '../../lib/checklist-model/surroundings.ts';
import type { ReconcileRecord } from '../../lib/core/differences/reconcile-record.ts';
import { type Failure, unforeseen } from '../../lib/core/failures.ts';
import type { LogEvent } from '../../lib/core/log/event.ts';
import { localDay } from '../../lib/core/metrics/calendar.ts';
import type { DayCounts, IssueDates } from '../../lib/core/metrics/metric-facts.ts';
import { foldMetrics, type Metrics } from '../../lib/core/metrics/metrics.ts';
import { metricsCsv, metricsJson } from '../../lib/core/metrics/metrics-files.ts';
import { metricsMarkdown } from '../../lib/core/metrics/metrics-markdown.ts';
import { type PeriodChoice, periodOf } from '../../lib/core/metrics/period.ts';
import { type ChecklistRef, checklistKey, type RepoRef, repoKey } from '../../lib/core/refs.ts';
import { createBatch } from './batch.ts';
import type { KnownChecklist } from './known-checklists.ts';

/** What the page of the metrics depends on. */
export interface MetricsContext {
  readonly ask: Ask;
  /** The checklists that are kept up to date, by `issueKey`. */
  readonly loadChecklists: () => Promise<ReadonlyMap<string, KnownChecklist>>;
  readonly loadDates: () => Promise<readonly IssueDates[]>;
  /** When GitHub was asked for the dates of a checklist (`issueKey`); milliseconds since 1970, undefined for never. */
  readonly loadAge: (checklistKey: string) => Promise<number | undefined>;
  readonly loadReconciles: () => Promise<readonly ReconcileRecord[]>;
  readonly loadCounters: () => Promise<readonly DayCounts[]>;
  /** The whole log, oldest line first, without the texts. */
  readonly loadEvents: (signal: AbortSignal) => Promise<readonly LogEvent[]>;
  /** The checklist that the address names. */
  readonly route: ReadonlySignal<{ readonly checklist: ChecklistRef | undefined }>;
  readonly now: ReadonlySignal<number>;
  readonly download: (file: DownloadFile) => void;
}

/** Forms in which the metrics leave the page. */
export type MetricsForm = 'csv' | 'json' | 'markdown';

/** The state of the page of the metrics and what the user can do with it. */
export type MetricsModel = ReturnType<typeof createMetricsModel>;

/** What is read from the store at once; the log comes later. */
interface Stored {
  readonly checklists: ReadonlyMap<string, KnownChecklist>;
  readonly dates: readonly IssueDates[];
  /** Undefined for never. */
  readonly ages: ReadonlyMap<string, number | undefined>;
  readonly reconciles: readonly ReconcileRecord[];
  readonly counters: readonly DayCounts[];
  readonly readAt: number;
}

/** Dates that are older are asked for again when the page is opened: 6 hours in milliseconds. */
const STALE_MS = 6 * 60 * 60_000;

/** Builds the model of the page of the metrics. Nothing is read before the first `load`. */
export function createMetricsModel(context: MetricsContext) {
  const { ask, route, now } = context;
  const stored = signal<Stored | undefined>(undefined);
  const events = signal<readonly LogEvent[] | undefined>(undefined);
  const problem = signal<Failure | undefined>(undefined);
  const repo = signal('');
  const choice = signal<PeriodChoice>({ kind: '90-days' });
  const summaries = signal<ReadonlyMap<string, SummaryState>>(new Map());
  const summary = computed((): SummaryState => {
    const { checklist } = route.value;
    const known = checklist && summaries.value.get(checklistKey(checklist));
    return known ?? { state: 'idle' };
  });
  let isAsked = false;
  const dates = createBatch(
    (checklist) => ask('refreshDates', { checklist, isAsked }),
    () => now.value,
  );

  const all = computed(() =>
    withNamed(stored.value?.checklists ?? new Map(), route.value.checklist),
  );
  /** Those that the filters let through. */
  const shown = computed(() => {
    const { checklist } = route.value;
    const key = checklist && checklistKey(checklist);
    return [...all.value].filter(
      ([each, known]) =>
        (key === undefined || each === key) &&
        (key !== undefined || repo.value === '' || repoKey(known.checklist.repo) === repo.value),
    );
  });
  const period = computed(() => periodOf(choice.value, stored.value?.readAt ?? 0));
  const metrics = computed((): Metrics | undefined => {
    const known = stored.value;
    if (known === undefined) return undefined;
    const { checklist } = route.value;
    const facts = {
      checklists: [...all.value].map(([key, { title }]) => ({ key, title })),
      issues: known.dates,
      events: events.value ?? [],
      reconciles: known.reconciles,
      counters: known.counters,
    };
    return foldMetrics(
      facts,
      { dayOf: localDay, now: known.readAt },
      {
        ...period.value,
        checklistKey: checklist && checklistKey(checklist),
        repo: checklist === undefined ? reposOf(all.value).get(repo.value) : undefined,
      },
    );
  });
  /** When the oldest dates of what is shown were asked for; undefined where those of one never were. */
  const datesAt = computed(() => {
    const ages = shown.value.map(([key]) => stored.value?.ages.get(key));
    const known = ages.filter((at) => at !== undefined);
    return known.length < ages.length || known.length === 0 ? undefined : Math.min(...known);
  });

  const guarded = async (work: () => Promise<void>) => {
    try {
      await work();
      problem.value = undefined;
    } catch (error) {
      problem.value = unforeseen(error);
    }
  };
  const read = async () => {
    const [checklists, issueDates, reconciles, counters] = await Promise.all([
      context.loadChecklists(),
      context.loadDates(),
      context.loadReconciles(),
      context.loadCounters(),
    ]);
    const keys = [...withNamed(checklists, route.value.checklist).keys()];
    const times = await Promise.all(keys.map((key) => context.loadAge(key)));
    const ages = new Map(keys.map((key, index) => [key, times[index]]));
    const readAt = now.value;
    stored.value = { checklists, dates: issueDates, ages, reconciles, counters, readAt };
  };
  const refresh = async (checklists: readonly ChecklistRef[], byClick: boolean) => {
    if (checklists.length === 0 || dates.busy.value) return;
    isAsked = byClick;
    dates.clear();
    await dates.add(checklists);
    await read();
  };
  const stale = () =>
    shown.value
      .filter(([key]) => now.value - (stored.value?.ages.get(key) ?? 0) > STALE_MS)
      .map(([, { checklist }]) => checklist);

  let left = AbortSignal.abort();
  const load = (stop: AbortSignal) =>
    guarded(async () => {
      left = stop;
      await read();
      events.value = await context.loadEvents(stop);
      if (!stop.aborted) await refresh(stale(), false);
    });

  return {
    metrics,
    /** Whether the log is read: what is counted from it is complete. */
    isLogRead: computed(() => events.value !== undefined),
    shown,
    repos: computed(() => [...reposOf(all.value)].map(([key, one]) => ({ key, repo: one }))),
    repo,
    choice,
    period,
    problem,
    dates,
    datesAt,
    summary,
    route,
    now,
    load,
    /** Once more after a failure, until the page is left as before. */
    onReload: () => load(left),
    onRefresh: () =>
      guarded(() =>
        refresh(
          shown.value.map(([, { checklist }]) => checklist),
          true,
        ),
      ),
    onRepo: (key: string) => {
      repo.value = key;
    },
    onChoice: (next: PeriodChoice) => {
      choice.value = next;
    },
    onExport: (form: MetricsForm) => {
      const { value } = metrics;
      if (value !== undefined) context.download(fileOf(form, value));
    },
    onSummary: async (post: boolean) => {
      const { checklist } = route.value;
      if (checklist === undefined || summary.value.state === 'busy') return;
      // Another checklist may be shown before the answer comes.
      const say = (state: SummaryState) => {
        summaries.value = new Map(summaries.value).set(checklistKey(checklist), state);
      };
      say({ state: 'busy' });
      const answer = await ask('postSummary', { checklist, post });
      say(
        answer.ok
          ? { state: post ? 'posted' : 'removed' }
          : { state: 'failed', failure: answer.failure },
      );
    },
  };
}

/** What became of the summary in the checklist's text. */
export type SummaryState =
  | { readonly state: 'idle' | 'busy' | 'posted' | 'removed' }
  | { readonly state: 'failed'; readonly failure: Failure };

/** The checklist that the address names is counted too where it is not kept up to date. */
function withNamed(
  known: ReadonlyMap<string, KnownChecklist>,
  named: ChecklistRef | undefined,
): ReadonlyMap<string, KnownChecklist> {
  if (named === undefined || known.has(checklistKey(named))) return known;
  return new Map([...known, [checklistKey(named), { checklist: named, title: '' }]]);
}

function reposOf(known: ReadonlyMap<string, KnownChecklist>): ReadonlyMap<string, RepoRef> {
  const repos = [...known.values()].map(({ checklist }) => checklist.repo);
  return new Map(repos.map((one) => [repoKey(one), one]));
}

function fileOf(form: MetricsForm, metrics: Metrics): DownloadFile {
  switch (form) {
    case 'csv':
      return { name: 'masterlist-metrics.csv', type: 'text/csv', text: metricsCsv(metrics) };
    case 'json':
      return {
        name: 'masterlist-metrics.json',
        type: 'application/json',
        text: metricsJson(metrics),
      };
    case 'markdown':
      return {
        name: 'masterlist-metrics.md',
        type: 'text/markdown',
        text: metricsMarkdown(metrics),
      };
  }
}
