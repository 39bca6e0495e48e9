import type { LogDifferenceState } from '../../components/log/LogDifference.tsx';
import type { LogEntry } from '../../lib/core/log/filter-entries.ts';
import { writeDifference } from '../../lib/core/log/write-difference.ts';

/**
 * What the log knows of a write of a text. What stood there before our next write of it is what stood there after this
 * one, with what others changed between; `unasked` where no later write is kept: then GitHub knows. `entries` newest first.
 */
export async function loggedDifference(
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
