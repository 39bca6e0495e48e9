import { describe, expect, it } from 'vitest';
import { isOfKind } from '../../lib/core/engine/job.ts';
import type { RowResolution } from '../../lib/core/engine/job-status.ts';
import { type ChangeDraft, withoutCreates } from '../../lib/core/engine/new-change.ts';
import { failure } from '../../lib/core/failures.ts';
import type { AnyFacts } from '../../lib/core/log/event.ts';
import { resolveRows } from '../../lib/engine/resolve-rows.ts';
import { itemOf, row } from '../core/engine/build-jobs.ts';
import {
  allRows,
  CHANGE_TEXT,
  close,
  createChangeWorld,
  logOf,
  ref,
  startChangeRun,
  statusOf,
  TEXT_AFTER,
} from './change-world.ts';
import { drive, runFor, runId, type World } from './world.ts';

const RUN = runId(1);

describe('a change run', () => {
  it('changes its issues, then the text, and nothing else', async () => {
    const world = await changed(allRows());
    const { github } = world;
    expect(github.text()).toBe(TEXT_AFTER);
    expect(issue(world, 101)).toMatchObject({ state: 'closed', stateReason: 'not_planned' });
    expect(issue(world, 102)).toMatchObject({ title: 'Beta', state: 'open' });
    expect(issue(world, 103)).toMatchObject({ state: 'open', stateReason: 'reopened' });
    expect(issue(world, 104)).toMatchObject({ body: 'Do it.\r\n\r\n', state: 'open' });
    expect(issue(world, 104)?.comments.map(({ author }) => author)).toEqual(['eve']);
    expect(issue(world, 105)).toMatchObject({ state: 'closed', stateReason: 'duplicate' });
    expect(issue(world, 106)).toMatchObject({ title: 'Delta', body: '' });
    expect(github.requests.updateMaster).toBe(1);
    expect(github.writes).toEqual([
      '101: state stateReason',
      '102: title',
      '103: state stateReason',
      '104: body',
      '104: delete comment',
      '105: state stateReason',
      '106: title',
    ]);
    expect(await statusOf(world)).toMatchObject({
      kind: 'change',
      state: 'ended',
      outcome: 'done',
      counts: { total: 7, linked: 7, created: 5, left: 0, review: 0 },
      change: { cause: 'resolve', creates: 0 },
      undoable: 7,
      problems: [],
    });
  });

  it('can be undone, but for what was removed with our traces', async () => {
    const world = createChangeWorld();
    await run(world, allRows(), { cause: 'traces' });
    expect(await statusOf(world)).toMatchObject({ counts: { linked: 7 }, undoable: 0 });
  });

  it('logs what it changed, with what takes that back', async () => {
    const log = await logOf(await changed(allRows()));
    const changes = log.filter(({ kind }) => kind === 'change-issue');
    expect(
      changes.map(({ issue: one, change, undo }: AnyFacts) => [one?.number, change, undo]),
    ).toEqual([
      [101, close(101), { issue: ref(101), state: { to: 'open' }, guard: 'untouched' }],
      [
        102,
        { issue: ref(102), title: { from: 'Issue 102', to: 'Beta' } },
        { issue: ref(102), title: { from: 'Beta', to: 'Issue 102' }, guard: 'untouched' },
      ],
      [
        103,
        { issue: ref(103), state: { to: 'open', reason: 'reopened' } },
        {
          issue: ref(103),
          state: { to: 'closed', reason: 'duplicate' },
          guard: 'untouched',
        },
      ],
      [104, { issue: ref(104), marker: 'none', comments: 'delete' }, undefined],
      [
        105,
        { issue: ref(105), state: { to: 'closed', reason: 'duplicate' } },
        { issue: ref(105), state: { to: 'open' }, guard: 'untouched' },
      ],
      [
        106,
        { issue: ref(106), title: { from: 'Issue 106', to: 'Delta' } },
        { issue: ref(106), title: { from: 'Delta', to: 'Issue 106' }, guard: 'untouched' },
      ],
    ]);
    expect(changes[0]).toMatchObject({
      run: RUN,
      job: RUN,
      cause: { by: 'click', what: 'resolve' },
    });
    const [text, ...more] = log.filter((event) => event.kind === 'write-master');
    expect(more).toEqual([]);
    expect(text).toMatchObject({
      run: RUN,
      cause: { by: 'click', what: 'resolve' },
      before: CHANGE_TEXT,
    });
    expect(text?.map).toEqual([{ item: 'k', from: undefined, to: ref(101) }]);
    expect(text?.rows?.map(({ what }) => what)).toEqual([
      'close-issue',
      'tick',
      'reopen-issue',
      'relink',
      'rename-item',
    ]);
  });

  it('is taken back by what it logged', async () => {
    const world = await changed(allRows());
    await run(world, await takenBack(world), { id: runId(2), cause: 'undo', undoes: RUN });
    expect(world.github.text()).toBe(CHANGE_TEXT);
    expect(issue(world, 101)).toMatchObject({ state: 'open' });
    expect(issue(world, 102)).toMatchObject({ title: 'Issue 102' });
    expect(issue(world, 103)).toMatchObject({ state: 'closed', stateReason: 'duplicate' });
    expect(issue(world, 105)).toMatchObject({ state: 'open' });
    expect((await logOf(world)).at(-1)).toMatchObject({
      cause: { by: 'click', what: 'undo' },
      run: runId(2),
    });
  });

  it('sends nothing, and logs nothing, when it is done already', async () => {
    const world = await changed(allRows());
    const { writes, requests } = world.github;
    const sent = [writes.length, requests.updateMaster];
    const logged = (await logOf(world)).length;
    await run(world, allRows().slice(0, 6), { id: runId(2) });
    expect([writes.length, requests.updateMaster]).toEqual(sent);
    expect(await logOf(world)).toHaveLength(logged);
    expect(await statusOf(world, runId(2))).toMatchObject({ outcome: 'done', problems: [] });
  });

  it('reads no text where only issues change', async () => {
    const world = await changed([row('close-issue', { changes: [close(101)] })]);
    expect(world.github.requests.readMaster).toBeUndefined();
    expect(await statusOf(world)).toMatchObject({ outcome: 'done', counts: { linked: 1 } });
  });

  it('paces its changes like creations', async () => {
    const world = createChangeWorld();
    const times: number[] = [];
    world.github.before = (request) => {
      if (request === 'updateIssue') times.push(world.clock.now());
      return undefined;
    };
    await run(
      world,
      [101, 102, 105].map((number) => row('plain', { changes: [close(number)] })),
    );
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  });

  it('changes a transferred issue where it stands now', async () => {
    const world = createChangeWorld();
    const there = { repo: { ...ref(1).repo, name: 'other' }, number: 3 };
    const moved = issue(world, 101);
    if (moved !== undefined) moved.movedTo = there;
    await run(world, [row('close-issue', { changes: [close(101)] })]);
    expect(issue(world, 101)?.state).toBe('closed');
    expect((await logOf(world))[0]).toMatchObject({
      issue: there,
      undo: { issue: there, state: { to: 'open' } },
    });
  });

  it('keeps the items whose issues are to be created, until that has begun', async () => {
    const world = createChangeWorld();
    const creates = [itemOf(CHANGE_TEXT, 'Epsilon')];
    await run(world, [], { creates });
    expect(await statusOf(world)).toMatchObject({
      outcome: 'done',
      change: { cause: 'resolve', creates: 1 },
    });
    const job = await world.store.loadJob(RUN);
    if (job === undefined || !isOfKind(job, 'change')) throw new Error('no job');
    expect(job.header.change.creates.map(({ key }) => key)).toEqual([creates[0]?.key]);
    expect(withoutCreates(job.header).change).toEqual({ cause: 'resolve', creates: [] });
  });
});

