import { describe, expect, it } from 'vitest';
import { isOfKind, type JobRow } from '../../lib/core/engine/job.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { newChange } from '../../lib/core/engine/new-change.ts';
import { FRESH_PACE } from '../../lib/core/engine/pace.ts';
import { summarizeJob } from '../../lib/core/engine/summarize-job.ts';
import { failure } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import { undoGeneration } from '../../lib/core/runs/undo-generation.ts';
import { resolveRows } from '../../lib/engine/resolve-rows.ts';
import { runSlice } from '../../lib/engine/run.ts';
import { startJob } from '../../lib/engine/start-job.ts';
import { row } from '../core/engine/build-jobs.ts';
import { startChangeRun } from './change-world.ts';
import { judge } from './judge.ts';
import {
  confirm,
  createWorld,
  drive,
  MASTER,
  previewPlan,
  runFor,
  runId,
  sampleChecklist,
  type World,
  type WorldOptions,
} from './world.ts';

const RUN = runId(1);
const CLEAN = { duplicates: 0, missing: 0, wrongLinks: 0, damaged: false };

describe('a generation', () => {
  it('creates and links every item, and leaves every other byte alone', async () => {
    const { world, keys, pure } = await startGeneration();
    await drive(world, RUN);
    expect(await judge(world, pure, keys)).toEqual(CLEAN);
    expect(world.github.text()).not.toContain('masterlist:claim');
    expect(await statusOf(world)).toMatchObject({
      state: 'ended',
      outcome: 'done',
      counts: { total: 25, created: 25, linked: 25, left: 0 },
      problems: [],
    });
  });

  it.each([50, 100, 130])('of %i items stays within its budget of requests', async (count) => {
    const { world } = await startGeneration({
      text: sampleChecklist(count),
      options: { labels: ['test-plan'], milestone: 'Next' },
    });
    const before = requestsOf(world);
    await drive(world, RUN);
    expect(requestsOf(world) - before).toBeLessThanOrEqual(
      2 * count + 2 * Math.ceil(count / 25) + 6,
    );
  });

  it('finds nothing to do when it is run again', async () => {
    const { world } = await startGeneration();
    await drive(world, RUN);
    const plan = await previewPlan(world, runId(2));
    expect(plan.rows.filter((row) => row.selected)).toEqual([]);
  });

  it('is continued, not started again, by a second click', async () => {
    const { world } = await startGeneration();
    const again = await confirm(world, await previewPlan(world, runId(2)));
    expect(again).toMatchObject({ ok: false, failure: { code: 'job-open' } });
  });

  it('sets the alarm before its first step: whatever kills the worker, it brings the job back', async () => {
    const { world } = await startGeneration();
    const order: string[] = [];
    const noted =
      <A extends readonly unknown[], R>(what: string, work: (...given: A) => R) =>
      (...given: A) => {
        order.push(what);
        return work(...given);
      };
    const { store, wake } = world.ports;
    const ports = {
      ...world.ports,
      store: { ...store, save: noted('save', store.save) },
      wake: { ...wake, wakeAt: noted('alarm', wake.wakeAt) },
    };
    await runSlice(ports, RUN, world.clock.now() + 1_000);
    expect(order[0]).toBe('alarm');
    expect(order).toContain('save');
  });

  it('is run by one worker at a time', async () => {
    const { world } = await startGeneration();
    const until = world.clock.now() + 10_000;
    const both = [runSlice(world.ports, RUN, until), runSlice(world.ports, RUN, until)];
    const ends = (await Promise.all(both)).map(({ kind }) => kind);
    expect(ends.toSorted()).toEqual(['busy', 'waiting']);
  });

  it('has its alarm set before its first step: whatever kills the worker, it comes back', async () => {
    const { world } = await startGeneration({
      spoil: (ports) => ({
        ...ports,
        store: { ...ports.store, save: () => Promise.reject(new Error('killed')) },
      }),
    });
    const until = world.clock.now() + 25_000;
    await expect(runSlice(world.ports, RUN, until)).rejects.toThrow('killed');
    expect(world.alarms.get(RUN)).toBe(until);
  });

  it('writes comments after their issues, each once, with the pace of creations', async () => {
    const { world } = await startGeneration({ options: { comment: true } });
    await drive(world, RUN);
    expect(world.github.issues.map(({ comments }) => comments.length)).toEqual(Array(25).fill(1));
    const gaps = world.github.creations
      .slice(1)
      .map((at, i) => at - (world.github.creations[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  });

  it('looks a lost comment up in its issue before it is written again', async () => {
    const { world } = await startGeneration({
      options: { comment: true },
      text: sampleChecklist(3),
    });
    loseAnswers(world, 'createComment', 1);
    await drive(world, RUN);
    expect(world.github.issues.map(({ comments }) => comments.length)).toEqual([1, 1, 1]);
    expect(world.github.requests.listComments).toBe(1);
  });

  it('keeps the lower number when GitHub made two issues of one request, and says so', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(3) });
    doubleOnce(world);
    await drive(world, RUN);
    const status = await statusOf(world);
    expect(status.problems).toMatchObject([
      { failure: { code: 'doubled' }, issue: { number: 101 } },
    ]);
    expect(world.github.text()).toContain('(closes #101)');
    expect(world.github.text()).not.toContain('#102)');
  });

  it('goes on with the other rows while an outcome is unknown, and asks in the end', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(5) });
    failOnce(world, 'createIssue', 'unknown-outcome');
    const start = world.clock.now();
    await drive(world, RUN, { user: () => undefined });
    const status = await statusOf(world);
    expect(status.counts).toMatchObject({ created: 4, linked: 4, unknown: 1 });
    expect(status.problems).toMatchObject([{ index: 0, failure: { code: 'still-unknown' } }]);
    expect(world.clock.now() - start).toBeGreaterThan(600_000);
    expect(world.github.requests.listIssues).toBe(4);
  });

  it('takes a failed look-up for no answer', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(2) });
    loseAnswers(world, 'createIssue', 1);
    let failures = 0;
    const before = world.github.before;
    world.github.before = (request) =>
      request === 'listIssues' && failures++ < 3
        ? failure('server-error', { status: 502 })
        : before(request);
    await drive(world, RUN);
    expect(world.github.issues).toHaveLength(2);
    expect(await statusOf(world)).toMatchObject({ counts: { linked: 2 } });
  });

  it('probes with a read before it goes on after an unknown outcome, so that it does not run on offline', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(9) });
    const back = world.clock.now() + 60_000;
    world.github.before = () =>
      world.clock.now() > 0 && isOffline(world, back) ? failure('offline') : undefined;
    await drive(world, RUN);
    expect(world.github.issues).toHaveLength(9);
    expect(world.github.requests.createIssue).toBeLessThanOrEqual(9 + 1 + 1);
  });
});

