import { afterEach, expect, it, vi } from 'vitest';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import { stored } from '../stored.ts';
import { FAST, given, patiently, startWorker, useBackground } from './background-world.ts';

const world = useBackground();

afterEach(() => vi.restoreAllMocks());

it('a disk that is full in the middle of a run stops it before the next write; with room again it ends, each issue once', async () => {
  await world.signIn();
  // Slow enough that the disk is full long before the last issue, however busy the machine is.
  await stored().preferences.setValue({ timing: { ...FAST.timing, gapMs: 1_000 } });
  world.github.addRepo('ann/full');
  const body = Array.from({ length: 8 }, (_, index) => `- [ ] Step ${index}\n`).join('');
  const number = world.github.addIssue('ann/full', { title: 'Plan', body, author: 'ann' });
  const repo = { host: 'github.com', owner: 'ann', name: 'full' };
  const checklist = issueChecklist({ repo, number });
  const query = { checklist, pageUser: 'ann', options: {} };
  const { run } = given(await world.ask('previewGeneration', query));
  given(await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' }));
  const created = () => world.github.issues('ann/full').length - 1;
  await patiently(() => expect(created()).toBeGreaterThan(1));

  vi.spyOn(console, 'error').mockReturnValue();
  const refused = refuseWrites();
  await patiently(() => expect(refused.count()).toBeGreaterThan(0));
  // What was under way when it became full may still arrive.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const sent = created();
  for (const alarm of ['tick', 'prune', 'poll', 'nightly', 'deliver']) await world.ring(alarm);
  await startWorker();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(created()).toBe(sent);
  expect(sent).toBeLessThan(8);

  refused.end();
  await stored().preferences.setValue(FAST);
  await startWorker();
  const job = async (): Promise<JobStatus | undefined> =>
    given(await world.ask('getJob', { checklist }));
  await patiently(async () => expect(await job()).toMatchObject({ state: 'ended' }));
  expect(created()).toBe(8);
  expect(world.github.issue('ann/full', number).body?.match(/closes #/g)).toHaveLength(8);
  world.github.assertConforming();
});

/** Every write of the database is refused, as on a disk without room. */
function refuseWrites() {
  let count = 0;
  const refuse = () => {
    count += 1;
    throw new DOMException(
      'Encountered full disk while opening backing store.',
      'QuotaExceededError',
    );
  };
  const spies = (['put', 'add'] as const).map((name) =>
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(refuse),
  );
  return {
    count: () => count,
    end: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}
