import type { Chosen } from '../../lib/core/differences/chosen.ts';
import type { ReconcileRecord } from '../../lib/core/differences/reconcile-record.ts';
import { type Resolution, resolve } from '../../lib/core/differences/resolve.ts';
import type { ChangeCause } from '../../lib/core/engine/change.ts';
import { isOfKind, type Job, type OpenJobHeader } from '../../lib/core/engine/job.ts';
import { type ChangeDraft, newChange, runOfCreates } from '../../lib/core/engine/new-change.ts';
import { newJob } from '../../lib/core/engine/new-job.ts';
import { type Failure, type Result, succeed } from '../../lib/core/failures.ts';
import { issuesToAsk } from '../../lib/core/identity/asked-issues.ts';
import { readMap } from '../../lib/core/identity/identity-map.ts';
import type { IdentityStrategy } from '../../lib/core/identity/issue.ts';
import type { LogEvent } from '../../lib/core/log/event.ts';
import { choose } from '../../lib/core/plan/choose.ts';
import { planGeneration } from '../../lib/core/plan/make-plan.ts';
import type {
  GenerationFacts,
  GenerationPlan,
  RowChoice,
} from '../../lib/core/plan/plan-generation.ts';
import { issueKey, type RepoRef } from '../../lib/core/refs.ts';
import { takeBackRows } from '../../lib/core/runs/take-back.ts';
import { undoGeneration } from '../../lib/core/runs/undo-generation.ts';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { withText } from '../../lib/engine/checklist-text.ts';
import { type ReconcileReading, readReconcile } from '../../lib/engine/read-reconcile.ts';
import { reconcileByItself } from '../../lib/engine/reconcile-by-itself.ts';
import { runSlice } from '../../lib/engine/run.ts';
import { startJob } from '../../lib/engine/start-job.ts';
import { syncChecklist } from '../../lib/engine/sync-checklist.ts';
import { verifyWrites } from '../../lib/engine/verify-writes.ts';
import type { JobPorts } from '../../lib/ports.ts';
import type { JobStore } from '../../lib/store-ports.ts';
import type { FakeClock } from './fake-clock.ts';
import { knownIssue } from './fake-things.ts';
import { type Killer, KillSignal } from './kill.ts';
import { queryOf } from './reconcile-setup.ts';
import type { SyncFake } from './sync-fake.ts';
import { connectJobs } from './sync-fake-jobs.ts';
import { type Browser, KEY, MASTER } from './sync-world.ts';
import { runId } from './world.ts';

/** All that one user lets Masterlist do on a fake GitHub, by the functions that the product calls for it. Each survives its worker's death. */
export interface Masterlist {
  look(left?: readonly string[]): Promise<ReconcileReading>;
  /** Does what is chosen of the differences as they are now, and creates the issues that were chosen with it. */
  reconcile(
    choose: (seen: ReconcileReading) => readonly Chosen[],
  ): Promise<{ readonly resolution: Resolution; readonly runs: readonly string[] }>;
  /** Generates issues for the items at some places; answers the run, or nothing where there is none to make. */
  generate(wanted: (index: number) => boolean): Promise<string | undefined>;
  sync(): Promise<number>;
  night(): Promise<{ readonly record: ReconcileRecord; readonly updated: number }>;
  /** Takes a run back; answers the run that does it, or nothing where nothing is left of it. */
  undo(run: string): Promise<string | undefined>;
  events(): Promise<readonly LogEvent[]>;
  /** Runs that wrote something and may be undone, oldest first. */
  readonly runs: readonly string[];
}

/** Where Masterlist works. */
export interface MasterlistOptions {
  readonly clock: FakeClock;
  readonly fake: SyncFake;
  readonly browser: Browser;
  readonly identity?: IdentityStrategy;
  readonly targets?: readonly RepoRef[];
  readonly killer?: Killer;
  /** Ids of the runs begin after this number. */
  readonly from?: number;
}