describe('a row that somebody stands in the way of', () => {
  const untick = { kind: 'untick', item: itemOf(CHANGE_TEXT, 'Gamma') } as const;
  const retitle = { issue: ref(102), title: { from: 'Issue 102', to: 'Beta' } };

  it('is refused with its text when the issue has another title by now', async () => {
    const world = createChangeWorld();
    const other = issue(world, 102);
    if (other !== undefined) other.title = 'Theirs';
    await run(world, [
      row('retitle-issue', { changes: [retitle], edits: [untick] }),
      row('close-issue', { changes: [close(101)] }),
    ]);
    expect(world.github.text()).toBe(CHANGE_TEXT);
    expect(issue(world, 102)?.title).toBe('Theirs');
    expect(issue(world, 101)?.state).toBe('closed');
    const status = await statusOf(world);
    expect(status.counts).toMatchObject({ total: 2, linked: 1, review: 1 });
    expect(status.problems).toMatchObject([
      {
        index: 0,
        failure: { code: 'changed-meanwhile' },
        choices: ['skip'],
        issue: { number: 102 },
      },
    ]);
  });

  it('logs the changes that were made before one was refused', async () => {
    const world = createChangeWorld();
    const other = issue(world, 102);
    if (other !== undefined) other.title = 'Theirs';
    await run(world, [row('relink', { changes: [close(101), retitle] })]);
    expect((await logOf(world)).map((event) => [event.kind, numberOf(event)])).toEqual([
      ['change-issue', 101],
    ]);
  });

  it('is asked about when the issue was touched, and done all the same when the user says so', async () => {
    const world = createChangeWorld();
    world.github.comment(101, 'eve', 'I am on it');
    const rows = [row('plain', { changes: [close(101, { guard: 'untouched' })], edits: [untick] })];
    await run(world, rows, { cause: 'unlink' });
    expect(world.github.writes).toEqual([]);
    expect((await statusOf(world)).problems).toMatchObject([
      { failure: { code: 'touched' }, choices: ['force', 'skip'] },
    ]);
    await decide(world, { kind: 'force' });
    expect(issue(world, 101)?.state).toBe('closed');
    expect(world.github.text()).toBe(CHANGE_TEXT.replace('[x]', '[ ]'));
    expect(await statusOf(world)).toMatchObject({ outcome: 'done', counts: { linked: 1 } });
  });

  it('stays as it is when the user leaves it', async () => {
    const world = createChangeWorld();
    world.github.comment(101, 'eve', 'I am on it');
    await run(world, [row('plain', { changes: [close(101, { guard: 'untouched' })] })]);
    await decide(world, { kind: 'skip' });
    expect(issue(world, 101)?.state).toBe('open');
    expect(await statusOf(world)).toMatchObject({ problems: [], counts: { total: 0 } });
  });

  it('is not asked about when nothing is left to do', async () => {
    const world = createChangeWorld();
    world.github.comment(103, 'eve', 'Thanks');
    await run(world, [row('plain', { changes: [close(103, { guard: 'untouched' })] })]);
    expect(await statusOf(world)).toMatchObject({ outcome: 'done', problems: [] });
    expect(world.github.requests.readHistories).toBeUndefined();
  });

  it('comes back when its item is gone', async () => {
    const world = createChangeWorld();
    world.github.edit((text) => text.replace('- [x] Gamma (#103)\t\r\n', ''));
    await run(world, [row('untick', { edits: [untick] }, untick.item)]);
    expect((await statusOf(world)).problems).toMatchObject([
      { failure: { code: 'item-gone' }, choices: ['retry', 'skip'] },
    ]);
    world.github.edit((text) => text.replace('- [ ] Delta', '- [x] Gamma (#103)\r\n- [ ] Delta'));
    await decide(world, { kind: 'retry' });
    expect(world.github.text()).toContain('- [ ] Gamma (#103)\r\n');
  });

  it.each(['gone', 'not-found', 'locked', 'is-pull-request'] as const)(
    'that GitHub refuses with "%s" does not stop the others',
    async (code) => {
      const world = createChangeWorld();
      failTimes(world, 'readIssue', 1, code);
      await run(world, allRows());
      expect((await statusOf(world)).problems).toMatchObject([{ index: 0, failure: { code } }]);
      expect(world.github.text()).toBe(TEXT_AFTER.replace('\r\n<!-- masterlist:map k=101 -->', ''));
    },
  );

  it('of a repository that refuses does not stop those of the checklist', async () => {
    const world = createChangeWorld();
    failTimes(world, 'readIssue', 1, 'archived');
    const there = { repo: { ...ref(1).repo, name: 'other' }, number: 3 };
    await run(world, [
      row('close-issue', { changes: [{ ...close(1), issue: there }] }),
      row('close-issue', { changes: [close(101)] }),
    ]);
    expect(issue(world, 101)?.state).toBe('closed');
    expect(await statusOf(world)).toMatchObject({ outcome: 'done', counts: { review: 1 } });
  });
});

