import { describe, expect, it } from 'vitest';
import type { UnverifiedWrite } from '../../lib/core/engine/job-facts.ts';
import { type Failure, failure, succeed } from '../../lib/core/failures.ts';
import {
  type ChecklistRef,
  checklistKey,
  issueChecklist,
  issueKey,
  issueOfChecklist,
} from '../../lib/core/refs.ts';
import { syncView } from '../../lib/core/sync/tracked-view.ts';
import { poll } from '../../lib/engine/poll.ts';
import { createFakeClock } from './fake-clock.ts';
import { createAssassin, KillSignal } from './kill.ts';
import { createSyncFake, failOnce, type SyncFake } from './sync-fake.ts';
import { type BrowserOptions, createBrowser, EVERY_MS, KEY, MASTER } from './sync-world.ts';

const TEXT = '- [ ] One (closes #101)\r\n- [ ] Two (closes #102)\r\n- [ ] Three\r\n';

describe('an idle hour', () => {
  it('of 20 repositories costs one request each and poll, all unchanged, and reads no master', async () => {
    const checklists = Array.from({ length: 20 }, (_, at) => otherMaster(`demo-${at}`));
    const { fake, clock, browser } = setUp({ checklists });
    for (let begin = 0; begin < 4; begin++) {
      await browser.poll();
      clock.advance(EVERY_MS);
    }
    clear(fake, browser.counts);
    const logged = await browser.events();
    for (let time = 0; time < 30; time++) {
      expect(await browser.poll()).toBe('done');
      clock.advance(EVERY_MS);
    }
    expect(fake.requests).toEqual({ listChanges: 20 * 30 });
    expect(browser.counts).toEqual({ polls: 20 * 30, unchanged: 20 * 30 });
    expect(await browser.events()).toEqual(logged);
  });

  it('asks once for a repository, however many checklists and items are about it', async () => {
    const { fake, clock, browser } = setUp({
      checklists: [MASTER, issueChecklist({ ...MASTER, number: 12 })],
    });
    await settle(browser, clock);
    clear(fake, browser.counts);
    await browser.poll();
    expect(fake.requests).toEqual({ listChanges: 1 });
  });

  it('does not wake the views', async () => {
    const { clock, browser } = setUp();
    await settle(browser, clock);
    browser.changes.length = 0;
    await browser.poll();
    expect(browser.changes).toEqual([]);
    expect(browser.record()?.checkedAt).toBe(clock.now());
  });
});

