import type { JobRow, OpenJobHeader } from '../../lib/core/engine/job.ts';
import { newJob } from '../../lib/core/engine/new-job.ts';
import { type Failure, type Result, succeed } from '../../lib/core/failures.ts';
import { planGeneration } from '../../lib/core/plan/make-plan.ts';
import type {
  GenerationFacts,
  GenerationOptions,
  GenerationPlan,
} from '../../lib/core/plan/plan-generation.ts';
import { type ChecklistRef, checklistKey, issueChecklist, issueKey } from '../../lib/core/refs.ts';
import { DEFAULT_PREFERENCES, type Timing } from '../../lib/core/settings/settings.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { recoverableAt, recoverJob, runsLostWith } from '../../lib/engine/recover-job.ts';
import { resolveRows } from '../../lib/engine/resolve-rows.ts';
import { runSlice } from '../../lib/engine/run.ts';
import { startJob } from '../../lib/engine/start-job.ts';
import type { JobPorts } from '../../lib/ports.ts';
import type { StoredJob } from '../../lib/store-ports.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeGitHub, type FakeGitHub, type Faults, known, NO_FAULTS } from './fake-github.ts';
import { createPeace, type Killer, KillSignal } from './kill.ts';
import { createLocks } from './locks.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';
import { createRandom, type Random } from './random.ts';

/** A run id (ULID) from a small number. */
export function runId(number: number): string {
  return `01${String(number).padStart(24, '0')}`;
}

// Recoveries count in the digit before the number's.
function nextRun(run: string): string {
  return `01${(BigInt(run.slice(2)) + 1_000_000_000n).toString().padStart(24, '0')}`;
}

/** The master of all worlds. */
export const MASTER: ChecklistRef = issueChecklist({
  repo: { host: 'github.com', owner: 'octo', name: 'demo' },
  number: 12,
});

/** Everything around a job: GitHub, one browser, its user, and chance. */
export interface World {
  readonly clock: FakeClock;
  readonly github: FakeGitHub;
  readonly store: MemoryStore;
  readonly ports: JobPorts;
  readonly killer: Killer;
  readonly random: Random;
  readonly alarms: Map<string, number>;
  readonly headers: Map<string, OpenJobHeader>;
  readonly notices: Failure[];
  readonly options: GenerationOptions;
}

/** What a world is made of. */
export interface WorldOptions {
  readonly text?: string;
  readonly faults?: Partial<Faults>;
  readonly random?: Random;
  readonly killer?: Killer;
  readonly timing?: Partial<Timing>;
  readonly options?: Partial<GenerationOptions>;
  readonly latency?: number;
  /** How far the browser's clock is ahead of GitHub's, in milliseconds. */
  readonly skew?: number;
  /** Another browser on the same GitHub. */
  readonly beside?: World;
  /** Changes the ports, to break the engine on purpose. */
  readonly spoil?: (ports: JobPorts) => JobPorts;
}

/** Makes a world. */
export function createWorld(options: WorldOptions = {}): World {
  const { killer = createPeace(), random = createRandom(1), beside } = options;
  const clock = beside?.clock ?? createFakeClock();
  const { latency = 200, skew = 0, text = sampleChecklist(25) } = options;
  const faults = { ...NO_FAULTS, ...options.faults };
  const fake = { clock, master: MASTER, text, faults, random, killer, latency };
  const github = beside?.github ?? createFakeGitHub(fake);
  const store = createMemoryStore(killer);
  const alarms = new Map<string, number>();
  const headers = new Map<string, OpenJobHeader>();
  const notices: Failure[] = [];
  const ports: JobPorts = {
    github,
    store,
    clock: { now: () => clock.now() + skew, sleep: clock.sleep },
    locks: createLocks(),
    wake: {
      async wakeAt(jobId, at) {
        await passLimit(killer, store);
        killer.pass('arming');
        alarms.set(jobId, at);
      },
      clear: async (jobId) => void alarms.delete(jobId),
    },
    headers: {
      save: async (header) => void headers.set(header.id, header),
      list: async () => [...headers.values()],
      remove: async (jobId) => void headers.delete(jobId),
    },
    timing: { ...DEFAULT_PREFERENCES.timing, ...options.timing },
    isEditorOpen: () => false,
    onChange: () => {},
    onProgress: ({ header: { notice } }) => {
      if (notice !== undefined && notice !== notices.at(-1)) notices.push(notice);
    },
  };
  const generation = { ...DEFAULT_PREFERENCES.generation, comment: false, ...options.options };
  const spoiled = options.spoil?.(ports) ?? ports;
  return {
    clock,
    github,
    store,
    ports: spoiled,
    killer,
    random,
    alarms,
    headers,
    notices,
    options: generation,
  };
}