describe('a change run through trouble', () => {
  it.each(['rate-limited', 'offline', 'server-error', 'unknown-outcome'] as const)(
    'goes on by itself after "%s", and sends nothing twice',
    async (code) => {
      const world = createChangeWorld();
      failTimes(world, 'updateIssue', 2, code);
      await run(world, allRows());
      expect(world.github.text()).toBe(TEXT_AFTER);
      expect(world.github.writes).toHaveLength(7);
      expect(await statusOf(world)).toMatchObject({ outcome: 'done', problems: [] });
    },
  );

  it('logs a change whose answer was lost', async () => {
    const world = createChangeWorld();
    loseAnswer(world, 'updateIssue');
    const began = world.clock.now();
    await run(world, [row('close-issue', { changes: [close(101)] })]);
    expect(world.github.writes).toEqual(['101: state stateReason']);
    expect(world.clock.now() - began).toBeGreaterThanOrEqual(10_000);
    expect(await logOf(world)).toMatchObject([{ kind: 'change-issue', change: close(101) }]);
  });

  it('logs a deletion of comments whose answer was lost', async () => {
    const world = createChangeWorld();
    loseAnswer(world, 'deleteComment');
    const change = { issue: ref(104), marker: 'none', comments: 'delete' } as const;
    await run(world, [row('traces', { changes: [change] })]);
    expect((await logOf(world)).map(({ change }: AnyFacts) => change)).toEqual([
      { issue: ref(104), marker: 'none' },
      { issue: ref(104), comments: 'delete' },
    ]);
  });

  it('is held by a refused token, and goes on when the user has signed in', async () => {
    const world = createChangeWorld();
    failTimes(world, 'updateIssue', 1, 'bad-token');
    await startChangeRun(world, allRows());
    expect(await runFor(world, 60_000)).toBe('idle');
    expect(await statusOf(world)).toMatchObject({
      state: 'waiting',
      waiting: { why: 'sign-in' },
      failure: { code: 'bad-token' },
    });
    world.clock.advance(1);
    await world.store.setControl(RUN, { action: 'run', at: world.clock.now() });
    await drive(world, RUN);
    expect(world.github.text()).toBe(TEXT_AFTER);
  });

  it('changes the issues while the editor is open, and the text when it is closed', async () => {
    let open = true;
    const world = createChangeWorld({ spoil: (ports) => ({ ...ports, isEditorOpen: () => open }) });
    await startChangeRun(world, allRows());
    await runFor(world, 60_000);
    expect(world.github.writes).toHaveLength(7);
    expect(world.github.text()).toBe(CHANGE_TEXT);
    expect(await statusOf(world)).toMatchObject({ state: 'waiting', waiting: { why: 'editor' } });
    open = false;
    await drive(world, RUN);
    expect(world.github.text()).toBe(TEXT_AFTER);
  });

  it('that is stopped writes the text of what it did, and no other', async () => {
    const world = createChangeWorld();
    const rows = allRows();
    await startChangeRun(
      world,
      [rows[3], ...rows].filter((one) => one !== undefined),
    );
    await runFor(world, 1_200);
    await world.store.setControl(RUN, { action: 'stop', at: world.clock.now() });
    await drive(world, RUN);
    expect(world.github.writes.length).toBeLessThan(7);
    expect(world.github.text()).toContain('- [ ] Gamma');
    expect(world.github.text()).toContain('- [ ] Beta');
    expect(world.github.text()).toContain('Epsilon');
    expect(await statusOf(world)).toMatchObject({ state: 'ended', outcome: 'stopped' });
  });

  it('that is stopped before it began writes nothing', async () => {
    const world = createChangeWorld();
    await startChangeRun(world, allRows());
    await world.store.setControl(RUN, { action: 'stop', at: world.clock.now() });
    await drive(world, RUN);
    expect(world.github.requests).toEqual({});
    expect(await statusOf(world)).toMatchObject({ outcome: 'stopped', counts: { linked: 0 } });
  });

  it('that is paused sends nothing, and goes on where it was', async () => {
    const world = createChangeWorld();
    await startChangeRun(world, allRows());
    await runFor(world, 1_200);
    await world.store.setControl(RUN, { action: 'pause', at: world.clock.now() });
    expect(await runFor(world, 60_000)).toBe('idle');
    const { length } = world.github.writes;
    expect(length).toBeLessThan(7);
    await world.store.setControl(RUN, { action: 'run', at: world.clock.now() });
    await drive(world, RUN);
    expect(world.github.text()).toBe(TEXT_AFTER);
    expect(world.github.writes).toHaveLength(7);
  });

  it('ends where the text cannot be written any more, and keeps what it did', async () => {
    const world = createChangeWorld();
    failTimes(world, 'updateMaster', 9, 'cannot-edit-master');
    await run(world, allRows());
    expect(world.github.writes).toHaveLength(7);
    expect(await statusOf(world)).toMatchObject({
      outcome: 'failed',
      failure: { code: 'cannot-edit-master' },
    });
  });
});