describe('a poll', () => {
  it('ticks what was closed since, and is not woken by its own write', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.close(101);
    clear(fake, browser.counts);
    browser.changes.length = 0;
    await browser.poll();
    expect(fake.text()).toContain('[x] One');
    expect(browser.changes).toEqual([MASTER]);
    const after = { ...fake.requests };
    for (let time = 0; time < 5; time++) {
      clock.advance(EVERY_MS);
      await browser.poll();
    }
    expect(fake.requests).toEqual({ ...after, listChanges: 6 });
  });

  it('is not woken by a click of the same browser either', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.edit((text) => text.replace('Two', 'Two and a half'));
    await browser.poll();
    expect(fake.requests.readSyncMaster).toBe(2);
    clock.advance(EVERY_MS);
    await browser.poll();
    expect(fake.requests.readSyncMaster).toBe(2);
  });

  it('sees what a list shows late', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.lag = () => 10 * 60_000;
    fake.close(101);
    fake.lag = () => 0;
    fake.close(102);
    await browser.poll();
    expect(fake.text()).not.toContain('[x] One');
    for (let time = 0; time < 6; time++) {
      clock.advance(EVERY_MS);
      await browser.poll();
    }
    expect(fake.text()).toContain('[x] One');
  });

  it('finds once a day what no list shows', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.delete(102);
    await browser.poll();
    expect(browser.record()?.rows).toEqual([]);
    clock.advance(24 * 3_600_000);
    await browser.poll();
    expect(browser.record()?.rows).toMatchObject([{ remarks: [{ kind: 'unreadable' }] }]);
  });

  it('follows a merge into a further base branch, which does not change the issue', async () => {
    const { fake, clock, browser } = setUp();
    browser.rules = { ...browser.rules, baseBranches: ['release/*'], tickOnBaseBranches: true };
    await settle(browser, clock);
    fake.addPull(301, 'Fixes #101', 'release/1');
    clock.advance(60_000);
    fake.merge(301);
    await browser.poll();
    expect(fake.text()).toContain('- [x] One (closes #101) (#301)\r\n');
  });

  it('does a second write two minutes after the first, not before', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.close(101);
    await browser.poll();
    fake.close(102);
    clock.advance(60_000);
    await browser.poll();
    expect(browser.record()).toMatchObject({ waiting: 'gap' });
    expect(fake.text()).not.toContain('[x] Two');
    clock.advance(30_000);
    const reads = fake.requests.readSyncMaster;
    await browser.poll();
    expect(fake.requests.readSyncMaster).toBe(reads);
    clock.advance(30_000);
    await browser.poll();
    expect(fake.text()).toContain('[x] Two');
  });

  it('does not run twice at once', async () => {
    const { fake, browser } = setUp();
    let second: unknown;
    fake.before = async () => {
      fake.before = () => undefined;
      second = await browser.poll();
      return undefined;
    };
    await browser.poll();
    expect(second).toBe('busy');
  });

  it('stops at the end of its slice, and goes on without asking again', async () => {
    const checklists = Array.from({ length: 6 }, (_, at) => otherMaster(`demo-${at}`));
    const { fake, clock, browser } = setUp({ checklists });
    await settle(browser, clock);
    clear(fake, browser.counts);
    const ends: string[] = [];
    for (let slices = 0; slices < 20 && ends.at(-1) !== 'done'; slices++) {
      ends.push(await browser.poll(clock.now() + 300));
    }
    expect(ends.slice(0, -1).every((end) => end === 'more')).toBe(true);
    expect(ends.length).toBeGreaterThan(2);
    expect(ends.at(-1)).toBe('done');
    expect(fake.requests).toEqual({ listChanges: 6 });
  });

  it('asks all after the clock was 400 days ahead and is back, in slices too', async () => {
    const checklists = Array.from({ length: 6 }, (_, at) => otherMaster(`demo-${at}`));
    const { fake, clock, browser } = setUp({ checklists });
    await settle(browser, clock);
    clock.advance(400 * 86_400_000);
    await browser.poll();
    clock.turnBack(400 * 86_400_000);
    clear(fake, browser.counts);
    let end = 'more';
    for (let slices = 0; slices < 40 && end !== 'done'; slices++) {
      end = await browser.poll(clock.now() + 1);
    }
    expect([end, fake.requests.listChanges]).toEqual(['done', 6]);
  });

  it('knows what is to be done after its worker died anywhere', async () => {
    for (const point of ['master-read', 'sent-not-applied', 'patched-no-response'] as const) {
      const killer = createAssassin(point, 0);
      const { fake, clock, browser } = setUp({ killer });
      await settle(browser, clock);
      fake.close(101);
      await expect(browser.poll()).rejects.toBeInstanceOf(KillSignal);
      clock.advance(EVERY_MS);
      await browser.poll();
      clock.advance(EVERY_MS);
      await browser.poll();
      expect(fake.text()).toContain('[x] One');
      expect(await browser.unverified()).toBe(0);
      expect((await browser.events()).filter(({ kind }) => kind === 'write-master')).toHaveLength(
        1,
      );
    }
  });

  it('knows it too when the worker died between the answer and the cursor', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.close(101);
    const dying = {
      ...browser.polling(),
      syncs: {
        ...browser.polling().syncs,
        saveCursor: () => Promise.reject(new KillSignal('journaled')),
      },
    };
    await expect(poll(dying, Number.POSITIVE_INFINITY)).rejects.toBeInstanceOf(KillSignal);
    expect(browser.record()?.pending).toEqual([`${KEY.replace('#12', '#101')}`]);
    await browser.poll();
    expect(fake.text()).toContain('[x] One');
  });

  it('works with a clock that is wrong by a day, and with one that jumps', async () => {
    for (const skew of [86_400_000, -86_400_000]) {
      const { fake, clock, browser } = setUp({ skew });
      await settle(browser, clock);
      fake.close(101);
      await browser.poll();
      expect(fake.text()).toContain('[x] One');
      clock.advance(3 * 86_400_000);
      fake.close(102);
      await browser.poll();
      expect(fake.text()).toContain('[x] Two');
    }
  });
});

