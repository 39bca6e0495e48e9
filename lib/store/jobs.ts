import type { IDBPTransaction } from 'idb';
import type { Job, JobControl, JobHeader, JobRow } from '../core/engine/job.ts';
import { hasPendingCreates } from '../core/engine/new-change.ts';
import { keepLimit } from '../core/engine/pace.ts';
import { fail, failure, type Result, succeed } from '../core/failures.ts';
import type { JobStore, Save, StoredJob } from '../store-ports.ts';
import { type Db, type JobRecord, type Schema, STRICT } from './db.ts';
import { addEvents, listEvents, pruneEvents } from './events.ts';

/** The journal on IndexedDB. One open job per checklist is a unique index: no two tabs can start two. */
export function createJobStore(db: Db): JobStore {
  return {
    loadOpenJob: (key) => findJob(db, (jobs) => jobs.index('open').get(key)),
    loadLastJob: (key) =>
      findJob(db, async (jobs) => lastOf(await jobs.index('checklist').getAll(key))),
    loadShownJob: (key) => loadShownJob(db, key),
    loadJob: (id) => findJob(db, (jobs) => jobs.get(id)),
    listJobs: (key) => listJobs(db, key),
    listOpenJobs: () => listOpenJobs(db),
    listPendingCreates: () => listPendingCreates(db),
    listEndedRuns: (key) => listEndedRuns(db, key),
    openJob: (job, at) => openJob(db, job, at),
    save: (id, save) => saveStep(db, id, save),
    setControl: (id, control) => setControl(db, id, control),
    dismissJob: (id) => dismissJob(db, id),
    loadPace: (account) => db.use((open) => open.get('paces', account)),
    loadUnverified: (key) => db.use((open) => open.get('unverified', key)),
    saveUnverified: (key, write, events) =>
      db.use(async (open) => {
        const change = open.transaction(['unverified', 'events', 'texts'], 'readwrite', STRICT);
        const writes = change.objectStore('unverified');
        if (write === undefined) await writes.delete(key);
        else await writes.put(write, key);
        const [log, texts] = [change.objectStore('events'), change.objectStore('texts')];
        await addEvents({ events: log, texts }, events ?? []);
        await change.done;
      }),
    listEvents: (key, run) => listEvents(db, key, run),
    prune: async (before) => {
      await pruneEvents(db, before);
      await pruneJobs(db, before);
    },
  };
}

/** The job that the views show: the open one, else the last, unless the user took it out of sight. */
function loadShownJob(db: Db, checklistKey: string): Promise<StoredJob | undefined> {
  return findJob(db, async (jobs) => {
    const last = lastOf(await jobs.index('checklist').getAll(checklistKey));
    return last?.dismissed === true ? undefined : last;
  });
}

/** Takes an ended job out of sight; it stays in the log until it is old. */
function dismissJob(db: Db, id: string): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction('jobs', 'readwrite');
    const record = await change.store.get(id);
    if (record !== undefined && record.open === undefined) {
      await change.store.put({ ...record, dismissed: true });
    }
    await change.done;
  });
}

/** Headers of all jobs of a checklist that are kept, open and ended, in no order. */
async function listJobs(db: Db, checklistKey: string): Promise<readonly JobHeader[]> {
  const records = await db.use((open) => open.getAllFromIndex('jobs', 'checklist', checklistKey));
  return records.map(({ header }) => header);
}

/** Headers of the ended changes, of all checklists, whose issues are still to be created. */
async function listPendingCreates(db: Db): Promise<readonly JobHeader[]> {
  const records = await db.use((open) => open.getAll('jobs'));
  return records.map(({ header }) => header).filter(hasPendingCreates);
}

type Jobs = ReturnType<typeof jobsOf>;

function jobsOf(look: IDBPTransaction<Schema, ('jobs' | 'rows' | 'controls')[], 'readonly'>) {
  return look.objectStore('jobs');
}

/** The job that `find` picks, with its rows and its control, all of one moment; undefined when it picks none. */
function findJob(
  db: Db,
  find: (jobs: Jobs) => Promise<JobRecord | undefined>,
): Promise<StoredJob | undefined> {
  return db.use(async (open) => {
    const look = open.transaction(['jobs', 'rows', 'controls']);
    const record = await find(jobsOf(look));
    return record && wholeJob(look.objectStore('rows'), look.objectStore('controls'), record);
  });
}

