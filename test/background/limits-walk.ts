import { vi } from 'vitest';
import type { Result } from '../../lib/core/failures.ts';
import { type ChecklistRef, issueChecklist } from '../../lib/core/refs.ts';
import { connect } from '../../lib/store/db.ts';
import { listAccounts } from '../../lib/store/tokens.ts';
import { now } from '../clock.ts';
import { createRandom, type Random } from '../engine/random.ts';
import { stored } from '../stored.ts';
import { FAST, OWN_PAGE, startWorker, type useBackground } from './background-world.ts';

type World = ReturnType<typeof useBackground>;

/** How a limit of the walk is told; each is one that GitHub documents or was seen to send. */
const LIMITS: readonly ((now: number) => { readonly answer: Response; readonly until: number })[] =
  [
    (now) => ({ answer: refusal(403, { 'retry-after': '60' }), until: now + 60_000 }),
    (now) => ({ answer: refusal(429, { 'retry-after': '20' }), until: now + 20_000 }),
    (now) => ({
      answer: refusal(403, {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(now / 1_000) + 90),
        date: new Date(now).toUTCString(),
      }),
      until: now + 89_000,
    }),
    (now) => ({ answer: refusal(403, {}), until: now + UNNAMED_MS }),
  ];

/** How long it waits where GitHub names no time. */
const UNNAMED_MS = 10_000;

/** Until when a limit can be known: its answer has to be read first. */
const READ_MS = 5;

/** Every alarm of the background. */
const ALARMS = ['poll', 'poll-soon', 'tick', 'nightly', 'token', 'digest', 'deliver', 'prune'];

/** How far the time leaps: within limits, and past them. */
const LEAPS = [3_000, 30_000, 95_000, 300_000, 900_000];

/** What came of a walk. */
export interface Walk {
  readonly steps: number;
  readonly requests: number;
  /** Answers of GitHub that asked to wait. */
  readonly limits: number;
  /** Questions that got the failure with its time, and no request. */
  readonly refused: number;
  /** What was asked of GitHub under an account while it was limited; must be empty. */
  readonly requestsWhileLimited: readonly string[];
  /** What a limit said that names no time; must be empty. */
  readonly untimed: readonly string[];
}

/** Walks at random over all handlers and alarms, with limits in between; the same seed takes the same steps. */
export async function walk(world: World, seed: number, steps: number): Promise<Walk> {
  const random = createRandom(seed);
  vi.useFakeTimers({ toFake: ['Date'], now: now(), shouldAdvanceTime: true });
  const watched = watchRequests(world, random);
  vi.stubGlobal('fetch', watched.fetch);
  try {
    const timing = { ...FAST.timing, limitWaitMs: UNNAMED_MS };
    await stored().preferences.setValue({ ...FAST, timing });
    await world.signIn();
    const checklists = [0, 1, 2].map((index) => planOf(world, `walk${seed}n${index}`));
    const untimed: string[] = [];
    let refused = 0;
    const ask: Ask = async (name, query, sender) => {
      const answer = (await world.ask(name, query, sender)) as Result<unknown>;
      if (!answer.ok && answer.failure.code.startsWith('rate-limited')) {
        refused += 1;
        if (answer.failure.retryAt === undefined) untimed.push(name);
      }
      return answer as never;
    };
    // Each walk begins in a limit; when others come depends on chance.
    watched.limitNext(1);
    for (const { checklist } of checklists) {
      await ask('openChecklist', { checklist, pageUser: undefined, known: false });
    }
    for (let step = 0; step < steps; step++) {
      await takeStep({ world, random, ask, watched, checklists });
    }
    return { steps, ...watched.sums(), refused, untimed };
  } finally {
    vi.useRealTimers();
  }
}

type Ask = World['ask'];

interface Walking {
  readonly world: World;
  readonly random: Random;
  readonly ask: Ask;
  readonly watched: ReturnType<typeof watchRequests>;
  readonly checklists: readonly Planned[];
}

interface Planned {
  readonly checklist: ChecklistRef;
  readonly name: string;
  readonly issues: readonly number[];
}

async function takeStep(walking: Walking): Promise<void> {
  const { world, random, watched } = walking;
  const dice = random.next();
  if (dice < 0.56) {
    const clicks = Array.from({ length: 1 + random.whole(3) }, () => click(walking));
    await Promise.all(clicks);
  } else if (dice < 0.76) {
    await world.ring(random.pick(ALARMS) ?? 'poll');
    await pause();
  } else if (dice < 0.8) {
    watched.limitNext(1 + random.whole(2));
  } else if (dice < 0.93) {
    watched.limitNext(0);
    vi.setSystemTime(now() + (random.pick(LEAPS) ?? 0));
    await pause();
  } else if (dice < 0.99) {
    work(walking);
  } else if (dice < 0.996) {
    const login = random.pick(['ann', 'bob'] as const) ?? 'ann';
    await world.signIn(watched.tokens[login], login);
  } else {
    await startWorker();
  }
}

/** Somebody closes or renames an issue on GitHub. */
function work({ world, random, checklists }: Walking): void {
  const { name, issues } = random.pick(checklists) ?? fail();
  const number = random.pick(issues) ?? fail();
  const state = random.chance(0.5) ? 'closed' : 'open';
  world.github.editIssue(name, number, { state }, 'ann');
}