describe('a closed master', () => {
  it("is followed for seven days by GitHub's clock, then released", async () => {
    const { fake, clock, browser } = setUp({ skew: 30 * 86_400_000 });
    await settle(browser, clock);
    fake.closeMaster(true);
    fake.close(101);
    await browser.poll();
    expect(fake.text()).toContain('[x] One');
    clock.advance(6 * 86_400_000);
    await browser.poll();
    expect(browser.tracked).toHaveLength(1);
    clock.advance(1.1 * 86_400_000);
    await browser.poll();
    await browser.poll();
    expect(browser.tracked).toHaveLength(0);
    expect(browser.record()).toBeUndefined();
  });

  it('is not released while something is still to be written', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    browser.editorOpen = true;
    fake.closeMaster(true);
    fake.close(101);
    await browser.poll();
    clock.advance(8 * 86_400_000);
    await browser.poll();
    expect(browser.tracked).toHaveLength(1);
    browser.editorOpen = false;
    await browser.poll();
    expect(fake.text()).toContain('[x] One');
    clock.advance(EVERY_MS);
    await browser.poll();
    expect(browser.tracked).toHaveLength(0);
  });

  it('is kept when it is opened again', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.closeMaster(true);
    await browser.poll();
    clock.advance(86_400_000);
    fake.closeMaster(false);
    await browser.poll();
    clock.advance(9 * 86_400_000);
    await browser.poll();
    expect(browser.tracked).toHaveLength(1);
  });
});

describe('a master that went elsewhere', () => {
  it('is followed where it was transferred to', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.edit((text) => `${text}.`);
    const url = 'https://github.com/octo/other/issues/3';
    failOnce(fake, 'readSyncMaster', failure('transferred', { target: url }, { url }));
    await browser.poll();
    expect(browser.tracked[0]?.checklist).toMatchObject({ repo: { name: 'other' }, number: 3 });
    expect(browser.record()).toBeUndefined();
  });

  it('is released when it was deleted', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.edit((text) => `${text}.`);
    failOnce(fake, 'readSyncMaster', failure('gone'));
    await browser.poll();
    expect(browser.tracked).toEqual([]);
  });

  it('is followed under the new name of its repository', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.edit((text) => `${text}.`);
    const { ports, to } = renamed(browser.polling());
    await poll(ports, Number.POSITIVE_INFINITY);
    expect(browser.tracked[0]?.checklist).toEqual(to);
    expect(browser.records.get(issueKey(to))).toMatchObject({ pending: 'all' });
  });

  it('is not moved while a write of it is unverified: what that overwrote is known by the old name', async () => {
    const killer = createAssassin('patched-no-response', 0);
    const { fake, clock, browser } = setUp({ killer });
    await settle(browser, clock);
    fake.close(101);
    await expect(browser.poll()).rejects.toBeInstanceOf(KillSignal);
    clock.advance(EVERY_MS);
    failOnce(fake, 'readMaster');
    const { ports, to } = renamed(browser.polling());
    await poll(ports, Number.POSITIVE_INFINITY);
    expect(browser.tracked[0]?.checklist).toEqual(MASTER);
    expect(browser.record()).toBeDefined();
    expect(browser.records.get(issueKey(to))).toBeUndefined();
    clock.advance(EVERY_MS);
    fake.touch(102);
    await poll(ports, Number.POSITIVE_INFINITY);
    expect(await browser.unverified()).toBe(0);
    expect(browser.tracked[0]?.checklist).toEqual(to);
  });

  it('is moved once that write is verified, although nothing changes any more', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    const { ports, to } = renamed(browser.polling());
    await browser.sync().store.saveUnverified(KEY, unverifiedOf(fake));
    fake.addIssue(901);
    // The poll after news asks for the whole list again: only then it is answered that nothing has changed.
    for (let time = 0; time < 2; time++) {
      failOnce(fake, 'readMaster');
      await poll(ports, Number.POSITIVE_INFINITY);
      expect(browser.tracked[0]?.checklist).toEqual(MASTER);
      clock.advance(EVERY_MS);
    }
    await poll(ports, Number.POSITIVE_INFINITY);
    expect(await browser.unverified()).toBe(0);
    expect(browser.tracked[0]?.checklist).toEqual(to);
  });
});

