import type { JobEvent } from '../engine/job-facts.ts';
import type { FailureCode } from '../failures.ts';
import type { RunKind } from '../runs/run-entry.ts';
import { runKind } from '../runs/run-kind.ts';

/** How often one thing went wrong. */
export interface FailureCount {
  /** What went wrong in it; `sync` also where a background check did. */
  readonly kind: RunKind;
  readonly code: FailureCode;
  readonly count: number;
  readonly checklists: number;
  /** When it began last; milliseconds since 1970. */
  readonly lastAt: number;
}

/**
 * The failures in the log (oldest line first) by kind and code, most first. A failure that stands counts once, however
 * many lines repeat it, until a line of the same kind and checklist is without it.
 */
export function countFailures(events: readonly JobEvent[]): readonly FailureCount[] {
  const goesOn = standingFailures();
  const counts = new Map<string, Mutable<FailureCount> & { keys: Set<string> }>();
  for (const event of events) {
    if (event.kind === 'read' || event.kind === 'match') continue;
    const { at, notice, checklistKey } = event;
    const kind = runKind(event) ?? 'sync';
    // A notice is told once; only what a look found goes on.
    if (event.kind !== 'notice' && goesOn(kind, checklistKey, notice?.code)) continue;
    if (notice === undefined) continue;
    const key = `${kind} ${notice.code}`;
    const known = counts.get(key) ?? newCount(kind, notice.code);
    known.count++;
    known.lastAt = at;
    known.keys.add(checklistKey);
    counts.set(key, known);
  }
  return [...counts.values()]
    .map(({ keys, ...count }) => ({ ...count, checklists: keys.size }))
    .sort((a, b) => b.count - a.count || a.code.localeCompare(b.code, 'en'));
}

type GoesOn = (kind: RunKind, checklistKey: string, code: FailureCode | undefined) => boolean;

/** Follows what stands per kind and checklist; tells whether it is as it was. */
function standingFailures(): GoesOn {
  const standing = new Map<RunKind, Map<string, FailureCode>>();
  return (kind, checklistKey, code) => {
    const known = standing.get(kind);
    const before = known?.get(checklistKey);
    if (before === code) return true;
    if (code === undefined) known?.delete(checklistKey);
    else if (known === undefined) standing.set(kind, new Map([[checklistKey, code]]));
    else known.set(checklistKey, code);
    return false;
  };
}

type Mutable<Value> = { -readonly [Field in keyof Value]: Value[Field] };

function newCount(kind: RunKind, code: FailureCode) {
  return { kind, code, count: 0, checklists: 0, lastAt: 0, keys: new Set<string>() };
}