function numberOf({ issue: one }: AnyFacts): number | undefined {
  return one?.number;
}

/** The rows that take the world's one change run back, newest change first. */
async function takenBack(world: World): Promise<readonly ChangeDraft[]> {
  const log = await logOf(world);
  return log.toReversed().flatMap((event): readonly ChangeDraft[] => {
    const { undo, inverse = [] }: AnyFacts = event;
    if (undo !== undefined) return [row('undo', { changes: [undo] })];
    const edits = inverse.filter(({ kind }) => kind !== 'comment').toReversed();
    return [row('undo', { edits, map: [['k', undefined]] })];
  });
}

async function changed(rows: readonly ChangeDraft[]): Promise<World> {
  const world = createChangeWorld();
  await run(world, rows);
  return world;
}

async function run(
  world: World,
  rows: readonly ChangeDraft[],
  more: Parameters<typeof startChangeRun>[2] = {},
): Promise<void> {
  await drive(world, await startChangeRun(world, rows, more));
}

async function decide(world: World, resolution: RowResolution): Promise<void> {
  const job = { id: RUN, account: 'github.com/ada' };
  const resolved = await resolveRows(world.ports, job, [0], resolution);
  if (!resolved.ok) throw new Error(resolved.failure.code);
  await drive(world, RUN);
}

function issue(world: World, number: number) {
  return world.github.issues.find((one) => one.number === number);
}

function failTimes(
  world: World,
  request: string,
  times: number,
  code: Parameters<typeof failure>[0],
): void {
  let left = times;
  world.github.before = (name) =>
    name === request && left-- > 0
      ? failure(code, { repo: 'octo/demo', status: 502, reason: 'no' })
      : undefined;
}

/** Applies the next write and loses its answer. */
function loseAnswer(world: World, request: 'updateIssue' | 'deleteComment'): void {
  const apply = world.github[request] as (...args: readonly unknown[]) => Promise<unknown>;
  let left = 1;
  Object.assign(world.github, {
    [request]: async (...args: readonly unknown[]) => {
      const answer = await apply(...args);
      return left-- > 0 ? { ok: false, failure: failure('unknown-outcome') } : answer;
    },
  });
}
