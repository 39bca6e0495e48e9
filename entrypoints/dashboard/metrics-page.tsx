import './metrics.css';
import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { MetricsView } from '../../components/metrics/MetricsView.tsx';
import { downloadFile } from '../../components/ui/download-file.ts';
import type { LogLine } from '../../lib/core/log/event.ts';
import { checklistKey, nameChecklist } from '../../lib/core/refs.ts';
import type { StoredSettings } from '../../lib/settings.ts';
import { listCounters } from '../../lib/store/counters.ts';
import type { Db } from '../../lib/store/db.ts';
import { issueDatesReadAt, listIssueDates } from '../../lib/store/issue-dates.ts';
import { listReconciles } from '../../lib/store/reconciles.ts';
import { readLogLines } from './log-lines.ts';
import { createMetricsModel, type MetricsModel } from './metrics-model.ts';
import { askBackground } from './own-page.ts';
import type { Route } from './router.ts';

interface MetricsPageProps {
  readonly db: Db;
  readonly tracked: StoredSettings['tracked'];
  readonly route: ReadonlySignal<Route>;
  /** Milliseconds since 1970; it goes on by itself. */
  readonly now: ReadonlySignal<number>;
}

/** The page of the metrics. */
export function MetricsPage({ db, tracked, route, now }: MetricsPageProps) {
  const [model] = useState(() =>
    createMetricsModel({
      ask: askBackground,
      loadChecklists: async () => {
        const list = await tracked.getValue();
        return new Map(list.map((one) => [checklistKey(one.checklist), one]));
      },
      loadDates: () => listIssueDates(db),
      loadAge: (key) => issueDatesReadAt(db, key),
      loadReconciles: () => listReconciles(db),
      loadCounters: () => listCounters(db),
      loadEvents: (signal) => loadEvents(db, signal),
      route,
      now,
      download: downloadFile,
    }),
  );
  useEffect(() => {
    const stop = new AbortController();
    void model.load(stop.signal);
    return () => stop.abort();
  }, [model]);
  return <MetricsModelView model={model} />;
}

async function loadEvents(db: Db, signal: AbortSignal): Promise<readonly LogLine[]> {
  const lines: LogLine[] = [];
  await readLogLines(db, (piece) => void lines.push(...piece), { signal });
  return lines.reverse();
}

/** The view of a model; for the page, and for tests with a model of their own. */
export function MetricsModelView({ model }: { readonly model: MetricsModel }) {
  const { checklist } = model.route.value;
  const metrics = model.metrics.value;
  const steps = [...model.dates.steps.value];
  const titles = new Map(
    model.shown.value.map(([key, one]) => [key, one.title || nameChecklist(one.checklist)]),
  );
  return (
    <MetricsView
      metrics={metrics}
      isLogRead={model.isLogRead.value}
      isNothing={metrics !== undefined && model.shown.value.length === 0}
      problem={model.problem.value}
      onReload={() => void model.onReload()}
      repos={model.repos.value}
      repo={model.repo.value}
      isOne={checklist !== undefined}
      choice={model.choice.value}
      isWrong={model.period.value === undefined}
      datesAt={model.datesAt.value}
      now={model.now.value}
      done={steps.filter(([, { state }]) => state === 'done').length}
      total={steps.length}
      busy={model.dates.busy.value}
      failures={steps.flatMap(([key, step]) =>
        step.state === 'done' && !step.answer.ok
          ? [{ title: titles.get(key) ?? key, failure: step.answer.failure }]
          : [],
      )}
      checklist={checklist}
      summary={model.summary.value}
      onRepo={model.onRepo}
      onChoice={model.onChoice}
      onRefresh={() => void model.onRefresh()}
      onExport={model.onExport}
      onSummary={(post) => void model.onSummary(post)}
      onOptions={() => void browser.runtime.openOptionsPage()}
    />
  );
}