describe('the status of a job', () => {
  it('tells an honest end from the first moment on', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(100) });
    const promised = (await statusOf(world)).finishAt ?? 0;
    await drive(world, RUN);
    const { endedAt = 0 } = await statusOf(world);
    expect(Math.abs(endedAt - promised)).toBeLessThan(2_000);
  });

  it('counts rows up as they are created and linked', async () => {
    const { world } = await startGeneration();
    const counts: number[] = [];
    const ports = {
      ...world.ports,
      onProgress: (job: { readonly rows: readonly JobRow[] }) =>
        counts.push(job.rows.filter((row) => 'issue' in row && row.issue !== undefined).length),
    };
    await drive({ ...world, ports }, RUN);
    expect(counts.at(-1)).toBe(25);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it('offers to undo what it created, once it has ended', async () => {
    const { world } = await startGeneration();
    await runFor(world, 8_000);
    expect((await statusOf(world)).undoable).toBe(0);
    await drive(world, RUN);
    expect((await statusOf(world)).undoable).toBe(25);
  });
});

describe('the log', () => {
  it('has a line for everything that was written, and none for what was not', async () => {
    const { world } = await startGeneration({
      text: sampleChecklist(3),
      options: { comment: true, labels: ['test-plan'], milestone: 'Next' },
    });
    loseAnswers(world, 'createIssue', 1);
    await drive(world, RUN);
    const events = await world.store.listEvents(checklistKey(MASTER), RUN);
    const kinds = Object.groupBy(events, ({ kind }) => kind);
    const counts = Object.entries(kinds).map(([kind, list]) => [kind, list?.length]);
    expect(Object.fromEntries(counts)).toEqual({
      'write-master': world.github.requests.updateMaster,
      'create-label': 1,
      'create-milestone': 1,
      'create-issue': 2,
      'find-issue': 1,
      'create-comment': 3,
    });
  });
});

