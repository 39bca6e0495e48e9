import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { LogQuery } from '../../components/log/LogFilters.tsx';
import type { DownloadFile } from '../../components/ui/download-file.ts';
import type { Ask } from '../../lib/checklist-model/surroundings.ts';
import { type Failure, unforeseen } from '../../lib/core/failures.ts';
import { describeCause } from '../../lib/core/log/cause.ts';
import type { LogLine } from '../../lib/core/log/event.ts';
import { filterEntries, type LogEntry, prepareEntry } from '../../lib/core/log/filter-entries.ts';
import { logCsv } from '../../lib/core/log/log-csv.ts';
import { periodOf } from '../../lib/core/metrics/period.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import type { KnownChecklist } from './known-checklists.ts';
import { createOpenLine } from './open-line.ts';

/** What the log's page depends on. */
export interface LogContext {
  readonly ask: Ask;
  readonly loadChecklists: () => Promise<ReadonlyMap<string, KnownChecklist>>;
  /** Hands the log over in pieces, newest first; of lines after one where that is given. */
  readonly readLines: (
    onLines: (lines: readonly LogLine[]) => void,
    more: { readonly after?: number; readonly signal: AbortSignal },
  ) => Promise<void>;
  readonly loadBefore: (id: number) => Promise<string | undefined>;
  /** The checklist and the run that the address names. */
  readonly route: ReadonlySignal<{
    readonly checklist: ChecklistRef | undefined;
    readonly run: string | undefined;
  }>;
  readonly now: ReadonlySignal<number>;
  readonly download: (file: DownloadFile) => void;
}

/** The state of the log's page and what the user can do with it. */
export type LogModel = ReturnType<typeof createLogModel>;

const HOUR_MS = 3_600_000;

const EVERYTHING: LogQuery = {
  kind: '',
  login: '',
  cause: '',
  search: '',
  period: { kind: 'all' },
};

/** Builds the model of the log's page. Nothing is read before the first `load`. */
export function createLogModel(context: LogContext) {
  const { route, now } = context;
  const entries = signal<readonly LogEntry[]>([]);
  const checklists = signal<ReadonlyMap<string, KnownChecklist>>(new Map());
  const loading = signal(true);
  /** Why the log could not be read. */
  const unread = signal<Failure | undefined>(undefined);
  const problem = signal<Failure | undefined>(undefined);
  const query = signal<LogQuery>(EVERYTHING);

  // A period moves on by the hour: the list is not filtered anew at every tick.
  const hour = computed(() => now.value - (now.value % HOUR_MS));
  const period = computed(() => periodOf(query.value.period, hour.value));
  const shown = computed(() => {
    const { kind, login, cause, search } = query.value;
    const { checklist, run } = route.value;
    const key = checklist && checklistKey(checklist);
    const span = period.value ?? {};
    return filterEntries(entries.value, {
      ...span,
      checklistKey: key,
      run,
      kind,
      login,
      cause,
      search,
    });
  });
  const choices = computed(() => ({
    logins: distinct(entries.value.map(({ line }) => line.login)),
    causes: distinct(entries.value.map(({ line }) => describeCause(line.cause))),
    kinds: distinct(entries.value.map(({ line }) => line.kind)),
  }));

  const prepare = (lines: readonly LogLine[]) =>
    lines.map((line) => {
      const known = checklists.value.get(line.checklistKey);
      return prepareEntry(line, known && { title: known.title, repo: known.checklist.repo });
    });
  const guarded = async (work: () => Promise<void>) => {
    try {
      await work();
      unread.value = undefined;
    } catch (error) {
      unread.value = unforeseen(error);
    }
  };
  /** Whether all lines were read: only then the newer ones can follow. */
  let isComplete = false;
  const newest = () => entries.value[0]?.line.id ?? 0;
  const readNew = async (stop: AbortSignal) => {
    const fresh: LogEntry[] = [];
    const read = (lines: readonly LogLine[]) => void fresh.push(...prepare(lines));
    await context.readLines(read, { after: newest(), signal: stop });
    // Another reading may have been faster.
    const last = newest();
    const added = fresh.filter(({ line }) => line.id > last);
    if (added.length > 0) entries.value = [...added, ...entries.value];
  };
  const readAll = async (stop: AbortSignal) => {
    checklists.value = await context.loadChecklists();
    entries.value = [];
    const kept: LogEntry[] = [];
    const read = (lines: readonly LogLine[]) => {
      kept.push(...prepare(lines));
      // Shown whenever they have doubled: each showing goes through all of them.
      if (kept.length >= 2 * entries.value.length) entries.value = [...kept];
    };
    await context.readLines(read, { signal: stop });
    entries.value = kept;
    if (stop.aborted) return;
    isComplete = true;
    await readNew(stop);
  };

  let left = AbortSignal.abort();
  const load = async (stop: AbortSignal) => {
    left = stop;
    loading.value = true;
    await guarded(() => readAll(stop));
    if (!stop.aborted) loading.value = false;
  };
  const openLine = createOpenLine({ ...context, entries, checklists, problem });

  return {
    entries,
    shown,
    loading,
    unread,
    problem,
    query,
    period,
    choices,
    checklists,
    route,
    load,
    /** Once more after a failure, until the page is left as before. */
    onReload: () => load(left),
    /** Reads the lines that were written since. */
    loadNew: async (stop: AbortSignal) => {
      if (!isComplete) return;
      await guarded(() => readNew(stop));
      await openLine.followUndo();
    },
    onQuery: (change: Partial<LogQuery>) => {
      query.value = { ...query.value, ...change };
    },
    onClear: () => {
      query.value = EVERYTHING;
    },
    ...openLine,
    onExport: (form: 'csv' | 'json') => context.download(fileOf(form, shown.value)),
  };
}

function fileOf(form: 'csv' | 'json', entries: readonly LogEntry[]): DownloadFile {
  const lines = entries.map(({ line }) => line);
  return form === 'csv'
    ? { name: 'masterlist-log.csv', type: 'text/csv', text: logCsv(lines) }
    : {
        name: 'masterlist-log.json',
        type: 'application/json',
        text: `${JSON.stringify(lines, undefined, 2)}\n`,
      };
}

function distinct<Value extends string>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)].sort();
}