// The worker that is about to wait for the end of a limit.
async function passLimit(killer: Killer, store: MemoryStore): Promise<void> {
  const pace = await store.loadPace('github.com/ada');
  if ((pace?.limits ?? 0) > 0) killer.pass('limit-wait');
}

/** A list of items in two groups, with equal texts, nesting, other line ends, and text around it. */
export function sampleChecklist(count: number): string {
  const lines = ['# Release plan', '', 'Please tick when done.  ', ''];
  for (let remark = 1; remark <= 12; remark++) lines.push(`Remark ${remark}: keep calm.`, '');
  for (let index = 0; index < count; index++) {
    if (index % 9 === 0) lines.push('', `## Part ${index / 9 + 1}`, '');
    if (index % 7 === 6) lines.push('- [ ] Check the translations again');
    else lines.push(`${'*-+'[index % 3]} [ ] Verify step number ${index} of the release\t`);
    if (index % 5 === 4) lines.push('  some detail below', '');
  }
  lines.push('', '```', '- [ ] not a task', '```', '', 'The end.');
  return lines.join('\r\n');
}

/** Reads what a preview reads. */
export async function readFacts(world: World): Promise<Result<GenerationFacts>> {
  const { github, clock } = world;
  const read = await github.readMaster(MASTER);
  if (!read.ok) return read;
  const visible = github.issues.filter((issue) => issue.visibleAt <= clock.now());
  const all = github.issues.map((issue) => known(issue, MASTER.repo));
  return succeed({
    checklist: MASTER,
    master: { ...read.value, body: read.value.text, isPullRequest: false },
    target: {
      repo: MASTER.repo,
      archived: false,
      issuesEnabled: true,
      canCreate: true,
      canLabel: true,
      labels: [],
      milestones: [],
    },
    viewer: 'ada',
    pageUser: 'ada',
    allowOtherUser: false,
    referenced: Object.fromEntries(all.map((issue) => [issueKey(issue.ref), issue])),
    candidates: visible.map((issue) => known(issue, MASTER.repo)),
    looked: { issues: visible.length, back: undefined, complete: true },
  });
}

/** The plan that a user would see now. */
export async function previewPlan(world: World, run: string): Promise<GenerationPlan> {
  const facts = await untilRead(world, () => readFacts(world));
  const read = parseChecklist(facts.master.body, { placeholder: world.options.placeholder });
  return planGeneration(facts, read, world.options, run);
}

/** Confirms a plan: the job stands in the journal. */
export async function confirm(world: World, plan: GenerationPlan, lost: readonly string[] = []) {
  const ended = await world.store.listEndedRuns(checklistKey(MASTER));
  const account = { login: 'ada', endedRuns: [...ended, ...lost], careful: false };
  return startJob(world.ports, newJob(plan, account, world.ports.clock.now()));
}

/** How a run went. */
export interface RunEnd {
  readonly jobs: readonly string[];
  readonly slices: number;
  readonly recoveries: number;
}

/** What else happens while a job is driven to its end. */
export interface DriveOptions {
  /** Probability per kill that the journal is gone afterwards. */
  readonly wipe?: number;
  readonly mostSlices?: number;
  /** Answers what the user does about a row that needs her; nothing to leave it. */
  readonly user?: (row: JobRow, rounds: number) => 'create-again' | 'retry' | undefined;
}