describe('with the hidden map as identity', () => {
  it('writes the numbers into the map and leaves the lines alone', async () => {
    const { world, pure } = await startGeneration({
      text: sampleChecklist(30),
      options: { identity: 'block' },
    });
    await drive(world, RUN);
    expect(await statusOf(world)).toMatchObject({ outcome: 'done', counts: { linked: 30 } });
    expect(world.github.text().startsWith(pure)).toBe(true);
    const plan = await previewPlan(world, runId(2));
    expect(plan.rows.filter((row) => row.selected)).toEqual([]);
    await undo(world);
    expect(world.github.text()).toBe(pure);
  });
});

describe('what a user does meanwhile', () => {
  it('pausing writes the links of what was created, and nothing more until it is resumed', async () => {
    const { world } = await startGeneration();
    await runFor(world, 12_000);
    await world.store.setControl(RUN, { action: 'pause', at: world.clock.now() });
    expect(await runFor(world, 60_000)).toBe('idle');
    const created = world.github.issues.length;
    expect(created).toBeGreaterThan(3);
    expect(await statusOf(world)).toMatchObject({ state: 'paused', counts: { linked: created } });
    await world.store.setControl(RUN, { action: 'run', at: world.clock.now() });
    await drive(world, RUN);
    expect(world.github.issues).toHaveLength(25);
  });

  it('stopping keeps and links what was created, and takes the claim out', async () => {
    const { world } = await startGeneration();
    await runFor(world, 12_000);
    await world.store.setControl(RUN, { action: 'stop', at: world.clock.now() });
    expect(await runFor(world, 60_000)).toBe('ended');
    const created = world.github.issues.length;
    expect(await statusOf(world)).toMatchObject({
      outcome: 'stopped',
      counts: { created, linked: created },
    });
    expect(world.github.text()).not.toContain('masterlist:claim');
    const plan = await previewPlan(world, runId(2));
    expect(plan.rows.filter((row) => row.selected)).toHaveLength(25 - created);
  });

  it.each(['pause', 'stop'] as const)(
    'to %s at the very moment before an issue is created creates it no more',
    async (action) => {
      const { world } = await startGeneration({ text: sampleChecklist(3) });
      const ports = beforeIntent(world, () =>
        world.store.setControl(RUN, { action, at: world.clock.now() }),
      );
      await runFor({ ...world, ports }, 60_000);
      expect(world.github.issues).toEqual([]);
      const rows = (await world.store.loadJob(RUN))?.rows;
      expect(rows?.map(({ phase }) => phase)).toEqual(['planned', 'planned', 'planned']);
    },
  );

  it('items renamed, deleted or linked meanwhile come back for review; the rest goes on', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(60) });
    await runFor(world, 8_000);
    world.github.edit((text) =>
      text
        .replace('step number 50 of', 'stage number 50 of')
        .replace('- [ ] Verify step number 52 of the release\t\r\n', '')
        .replace('step number 57 of the release', '$& #9'),
    );
    await drive(world, RUN);
    const { problems, counts } = await statusOf(world);
    expect(problems.map(({ index, failure: { code } }) => [index, code])).toEqual([
      [50, 'item-gone'],
      [52, 'item-gone'],
      [57, 'item-linked'],
    ]);
    expect(counts).toMatchObject({ created: 57, linked: 57, review: 3 });
  });

  it('a refused row fails alone, and is created when it is retried', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(4) });
    failOnce(world, 'createIssue', 'rejected');
    await drive(world, RUN, { user: () => undefined });
    expect((await statusOf(world)).problems).toMatchObject([
      { index: 0, failure: { code: 'rejected' }, choices: ['retry', 'skip'] },
    ]);
    const account = 'github.com/ada';
    await resolveRows(world.ports, { id: RUN, account }, [0], { kind: 'retry' });
    await drive(world, RUN);
    expect(await statusOf(world)).toMatchObject({
      outcome: 'done',
      counts: { linked: 4 },
      problems: [],
    });
  });

  it('gives the number of an issue that GitHub never confirmed', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(2) });
    failOnce(world, 'createIssue', 'unknown-outcome');
    await drive(world, RUN, { user: () => undefined });
    const row = { id: RUN, account: 'github.com/ada' };
    await resolveRows(world.ports, row, [0], { kind: 'use-number', number: 77 });
    await drive(world, RUN);
    expect(world.github.text()).toContain('number 0 of the release (closes #77)');
    expect(world.github.issues).toHaveLength(1);
  });
});

