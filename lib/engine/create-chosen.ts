import { actingAccount } from '../core/account.ts';
import type { JobHeader } from '../core/engine/job.ts';
import { hasPendingCreates, runOfCreates, withoutCreates } from '../core/engine/new-change.ts';
import { newJob } from '../core/engine/new-job.ts';
import {
  type Failure,
  meaningForRun,
  passesByItself,
  type Result,
  succeed,
} from '../core/failures.ts';
import { choose } from '../core/plan/choose.ts';
import type { GenerationPlan } from '../core/plan/plan-generation.ts';
import type { Ports } from '../ports.ts';
import { planFresh } from './preview-generation.ts';
import { listRunsOver } from './recover-job.ts';
import { startJob } from './start-job.ts';

/** How long after GitHub did not answer the next try is made, in milliseconds. */
const AGAIN_MS = 30_000;

/**
 * Begins the generations of issues that were chosen with a change, of all checklists or of one, where the change has
 * ended. May be killed anywhere and called again: the run is worked out from the change, and a job that exists under it
 * is not begun twice. Answers the jobs that are to be run.
 */
export async function startCreates(
  ports: Ports,
  checklistKey?: string,
): Promise<readonly JobHeader[]> {
  if (await ports.isPaused()) return [];
  const headers =
    checklistKey === undefined
      ? await ports.store.listPendingCreates()
      : (await ports.store.listJobs(checklistKey)).filter(hasPendingCreates);
  const begun: JobHeader[] = [];
  for (const { id, checklistKey: key } of headers) {
    const job = await ports.locks.withLock(`start:${key}`, () => startCreatesOf(ports, id));
    if (job !== undefined) begun.push(job);
  }
  return begun;
}

/** The user does not want the issues any more that a change is still to create. */
export function dropCreates(ports: Ports, { id, checklistKey }: JobHeader): Promise<void> {
  return ports.locks.withLock(`start:${checklistKey}`, async () => {
    const header = (await ports.store.loadJob(id))?.header;
    if (header !== undefined && hasPendingCreates(header)) await settle(ports, header);
  });
}

async function startCreatesOf(ports: Ports, id: string): Promise<JobHeader | undefined> {
  const { store } = ports;
  const { header, control } = (await store.loadJob(id)) ?? {};
  if (header === undefined || !hasPendingCreates(header)) return undefined;
  if (control?.action === 'pause') return undefined;
  const begun = await store.loadJob(runOfCreates(id));
  if (begun !== undefined) {
    await settle(ports, header);
    return begun.header.endedAt === undefined ? begun.header : undefined;
  }
  if (header.outcome !== 'done') {
    await settle(ports, header);
    return undefined;
  }
  // Its end brings us back.
  if ((await store.loadOpenJob(header.checklistKey)) !== undefined) return undefined;
  const plan = await planCreates(ports, header);
  return plan.ok ? begin(ports, header, plan.value) : postpone(ports, header, plan.failure);
}

/** The plan of a generation on a fresh read: the chosen items, whatever else exists for them; not those that link an issue by now. */
async function planCreates(
  ports: Ports,
  header: JobHeader<'change'>,
): Promise<Result<GenerationPlan>> {
  const { checklist, login, change } = header;
  const { host } = checklist.repo;
  const { github, account } = await ports.openGitHub(host);
  const user = actingAccount(host, account, { kind: 'run', login });
  if (!user.ok) return user;
  const query = { checklist, pageUser: undefined, options: {} };
  const planned = await planFresh(query, github, ports, runOfCreates(header.id));
  if (!planned.ok) return planned;
  const wanted = new Set(change.creates.map(({ key }) => key));
  const choices = planned.value.rows.map(({ index, item }) =>
    wanted.has(item.key)
      ? ({ index, selected: true, create: true } as const)
      : ({ index, selected: false } as const),
  );
  return succeed(choose(planned.value, choices));
}

async function begin(
  ports: Ports,
  header: JobHeader<'change'>,
  plan: GenerationPlan,
): Promise<JobHeader | undefined> {
  const [blocker] = plan.blockers;
  if (blocker !== undefined) {
    // Nothing selected: all chosen items are linked by now, or gone.
    await settle(ports, header, blocker.code === 'nothing-selected' ? undefined : blocker);
    return undefined;
  }
  const { careful } = await ports.preferences();
  const endedRuns = await listRunsOver(ports, header.checklistKey);
  const account = { login: header.login, endedRuns, careful };
  const job = newJob(plan, account, ports.clock.now());
  const started = await startJob(ports, job);
  if (!started.ok) return undefined;
  await settle(ports, header);
  return job.header;
}

/** Nothing is to be created any more: it was begun, or cannot be. */
async function settle(ports: Ports, header: JobHeader<'change'>, problem?: Failure): Promise<void> {
  const { hold: _over, ...settled } = withoutCreates(header);
  const failed = problem !== undefined && ({ outcome: 'failed', failure: problem } as const);
  await ports.store.save(header.id, { header: { ...settled, ...failed } });
  ports.onChange(header.checklist);
}

async function postpone(
  ports: Ports,
  header: JobHeader<'change'>,
  problem: Failure,
): Promise<undefined> {
  const now = ports.clock.now();
  if (meaningForRun(problem.code) === 'hold') {
    if (header.hold?.failure.code === problem.code) return;
    const held = { ...header, hold: { failure: problem, at: now } };
    await ports.store.save(header.id, { header: held });
    ports.onChange(header.checklist);
  } else if (passesByItself(problem.code)) {
    await ports.wake.wakeAt(header.id, Math.max(problem.retryAt ?? 0, now + AGAIN_MS));
  } else {
    await settle(ports, header, problem);
  }
}
