import { beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_MEMORY } from '../../lib/core/alerts/notices.ts';
import { newMessage, startSending } from '../../lib/core/alerts/outbox.ts';
import type { ReconcileRecord } from '../../lib/core/differences/reconcile-record.ts';
import { FRESH_PACE } from '../../lib/core/engine/pace.ts';
import type { GenerationPlan } from '../../lib/core/plan/plan-generation.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import type {
  JobStore,
  StoredPlan,
  StoredReconcilePreview,
  StoredSyncPreview,
  Stores,
} from '../../lib/store-ports.ts';
import { sampleRecord } from '../engine/sync-samples.ts';
import { changeHeader, event, header, KEY, newJob, REPO, row } from './build-journal.ts';

const ONE = issueChecklist({ repo: REPO, number: 1 });
const OTHER = issueChecklist({ repo: REPO, number: 2 });
const DAY = 24 * 60 * 60_000;

/** What the engine relies on, whatever remembers it: tests that every implementation of `Stores` must pass. */
export function storeContract(name: string, makeStores: () => Stores): void {
  let stores: Stores;

  beforeEach(() => {
    stores = makeStores();
  });

  describe(`the journal in ${name}`, () => {
    let store: JobStore;

    beforeEach(() => {
      store = stores.store;
    });

    it('gives back a job with its rows in order and its control', async () => {
      const job = newJob('A', { rows: 12 });
      expect(await store.openJob(job, 7)).toEqual({ ok: true, value: undefined });
      expect(await store.loadOpenJob(KEY)).toEqual({ ...job, control: { action: 'run', at: 7 } });
      expect(await store.loadJob('A')).toEqual({ ...job, control: { action: 'run', at: 7 } });
      expect(await store.listOpenJobs()).toEqual([job.header]);
    });

    it('does not let a job begin anew that is open already', async () => {
      await store.openJob(newJob('A'), 0);
      await store.save('A', { rows: [{ ...row(0), phase: 'created' }] });
      expect(await store.openJob(newJob('A'), 1)).toMatchObject({ failure: { code: 'job-open' } });
      expect((await store.loadJob('A'))?.rows[0]?.phase).toBe('created');
    });

    it('lists the headers of a checklist, and the change runs with issues still to be created', async () => {
      const item = { key: 'k', textHash: 't', groupHash: 'g', ordinal: 0 };
      const change = { cause: 'resolve', creates: [item] } as const;
      await store.openJob(newJob('A'), 0);
      await store.save('A', { header: changeHeader('A', { endedAt: 5, change }) });
      await store.openJob({ ...newJob('B'), header: changeHeader('B', { change }) }, 0);
      await store.openJob(newJob('C', { checklistKey: 'github.com/ann/demo#2' }), 0);
      expect((await store.listJobs(KEY)).map(({ id }) => id).sort()).toEqual(['A', 'B']);
      expect((await store.listPendingCreates()).map(({ id }) => id)).toEqual(['A']);
    });

    it('keeps a job out of sight that the user has seen, whatever is saved of it later', async () => {
      await store.openJob(newJob('A'), 0);
      await store.save('A', { header: header('A', { endedAt: 5 }) });
      await store.dismissJob('A');
      await store.save('A', { header: header('A', { endedAt: 5, outcome: 'done' }) });
      expect(await store.loadShownJob(KEY)).toBeUndefined();
      await store.openJob(newJob('A'), 0);
      await store.save('A', { header: header('A') });
      expect(await store.loadShownJob(KEY)).toBeDefined();
    });

    it('lets a new job begin when the old one has ended', async () => {
      await store.openJob(newJob('A'), 0);
      await store.save('A', { header: header('A', { endedAt: 5 }) });
      expect(await store.loadOpenJob(KEY)).toBeUndefined();
      expect(await store.openJob(newJob('B', { startedAt: 9 }), 9)).toMatchObject({ ok: true });
      expect((await store.loadLastJob(KEY))?.header.id).toBe('B');
      expect(await store.listEndedRuns(KEY)).toEqual(['A']);
    });

    it('opens an ended job again with the rows it is given, and no others', async () => {
      await store.openJob(newJob('A', { rows: 3 }), 0);
      await store.save('A', { header: header('A', { endedAt: 5 }) });
      await store.openJob(newJob('A', { rows: 1 }), 6);
      expect((await store.loadOpenJob(KEY))?.rows).toHaveLength(1);
    });

    it('saves header, row, pace and events of a step together and answers the control', async () => {
      await store.openJob(newJob('A', { rows: 2 }), 0);
      await store.setControl('A', { action: 'pause', at: 3 });
      const changed = { ...row(1), phase: 'created' as const };
      const control = await store.save('A', {
        header: header('A', { failures: 1 }),
        rows: [changed],
        pace: { ...FRESH_PACE, gapMs: 5 },
        events: [event('A', 10)],
      });
      expect(control).toEqual({ action: 'pause', at: 3 });
      const job = await store.loadJob('A');
      expect(job?.header.failures).toBe(1);
      expect(job?.rows).toEqual([row(0), changed]);
      expect(await store.loadPace('github.com/ann')).toEqual({ ...FRESH_PACE, gapMs: 5 });
      expect(await store.listEvents(KEY)).toEqual([event('A', 10)]);
    });

    it('keeps what the user said over any save', async () => {
      await store.openJob(newJob('A'), 0);
      await Promise.all([
        store.save('A', { header: header('A', { failures: 1 }) }),
        store.setControl('A', { action: 'stop', at: 4 }),
        store.save('A', { header: header('A', { failures: 2 }) }),
      ]);
      expect((await store.loadJob('A'))?.control).toEqual({ action: 'stop', at: 4 });
    });

    it('keeps an unverified write until it is verified', async () => {
      const write = unverified();
      await store.saveUnverified(KEY, write);
      expect(await store.loadUnverified(KEY)).toEqual(write);
      await store.saveUnverified(KEY, undefined, [event('A', 2)]);
      expect(await store.loadUnverified(KEY)).toBeUndefined();
      expect(await store.listEvents(KEY, 'A')).toHaveLength(1);
    });

    it('forgets events and ended jobs that are old, and no open job', async () => {
      await store.openJob(newJob('A', { rows: 2 }), 0);
      await store.save('A', {
        header: header('A', { endedAt: 5 }),
        events: [event('A', 5), event('A', 50)],
      });
      await store.openJob(newJob('B', { startedAt: 1 }), 1);
      await store.prune(50);
      expect(await store.loadJob('A')).toBeUndefined();
      expect(await store.loadJob('B')).toBeDefined();
      expect(await store.listEvents(KEY)).toEqual([event('A', 50)]);
    });

    it('writes nothing for a job that is lost', async () => {
      expect(await store.save('A', { rows: [row(0)], events: [event('A', 1)] })).toBeUndefined();
      expect(await store.listEvents(KEY)).toEqual([]);
      expect(await store.setControl('A', { action: 'stop', at: 1 })).toBe(false);
    });
  });

  describe(`what sync remembers in ${name}`, () => {
    it('comes back as it was saved, with the lines of the log of the same moment', async () => {
      const { syncs, store, log } = stores;
      await syncs.saveRecord(sampleRecord(KEY), [event('A', 1), event('B', 2)]);
      expect(await syncs.loadRecord(KEY)).toEqual(sampleRecord(KEY));
      expect(await store.listEvents(KEY)).toEqual([event('A', 1), event('B', 2)]);
      expect(await store.listEvents(KEY, 'B')).toEqual([event('B', 2)]);
      expect(await log.listSince(2)).toEqual([event('B', 2)]);
      await syncs.removeRecord(KEY);
      expect(await syncs.loadRecord(KEY)).toBeUndefined();
    });

    it('shows which writes no read has confirmed', async () => {
      const { syncs, store } = stores;
      await store.saveUnverified(KEY, unverified());
      expect(await syncs.listUnverified()).toEqual([unverified()]);
      await store.saveUnverified(KEY, undefined);
      expect(await syncs.listUnverified()).toEqual([]);
    });

    it('keeps a cursor per account and repository', async () => {
      const { syncs } = stores;
      const times = { notBefore: undefined, checkedAt: 1, failure: undefined };
      const cursor = {
        since: '2026-11-20T12:00:00Z',
        etag: '"a"',
        handled: {},
        failures: 0,
        ...times,
      };
      await syncs.saveCursor('ada@github.com/octo/demo', cursor);
      expect(await syncs.loadCursor('ada@github.com/octo/demo')).toEqual(cursor);
      expect(await syncs.loadCursor('bob@github.com/octo/demo')).toBeUndefined();
    });
  });

  describe(`a preview in ${name}`, () => {
    it('of a generation waits for a day, and the latest of each checklist alone', async () => {
      const { plans } = stores;
      await plans.save(planned('A', 1), 0);
      await plans.save(planned('B', 2), 0);
      await plans.save(planned('C', 1), 1);
      expect(await plans.load('A')).toBeUndefined();
      expect(await plans.load('B')).toMatchObject(planned('B', 2));
      expect(await plans.load('C')).toMatchObject(planned('C', 1));
      await plans.save(planned('D', 3), 1 + DAY);
      expect(await plans.load('B')).toBeUndefined();
      expect(await plans.load('C')).toBeDefined();
    });

    it('of a sync or of differences waits for a day, and the latest of each checklist alone', async () => {
      const { previews } = stores;
      const ids = async (id: string, checklist = ONE) => [
        (await previews.loadSync(checklist, id))?.id,
        (await previews.loadReconcile(checklist, id))?.id,
      ];
      const save = async (id: string, checklist: typeof ONE, now: number) => {
        await previews.saveSync(checklist, { id } as StoredSyncPreview, now);
        await previews.saveReconcile(checklist, { id } as StoredReconcilePreview, now);
      };
      await save('a', ONE, 0);
      await save('b', OTHER, 1);
      expect(await ids('a')).toEqual(['a', 'a']);
      expect(await ids('a', OTHER)).toEqual([undefined, undefined]);
      await save('c', ONE, 2);
      expect(await ids('a')).toEqual([undefined, undefined]);
      await save('d', ONE, 2 + DAY);
      expect(await ids('b', OTHER)).toEqual([undefined, undefined]);
    });
  });

  describe(`facts in ${name}`, () => {
    it('of a reconcile come back, move with their checklist, and go', async () => {
      const { reconciles } = stores;
      await reconciles.save(reconciled(KEY));
      const moved = 'github.com/ann/renamed#1';
      await reconciles.move(KEY, moved);
      expect(await reconciles.load(KEY)).toBeUndefined();
      expect(await reconciles.list()).toEqual([reconciled(moved)]);
      await reconciles.move(KEY, moved);
      expect(await reconciles.load(moved)).toEqual(reconciled(moved));
      await reconciles.remove(moved);
      expect(await reconciles.list()).toEqual([]);
    });

    it('say on which checklists this browser worked, however their names are written', async () => {
      const { checklists } = stores;
      expect(await checklists.isKnown(ONE)).toBe(false);
      await checklists.save(ONE, 'Plan', 0);
      const written = issueChecklist({ repo: { ...REPO, owner: 'Ann' }, number: 1 });
      expect(await checklists.isKnown(written)).toBe(true);
    });

    it('of issues are those that were read last, until they are removed', async () => {
      const { dates } = stores;
      expect([await dates.list(KEY), await dates.readAt(KEY)]).toEqual([[], undefined]);
      await dates.save(KEY, [], 7);
      expect(await dates.readAt(KEY)).toBe(7);
      await dates.remove(KEY);
      expect(await dates.readAt(KEY)).toBeUndefined();
    });
  });

  describe(`the outbox in ${name}`, () => {
    const message = newMessage('A', 'relay', { kind: 'alert', subject: 'S', text: 'T' }, 1);

    it('keeps what was sent and the messages that send it', async () => {
      const { outbox } = stores;
      expect(await outbox.loadMemory()).toEqual(EMPTY_MEMORY);
      const memory = { ...EMPTY_MEMORY, digests: { slack: 5 } };
      await outbox.saveMemory(memory, [message]);
      expect(await outbox.loadMemory()).toEqual(memory);
      expect(await outbox.list()).toEqual([message]);
    });

    it('changes a message as it is now, and brings none back that is gone', async () => {
      const { outbox } = stores;
      await outbox.saveMemory(EMPTY_MEMORY, [message]);
      const sending = await outbox.update('A', (one) => startSending(one, 9));
      expect(sending).toMatchObject({ state: 'sending', attempts: 1, firstSentAt: 9 });
      expect(await outbox.list()).toEqual([sending]);
      await outbox.remove('A');
      expect(await outbox.update('A', (one) => startSending(one, 9))).toBeUndefined();
      expect(await outbox.list()).toEqual([]);
    });
  });
}

function unverified() {
  return {
    checklist: ONE,
    base: 'a\r\n',
    written: 'b\r\n',
    newestAtRead: undefined,
    edits: [],
    sentAt: 1,
    event: undefined,
    restores: undefined,
    notice: undefined,
    placeholder: '',
  };
}

function planned(run: string, number: number): StoredPlan {
  const plan = { run, checklist: issueChecklist({ repo: REPO, number }), rows: [] };
  return { plan: plan as unknown as GenerationPlan, login: 'ann' };
}

function reconciled(key: string): ReconcileRecord {
  return { key, checkedAt: 5, nightlyAt: 4, left: 1, kinds: { orphan: 1 }, failure: undefined };
}