describe('a journal that is lost in the middle of a step', () => {
  it('lets nothing be sent whose intent was not saved', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(3) });
    const ports = beforeIntent(world, async () => world.store.wipe());
    expect(await runFor({ ...world, ports }, 60_000)).toBe('lost');
    expect(world.github.issues).toEqual([]);
    expect([...world.headers.keys()]).toEqual([RUN]);
  });

  it('is told also when it was lost while an issue was created', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(3) });
    const { createIssue } = world.github;
    world.github.createIssue = (...given) => {
      world.store.wipe();
      return createIssue(...given);
    };
    expect(await runFor(world, 60_000)).toBe('lost');
    expect(world.github.issues).toHaveLength(1);
  });
});

describe('what GitHub does meanwhile', () => {
  it('a limit stops everything until its time, slows the pace, and costs no row', async () => {
    const { world } = await startGeneration();
    const retryAt = world.clock.now() + 100_000;
    limitOnce(world, retryAt);
    await runFor(world, 20_000);
    expect(await statusOf(world)).toMatchObject({
      state: 'waiting',
      waiting: { until: retryAt, why: 'limit' },
    });
    const asked = requestsOf(world);
    await runFor(world, 50_000);
    expect(requestsOf(world)).toBe(asked);
    await drive(world, RUN);
    expect(world.github.issues).toHaveLength(25);
    const late = world.github.creations.filter((at) => at > retryAt);
    expect((late[1] ?? 0) - (late[0] ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  it('a refused token holds the job until the user has signed in again', async () => {
    const { world } = await startGeneration();
    await runFor(world, 10_000);
    failOnce(world, 'createIssue', 'bad-token');
    expect(await runFor(world, 60_000)).toBe('idle');
    expect(await statusOf(world)).toMatchObject({
      state: 'waiting',
      waiting: { why: 'sign-in' },
      failure: { code: 'bad-token' },
    });
    world.clock.advance(1);
    await world.store.setControl(RUN, { action: 'run', at: world.clock.now() });
    await drive(world, RUN);
    expect(world.github.issues).toHaveLength(25);
  });

  it.each(['archived', 'forbidden', 'issues-disabled', 'not-found'] as const)(
    'the failure "%s" ends the job, which links what it has and takes its claim out',
    async (code) => {
      const { world } = await startGeneration();
      await runFor(world, 12_000);
      failOnce(world, 'createIssue', code);
      await drive(world, RUN);
      const created = world.github.issues.length;
      expect(await statusOf(world)).toMatchObject({
        outcome: 'failed',
        failure: { code },
        counts: { created, linked: created },
      });
      expect(world.github.text()).not.toContain('masterlist:claim');
    },
  );

  it('an open editor makes only the master wait', async () => {
    let open = false;
    const spoil = (ports: World['ports']) => ({ ...ports, isEditorOpen: () => open });
    const { world } = await startGeneration({ text: sampleChecklist(40), spoil });
    await runFor(world, 8_000);
    open = true;
    await runFor(world, 60_000);
    expect(world.github.issues).toHaveLength(40);
    expect(world.github.requests.updateMaster).toBe(1);
    expect(await statusOf(world)).toMatchObject({ state: 'waiting', waiting: { why: 'editor' } });
    open = false;
    await drive(world, RUN);
    expect(await statusOf(world)).toMatchObject({ outcome: 'done', counts: { linked: 40 } });
  });
});

describe('an undo', () => {
  it('closes what nobody touched, takes the links out, and leaves the rest', async () => {
    const { world, pure } = await startGeneration({ text: sampleChecklist(6) });
    await drive(world, RUN);
    const [touched] = world.github.issues;
    world.github.comment(touched?.number ?? 0, 'eve', 'I am on it');
    world.github.issues[1]?.events.push(eventBy('eve', world), eventBy('a-bot', world, true));
    world.github.issues[2]?.events.push(eventBy('a-bot', world, true));
    await undo(world);
    expect(world.github.issues.map(({ state }) => state)).toEqual([
      'open',
      'open',
      ...Array(4).fill('closed'),
    ]);
    expect(world.github.issues[2]).toMatchObject({ stateReason: 'not_planned' });
    expect(world.github.issues[2]?.body).toContain('<!-- masterlist:undone ');
    expect(world.github.text()).toContain('(closes #101)');
    expect(world.github.text().replace(' (closes #101)', '').replace(' (closes #102)', '')).toBe(
      pure,
    );
    expect((await statusOf(world, runId(2))).problems.map(({ failure: { code } }) => code)).toEqual(
      ['touched', 'touched'],
    );
  });

  it('can be done twice, and leaves nothing that the next preview would link', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(3) });
    await drive(world, RUN);
    await undo(world);
    await undo(world, runId(3));
    expect((await statusOf(world, runId(3))).counts).toMatchObject({ created: 3, linked: 3 });
    const plan = await previewPlan(world, runId(4));
    expect(plan.rows.map(({ decision }) => decision)).not.toContain('link');
  });

  it('leaves the link of an issue that somebody finished', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(2) });
    await drive(world, RUN);
    const [finished] = world.github.issues;
    if (finished === undefined) throw new Error('no issue');
    // With a line behind it, the marker does not count any more: there is nothing to change in the issue.
    const body = `${finished.body}\n\nDone in #7`;
    const closed = { ...eventBy('eve', world), type: 'closed' };
    Object.assign(finished, { state: 'closed', stateReason: 'completed', body });
    finished.events.push(closed);
    await undo(world);
    expect(finished).toMatchObject({ state: 'closed', stateReason: 'completed', body });
    expect(world.github.text()).toContain('(closes #101)');
    expect(world.github.text()).not.toContain('(closes #102)');
    expect((await statusOf(world, runId(2))).problems).toMatchObject([
      { failure: { code: 'touched' }, issue: { number: 101 } },
    ]);
  });

  it('says of which issues the links are still there', async () => {
    const { world } = await startGeneration({ text: sampleChecklist(2) });
    await drive(world, RUN);
    const own = '[#101](https://github.com/octo/demo/issues/101)';
    world.github.edit((text) => text.replace('(closes #101)', own));
    await undo(world);
    expect(world.github.text()).toContain(own);
    expect(world.github.text()).not.toContain('(closes #102)');
    const status = await statusOf(world, runId(2));
    expect(status).toMatchObject({ outcome: 'done', counts: { linked: 1, review: 1 } });
    expect(status.problems).toMatchObject([
      { failure: { code: 'link-left' }, choices: ['retry', 'skip'], issue: { number: 101 } },
    ]);
  });

  it('removes a link again that was put back', async () => {
    const { world, pure } = await startGeneration({ text: sampleChecklist(2) });
    await drive(world, RUN);
    const linked = world.github.text();
    let left = 1;
    world.github.before = () => {
      if (world.github.text() === pure && left-- > 0) world.github.edit(() => linked, 'bot');
      return undefined;
    };
    await undo(world);
    expect(world.github.text()).toBe(pure);
    expect((await statusOf(world, runId(2))).problems).toEqual([]);
  });

  it.each([
    ['with its marker', false],
    ['without one', true],
  ])('knows an issue %s that it closed itself when the answer was lost', async (_, isCleared) => {
    const { world, pure } = await startGeneration({ text: sampleChecklist(2) });
    await drive(world, RUN);
    const repo = MASTER.repo;
    const clear = [101, 102].map((number) =>
      row('traces', { changes: [{ issue: { repo, number }, marker: 'none' }] }),
    );
    if (isCleared) await drive(world, await startChangeRun(world, clear, { id: runId(3) }));
    loseAnswers(world, 'updateIssue', 2);
    await undo(world);
    expect((await statusOf(world, runId(2))).problems).toEqual([]);
    expect(world.github.issues.map(({ state }) => state)).toEqual(['closed', 'closed']);
    expect(world.github.text()).toBe(pure);
  });

  it('closes what somebody touched when the user says so', async () => {
    const { world, pure } = await startGeneration({ text: sampleChecklist(2) });
    await drive(world, RUN);
    world.github.comment(101, 'eve', 'I am on it');
    await undo(world);
    const [problem] = (await statusOf(world, runId(2))).problems;
    expect(problem?.choices).toEqual(['force', 'skip']);
    const job = { id: runId(2), account: 'github.com/ada' };
    await resolveRows(world.ports, job, [problem?.index ?? 0], { kind: 'force' });
    await drive(world, runId(2));
    expect(world.github.issues.map(({ state }) => state)).toEqual(['closed', 'closed']);
    expect(world.github.text()).toBe(pure);
  });

  it('only unlinks and marks what a change run has closed since', async () => {
    const { world, pure } = await startGeneration({ text: sampleChecklist(2) });
    await drive(world, RUN);
    world.clock.advance(86_400_000);
    const change = { issue: { repo: MASTER.repo, number: 101 }, state: { to: 'closed' } } as const;
    const title = { from: world.github.issues[0]?.title ?? '', to: 'Another title' };
    const closing = row('close-issue', { changes: [{ ...change, title }] });
    await drive(world, await startChangeRun(world, [closing], { id: runId(2) }));
    await undo(world, runId(3));
    expect((await statusOf(world, runId(3))).problems).toEqual([]);
    expect(world.github.writes).toEqual([
      '101: state title',
      '101: body',
      '102: state stateReason body',
    ]);
    expect(world.github.text()).toBe(pure);
  });

  it('knows its own comments and labels from those of people', async () => {
    const { world } = await startGeneration({
      text: sampleChecklist(2),
      options: { comment: true, labels: ['test-plan'] },
    });
    await drive(world, RUN);
    await undo(world);
    expect(world.github.issues.map(({ state }) => state)).toEqual(['closed', 'closed']);
  });
});

