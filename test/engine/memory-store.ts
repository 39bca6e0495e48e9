import { applyChange, type Job, type JobControl } from '../../lib/core/engine/job.ts';
import type { UnverifiedWrite } from '../../lib/core/engine/job-facts.ts';
import { hasPendingCreates } from '../../lib/core/engine/new-change.ts';
import type { Pace } from '../../lib/core/engine/pace.ts';
import { fail, failure, succeed } from '../../lib/core/failures.ts';
import type { LogEvent } from '../../lib/core/log/event.ts';
import type { JobStore, Save, StoredJob } from '../../lib/store-ports.ts';
import { createPeace, type Killer } from './kill.ts';

/** The journal in memory; values are immutable, so nothing is copied. */
export interface MemoryStore extends JobStore {
  /** What a crash of the browser does now and then: everything is gone. */
  wipe(): void;
  readonly saves: () => number;
}

/** A store in which the worker may die before and after each save. */
export function createMemoryStore(
  killer: Killer = createPeace(),
  events: LogEvent[] = [],
): MemoryStore {
  const jobs = new Map<string, StoredJob>();
  const paces = new Map<string, Pace>();
  const unverified = new Map<string, UnverifiedWrite>();
  const dismissed = new Set<string>();
  let saves = 0;
  const ofChecklist = (key: string) =>
    [...jobs.values()].filter(({ header }) => header.checklistKey === key);
  const openOf = (key: string) =>
    ofChecklist(key).find(({ header }) => header.endedAt === undefined);
  const lastOf = (key: string) =>
    openOf(key) ?? ofChecklist(key).sort((a, b) => b.header.startedAt - a.header.startedAt)[0];

  return {
    saves: () => saves,
    wipe() {
      jobs.clear();
      paces.clear();
      unverified.clear();
      events.length = 0;
    },
    loadOpenJob: async (key) => openOf(key),
    loadLastJob: async (key) => lastOf(key),
    loadShownJob: async (key) => {
      const last = lastOf(key);
      return last !== undefined && dismissed.has(last.header.id) ? undefined : last;
    },
    listJobs: async (key) => ofChecklist(key).map(({ header }) => header),
    listPendingCreates: async () =>
      [...jobs.values()].map(({ header }) => header).filter(hasPendingCreates),
    dismissJob: async (id) => {
      if (jobs.get(id)?.header.endedAt !== undefined) dismissed.add(id);
    },
    async loadJob(id) {
      killer.pass('loading');
      return jobs.get(id);
    },
    listOpenJobs: async () =>
      [...jobs.values()]
        .map(({ header }) => header)
        .filter((header) => header.endedAt === undefined),
    listEndedRuns: async (key) =>
      ofChecklist(key).flatMap(({ header }) => (header.endedAt === undefined ? [] : [header.id])),
    async openJob(job: Job, at: number) {
      // Also of the same id: its rows are ahead of the ones given here.
      if (openOf(job.header.checklistKey) !== undefined) return fail(failure('job-open'));
      dismissed.delete(job.header.id);
      jobs.set(job.header.id, { ...job, control: { action: 'run', at } });
      return succeed(undefined);
    },
    async save(jobId: string, save: Save) {
      const { before, after } = pointsOf(save);
      if (before !== undefined) killer.pass(before);
      const job = jobs.get(jobId);
      if (job === undefined) return undefined;
      if ((save.events?.length ?? 0) > 0) killer.pass('event');
      jobs.set(jobId, { ...applyChange(job, save), control: job.control });
      if (save.pace !== undefined) paces.set(job.header.account, save.pace);
      events.push(...(save.events ?? []));
      saves++;
      if (after !== undefined) killer.pass(after);
      return job.control;
    },
    async setControl(jobId: string, control: JobControl) {
      const job = jobs.get(jobId);
      if (job !== undefined) jobs.set(jobId, { ...job, control });
      return job !== undefined;
    },
    loadPace: async (account) => paces.get(account),
    loadUnverified: async (key) => unverified.get(key),
    async saveUnverified(key, write, added = []) {
      if (write === undefined) unverified.delete(key);
      else unverified.set(key, write);
      events.push(...added);
      saves++;
    },
    listEvents: async (key, run) =>
      events.filter((event) => event.checklistKey === key && (run ?? event.run) === event.run),
    async prune(before) {
      const kept = events.filter((event) => event.at >= before);
      events.splice(0, events.length, ...kept);
      for (const [id, { header }] of jobs) {
        if ((header.endedAt ?? Number.POSITIVE_INFINITY) < before) jobs.delete(id);
      }
    },
  };
}

function pointsOf(save: Save) {
  const intent = save.rows?.some(
    (row) => row.phase === 'intent' || ('comment' in row && row.comment?.phase === 'intent'),
  );
  if (intent) return { before: 'before-intent', after: 'after-intent' } as const;
  const made = save.rows?.some((row) => row.phase === 'created' || row.phase === 'changed');
  return made ? ({ before: 'response-not-journaled', after: 'journaled' } as const) : {};
}
