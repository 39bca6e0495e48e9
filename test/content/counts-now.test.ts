import { expect, it } from 'vitest';
import { AT_FIRST, countsNow } from '../../lib/checklist-model/checklist-state.ts';
import { sampleJob, sampleView } from '../components/samples.ts';

it('a run counts its links until the text is read after its end', () => {
  const job = sampleJob();
  const at = (linked: number) => ({ ...job, counts: { ...job.counts, linked } });
  const counts = { items: 20, linked: 11, done: 0 };
  const view = sampleView(20, { job: at(10), counts });
  const linked = (change: Partial<typeof job>, read = view) =>
    countsNow({ ...AT_FIRST, view: read, job: { ...at(14), ...change } })?.linked;
  expect(linked({})).toBe(15);
  const ended = { state: 'ended', outcome: 'done' } as const;
  expect(linked({ ...ended, endedAt: view.readAt + 1 })).toBe(15);
  const after = { ...view, readAt: view.readAt + 2, counts: { ...counts, linked: 15 } };
  expect(linked({ ...ended, endedAt: view.readAt + 1 }, after)).toBe(15);
  expect(countsNow({ ...AT_FIRST, view })).toEqual(counts);
});
