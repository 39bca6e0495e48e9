import { computed, type Signal, signal } from '@preact/signals';
import type { OpenLine } from '../../components/log/LogDetail.tsx';
import type { LogDifferenceState } from '../../components/log/LogDifference.tsx';
import type { Ask } from '../../lib/checklist-model/surroundings.ts';
import { type Failure, type Result, succeed, unforeseen } from '../../lib/core/failures.ts';
import type { LogEntry } from '../../lib/core/log/filter-entries.ts';
import { turnRound, writeDifference } from '../../lib/core/log/write-difference.ts';
import type { RunEntry } from '../../lib/core/runs/run-entry.ts';
import type { KnownChecklist } from './known-checklists.ts';

interface OpenLineContext {
  readonly ask: Ask;
  readonly loadBefore: (id: number) => Promise<string | undefined>;
  /** All lines that are read, newest first. */
  readonly entries: Signal<readonly LogEntry[]>;
  /** By their keys. */
  readonly checklists: Signal<ReadonlyMap<string, KnownChecklist>>;
  /** What stands in the way is written here. */
  readonly problem: Signal<Failure | undefined>;
}

/** The one line of the log that is open, if any: what it did to the text, its run, and the way back. */
export function createOpenLine({ ask, loadBefore, entries, checklists, problem }: OpenLineContext) {
  const openId = signal<number | undefined>(undefined);
  const difference = signal<LogDifferenceState>({ state: 'none' });
  const runs = signal<readonly RunEntry[]>([]);
  const undoing = signal<'no' | 'busy' | 'started'>('no');

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

  const checklistOf = (entry: LogEntry) => checklists.value.get(entry.line.checklistKey)?.checklist;
  const isOpen = (entry: LogEntry) => openId.value === entry.line.id;
  const showDifference = async (entry: LogEntry) => {
    if (entry.line.kind !== 'write-master') return;
    difference.value = { state: 'loading' };
    const found = await loggedDifference(entry, entries.value, loadBefore).catch(
      (error): LogDifferenceState => ({ state: 'failed', failure: unforeseen(error) }),
    );
    if (isOpen(entry)) difference.value = found;
  };
  const loadRuns = async (entry: LogEntry) => {
    const checklist = checklistOf(entry);
    const answer: Result<readonly RunEntry[]> =
      checklist === undefined || entry.line.run === ''
        ? succeed([])
        : await ask('listRuns', { checklist, everywhere: false });
    if (!isOpen(entry)) return;
    if (answer.ok) runs.value = answer.value;
    else problem.value = answer.failure;
  };

  return {
    open,
    undoing,
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
    /** Once the undo that was started here is over, the run is shown as it is then. Asks nobody outside this browser. */
    followUndo: async () => {
      const entry = openEntry.value;
      const checklist = entry && checklistOf(entry);
      if (entry === undefined || checklist === undefined || undoing.value !== 'started') return;
      const answer = await ask('getJob', { checklist });
      if (!answer.ok || !isOpen(entry)) return;
      if (answer.value !== undefined && answer.value.state !== 'ended') return;
      undoing.value = 'no';
      await loadRuns(entry);
    },
    /** Compares the text before the line's write with the text on GitHub now. */
    onCompare: async () => {
      const entry = openEntry.value;
      const checklist = entry && checklistOf(entry);
      if (entry === undefined || checklist === undefined) return;
      difference.value = { state: 'loading' };
      const answer = await ask('getText', { checklist, id: entry.line.id });
      if (!isOpen(entry)) return;
      difference.value = answer.ok
        ? { state: 'shown', lines: turnRound(answer.value.lines), until: 'now' }
        : { state: 'failed', failure: answer.failure };
    },
    onUndo: async (run: string) => {
      const entry = openEntry.value;
      const checklist = entry && checklistOf(entry);
      if (entry === undefined || checklist === undefined || undoing.value === 'busy') return;
      undoing.value = 'busy';
      const answer = await ask('undoRun', { checklist, run });
      if (!isOpen(entry)) return;
      undoing.value = answer.ok ? 'started' : 'no';
      problem.value = answer.ok ? undefined : answer.failure;
    },
  };
}

/**
 * What the log knows of a write of a text. What stood there before our next write of it is what stood there after this
 * one, with what others changed between; `unasked` where no later write is kept: then GitHub knows. `entries` newest first.
 */
async function loggedDifference(
  { line }: LogEntry,
  entries: readonly LogEntry[],
  loadBefore: (id: number) => Promise<string | undefined>,
): Promise<LogDifferenceState> {
  const before = await loadBefore(line.id);
  if (before === undefined) return { state: 'none' };
  const later = entries.filter(
    ({ line: { id, kind, checklistKey } }) =>
      id > line.id && kind === 'write-master' && checklistKey === line.checklistKey,
  );
  for (const { line: next } of later.reverse()) {
    const after = await loadBefore(next.id);
    if (after === undefined) continue;
    return { state: 'shown', lines: writeDifference(before, after), until: 'next-write' };
  }
  return { state: 'unasked' };
}
