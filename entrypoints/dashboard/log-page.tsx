import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { LogView } from '../../components/log/LogView.tsx';
import { downloadFile } from '../../components/ui/download-file.ts';
import type { AnyFacts } from '../../lib/core/log/event.ts';
import type { StoredSettings } from '../../lib/settings.ts';
import type { Db } from '../../lib/store/db.ts';
import { loadEvent } from '../../lib/store/events.ts';
import { loadKnownChecklists } from './known-checklists.ts';
import './log.css';
import { readLogLines } from './log-lines.ts';
import { createLogModel, type LogModel } from './log-model.ts';
import { askBackground } from './own-page.ts';
import { hrefOf, type Route } from './router.ts';

interface LogPageProps {
  readonly db: Db;
  readonly tracked: StoredSettings['tracked'];
  readonly route: ReadonlySignal<Route>;
  /** Milliseconds since 1970; it goes on by itself. */
  readonly now: ReadonlySignal<number>;
}

/** The page of the log. It reads what was written since whenever something was. */
export function LogPage({ db, tracked, route, now }: LogPageProps) {
  const [model] = useState(() =>
    createLogModel({
      ask: askBackground,
      loadChecklists: async () => loadKnownChecklists(db, await tracked.getValue()),
      readLines: (onLines, more) => readLogLines(db, onLines, more),
      loadBefore: async (id) => {
        const { before }: AnyFacts = (await loadEvent(db, id)) ?? {};
        return before;
      },
      route,
      now,
      download: downloadFile,
    }),
  );
  useEffect(() => {
    const stop = new AbortController();
    void model.load(stop.signal);
    const { onChanged } = browser.storage.session;
    const onChange = (changes: Readonly<Record<string, unknown>>) => {
      const wrote = Object.keys(changes).some((key) => key.startsWith('revision:'));
      if (wrote) void model.loadNew(stop.signal);
    };
    onChanged.addListener(onChange);
    return () => {
      stop.abort();
      onChanged.removeListener(onChange);
    };
  }, [model]);
  return <LogModelView model={model} />;
}

/** The view of a model; for the page, and for tests with a model of their own. */
export function LogModelView({ model }: { readonly model: LogModel }) {
  const { checklist, run } = model.route.value;
  const [first] = model.shown.value;
  // An address that names a run opens it.
  useEffect(() => {
    if (run !== undefined && first !== undefined && model.open.value === undefined) {
      void model.onOpen(first);
    }
  }, [run, first === undefined]);
  return (
    <LogView
      count={model.entries.value.length}
      shown={model.shown.value}
      loading={model.loading.value}
      unread={model.unread.value}
      problem={model.problem.value}
      query={model.query.value}
      choices={model.choices.value}
      isWrong={model.period.value === undefined}
      open={model.open.value}
      undoing={model.undoing.value}
      allHref={run === undefined ? undefined : hrefOf({ path: '/log', checklist })}
      titleOf={(key) => model.checklists.value.get(key)?.title ?? key}
      onReload={() => void model.onReload()}
      onQuery={model.onQuery}
      onClear={model.onClear}
      onOpen={(entry) => void model.onOpen(entry)}
      onClose={model.onClose}
      onCompare={() => void model.onCompare()}
      onUndo={(id) => void model.onUndo(id)}
      onExport={model.onExport}
      onOptions={() => void browser.runtime.openOptionsPage()}
    />
  );
}
