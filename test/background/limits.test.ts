import { mkdirSync, writeFileSync } from 'node:fs';
import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Failure, Result } from '../../lib/core/failures.ts';
import { type ChecklistRef, checklistKey, issueChecklist } from '../../lib/core/refs.ts';
import { connect } from '../../lib/store/db.ts';
import { createSyncStore } from '../../lib/store/syncs.ts';
import { now } from '../clock.ts';
import { given, OWN_PAGE, patiently, startWorker, useBackground } from './background-world.ts';
import { type Walk, walk } from './limits-walk.ts';

/** `npm run torture` walks further, from seeds of its own, and wants the sums (`test/engine/limit-walks.ts`). */
const { LIMIT_WALKS, LIMIT_STEPS, LIMIT_FIRST, LIMIT_FOLDER } = env;
const SEEDS = Array.from(
  { length: Number(LIMIT_WALKS ?? 2) },
  (_, index) => Number(LIMIT_FIRST ?? 60_000) + index,
);
const STEPS = Number(LIMIT_STEPS ?? 80);

describe('while GitHub asks an account to wait', () => {
  const world = useBackground();
  let made = 0;

  function plan() {
    made += 1;
    const repo = { host: 'github.com', owner: 'ann', name: `limited${made}` };
    const name = `ann/${repo.name}`;
    world.github.addRepo(name, { collaborators: { bob: 'push' } });
    const linked = world.github.addIssue(name, { title: 'First', author: 'ann' });
    const body = `- [ ] First (closes #${linked})\n- [ ] Second\n- [ ] Third\n`;
    const number = world.github.addIssue(name, { title: 'Plan', body, author: 'ann' });
    const checklist: ChecklistRef = issueChecklist({ repo, number });
    return { name, checklist, about: { checklist, pageUser: 'ann' } };
  }

  /** The next request is answered with a limit, which is met by a click in the panel. */
  async function meetLimit(checklist: ChecklistRef, seconds = 60): Promise<Failure> {
    world.github.fault({
      times: 1,
      action: {
        status: 403,
        headers: { 'retry-after': String(seconds) },
        body: { message: 'You have exceeded a secondary rate limit.' },
      },
    });
    const problem = refused(await open(checklist));
    world.github.clearRequests();
    return problem;
  }

  const open = (checklist: ChecklistRef) =>
    world.ask('openChecklist', { checklist, pageUser: 'ann', known: false });

  it('all others that ask get its time at once, without a request', async () => {
    await world.signIn();
    const { checklist, about } = plan();
    const { retryAt = 0 } = await meetLimit(checklist);
    expect(retryAt - now()).toBeGreaterThan(50_000);
    const answers: readonly Result<unknown>[] = [
      await open(checklist),
      await world.ask('previewGeneration', { ...about, options: {} }),
      await world.ask('previewSync', about),
      await world.ask('previewReconcile', about),
      await world.ask('syncChecklist', { ...about, preview: undefined }),
      await world.ask('trackChecklist', { ...about, tracked: true }),
      await world.ask('refreshDates', { checklist, isAsked: true }, OWN_PAGE),
      await open(plan().checklist),
    ];
    for (const answer of answers) {
      expect(refused(answer)).toMatchObject({ code: 'rate-limited', retryAt });
    }
    expect(world.github.requests).toEqual([]);
  });

  it('a worker that starts knows it', async () => {
    await world.signIn();
    const { checklist } = plan();
    const { retryAt } = await meetLimit(checklist);
    await startWorker();
    expect(refused(await open(checklist))).toMatchObject({ code: 'rate-limited', retryAt });
    expect(world.github.requests).toEqual([]);
  });

  it('another account is asked for as ever', async () => {
    await world.signIn();
    const { checklist } = plan();
    await meetLimit(checklist);
    await world.signIn(world.github.addUser('bob').token, 'bob');
    const answer = await world.ask('openChecklist', {
      checklist,
      pageUser: 'bob',
      known: false,
    });
    expect(given(answer)?.viewer).toBe('bob');
  });

  it('what only reads says when it is asked again, and what writes does not', async () => {
    await world.signIn();
    const { checklist, about } = plan();
    const { retryAt } = await meetLimit(checklist);
    const read = await world.ask('previewGeneration', { ...about, options: {} });
    const write = await world.ask('syncChecklist', { ...about, preview: undefined });
    expect(refused(read)).toMatchObject({ retryAt, repeatAt: retryAt });
    expect(refused(write).repeatAt).toBeUndefined();
  });

  it('a run that is confirmed already waits for it, and continues by itself', async () => {
    await world.signIn();
    const { name, checklist, about } = plan();
    const { run } = given(await world.ask('previewGeneration', { ...about, options: {} }));
    await meetLimit(checklist, 1);
    given(await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' }));
    const job = given(await world.ask('getJob', { checklist }));
    expect(job).toMatchObject({ state: 'waiting', waiting: { why: 'limit' } });
    expect(world.github.requests).toEqual([]);
    await patiently(async () => {
      const ended = given(await world.ask('getJob', { checklist }));
      expect(ended).toMatchObject({ state: 'ended', outcome: 'done', counts: { linked: 2 } });
    });
    expect(world.github.issues(name)).toHaveLength(4);
  });

  it('refreshes and the night ask nothing, wake when it is over, and need nobody', async () => {
    await world.signIn();
    const { checklist, about } = plan();
    given(await world.ask('trackChecklist', { ...about, tracked: true }));
    const record = () => createSyncStore(connect()).loadRecord(checklistKey(checklist));
    await patiently(async () => expect((await record())?.fullAt).toBeDefined());
    const { retryAt } = await meetLimit(checklist);
    for (const alarm of ['poll', 'poll', 'nightly', 'tick', 'token', 'poll-soon']) {
      await world.ring(alarm);
    }
    given(await world.ask('pollNow', {}));
    await patiently(async () => expect((await record())?.failure?.retryAt).toBe(retryAt));
    await patiently(async () =>
      expect((await fakeBrowser.alarms.get('poll-soon'))?.scheduledTime).toBe(retryAt),
    );
    expect(await record()).toMatchObject({ failures: 1 });
    const view = given(await world.ask('getSync', { checklist }));
    expect(view).toMatchObject({ needsYou: 0, limitedUntil: retryAt });
    expect(await fakeBrowser.action.getBadgeText({})).toBe('');
    expect(world.github.requests).toEqual([]);
  });

  it.each(SEEDS)(
    'nothing is asked of GitHub, whatever is clicked and rings (seed %i)',
    async (seed) => {
      const walked = await walk(world, seed, STEPS);
      note(seed, walked);
      expect(walked.limits).toBeGreaterThan(0);
      expect(walked.refused).toBeGreaterThan(0);
      expect(walked).toMatchObject({ requestsWhileLimited: [], untimed: [] });
    },
    3_600_000,
  );
});

function refused(answer: Result<unknown>): Failure {
  if (answer.ok) throw new Error('expected a failure');
  return answer.failure;
}

/** Leaves what came of a walk for the torture. */
function note(seed: number, walked: Walk): void {
  if (LIMIT_FOLDER === undefined) return;
  mkdirSync(LIMIT_FOLDER, { recursive: true });
  writeFileSync(`${LIMIT_FOLDER}/${seed}.json`, JSON.stringify(walked));
}
