import { storage } from 'wxt/utils/storage';
import type { JobEvent } from '../../lib/core/engine/job-facts.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import type { SyncRecord, TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { type PollPorts, poll } from '../../lib/engine/poll.ts';
import { removeIssueDates } from '../../lib/store/issue-dates.ts';
import { moveReconcile, removeReconcile } from '../../lib/store/reconciles.ts';
import { moveLeft } from './left-differences.ts';
import { scheduleNights } from './nights.ts';
import type { Background } from './ports.ts';
import { lookAgainAfterChanges } from './remember-reconcile.ts';
import { syncPorts } from './sync-ports.ts';

const MINUTE_MS = 60_000;

/** `hurry`: the user waits for it, or what made the last checks fail is over. */
export interface PollWish {
  readonly hurry: boolean;
}

/** Checks all tracked checklists, as long as this browser lets us; alarms stand ready for what is left. */
export async function pollAll(background: Background, { hurry }: PollWish): Promise<void> {
  if ((await background.isPaused()) || (await isIdle(background))) return;
  // Whatever becomes of this one, the next stands ready.
  await schedulePolls(background);
  if ((await pollSlices(background, hurry)) === 'later') {
    await background.pollAlarms.soon(background.clock.now());
  } else {
    await wakeForWaiting(background);
    await lookAgainAfterChanges(background);
  }
  await background.toolbar.refresh();
  await background.alerts.look();
  await background.usage.flush();
}

/** Nothing to keep up to date, and no write of ours that is still to be looked at. */
async function isIdle({ tracked, syncs }: Background): Promise<boolean> {
  if ((await tracked.list()).length > 0) return false;
  return (await syncs.listUnverified()).length === 0;
}

/** Polls without anybody waiting for it; the regular alarm stands ready should it fail. */
export function startPolling(background: Background, wish: PollWish = { hurry: false }): void {
  void pollAll(background, wish).catch(console.error);
}

/** Polls as the regular alarm wants it, and in a hurry when the network was away at an earlier one: the event may have come to a dead worker. */
export async function pollByAlarm(background: Background): Promise<void> {
  const isOffline = navigator.onLine === false;
  const wasOffline = await offlineSeen.getValue();
  if (isOffline !== wasOffline) await offlineSeen.setValue(isOffline);
  await pollAll(background, { hurry: wasOffline && !isOffline });
}

/** Whether there was no network at the last alarm: outlives the worker, not the browser. */
const offlineSeen = storage.defineItem<boolean>('session:offline', { fallback: false });

/** At the start of a worker: the alarm, the toolbar, the alerts, and a poll if one is due. Fails never. */
export async function startKeepingUp(background: Background): Promise<void> {
  try {
    await schedulePolls(background);
    await background.toolbar.refresh();
    await background.alerts.look();
    await pollIfDue(background);
  } catch (error) {
    console.error(error);
  }
}

/** Polls at the start of a worker, if the last check is as long ago as the user wants between two. */
async function pollIfDue(background: Background): Promise<void> {
  const { pollMinutes } = await background.preferences();
  const now = background.clock.now();
  const records = await loadRecords(background);
  const isDue = records.some(
    (record) =>
      // A clock that was set back must not stop the checks.
      record?.checkedAt === undefined ||
      Math.abs(now - record.checkedAt) >= pollMinutes * MINUTE_MS,
  );
  if (isDue) await pollAll(background, { hurry: false });
}

/** Sees to it that the regular alarms stand ready, as the list and the settings say. */
export async function schedulePolls(background: Background): Promise<void> {
  const { pollMinutes } = await background.preferences();
  const list = await background.tracked.list();
  if (list.length === 0) await background.pollAlarms.clear();
  else await background.pollAlarms.every(pollMinutes);
  await scheduleNights(background);
}

async function pollSlices(background: Background, hurry: boolean): Promise<'done' | 'later'> {
  const { clock, carriesOn } = background;
  // Only the first slice: later ones would ask again what the first has asked.
  for (let isFirst = true; ; isFirst = false) {
    const { timing } = await background.preferences();
    const ports = await pollPorts(background, hurry && isFirst);
    let end = await poll(ports, clock.now() + timing.sliceMs);
    if (end === 'busy' && isFirst && (await isOver(background))) {
      end = await poll(ports, clock.now() + timing.sliceMs);
    }
    if (end !== 'more') return 'done';
    if (!carriesOn) return 'later';
  }
}

/** Waits for the poll under way: it began before there was this reason to look. One wait is enough for all who come meanwhile. */
async function isOver({ locks }: Background): Promise<boolean> {
  const waited = await locks.tryLock('next poll', () => locks.withLock('poll', async () => true));
  return waited === true;
}

async function pollPorts(background: Background, hurry: boolean): Promise<PollPorts> {
  const { syncs, locks, clock, random, tracked, revisions, store } = background;
  const { pollMinutes, generation } = await background.preferences();
  return {
    syncs,
    locks,
    clock,
    random,
    hurry,
    everyMs: pollMinutes * MINUTE_MS,
    identity: generation.identity,
    listTracked: tracked.list,
    release: (one) => release(background, one),
    moved: async (before, to) => {
      await tracked.move(before.checklist, to);
      await moveLeft(background, before.checklist, to);
      await moveReconcile(background.db, checklistKey(before.checklist), checklistKey(to));
      await removeIssueDates(background.db, checklistKey(before.checklist));
      // This poll has asked its old place only.
      await background.pollAlarms.soon(clock.now());
    },
    portsFor: ({ checklist, login }) => syncPorts(background, checklist.repo.host, login),
    isJobOpen: async (checklistKey) => (await store.loadOpenJob(checklistKey)) !== undefined,
    onChange: revisions.bump,
  };
}

/** The checklist was closed for long, or is gone. The log keeps that it was released. */
async function release(background: Background, one: TrackedChecklist): Promise<void> {
  const { syncs, tracked, clock } = background;
  const key = checklistKey(one.checklist);
  const record = await syncs.loadRecord(key);
  const event: JobEvent = {
    at: clock.now(),
    kind: 'remark',
    job: '',
    run: '',
    checklistKey: key,
    cause: { by: 'background', what: 'release' },
    login: one.login,
    name: 'released',
  };
  if (record !== undefined) await syncs.saveRecord(record, [event]);
  const gone = record?.failure?.code === 'gone' ? record.failure : undefined;
  await removeReconcile(background.db, key);
  await tracked.release({ tracked: one, at: clock.now(), gone });
  await schedulePolls(background);
}

/** Writes that wait for their time are woken by an alarm, where the regular one would come later. */
async function wakeForWaiting(background: Background): Promise<void> {
  const records = await loadRecords(background);
  const times = records.flatMap((record) =>
    record?.waiting === 'gap' && record.notBefore !== undefined ? [record.notBefore] : [],
  );
  if (times.length > 0) await background.pollAlarms.soon(Math.min(...times));
}

async function loadRecords({
  syncs,
  tracked,
}: Background): Promise<readonly (SyncRecord | undefined)[]> {
  const list = await tracked.list();
  return Promise.all(list.map(({ checklist }) => syncs.loadRecord(checklistKey(checklist))));
}