describe('failures', () => {
  it('of one repository do not stop the others, wait longer each time, and end by themselves', async () => {
    const checklists = [otherMaster('sick'), MASTER];
    const { fake, clock, browser } = setUp({ checklists });
    await settle(browser, clock);
    fake.close(101);
    const since = clock.now();
    // Only the first question of a poll is about the sick one.
    failOnce(fake, 'listChanges', failure('server-error', { status: 502 }));
    await browser.poll();
    expect(fake.text()).toContain('[x] One');
    const key = checklistKey(otherMaster('sick'));
    expect(browser.records.get(key)).toMatchObject({ failure: { code: 'server-error' } });
    expect(view(browser.records.get(key))).toMatchObject({ state: 'failing' });
    clear(fake, browser.counts);
    clock.advance(EVERY_MS);
    await browser.poll();
    expect(fake.requests).toEqual({ listChanges: 1 });
    clock.advance(2 * EVERY_MS);
    await browser.poll();
    expect(browser.records.get(key)).toMatchObject({ failure: undefined });
    const events = (await browser.events()).filter(({ at }) => at >= since);
    expect(events.filter(({ checklistKey }) => checklistKey === key)).toMatchObject([
      { notice: { code: 'server-error' } },
      { kind: 'remark' },
    ]);
  });

  it.each([
    ['bad-token', 30],
    ['offline', 4],
    ['rate-limited', 4],
  ] as const)('%s is asked once per poll, not once per repository', async (code, minutes) => {
    const checklists = Array.from({ length: 5 }, (_, at) => otherMaster(`demo-${at}`));
    const { fake, clock, browser } = setUp({ checklists });
    await settle(browser, clock);
    clear(fake, browser.counts);
    fake.before = () => failure(code);
    await browser.poll();
    expect(fake.requests).toEqual({ listChanges: 1 });
    expect([...browser.records.values()].map((record) => record.failure?.code)).toEqual(
      Array(5).fill(code),
    );
    clock.advance(EVERY_MS);
    await browser.poll();
    expect(fake.requests).toEqual({ listChanges: 1 });
    fake.before = () => undefined;
    clock.advance(minutes * 60_000);
    await browser.poll();
    expect([...browser.records.values()].every((record) => record.failure === undefined)).toBe(
      true,
    );
  });

  it('are counted when GitHub was asked, not while a refresh waits after one, and forgotten by a good one', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.before = () => failure('offline');
    const failures: (number | undefined)[] = [];
    for (const minutes of [0, 1, 9, 30]) {
      clock.advance(minutes * 60_000);
      await browser.poll();
      failures.push(browser.record()?.failures);
    }
    expect(failures).toEqual([1, 1, 2, 3]);
    fake.before = () => undefined;
    clock.advance(60 * 60_000);
    await browser.poll();
    expect(browser.record()).toMatchObject({ failures: 0, failure: undefined });
  });

  it('of the look at the repository do not make a sync wait longer that fails by itself', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.before = () => failure('offline');
    for (const minutes of [0, 10, 30, 60]) {
      clock.advance(minutes * 60_000);
      await browser.poll();
    }
    expect(browser.record()?.failures).toBe(4);
    fake.close(101);
    fake.before = (request) => (request === 'readSyncMaster' ? failure('offline') : undefined);
    clock.advance(60 * 60_000);
    await browser.poll();
    const wait = (browser.record()?.notBefore ?? 0) - clock.now();
    expect(wait).toBeGreaterThan(EVERY_MS);
    expect(wait).toBeLessThan(3 * EVERY_MS);
  });

  it('do not hold up a user in a hurry, unless GitHub asked to wait', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    const hurry = () => poll(browser.polling({ hurry: true }), Number.POSITIVE_INFINITY);
    failOnce(fake, 'listChanges', failure('offline'));
    await browser.poll();
    await hurry();
    expect(browser.record()?.failure).toBeUndefined();
    const retryAt = clock.now() + 600_000;
    failOnce(fake, 'listChanges', failure('rate-limited', {}, { retryAt }));
    await browser.poll();
    clear(fake, browser.counts);
    await hurry();
    expect(fake.requests).toEqual({});
  });

  it.each([
    ['offline', 1],
    ['rate-limited', undefined],
  ] as const)(
    'of one sync (%s) do not hold up a user in a hurry, unless GitHub asked to wait',
    async (code, reads) => {
      const { fake, clock, browser } = setUp();
      await settle(browser, clock);
      fake.close(101);
      failOnce(fake, 'readSyncMaster', failure(code, {}, { retryAt: clock.now() + 600_000 }));
      await browser.poll();
      clear(fake, browser.counts);
      await poll(browser.polling({ hurry: true }), Number.POSITIVE_INFINITY);
      expect(fake.requests.readSyncMaster).toBe(reads);
      clock.advance(700_000);
      await browser.poll();
      expect(fake.text()).toContain('[x] One');
    },
  );

  it.each(['signed-out', 'sync-of-other'] as const)(
    'of the account (%s) are said, asked nobody, and end',
    async (code) => {
      const { fake, clock, browser } = setUp();
      await settle(browser, clock);
      clear(fake, browser.counts);
      browser.lockedOut = code;
      await browser.poll();
      expect(fake.requests).toEqual({});
      expect(view(browser.record())).toMatchObject({ state: 'failing', needsYou: 1 });
      browser.lockedOut = undefined;
      await browser.poll();
      expect(browser.record()?.failure).toBeUndefined();
    },
  );

  it('of a sync stay and are tried again later and later', async () => {
    const { fake, clock, browser } = setUp();
    await settle(browser, clock);
    fake.viewerCanUpdate = false;
    fake.close(101);
    for (let time = 0; time < 30; time++) {
      await browser.poll();
      clock.advance(EVERY_MS);
    }
    expect(browser.record()).toMatchObject({ failure: { code: 'cannot-edit-master' } });
    expect(fake.requests.readSyncMaster).toBeLessThan(8);
    const told = (await browser.events()).filter(({ kind }) => kind === 'remark');
    expect(told).toHaveLength(1);
    fake.viewerCanUpdate = true;
    clock.advance(70 * 60_000);
    await browser.poll();
    expect(fake.text()).toContain('[x] One');
    expect(browser.record()?.failure).toBeUndefined();
  });

  it('of a repository that only a link names are no failure of the checklist', async () => {
    const { fake, clock, browser } = setUp({
      text: `${TEXT}- [ ] Four (closes other/place#1)\r\n`,
    });
    await settle(browser, clock);
    const ports = browser.polling();
    const refusing = {
      ...ports,
      portsFor: async () => succeed(refuseOther(browser.sync(), failure('not-found'))),
    };
    await poll(refusing, Number.POSITIVE_INFINITY);
    clock.advance(EVERY_MS);
    fake.close(101);
    await poll(refusing, Number.POSITIVE_INFINITY);
    expect(fake.text()).toContain('[x] One');
    expect(browser.record()?.failure).toBeUndefined();
  });
});

