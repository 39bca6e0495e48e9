import type { Difference } from '../core/differences/difference.ts';
import type { LeftDifference } from '../core/differences/reconcile-record.ts';
import { type ChecklistRef, checklistKey, repoKey } from '../core/refs.ts';
import type { Ports } from '../ports.ts';

type LeftPorts = Pick<Ports, 'left' | 'locks'>;

/** How many are kept of a checklist: the newest. */
export const MOST_LEFT = 500;

/** What the user left as it is of a checklist, newest first. */
export function listLeft(
  { left }: Pick<Ports, 'left'>,
  checklist: ChecklistRef,
): Promise<readonly LeftDifference[]> {
  return left(checklist).getValue();
}

/** Keeps that differences were left as they are, in words that are understood later. */
export async function leaveDifferences(
  ports: LeftPorts & Pick<Ports, 'clock'>,
  checklist: ChecklistRef,
  differences: readonly Difference[],
): Promise<void> {
  if (differences.length === 0) return;
  const at = ports.clock.now();
  const added = differences.map(
    ({ id, words, text }): LeftDifference => ({ id, what: words, text, at }),
  );
  const ids = new Set(added.map(({ id }) => id));
  await change(ports, checklist, (left) =>
    [...added, ...left.filter(({ id }) => !ids.has(id))].slice(0, MOST_LEFT),
  );
}

/** Forgets that a difference was left, and answers those that stay so. */
export function unleaveDifference(
  ports: LeftPorts,
  checklist: ChecklistRef,
  id: string,
): Promise<readonly LeftDifference[]> {
  return change(ports, checklist, (left) => left.filter((one) => one.id !== id));
}

/**
 * Takes what was left over to where the checklist is now. In a renamed repository the issues have their old numbers
 * under a new name; where the checklist alone was moved, its differences are others and are shown again.
 */
export async function moveLeft(
  ports: LeftPorts,
  from: ChecklistRef,
  to: ChecklistRef,
): Promise<void> {
  const moved = await listLeft(ports, from);
  if (moved.length === 0) return;
  const [before, after] = [` ${repoKey(from.repo)}#`, ` ${repoKey(to.repo)}#`];
  const renamed = moved.map((one) => ({ ...one, id: one.id.replaceAll(before, after) }));
  await change(ports, to, (left) => [...renamed, ...left].slice(0, MOST_LEFT));
  await ports.left(from).removeValue();
}

/** Under a lock, so that of two changes at once none is lost. */
function change(
  { locks, left }: LeftPorts,
  checklist: ChecklistRef,
  next: (list: readonly LeftDifference[]) => readonly LeftDifference[],
): Promise<readonly LeftDifference[]> {
  return locks.withLock(`left:${checklistKey(checklist)}`, async () => {
    const item = left(checklist);
    const changed = next(await item.getValue());
    await item.setValue([...changed]);
    return changed;
  });
}