/** One message of a view, with whatever it needs from an earlier one. */
async function click({ random, ask, checklists }: Walking): Promise<void> {
  const { checklist } = random.pick(checklists) ?? fail();
  const about = { checklist, pageUser: undefined };
  const own = { checklist, isAsked: random.chance(0.7) };
  const clicks: readonly (() => Promise<unknown>)[] = [
    () => ask('openChecklist', { ...about, known: false }),
    () => ask('openChecklist', { ...about, known: true }),
    () => ask('offersButton', { checklist, items: 3 }),
    () => ask('getJob', { checklist }),
    () => ask('getSync', { checklist }),
    () => ask('listTexts', { checklist }),
    () => ask('listRuns', { checklist, everywhere: true }),
    () => ask('searchIssues', { checklist, text: 'Item' }),
    () => ask('dismissNewItems', { checklist }),
    () => ask('trackChecklist', { ...about, tracked: random.chance(0.8) }),
    () => ask('syncChecklist', { ...about, preview: undefined }),
    () => ask('removeTraces', { ...about, bracket: false }),
    () => ask('refreshDates', own, OWN_PAGE),
    () => ask('postSummary', { checklist, post: random.chance(0.5) }, OWN_PAGE),
    () => ask('pollNow', {}),
    () => checkAccount(ask),
    () => generate(ask, checklist),
    () => generate(ask, checklist),
    () => sync(ask, checklist),
    () => reconcile(ask, checklist),
    () => control(random, ask, checklist),
    () => undo(ask, checklist),
    () => readText(ask, checklist),
  ];
  await random.pick(clicks)?.();
}

async function checkAccount(ask: Ask): Promise<void> {
  const [account] = await listAccounts(connect());
  if (account) await ask('checkAccount', { account: account.id, repo: 'ann/demo' });
}

async function generate(ask: Ask, checklist: ChecklistRef): Promise<void> {
  const plan = await ask('previewGeneration', { checklist, pageUser: undefined, options: {} });
  if (!plan.ok) return;
  await ask('generateIssues', { checklist, run: plan.value.run, choices: [], only: 'all' });
}

async function sync(ask: Ask, checklist: ChecklistRef): Promise<void> {
  const preview = await ask('previewSync', { checklist, pageUser: undefined });
  if (!preview.ok) return;
  await ask('syncChecklist', { checklist, pageUser: undefined, preview: preview.value.id });
}

async function reconcile(ask: Ask, checklist: ChecklistRef): Promise<void> {
  const about = { checklist, pageUser: undefined };
  const found = await ask('previewReconcile', about);
  if (!found.ok) return;
  const chosen = found.value.plan.differences.flatMap(({ id, safe }) =>
    safe === undefined ? [] : [{ kind: 'offered' as const, difference: id, choice: safe }],
  );
  await ask('applyReconcile', { ...about, preview: found.value.id, chosen });
}

async function control(random: Random, ask: Ask, checklist: ChecklistRef): Promise<void> {
  const job = await ask('getJob', { checklist });
  if (!job.ok || !job.value) return;
  const action = random.pick(['pause', 'resume', 'resume', 'stop', 'dismiss'] as const) ?? 'pause';
  await ask('controlJob', { checklist, job: job.value.id, action });
}

async function undo(ask: Ask, checklist: ChecklistRef): Promise<void> {
  const runs = await ask('listRuns', { checklist, everywhere: false });
  const [run] = runs.ok ? runs.value : [];
  if (run) await ask('undoRun', { checklist, run: run.run });
}

async function readText(ask: Ask, checklist: ChecklistRef): Promise<void> {
  const texts = await ask('listTexts', { checklist });
  const [text] = texts.ok ? texts.value : [];
  if (!text) return;
  const read = await ask('getText', { checklist, id: text.id });
  if (read.ok) {
    await ask('restoreText', { checklist, id: text.id, now: read.value.now, pageUser: undefined });
  }
}

/** Three items: one is linked, two are not. */
function planOf({ github }: World, repo: string): Planned {
  const name = `ann/${repo}`;
  github.addRepo(name, { collaborators: { bob: 'push' } });
  const linked = github.addIssue(name, { title: 'Item 0', author: 'ann' });
  const body = `- [ ] Item 0 (closes #${linked})\n- [ ] Item one\n- [ ] Item two\n`;
  const number = github.addIssue(name, { title: 'Plan', body, author: 'ann' });
  const ref = { host: 'github.com', owner: 'ann', name: repo };
  return { checklist: issueChecklist({ repo: ref, number }), name, issues: [linked] };
}

/** A fetch that answers limits when it is told to, and notes what is asked under an account while one holds. */
function watchRequests(world: World, random: Random) {
  const tokens = { ann: world.token, bob: world.github.addUser('bob').token };
  const until = new Map<string, number>();
  const early: string[] = [];
  let pending = 0;
  let requests = 0;
  let limits = 0;
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const account = new Headers(init.headers).get('authorization') ?? '';
    const url = String(input instanceof Request ? input.url : input);
    requests += 1;
    if (now() < (until.get(account) ?? 0)) early.push(`${init.method ?? 'GET'} ${url}`);
    if (pending === 0) return world.github.fetch(input, init);
    pending -= 1;
    limits += 1;
    const { answer, until: end } = (random.pick(LIMITS) ?? fail())(now());
    setTimeout(() => until.set(account, Math.max(end, until.get(account) ?? 0)), READ_MS);
    return answer;
  };
  return {
    fetch,
    tokens,
    limitNext: (count: number) => {
      pending = count;
    },
    sums: () => ({ requests, limits, requestsWhileLimited: early }),
  };
}

function refusal(status: number, headers: Readonly<Record<string, string>>): Response {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes.';
  return Response.json({ message }, { status, headers });
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}

function fail(): never {
  throw new Error('there is nothing to pick');
}
