import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Answer, TaskName } from './torture-tasks.ts';

/** What came of one seed, and the thread that is free again. */
interface Done<Name extends TaskName> {
  readonly thread: Worker;
  readonly seed: number;
  readonly result: Answer<Name>;
}

/**
 * Does a task of the torture for each seed, in as many threads as there are processors, and yields what came of each as
 * it is done. An error in a task ends all of them: tasks answer what they find as data.
 */
export async function* spread<Name extends TaskName>(
  name: Name,
  first: number,
  count: number,
): AsyncGenerator<Done<Name>> {
  const end = first + count;
  const threads = Array.from(
    { length: Math.min(availableParallelism(), count) },
    () => new Worker(new URL('./torture-tasks.ts', import.meta.url)),
  );
  const running = new Map(threads.map((thread, at) => [thread, ask(thread, name, first + at)]));
  let next = first + threads.length;
  try {
    while (running.size > 0) {
      const done = await Promise.race(running.values());
      if (next < end) running.set(done.thread, ask(done.thread, name, next++));
      else running.delete(done.thread);
      yield done;
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

async function ask<Name extends TaskName>(
  thread: Worker,
  name: Name,
  seed: number,
): Promise<Done<Name>> {
  const answer = once(thread, 'message');
  thread.postMessage({ name, seed });
  const [result] = (await answer) as [Answer<Name>];
  return { thread, seed, result };
}