/** Drives a job through kills, waits and recoveries until it has ended and its user has nothing left to do. */
export async function drive(
  world: World,
  jobId: string,
  { wipe = 0, mostSlices = 4_000, user = patientUser }: DriveOptions = {},
): Promise<RunEnd> {
  const jobs = [jobId];
  let recoveries = 0;
  for (let slices = 1; slices <= mostSlices; slices++) {
    const id = jobs.at(-1) ?? jobId;
    const end = await slice(world, id, wipe);
    if (end === 'lost') {
      const next = await recover(world, id);
      if (next !== undefined) {
        jobs.push(next);
        recoveries++;
      }
    }
    if (end === 'idle') throw new Error(`${id} waits for nobody`);
    if (end === 'ended' && !(await actAsUser(world, id, user, slices))) {
      return { jobs, slices, recoveries };
    }
  }
  throw new Error(`${jobId} did not end`);
}

/** Lets the first run of a world go on for so long; answers how its last slice ended. */
export async function runFor(world: World, ms: number): Promise<string> {
  const until = world.clock.now() + ms;
  let kind = 'more';
  while (world.clock.now() < until) {
    const end = await runSlice(world.ports, runId(1), until);
    kind = end.kind;
    if (end.kind !== 'waiting' && end.kind !== 'more') return kind;
    world.clock.reach(end.kind === 'waiting' ? Math.min(until, end.until) : 0);
  }
  return kind;
}

async function slice(world: World, jobId: string, wipe: number): Promise<string> {
  const { clock, ports, alarms, random, store } = world;
  try {
    const end = await runSlice(ports, jobId, ports.clock.now() + ports.timing.sliceMs);
    if (end.kind === 'waiting') reach(world, end.until);
    return end.kind;
  } catch (signal) {
    if (!(signal instanceof KillSignal)) throw signal;
    // The next alarm, or sooner a page that asks.
    clock.advance(random.whole(30_000));
    if (random.chance(0.5)) reach(world, alarms.get(jobId) ?? 0);
    if (random.chance(wipe)) store.wipe();
    return 'killed';
  }
}

/** Waits until a time of the browser's clock. */
function reach({ clock, ports }: World, until: number): void {
  clock.advance(until - ports.clock.now());
}

async function recover(world: World, jobId: string): Promise<string | undefined> {
  const { ports, headers, github, options } = world;
  const header = headers.get(jobId);
  if (header === undefined) throw new Error(`${jobId} is lost without a trace`);
  const run = nextRun(jobId);
  try {
    reach(world, recoverableAt(header, ports.timing));
    const facts = { github, readFacts: () => readFacts(world) };
    const plan = await untilRead(world, () => recoverJob(header, facts, options, run));
    await confirm(world, plan, runsLostWith(header));
    headers.delete(jobId);
    return run;
  } catch (signal) {
    if (!(signal instanceof KillSignal)) throw signal;
    // Killed between confirming and starting: the new job is there, or nothing is.
    return (await loadQuietly(world, run)) === undefined ? undefined : run;
  }
}

async function untilRead<T>(world: World, read: () => Promise<Result<T>>): Promise<T> {
  for (;;) {
    try {
      const result = await read();
      if (result.ok) return result.value;
      world.clock.advance(60_000);
    } catch (signal) {
      if (!(signal instanceof KillSignal)) throw signal;
    }
  }
}

async function loadQuietly(world: World, jobId: string): Promise<StoredJob | undefined> {
  for (;;) {
    try {
      return await world.store.loadJob(jobId);
    } catch (signal) {
      if (!(signal instanceof KillSignal)) throw signal;
    }
  }
}

/** Creates again what GitHub never confirmed, retries what it refused, and lets the rest be. */
export function patientUser(row: JobRow): 'create-again' | 'retry' | undefined {
  if (row.phase === 'asked') return 'create-again';
  return row.phase === 'failed' || row.failure?.code === 'link-removed' ? 'retry' : undefined;
}

async function actAsUser(
  world: World,
  jobId: string,
  user: NonNullable<DriveOptions['user']>,
  rounds: number,
): Promise<boolean> {
  const job = await loadQuietly(world, jobId);
  let acted = false;
  for (const row of job?.rows ?? []) {
    const kind = user(row, rounds);
    if (kind === undefined || job === undefined) continue;
    const { id, account } = job.header;
    try {
      await resolveRows(world.ports, { id, account }, [row.index], { kind });
      acted = true;
    } catch (signal) {
      if (!(signal instanceof KillSignal)) throw signal;
      return true;
    }
  }
  return acted;
}
