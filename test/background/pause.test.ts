import { describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { POLL_ALARM } from '../../entrypoints/background/alarms.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { type ChecklistRef, issueChecklist } from '../../lib/core/refs.ts';
import { stored } from '../stored.ts';
import { FAST, given, patiently, startWorker, tabOf, useBackground } from './background-world.ts';
import { useChecklists } from './checklists.ts';

describe('pausing everything', () => {
  const world = useBackground();
  const { generate } = useChecklists(world, 'pause');

  const pause = async (wanted: boolean) => given(await world.ask('setPaused', { paused: wanted }));
  const job = async (checklist: ChecklistRef): Promise<JobStatus | undefined> =>
    given(await world.ask('getJob', { checklist }));

  /** A generation of many items at a slow pace. */
  async function longRun(name: string): Promise<{ checklist: ChecklistRef; run: string }> {
    await stored().preferences.setValue({ timing: { ...FAST.timing, gapMs: 300 } });
    const repo = { host: 'github.com', owner: 'ann', name };
    world.github.addRepo(`ann/${name}`);
    const body = Array.from({ length: 8 }, (_, index) => `- [ ] Step ${index}\n`).join('');
    const number = world.github.addIssue(`ann/${name}`, { title: 'Plan', body, author: 'ann' });
    const checklist = { repo, number };
    const query = { checklist: issueChecklist(checklist), pageUser: 'ann', options: {} };
    const { run } = given(await world.ask('previewGeneration', query));
    given(
      await world.ask('generateIssues', {
        checklist: issueChecklist(checklist),
        run,
        choices: [],
        only: 'all',
      }),
    );
    return { checklist: issueChecklist(checklist), run };
  }

  it('stops runs at once, also for the next worker, and they go on when it is over', async () => {
    await world.signIn();
    const { checklist } = await longRun('pause-runs');
    await patiently(async () => expect((await job(checklist))?.counts.created).toBeGreaterThan(0));
    await pause(true);
    await patiently(async () => expect(await job(checklist)).toMatchObject({ state: 'paused' }));
    const issues = () => world.github.issues('ann/pause-runs').length;
    const before = issues();
    await startWorker();
    await world.ring('tick');
    expect(await job(checklist)).toMatchObject({ state: 'paused' });
    const resume = { checklist, job: (await job(checklist))?.id ?? '', action: 'resume' } as const;
    expect(await world.ask('controlJob', resume)).toMatchObject({ failure: { code: 'paused' } });
    expect(issues()).toBe(before);
    await pause(false);
    await patiently(async () =>
      expect(await job(checklist)).toMatchObject({ state: 'ended', outcome: 'done' }),
    );
    expect(issues()).toBe(9);
  });

  it('leaves a run paused that the user had paused by hand', async () => {
    await world.signIn();
    const { checklist, run } = await longRun('pause-by-hand');
    given(await world.ask('controlJob', { checklist, job: run, action: 'pause' }));
    await pause(true);
    await pause(true);
    await pause(false);
    expect(await job(checklist)).toMatchObject({ state: 'paused' });
  });

  it('asks and writes nothing: no poll, no nightly look, no sync, no run', async () => {
    await world.signIn();
    const { checklist, name, issue, text } = await generate(1);
    await pause(true);
    world.github.editIssue(name, issue(0), { state: 'closed' }, 'ann');
    const before = text();
    world.github.clearRequests();
    await startWorker();
    await world.ring(POLL_ALARM);
    await world.ring('nightly');
    await world.ring('digest');
    world.comeOnline();
    const refused = { ok: false, failure: { code: 'paused' } };
    const about = { checklist, pageUser: 'ann' };
    expect(await world.ask('pollNow', {})).toMatchObject(refused);
    expect(await world.ask('syncChecklist', { ...about, preview: undefined })).toMatchObject(
      refused,
    );
    expect(await world.ask('removeTraces', { ...about, bracket: false })).toMatchObject(refused);
    const generation = { checklist, run: 'X', choices: [], only: 'all' } as const;
    expect(await world.ask('generateIssues', generation)).toMatchObject(refused);
    expect(world.github.requests).toEqual([]);
    expect(text()).toBe(before);
    await pause(false);
    await patiently(() => expect(text()).toContain('- [x] Step 0'));
  });

  it('is no business of a page of GitHub', async () => {
    const checklist = issueChecklist({
      repo: { host: 'github.com', owner: 'ann', name: 'x' },
      number: 1,
    });
    const answer = await world.ask('setPaused', { paused: true }, tabOf(checklist));
    expect(answer).toMatchObject({ failure: { code: 'stale-page' } });
    expect(await stored().paused.getValue()).toBe(false);
    expect(await fakeBrowser.storage.local.get('paused')).toEqual({});
  });
});
