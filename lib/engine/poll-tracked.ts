import type { LogEvent } from '../core/log/event.ts';
import { checklistKey } from '../core/refs.ts';
import type { SyncRecord, TrackedChecklist } from '../core/sync/tracked.ts';
import type { Ports } from '../ports.ts';
import { accountPorts } from './account-ports.ts';
import { moveLeft } from './left-differences.ts';
import { scheduleNightlyRun } from './nightly-schedule.ts';
import { type PollPorts, poll } from './poll.ts';
import { refreshDifferencesAfterChanges } from './remember-differences.ts';

const MINUTE_MS = 60_000;

/** `hurry`: the user waits for it, or what made the last checks fail is over. */
export interface PollRequest {
  readonly hurry: boolean;
}

/** Checks all tracked checklists, as long as this browser lets us; alarms stand ready for what is left. */
export async function pollAll(ports: Ports, { hurry }: PollRequest): Promise<void> {
  if ((await ports.isPaused()) || (await isIdle(ports))) return;
  // Whatever becomes of this one, the next stands ready.
  await schedulePolls(ports);
  if ((await pollSlices(ports, hurry)) === 'later') {
    await ports.alarms.pollSoon(ports.clock.now());
  } else {
    await wakeForWaiting(ports);
    await refreshDifferencesAfterChanges(ports);
  }
  await ports.toolbar.refresh();
  await ports.alerts.refresh();
  await ports.usage.flush();
}

/** Nothing to keep up to date, and no write of ours that is still to be looked at. */
async function isIdle({ tracked, syncs }: Ports): Promise<boolean> {
  if ((await tracked.list()).length > 0) return false;
  return (await syncs.listUnverified()).length === 0;
}

/** Polls without anybody waiting for it; the regular alarm stands ready should it fail. */
export function startPolling(ports: Ports, request: PollRequest = { hurry: false }): void {
  void pollAll(ports, request).catch(console.error);
}

/** Polls as the regular alarm wants it, and in a hurry when the network was away at an earlier one: the event may have come to a dead worker. */
export async function pollByAlarm(ports: Ports): Promise<void> {
  const isOffline = !ports.isOnline();
  const wasOffline = await ports.wasOffline.getValue();
  if (isOffline !== wasOffline) await ports.wasOffline.setValue(isOffline);
  await pollAll(ports, { hurry: wasOffline && !isOffline });
}

/** At the start of a worker: the alarm, the toolbar, the alerts, and a poll if one is due. Fails never. */
export async function startKeepingUp(ports: Ports): Promise<void> {
  try {
    // First of all: it says so where nothing that is stored can be read.
    await ports.toolbar.refresh();
    await schedulePolls(ports);
    await ports.alerts.refresh();
    await pollIfDue(ports);
  } catch (error) {
    console.error(error);
  }
}

/** Polls at the start of a worker, if the last check is as long ago as the user wants between two. */
async function pollIfDue(ports: Ports): Promise<void> {
  const { pollMinutes } = await ports.preferences();
  const now = ports.clock.now();
  const records = await loadRecords(ports);
  const isDue = records.some(
    (record) =>
      // A clock that was set back must not stop the refreshes.
      record?.checkedAt === undefined ||
      Math.abs(now - record.checkedAt) >= pollMinutes * MINUTE_MS,
  );
  if (isDue) await pollAll(ports, { hurry: false });
}

/** Sees to it that the regular alarms stand ready, as the list and the settings say. */
export async function schedulePolls(ports: Ports): Promise<void> {
  const { pollMinutes } = await ports.preferences();
  const list = await ports.tracked.list();
  if (list.length === 0) await ports.alarms.clearPolls();
  else await ports.alarms.pollEvery(pollMinutes);
  await scheduleNightlyRun(ports);
}

async function pollSlices(ports: Ports, hurry: boolean): Promise<'done' | 'later'> {
  const { clock, carriesOn } = ports;
  // Only the first slice: later ones would ask again what the first has asked.
  for (let isFirst = true; ; isFirst = false) {
    const { timing } = await ports.preferences();
    const acting = await pollPorts(ports, hurry && isFirst);
    let end = await poll(acting, clock.now() + timing.sliceMs);
    if (end === 'busy' && isFirst && (await isOver(ports))) {
      end = await poll(acting, clock.now() + timing.sliceMs);
    }
    if (end !== 'more') return 'done';
    if (!carriesOn) return 'later';
  }
}

/** Waits for the poll under way: it began before there was this reason to look. One wait is enough for all who come meanwhile. */
async function isOver({ locks }: Ports): Promise<boolean> {
  const waited = await locks.tryLock('next poll', () => locks.withLock('poll', async () => true));
  return waited === true;
}

async function pollPorts(ports: Ports, hurry: boolean): Promise<PollPorts> {
  const { syncs, locks, clock, random, tracked, onChange, store } = ports;
  const { pollMinutes, generation } = await ports.preferences();
  return {
    syncs,
    locks,
    clock,
    random,
    hurry,
    everyMs: pollMinutes * MINUTE_MS,
    identity: generation.identity,
    listTracked: tracked.list,
    release: (one) => release(ports, one),
    moved: async (before, to) => {
      await tracked.move(before.checklist, to);
      await moveLeft(ports, before.checklist, to);
      await ports.reconciles.move(checklistKey(before.checklist), checklistKey(to));
      await ports.dates.remove(checklistKey(before.checklist));
      // This poll has asked its old place only.
      await ports.alarms.pollSoon(clock.now());
    },
    portsFor: ({ checklist, login }) => accountPorts(ports, checklist.repo.host, login),
    isJobOpen: async (checklistKey) => (await store.loadOpenJob(checklistKey)) !== undefined,
    onChange,
  };
}

/** The checklist was closed for long, or is gone. The log keeps that it was released. */
async function release(ports: Ports, one: TrackedChecklist): Promise<void> {
  const { syncs, tracked, clock } = ports;
  const key = checklistKey(one.checklist);
  const record = await syncs.loadRecord(key);
  const event: LogEvent = {
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
  await ports.reconciles.remove(key);
  await tracked.release({ tracked: one, at: clock.now(), gone });
  await schedulePolls(ports);
}

/** Writes that wait for their time, and refreshes that wait for the end of a limit, are woken by an alarm, where the regular one would come later. */
async function wakeForWaiting(ports: Ports): Promise<void> {
  const records = await loadRecords(ports);
  const now = ports.clock.now();
  const times = records.flatMap((record) => {
    const { waiting, notBefore, failure } = record ?? {};
    const writeAt = waiting === 'gap' ? notBefore : undefined;
    const limited = failure?.retryAt !== undefined && failure.retryAt > now;
    return [writeAt, limited ? failure.retryAt : undefined].filter((at) => at !== undefined);
  });
  if (times.length > 0) await ports.alarms.pollSoon(Math.min(...times));
}

async function loadRecords({
  syncs,
  tracked,
}: Ports): Promise<readonly (SyncRecord | undefined)[]> {
  const list = await tracked.list();
  return Promise.all(list.map(({ checklist }) => syncs.loadRecord(checklistKey(checklist))));
}