/** Between two tries, in milliseconds. */
const AGAIN_MS = 30_000;

/** More tries than any work of the tests needs. */
const MOST_TRIES = 500;

/** Makes a user's Masterlist. */
export function createMasterlist(options: MasterlistOptions): Masterlist {
  const { clock, fake, browser, identity = 'links', targets = [], killer, from = 0 } = options;
  const { login } = browser;
  const headers = new Map<string, OpenJobHeader>();
  const runs: string[] = [];
  let last = from;
  const newRun = () => {
    last += 1_000;
    return runId(last);
  };
  const query = (left: readonly string[] = []) => queryOf({ identity, targets, left });
  // One and the same object: its store and locks are the browser's.
  const shared = browser.sync();
  const store = shared.store as JobStore;
  const ports: JobPorts = {
    github: connectJobs(fake, clock, login, killer),
    store,
    clock,
    locks: shared.locks,
    wake: { wakeAt: async () => {}, clear: async () => {} },
    headers: {
      save: async (header) => void headers.set(header.id, header),
      list: async () => [...headers.values()],
      remove: async (id) => void headers.delete(id),
    },
    timing: DEFAULT_PREFERENCES.timing,
    isEditorOpen: () => false,
    onProgress: () => {},
    onChange: () => {},
  };

  /** Does something until its worker survives it and GitHub lets it. */
  async function insist<T>(work: () => Promise<Result<T>>): Promise<T> {
    let problem: Failure | undefined;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      try {
        // As the poll does when a worker starts.
        if (tries > 0) await verify();
        const done = await work();
        if (done.ok) return done.value;
        problem = done.failure;
      } catch (signal) {
        if (!(signal instanceof KillSignal)) throw signal;
      }
      clock.advance(AGAIN_MS);
    }
    throw new Error(`never done: ${problem?.message}`);
  }

  async function verify(): Promise<void> {
    const sync = browser.sync();
    for (const write of await sync.syncs.listUnverified()) {
      if ((await store.loadOpenJob(KEY)) === undefined)
        await verifyWrites(withText(sync), write, sync.newId());
    }
  }

  async function drive(id: string): Promise<void> {
    for (let slices = 0; slices < MOST_TRIES; slices++) {
      try {
        const end = await runSlice(ports, id, clock.now() + ports.timing.sliceMs);
        if (end.kind === 'ended') return;
        if (end.kind === 'waiting') clock.reach(end.until);
        else if (end.kind !== 'more') throw new Error(`${id} is ${end.kind}`);
      } catch (signal) {
        if (!(signal instanceof KillSignal)) throw signal;
        clock.advance(AGAIN_MS);
      }
    }
    throw new Error(`${id} did not end`);
  }

  async function run(job: Job): Promise<string> {
    const { id } = job.header;
    await insist(() => startJob(ports, job));
    await drive(id);
    runs.push(id);
    return id;
  }

  async function accountNow() {
    return { login, endedRuns: await store.listEndedRuns(KEY), careful: false };
  }

  async function change(
    cause: ChangeCause,
    rows: readonly ChangeDraft[],
    more: { readonly creates?: Resolution['creates']; readonly undoes?: string } = {},
  ): Promise<string> {
    const { linkStyle, placeholder } = browser.rules;
    const { creates = [], undoes } = more;
    const log = await store.listEvents(KEY);
    const draft = { id: newRun(), checklist: MASTER, cause, rows, creates, log } as const;
    const how = { linkStyle, placeholder, identity, ...(undoes && { undoes }) };
    return run(newChange({ ...draft, ...how }, await accountNow(), clock.now()));
  }

  async function generateRows(
    id: string,
    choicesOf: (plan: GenerationPlan) => readonly RowChoice[],
  ): Promise<string | undefined> {
    const { linkStyle, placeholder } = browser.rules;
    const options = {
      ...DEFAULT_PREFERENCES.generation,
      ...{ identity, comment: false, linkStyle, placeholder },
    };
    const facts = generationFacts(fake, login, placeholder, identity);
    const read = parseChecklist(facts.master.body, { placeholder });
    const plan = planGeneration(facts, read, options, id);
    const chosen = choose(plan, choicesOf(plan));
    if (chosen.blockers.length > 0) return undefined;
    return run(newJob(chosen, await accountNow(), clock.now()));
  }

  const masterlist: Masterlist = {
    runs,
    events: () => browser.events(),
    look: (left) => insist(() => readReconcile(browser.sync(), query(left))),
    async reconcile(choose) {
      const approved = await masterlist.look();
      const chosen = choose(approved);
      const fresh = await masterlist.look();
      const resolution = resolve(fresh, approved.plan, chosen);
      if (resolution.rows.length + resolution.creates.length === 0) return { resolution, runs: [] };
      const { creates } = resolution;
      const id = await change('resolve', resolution.rows, { creates });
      const wanted = new Set(creates.map(({ key }) => key));
      if (wanted.size === 0) return { resolution, runs: [id] };
      const made = await generateRows(runOfCreates(id), ({ rows }) =>
        rows.map(({ index, item }) => ({
          index,
          selected: wanted.has(item.key),
          ...(wanted.has(item.key) && { create: true }),
        })),
      );
      return { resolution, runs: made === undefined ? [id] : [id, made] };
    },
    generate: (wanted) =>
      generateRows(newRun(), ({ rows }) =>
        rows.map(({ index, selected }) => ({ index, selected: selected && wanted(index) })),
      ),
    async sync() {
      const cause = { by: 'click', what: 'sync' } as const;
      const request = {
        checklist: MASTER,
        identity,
        read: 'all',
        cause,
        background: false,
      } as const;
      return (await insist(() => syncChecklist(browser.sync(), request))).updated;
    },
    night: () => insist(() => reconcileByItself(browser.sync(), query(), undefined)),
    async undo(id) {
      const log = await store.listEvents(KEY);
      const done = await insist(async () => succeed(await store.loadJob(id)));
      if (done !== undefined && isOfKind(done, 'generate')) {
        const undo = { ...undoGeneration(done), id: newRun(), log };
        return run(newChange(undo, await accountNow(), clock.now()));
      }
      const events = log.filter((event) => event.run === id);
      const { placeholder } = browser.rules;
      const rows = takeBackRows(events, fake.text(), { repo: MASTER.repo, placeholder });
      return rows.length === 0 ? undefined : change('undo', rows, { undoes: id });
    },
  };
  return masterlist;
}