async function startGeneration(options: WorldOptions = {}) {
  const world = createWorld(options);
  const pure = world.github.text();
  const plan = await previewPlan(world, RUN);
  await confirm(world, plan);
  return { world, pure, keys: plan.rows.map(({ item }) => item.key) };
}

async function undo(world: World, id = runId(2)): Promise<void> {
  const done = await world.store.loadJob(RUN);
  if (done === undefined || !isOfKind(done, 'generate')) throw new Error('no job to undo');
  const account = { login: 'ada', endedRuns: [], careful: false };
  const log = await world.store.listEvents(checklistKey(MASTER));
  const undo = newChange({ ...undoGeneration(done), id, log }, account, world.clock.now());
  await startJob(world.ports, undo);
  await drive(world, id);
}

/** Ports with which something happens just before the intent of a creation is saved. */
function beforeIntent({ ports }: World, happen: () => Promise<unknown>): World['ports'] {
  const { store } = ports;
  const save: typeof store.save = async (id, change) => {
    if (change.rows?.some(({ phase }) => phase === 'intent')) await happen();
    return store.save(id, change);
  };
  return { ...ports, store: { ...store, save } };
}

async function statusOf(world: World, id = RUN): Promise<JobStatus> {
  const job = await world.store.loadJob(id);
  if (job === undefined) throw new Error('no such job');
  const pace = (await world.store.loadPace(job.header.account)) ?? FRESH_PACE;
  return summarizeJob(job, job.control, pace, world.clock.now(), world.ports.timing);
}

