import { describe, expect, it } from 'vitest';
import { createBatch } from '../../entrypoints/dashboard/batch.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { issueChecklist, issueKey, issueOfChecklist } from '../../lib/core/refs.ts';
import { issueAt, NOW } from '../components/samples.ts';

/** Work that ends when the test says so. */
function heldWork() {
  const begun: number[] = [];
  const ends: ((answer: Result<number>) => void)[] = [];
  const batch = createBatch<number>(
    (checklist) => {
      begun.push(issueOfChecklist(checklist).number);
      return new Promise((resolve) => {
        ends.push(resolve);
      });
    },
    () => NOW,
  );
  const end = async (answer: Result<number>) => {
    ends.shift()?.(answer);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  const states = () =>
    Object.fromEntries([...batch.steps.value].map(([key, { state }]) => [key.slice(-1), state]));
  return { batch, begun, end, states };
}

describe('work on several checklists', () => {
  it('goes one after another, and shows each result as it comes', async () => {
    const { batch, begun, end, states } = heldWork();
    const all = batch.add([
      issueChecklist(issueAt(1)),
      issueChecklist(issueAt(2)),
      issueChecklist(issueAt(3)),
    ]);
    expect(begun).toEqual([1]);
    expect(states()).toEqual({ 1: 'running', 2: 'waiting', 3: 'waiting' });
    await end(succeed(10));
    expect(begun).toEqual([1, 2]);
    expect(states()).toEqual({ 1: 'done', 2: 'running', 3: 'waiting' });
    await end(fail(failure('offline')));
    await end(succeed(30));
    await all;
    expect(batch.busy.value).toBe(false);
    expect(batch.steps.value.get(issueKey(issueAt(1)))).toEqual({
      state: 'done',
      answer: succeed(10),
      at: NOW,
    });
    expect(batch.steps.value.get(issueKey(issueAt(2)))).toMatchObject({ answer: { ok: false } });
  });

  it('does not work twice on what waits or is worked on', async () => {
    const { batch, begun, end } = heldWork();
    void batch.add([issueChecklist(issueAt(1)), issueChecklist(issueAt(2))]);
    const all = batch.add([
      issueChecklist(issueAt(2)),
      issueChecklist(issueAt(1)),
      issueChecklist(issueAt(3)),
    ]);
    for (let count = 0; count < 3; count += 1) await end(succeed(count));
    await all;
    expect(begun).toEqual([1, 2, 3]);
  });

  it('stops behind the one that is worked on, and can go on later', async () => {
    const { batch, begun, end, states } = heldWork();
    const first = batch.add([issueChecklist(issueAt(1)), issueChecklist(issueAt(2))]);
    batch.stop();
    expect(states()).toEqual({ 1: 'running' });
    await end(succeed(1));
    await first;
    const second = batch.add([issueChecklist(issueAt(2))]);
    await end(succeed(2));
    await second;
    expect(begun).toEqual([1, 2]);
    expect(states()).toEqual({ 1: 'done', 2: 'done' });
  });

  it('forgets results, but not work', async () => {
    const { batch, end, states } = heldWork();
    const all = batch.add([issueChecklist(issueAt(1)), issueChecklist(issueAt(2))]);
    await end(succeed(1));
    batch.clear();
    expect(states()).toEqual({ 2: 'running' });
    await end(succeed(2));
    await all;
    batch.clear();
    expect(states()).toEqual({});
  });
});