function setUp(options: Partial<BrowserOptions> & { readonly text?: string } = {}) {
  const clock = createFakeClock();
  const fake = createSyncFake({ clock, master: MASTER, text: options.text ?? TEXT });
  for (const number of [101, 102]) fake.addIssue(number);
  clock.advance(60_000);
  return { clock, fake, browser: createBrowser({ clock, fake, ...options }) };
}

/** Polls until nothing is new any more. */
async function settle(
  browser: ReturnType<typeof createBrowser>,
  clock: ReturnType<typeof createFakeClock>,
): Promise<void> {
  for (let time = 0; time < 3; time++) {
    await browser.poll();
    clock.advance(20 * 60_000);
  }
}

function clear(fake: SyncFake, counts: Record<string, number>): void {
  for (const name of Object.keys(fake.requests)) delete fake.requests[name];
  for (const name of Object.keys(counts)) delete counts[name];
}

function otherMaster(name: string): ChecklistRef {
  return issueChecklist({ repo: { ...MASTER.repo, name }, number: 1 });
}

function view(record: Parameters<typeof syncView>[0]['record']) {
  const tracked = { checklist: MASTER, title: 'Plan', login: 'ada', since: 0 };
  return syncView({ record, tracked, reconcile: undefined, everyMinutes: 2, running: false });
}

type Ports = ReturnType<ReturnType<typeof createBrowser>['polling']>;

function renamed(ports: Ports) {
  const to = { repo: { ...MASTER.repo, name: 'renamed' }, number: issueOfChecklist(MASTER).number };
  const portsFor: Ports['portsFor'] = async (tracked) => {
    const found = await ports.portsFor(tracked);
    if (!found.ok) return found;
    const { github } = found.value;
    const listChanges: typeof github.listChanges = async (repo, query) => {
      const answer = await github.listChanges(repo, query);
      if (!answer.ok || answer.value.kind === 'unchanged') return answer;
      return succeed({ ...answer.value, repo: to.repo });
    };
    const readSyncMaster: typeof github.readSyncMaster = async (checklist) => {
      const answer = await github.readSyncMaster(checklist);
      return answer.ok ? succeed({ ...answer.value, ref: issueChecklist(to) }) : answer;
    };
    return succeed({ ...found.value, github: { ...github, listChanges, readSyncMaster } });
  };
  return { to, ports: { ...ports, portsFor } };
}

/** A write that changed nothing, as the journal keeps it. */
function unverifiedOf(fake: SyncFake): UnverifiedWrite {
  return {
    checklist: MASTER,
    placeholder: '',
    base: fake.text(),
    written: fake.text(),
    newestAtRead: undefined,
    edits: [],
    sentAt: 0,
    event: undefined,
    restores: undefined,
    notice: undefined,
  };
}

function refuseOther(
  ports: ReturnType<ReturnType<typeof createBrowser>['sync']>,
  problem: Failure,
) {
  const ask = ports.github.listChanges;
  const listChanges: typeof ask = async (repo, query) =>
    repo.owner === 'other' ? { ok: false, failure: problem } : ask(repo, query);
  return { ...ports, github: { ...ports.github, listChanges } };
}
