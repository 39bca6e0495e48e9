import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { DownloadFile } from '../../components/download-file.ts';
import { type Failure, failure, type Result, succeed } from '../../lib/core/failure.ts';
import { describeCause } from '../../lib/core/log/describe-cause.ts';
import { filterEntries, type LogFilter, prepareEntry } from '../../lib/core/log/filter-entries.ts';
import type { LogEntry, LogLine } from '../../lib/core/log/log-line.ts';
import { turnRound } from '../../lib/core/log/write-difference.ts';
import { logCsv } from '../../lib/core/log-csv.ts';
import { type PeriodChoice, periodOf } from '../../lib/core/metrics/period-choice.ts';
import { type ChecklistRef, issueKey } from '../../lib/core/refs.ts';
import type { RunEntry } from '../../lib/core/runs/run-entry.ts';
import type { Ask } from '../github.content/surroundings.ts';
import type { KnownChecklist } from './known-checklists.ts';
import { type Difference, loggedDifference } from './log-difference.ts';

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

/** What the user can set of the filter; the rest comes from the address. */
export interface LogQuery {
  readonly kind: LogFilter['kind'];
  readonly login: string;
  readonly cause: string;
  readonly search: string;
  readonly period: PeriodChoice;
}

/** The line that is open, with what is known of it. */
export interface OpenLine {
  readonly entry: LogEntry;
  readonly checklist: KnownChecklist | undefined;
  readonly difference: Difference;
  /** All lines of its run, newest first; empty where it belongs to none. */
  readonly runLines: readonly LogEntry[];
  readonly run: RunEntry | undefined;
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
  const { ask, route, now } = context;
  const entries = signal<readonly LogEntry[]>([]);
  const checklists = signal<ReadonlyMap<string, KnownChecklist>>(new Map());
  const loading = signal(true);
  const problem = signal<Failure | undefined>(undefined);
  const query = signal<LogQuery>(EVERYTHING);
  const openId = signal<number | undefined>(undefined);
  const difference = signal<Difference>({ state: 'none' });
  const runs = signal<readonly RunEntry[]>([]);
  const undoing = signal<'no' | 'busy' | 'started'>('no');

  // A period moves on by the hour: the list is not filtered anew at every tick.
  const hour = computed(() => now.value - (now.value % HOUR_MS));
  const period = computed(() => periodOf(query.value.period, hour.value));
  const shown = computed(() => {
    const { kind, login, cause, search } = query.value;
    const { checklist, run } = route.value;
    const checklistKey = checklist && issueKey(checklist);
    const span = period.value ?? {};
    return filterEntries(entries.value, { ...span, checklistKey, run, kind, login, cause, search });
  });
  const openEntry = computed(() => {
    const id = openId.value;
    return id === undefined ? undefined : entries.value.find(({ line }) => line.id === id);
  });
  const open = computed((): OpenLine | undefined => {
    const entry = openEntry.value;
    if (entry === undefined) return undefined;
    const { run, job, checklistKey } = entry.line;
    return {
      entry,
      checklist: checklists.value.get(checklistKey),
      difference: difference.value,
      runLines: run === '' ? [] : entries.value.filter(({ line }) => line.run === run),
      run: runs.value.find((one) => one.run === run || one.run === job),
    };
  });
  const choices = computed(() => ({
    logins: distinct(entries.value.map(({ line }) => line.login)),
    causes: distinct(
      distinct(entries.value.map(({ line }) => line.cause)).map((cause) => describeCause(cause)),
    ),
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
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      problem.value = failure('internal', { reason });
    }
  };
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
    loading.value = false;
    await readNew(stop);
  };

  const checklistOf = (entry: LogEntry) => checklists.value.get(entry.line.checklistKey)?.checklist;
  const isOpen = (entry: LogEntry) => openId.value === entry.line.id;
  const showDifference = async (entry: LogEntry) => {
    if (entry.line.kind !== 'write-master') return;
    difference.value = { state: 'loading' };
    const found = await loggedDifference(entry, entries.value, context.loadBefore);
    if (isOpen(entry)) difference.value = found;
  };
  const compareWithNow = async () => {
    const entry = openEntry.value;
    const checklist = entry && checklistOf(entry);
    if (entry === undefined || checklist === undefined) return;
    difference.value = { state: 'loading' };
    const answer = await ask('getText', { checklist, id: entry.line.id });
    if (!isOpen(entry)) return;
    difference.value = answer.ok
      ? { state: 'shown', lines: turnRound(answer.value.lines), until: 'now' }
      : { state: 'failed', failure: answer.failure };
  };
  const loadRuns = async (entry: LogEntry) => {
    const checklist = checklistOf(entry);
    const answer: Result<readonly RunEntry[]> =
      checklist === undefined || entry.line.run === ''
        ? succeed([])
        : await ask('listRuns', { checklist, everywhere: false });
    if (isOpen(entry)) runs.value = answer.ok ? answer.value : [];
  };

  return {
    entries,
    shown,
    loading,
    problem,
    query,
    period,
    choices,
    checklists,
    open,
    undoing,
    route,
    load: (stop: AbortSignal) => guarded(() => readAll(stop)),
    /** Reads the lines that were written since. */
    loadNew: async (stop: AbortSignal) => {
      if (!loading.value) await guarded(() => readNew(stop));
    },
    onQuery: (change: Partial<LogQuery>) => {
      query.value = { ...query.value, ...change };
    },
    onClear: () => {
      query.value = EVERYTHING;
    },
    onOpen: async (entry: LogEntry) => {
      openId.value = entry.line.id;
      difference.value = { state: 'none' };
      runs.value = [];
      undoing.value = 'no';
      problem.value = undefined;
      await Promise.all([showDifference(entry), loadRuns(entry)]);
    },
    onClose: () => {
      openId.value = undefined;
    },
    onCompare: compareWithNow,
    onUndo: async (run: string) => {
      const entry = openEntry.value;
      const checklist = entry && checklistOf(entry);
      if (entry === undefined || checklist === undefined || undoing.value === 'busy') return;
      undoing.value = 'busy';
      const answer = await ask('undoRun', { checklist, run });
      undoing.value = answer.ok ? 'started' : 'no';
      problem.value = answer.ok ? undefined : answer.failure;
    },
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