/** What a preview of a generation reads. */
function generationFacts(
  fake: SyncFake,
  login: string,
  placeholder: string,
  identity: IdentityStrategy,
): GenerationFacts {
  const all = fake.list().map(knownIssue);
  const text = fake.text();
  const { items } = parseChecklist(text, { placeholder });
  const map = identity === 'block' ? readMap(text, items, MASTER.repo) : undefined;
  const asked = issuesToAsk(items, MASTER, map);
  const referenced = asked.flatMap((ref) => {
    const thing = fake.thingAt(ref);
    return thing === undefined ? [] : [[issueKey(ref), knownIssue(thing)] as const];
  });
  return {
    checklist: MASTER,
    master: {
      title: 'Release checklist',
      body: text,
      state: 'open',
      locked: false,
      isPullRequest: false,
      viewerCanUpdate: true,
    },
    target: {
      repo: MASTER.repo,
      archived: false,
      issuesEnabled: true,
      canCreate: true,
      canLabel: true,
      labels: [],
      milestones: [],
    },
    viewer: login,
    pageUser: login,
    allowOtherUser: false,
    referenced: Object.fromEntries(referenced),
    candidates: all.filter(({ kind }) => kind === 'issue'),
    looked: { issues: all.length, back: undefined, complete: true },
  };
}
