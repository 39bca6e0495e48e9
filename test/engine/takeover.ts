import type { JobRow } from '../../lib/core/engine/job.ts';
import { planGeneration } from '../../lib/core/plan/make-plan.ts';
import type { GenerationPlan } from '../../lib/core/plan/plan-generation.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { besideClaim } from '../../lib/engine/foreign-claim.ts';
import { resolveRows } from '../../lib/engine/resolve-rows.ts';
import { runSlice } from '../../lib/engine/run.ts';
import type { JobPorts } from '../../lib/ports.ts';
import type { Faults } from './fake-github.ts';
import { judge, type Verdict } from './judge.ts';
import { createPlague, KillSignal } from './kill.ts';
import { createRandom, type Random } from './random.ts';
import {
  confirm,
  createWorld,
  MASTER,
  readFacts,
  runId,
  sampleChecklist,
  type World,
} from './world.ts';

/** What came of two machines that took runs over from each other. */
export interface TakeoverResult extends Verdict {
  /** Plans that took a run over, and runs that ended because another had taken them over. */
  readonly takeovers: number;
  readonly takenOver: number;
  /** Times that a machine was stopped in the middle of a step. */
  readonly stops: number;
}

/** Breaks the engine on purpose, on both machines. */
export type Spoil = (ports: JobPorts) => JobPorts;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long a machine is stopped: shorter and longer than every wait that concerns claims. */
const STOPS = [20_000, 4 * MINUTE, 9 * MINUTE, 11 * MINUTE, 31 * MINUTE, 45 * MINUTE, 3 * HOUR];

const FAULTS: readonly Partial<Faults>[] = [
  {},
  { appliedLost: 0.05, notApplied: 0.05, hang: 0.03, readFails: 0.03, listLag: 30_000 },
  { appliedLost: 0.15, hang: 0.1, limit: 0.03, listLag: 9 * MINUTE },
];

/** Clocks of machines are wrong now and then. */
const SKEWS = [0, 0, 0, 10 * MINUTE, -10 * MINUTE, 40 * MINUTE, -40 * MINUTE];

/** Plans that a user confirms on one machine, at most. */
const MOST_TRIES = 8;

/**
 * Two machines of one account on one checklist. Each is stopped and woken at any step, answers get lost, lists lag,
 * workers die; whoever finds the other's run silent takes it over. In the end one machine finishes in peace.
 */
export async function takeover(
  seed: number,
  spoil: Spoil = (ports) => ports,
  look: (first: World, second: World) => void = () => {},
): Promise<TakeoverResult> {
  const random = createRandom(seed);
  const faults = random.pick(FAULTS) ?? {};
  const killer = createPlague(random, random.pick([0, 0, 0.01]) ?? 0, 6);
  const turns = createTurns(random, random.pick([0.01, 0.03, 0.08]) ?? 0);
  const text = sampleChecklist(6 + random.whole(24));
  const machine = (beside?: World): World =>
    createWorld({
      text,
      faults,
      random,
      killer,
      skew: random.pick(SKEWS) ?? 0,
      spoil: (ports) => spoil(turns.stopping(ports)),
      ...(beside && { beside }),
    });
  const first = machine();
  const second = machine(first);
  const pure = first.github.text();
  const counts = { takeovers: 0, takenOver: 0 };
  const users = [first, second].map((world, at) => () => use(world, at, random, turns, counts));
  await turns.run(first.clock, users);
  turns.calm();
  const keys = await finish(first, turns);
  look(first, second);
  const verdict = await judge(first, pure, keys);
  return { ...verdict, ...counts, stops: turns.stops() };
}

/** What a user does on one machine: plans, waits for a run in another browser or takes it over, and answers questions. */
async function use(
  world: World,
  at: number,
  random: Random,
  turns: Turns,
  counts: { takeovers: number; takenOver: number },
): Promise<void> {
  await turns.wait(random.whole(at * 40 * MINUTE + 1));
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const plan = await patiently(world, turns, () => planNow(world, runId(10 * tries + at + 1)));
    if (plan === undefined) {
      await turns.wait(random.whole(50 * MINUTE));
      continue;
    }
    if (plan.takesOver !== undefined) counts.takeovers++;
    if (plan.rows.every(({ decision, selected }) => !selected || decision === 'skip')) return;
    // People think, and are called away.
    await turns.wait(random.chance(0.8) ? random.whole(MINUTE) : random.whole(2 * HOUR));
    const opened = await patiently(world, turns, () => confirm(world, plan));
    if (!opened.ok) continue;
    await work(world, plan.run, random, turns);
    const ended = await patiently(world, turns, () => world.store.loadJob(plan.run));
    if (ended?.header.failure?.code === 'taken-over') counts.takenOver++;
    if (ended?.header.outcome === 'done') return;
  }
}

/** The plan of a click, taking over a run that is silent; undefined while one is at work. */
async function planNow(world: World, run: string): Promise<GenerationPlan | undefined> {
  const plan = await planOnce(world, run);
  if (plan?.silentClaim === undefined) return plan?.blockers.length === 0 ? plan : undefined;
  const over = await planOnce(world, run, plan.silentClaim);
  return over?.takesOver === undefined ? undefined : over;
}

/** The plan of a generation as a preview shows it, beside the claims of other machines; undefined where GitHub does not answer. */
export async function planOnce(
  world: World,
  run: string,
  takeOver?: GenerationPlan['silentClaim'],
): Promise<GenerationPlan | undefined> {
  const facts = await readFacts(world);
  if (!facts.ok) return undefined;
  const { ports, github } = world;
  const beside = await besideClaim({ ...ports, github }, facts.value, takeOver);
  if (!beside.ok) return undefined;
  const { body } = facts.value.master;
  const read = parseChecklist(body, { placeholder: world.options.placeholder });
  return beside.value.settle(planGeneration(beside.value.facts, read, world.options, run));
}