function requestsOf(world: World): number {
  return Object.values(world.github.requests).reduce((sum, count) => sum + count, 0);
}

function failOnce(world: World, request: string, code: Parameters<typeof failure>[0]): void {
  failTimes(world, request, 1, () =>
    failure(code, { repo: 'octo/demo', reason: 'no', status: 502 }),
  );
}

function limitOnce(world: World, retryAt: number): void {
  failTimes(world, 'createIssue', 1, () => failure('rate-limited', {}, { retryAt }));
}

function failTimes(
  world: World,
  request: string,
  times: number,
  answer: () => ReturnType<typeof failure>,
) {
  let left = times;
  world.github.before = (name) => (name === request && left-- > 0 ? answer() : undefined);
}

function isOffline(world: World, back: number): boolean {
  return world.github.issues.length >= 4 && world.clock.now() < back;
}

/** Applies a write and loses its answer. */
function loseAnswers(
  world: World,
  request: 'createIssue' | 'createComment' | 'updateIssue',
  times: number,
): void {
  const { github } = world;
  const apply = world.github[request] as (...args: readonly unknown[]) => Promise<unknown>;
  let left = times;
  Object.assign(github, {
    [request]: async (...args: readonly unknown[]) => {
      const answer = await apply(...args);
      return left-- > 0 ? { ok: false, failure: failure('unknown-outcome') } : answer;
    },
  });
}

/** What a browser's network does when a kept-alive connection is reset: it sends the request again. */
function doubleOnce(world: World): void {
  const { createIssue } = world.github;
  let left = 1;
  world.github.createIssue = async (repo, draft) => {
    const answer = await createIssue(repo, draft);
    if (left-- <= 0) return answer;
    await createIssue(repo, draft);
    return { ok: false, failure: failure('unknown-outcome') };
  };
}

function eventBy(actor: string, world: World, isBot = false) {
  const createdAt = new Date(world.clock.now()).toISOString();
  return { type: 'labeled', actor, isBot, createdAt };
}
