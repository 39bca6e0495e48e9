import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Result } from '../../lib/core/failures.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';

/** How far the work on one checklist is; `at` is when it was done, in milliseconds since 1970. */
export type Step<Value> =
  | { readonly state: 'waiting' | 'running' }
  | { readonly state: 'done'; readonly answer: Result<Value>; readonly at: number };

/** Work on several checklists, one after another, with each result as it comes. */
export interface Batch<Value> {
  /** By `issueKey`; checklists on which nobody worked are not in it. */
  readonly steps: ReadonlySignal<ReadonlyMap<string, Step<Value>>>;
  readonly busy: ReadonlySignal<boolean>;
  /** Adds checklists to those that wait; ends with the last of them. One that waits or is worked on is not added again. */
  readonly add: (checklists: readonly ChecklistRef[]) => Promise<void>;
  /** Lets the one that is worked on end, and forgets those that wait. */
  readonly stop: () => void;
  /** Forgets all results. */
  readonly clear: () => void;
}

/** A batch that does this work; it does not reject. What only reads and was refused by a limit is done again when that is over. `now` gives milliseconds since 1970. */
export function createBatch<Value>(
  work: (checklist: ChecklistRef) => Promise<Result<Value>>,
  now: () => number,
): Batch<Value> {
  const steps = signal<ReadonlyMap<string, Step<Value>>>(new Map());
  let waiting: readonly ChecklistRef[] = [];
  let running: Promise<void> | undefined;
  let repeats: readonly ReturnType<typeof setTimeout>[] = [];

  const set = (checklist: ChecklistRef, step: Step<Value> | undefined) => {
    const next = new Map(steps.value);
    if (step === undefined) next.delete(checklistKey(checklist));
    else next.set(checklistKey(checklist), step);
    steps.value = next;
  };
  const runAll = async () => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      waiting = waiting.slice(1);
      set(next, { state: 'running' });
      const answer = await work(next);
      set(next, { state: 'done', answer, at: now() });
      const repeatAt = answer.ok ? undefined : answer.failure.repeatAt;
      if (repeatAt !== undefined) {
        repeats = [...repeats, setTimeout(() => void add([next]), repeatAt - now())];
      }
    }
    running = undefined;
  };

  const add = (checklists: readonly ChecklistRef[]) => {
    const free = checklists.filter((one) => isFree(steps.value.get(checklistKey(one))));
    for (const one of free) set(one, { state: 'waiting' });
    waiting = [...waiting, ...free];
    running ??= runAll();
    return running;
  };

  return {
    steps,
    busy: computed(() => [...steps.value.values()].some(({ state }) => state !== 'done')),
    add,
    stop: () => {
      for (const timer of repeats) clearTimeout(timer);
      repeats = [];
      for (const one of waiting) set(one, undefined);
      waiting = [];
    },
    clear: () => {
      const kept = [...steps.value].filter(([, { state }]) => state !== 'done');
      steps.value = new Map(kept);
    },
  };
}

function isFree(step: Step<unknown> | undefined): boolean {
  return step === undefined || step.state === 'done';
}