/** Works on a run until it has ended and its user has nothing left to answer. */
async function work(world: World, run: string, random: Random, turns: Turns): Promise<void> {
  for (let rounds = 0; rounds < 400; rounds++) {
    const { clock, timing } = world.ports;
    const end = await patiently(world, turns, () =>
      runSlice(world.ports, run, clock.now() + timing.sliceMs),
    );
    if (end.kind === 'waiting') await turns.wait(end.until - clock.now());
    if (end.kind === 'idle' || end.kind === 'lost') return;
    if (end.kind === 'ended' && !(await answer(world, run, random, turns))) return;
  }
}

async function answer(world: World, run: string, random: Random, turns: Turns): Promise<boolean> {
  const job = await patiently(world, turns, () => world.store.loadJob(run));
  const asked = job?.rows.find(({ phase }: JobRow) => phase === 'asked');
  if (job === undefined || asked === undefined || random.chance(0.3)) return false;
  // A person looks in the issue list before she has it created again.
  await turns.wait(10 * MINUTE + random.whole(HOUR));
  const about = { id: run, account: job.header.account };
  const kind = random.chance(0.5) ? 'create-again' : 'retry';
  await patiently(world, turns, () => resolveRows(world.ports, about, [asked.index], { kind }));
  return true;
}

/** One machine goes on in peace, a day later: what is left is created and linked. Answers the keys of all items. */
async function finish(world: World, turns: Turns): Promise<readonly string[]> {
  world.clock.advance(26 * HOUR);
  const random = createRandom(1);
  const open = await patiently(world, turns, () => world.store.loadOpenJob(checklistKey(MASTER)));
  if (open !== undefined) await work(world, open.header.id, random, turns);
  for (let tries = 0; tries < 3; tries++) {
    const plan = await patiently(world, turns, () => planNow(world, runId(900 + tries)));
    if (plan === undefined) continue;
    await patiently(world, turns, () => confirm(world, plan));
    await work(world, plan.run, random, turns);
  }
  return parseChecklist(world.github.text()).items.map(({ key }) => key);
}

// A worker that dies is started again; a user whose click came to nothing clicks again.
async function patiently<T>(world: World, turns: Turns, act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (signal) {
      if (!(signal instanceof KillSignal)) throw signal;
      await turns.wait(world.random.whole(MINUTE));
    }
  }
}

interface Turns {
  /** Lets the others work for some time. */
  wait(ms: number): Promise<void>;
  /** Ports of a machine that may be stopped at each step. */
  stopping(ports: JobPorts): JobPorts;
  /** Runs all until they are done, each step in its turn. */
  run(clock: World['clock'], users: readonly (() => Promise<void>)[]): Promise<void>;
  /** From now on nobody is stopped, and waits just pass. */
  calm(): void;
  readonly stops: () => number;
}

/** Steps of several machines one by one, in an order drawn by chance; a machine that is stopped lets the others work. */
function createTurns(random: Random, likely: number): Turns {
  const gates: { readonly due: number; go(): void }[] = [];
  let clock: World['clock'] | undefined;
  let isCalm = false;
  let stops = 0;
  const wait = async (ms: number) => {
    const due = (clock?.now() ?? 0) + Math.max(0, ms);
    if (isCalm) clock?.reach(due);
    else await new Promise<void>((go) => gates.push({ due, go }));
  };
  const step = async () => {
    if (isCalm) return;
    const isStopped = random.chance(likely);
    if (isStopped) stops++;
    await wait(isStopped ? (random.pick(STOPS) ?? 0) : 0);
  };
  const around =
    <Args extends unknown[], T>(call: (...args: Args) => Promise<T>, before = true) =>
    async (...args: Args): Promise<T> => {
      if (before) await step();
      const answered = await call(...args);
      await step();
      return answered;
    };
  return {
    wait,
    stopping: (ports) => ({
      ...ports,
      clock: { now: ports.clock.now, sleep: (ms) => wait(ms) },
      store: {
        ...ports.store,
        loadJob: around(ports.store.loadJob),
        save: around(ports.store.save),
        saveUnverified: around(ports.store.saveUnverified),
      },
      headers: { ...ports.headers, save: around(ports.headers.save) },
      github: {
        ...ports.github,
        readMaster: around(ports.github.readMaster),
        updateMaster: around(ports.github.updateMaster),
        listIssues: around(ports.github.listIssues),
        // A machine that stops between the last look at its clock and the request is stopped within the request.
        createIssue: around(ports.github.createIssue, false),
      },
    }),
    async run(shared, users) {
      clock = shared;
      let running = users.length;
      let failed: unknown;
      for (const user of users) {
        void user()
          .catch((error: unknown) => {
            failed = error;
          })
          .finally(() => running--);
      }
      while (running > 0) {
        await new Promise((resolve) => setImmediate(resolve));
        if (failed !== undefined) throw failed;
        const first = Math.min(...gates.map(({ due }) => due));
        if (gates.length === 0) continue;
        shared.reach(first);
        const gate = random.pick(gates.filter(({ due }) => due <= shared.now()));
        if (gate === undefined) continue;
        gates.splice(gates.indexOf(gate), 1);
        gate.go();
      }
      if (failed !== undefined) throw failed;
    },
    calm() {
      isCalm = true;
    },
    stops: () => stops,
  };
}