/** A job of a transaction that reads its rows and its control. One that was never told anything runs. */
export async function wholeJob(
  rows: { getAll(range: IDBKeyRange): Promise<{ readonly row: JobRow }[]> },
  controls: { get(id: string): Promise<JobControl | undefined> },
  { id, header }: JobRecord,
): Promise<StoredJob> {
  const [own, control] = await Promise.all([rows.getAll(rowsOf(id)), controls.get(id)]);
  return {
    header,
    rows: own.map(({ row }) => row),
    control: control ?? { action: 'run', at: header.startedAt },
  };
}

/** The open one, else the one that started last; undefined of none. */
function lastOf(records: readonly JobRecord[]): JobRecord | undefined {
  return [...records].sort(
    (a, b) =>
      Number(b.open !== undefined) - Number(a.open !== undefined) ||
      b.header.startedAt - a.header.startedAt,
  )[0];
}

async function listOpenJobs(db: Db): Promise<readonly JobHeader[]> {
  const records = await db.use((open) => open.getAllFromIndex('jobs', 'open'));
  return records.map(({ header }) => header);
}

async function listEndedRuns(db: Db, checklistKey: string): Promise<readonly string[]> {
  const records = await db.use((open) => open.getAllFromIndex('jobs', 'checklist', checklistKey));
  return records.filter(({ open }) => open === undefined).map(({ id }) => id);
}

function openJob(db: Db, job: Job, at: number): Promise<Result<void>> {
  return db.use(async (open) => {
    const change = open.transaction(['jobs', 'rows', 'controls'], 'readwrite', STRICT);
    const jobs = change.objectStore('jobs');
    // Also of the same id: its rows are ahead of the ones given here.
    if ((await jobs.index('open').count(job.header.checklistKey)) > 0) {
      await change.done;
      return fail(failure('job-open'));
    }
    const rows = change.objectStore('rows');
    await jobs.put(recordOf(job.header));
    await rows.delete(rowsOf(job.header.id));
    await Promise.all(job.rows.map((row) => rows.put(rowRecord(job.header.id, row))));
    await change.objectStore('controls').put({ action: 'run', at }, job.header.id);
    await change.done;
    return succeed(undefined);
  });
}

const SAVED = ['jobs', 'rows', 'controls', 'paces', 'events', 'texts'] as const;

function saveStep(db: Db, id: string, save: Save): Promise<JobControl | undefined> {
  return db.use(async (open) => {
    const change = open.transaction(SAVED, 'readwrite', STRICT);
    const jobs = change.objectStore('jobs');
    const record = await jobs.get(id);
    if (record === undefined) return undefined;
    if (save.header !== undefined) await jobs.put(changedRecord(record, save.header));
    for (const row of save.rows ?? []) await change.objectStore('rows').put(rowRecord(id, row));
    if (save.pace !== undefined) {
      const paces = change.objectStore('paces');
      const { account } = record.header;
      await paces.put(keepLimit(await paces.get(account), save.pace), account);
    }
    const [log, texts] = [change.objectStore('events'), change.objectStore('texts')];
    await addEvents({ events: log, texts }, save.events ?? []);
    const control = await change.objectStore('controls').get(id);
    await change.done;
    return control ?? { action: 'run', at: record.header.startedAt };
  });
}

function setControl(db: Db, id: string, control: JobControl): Promise<boolean> {
  return db.use(async (open) => {
    const change = open.transaction(['jobs', 'controls'], 'readwrite', STRICT);
    const known = (await change.objectStore('jobs').count(id)) > 0;
    if (known) await change.objectStore('controls').put(control, id);
    await change.done;
    return known;
  });
}

/** Jobs that ended before a time go, with their rows. */
function pruneJobs(db: Db, before: number): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction(['jobs', 'rows', 'controls'], 'readwrite');
    for (const { id, header } of await change.objectStore('jobs').getAll()) {
      if (header.endedAt === undefined || header.endedAt >= before) continue;
      await change.objectStore('jobs').delete(id);
      await change.objectStore('rows').delete(rowsOf(id));
      await change.objectStore('controls').delete(id);
    }
    await change.done;
  });
}

function recordOf(header: JobHeader): JobRecord {
  const { id, checklistKey } = header;
  const open = header.endedAt === undefined && { open: checklistKey };
  return { id, checklistKey, header, ...open };
}

/** What was taken out of sight stays so, unless it is open again. */
function changedRecord({ dismissed }: JobRecord, header: JobHeader): JobRecord {
  const record = recordOf(header);
  return dismissed === true && record.open === undefined ? { ...record, dismissed } : record;
}

function rowRecord(job: string, row: JobRow) {
  return { job, index: row.index, row };
}

/** The keys of all rows of a job. */
function rowsOf(job: string): IDBKeyRange {
  return IDBKeyRange.bound([job], [job, []]);
}
