import { issueChecklist } from '../../lib/core/refs.ts';
import type { Locks, SyncPorts } from '../../lib/ports.ts';
/** What keeping checklists true costs in requests and points, against the local GitHub, beside a plain script. */
import 'fake-indexeddb/auto';
import { DEFAULT_PREFERENCES, rulesOf } from '../../lib/core/settings/settings.ts';
import type { TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { type PollPorts, poll } from '../../lib/engine/poll.ts';
import { createClient } from '../../lib/github/client.ts';
import { createGitHub } from '../../lib/github/github.ts';
import { connect } from '../../lib/store/db.ts';
import { createJobStore } from '../../lib/store/jobs.ts';
import { createSyncStore } from '../../lib/store/syncs.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';
import type { Report } from './run.ts';

const USER = 'monalisa';
const HOUR_MS = 3_600_000;

/** Idle polls of 20 repositories, and a sync of 500 items of which 50 were closed. */
export async function benchSync(report: Report): Promise<void> {
  await benchIdlePolls(report);
  await benchLargeSync(report);
}

async function benchIdlePolls(report: Report): Promise<void> {
  const github = await startLocalGitHub();
  const { token } = github.addUser(USER);
  const tracked = Array.from({ length: 20 }, (_, index): TrackedChecklist => {
    const name = `plan-${index}`;
    github.addRepo(`${USER}/${name}`);
    const issue = github.addIssue(`${USER}/${name}`, { title: 'Item', author: USER });
    const body = `- [ ] Item (closes #${issue})`;
    const number = github.addIssue(`${USER}/${name}`, { title: 'Plan', body, author: USER });
    const checklist = { repo: { host: 'github.com', owner: USER, name }, number };
    return { checklist: issueChecklist(checklist), title: 'Plan', login: USER, since: 0 };
  });
  const poller = createPoller(github.fetch, token, tracked, 'idle');
  for (let round = 0; round < 4; round++) await poller.poll();
  github.clearRequests();
  await poller.poll();
  const { points, notModified, requests } = github.report();
  console.log(`  20 repositories: ${requests} requests, ${notModified} of them unchanged (304)`);
  report('idle-poll-20-repositories-requests', requests, 'requests', '<= 20');
  report('idle-poll-20-repositories-points', points.total, 'points', '<= 0');
  poller.answerUnchanged();
  const times: number[] = [];
  for (let round = 0; round < 11; round++) {
    const start = performance.now();
    await poller.poll();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  report('idle-poll-20-repositories-time', times[5] ?? Number.NaN, 'ms', '<= 50');
  await github.close();
}

async function benchLargeSync(report: Report): Promise<void> {
  // The issues are two hours old, the last check one.
  let hoursAgo = 2;
  const github = await startLocalGitHub({ clock: () => Date.now() - hoursAgo * HOUR_MS });
  const { token } = github.addUser(USER);
  const name = 'plan';
  const full = `${USER}/${name}`;
  github.addRepo(full);
  const issues = Array.from({ length: 500 }, (_, index) =>
    github.addIssue(full, { title: `Item ${index}`, author: USER }),
  );
  const body = issues.map((issue, index) => `- [ ] Item ${index} (closes #${issue})`).join('\r\n');
  const number = github.addIssue(full, { title: 'Plan', body, author: USER });
  const checklist = { repo: { host: 'github.com', owner: USER, name }, number };
  const tracked = [{ checklist: issueChecklist(checklist), title: 'Plan', login: USER, since: 0 }];
  const poller = createPoller(github.fetch, token, tracked, 'large');
  hoursAgo = 1;
  for (let round = 0; round < 4; round++) await poller.poll();
  hoursAgo = 0;
  // A pull request each for half of them; the others were closed by hand.
  for (const [index, issue] of issues.slice(0, 50).entries()) {
    if (index % 2 === 0) github.editIssue(full, issue, { state: 'closed' }, USER);
    else {
      const pull = github.addPull(full, { title: 'Work', body: `Closes #${issue}`, author: USER });
      github.mergePull(full, pull, USER);
    }
  }
  github.clearRequests();
  await poller.poll();
  const mine = github.report();
  const ticked = (github.issue(full, number).body ?? '').match(/\[x\]/g)?.length ?? 0;
  if (ticked !== 50) throw new Error(`${ticked} of 50 items are ticked`);
  const plain = await readPlainly(github, full, [...issues, number], token);
  console.log(
    `  500 items, 50 closed: ${mine.requests} requests, ${mine.points.total} points;`,
    `a plain script: ${plain.requests} requests, ${plain.points.total} points`,
  );
  report('sync-500-with-50-closed-requests', mine.requests, 'requests', '<= 6');
  github.assertConforming();
  await github.close();
}

/** One GET per item, as scripts do; it finds the states, and no pull requests yet. */
async function readPlainly(
  github: LocalGitHub,
  repo: string,
  numbers: readonly number[],
  token: string,
): Promise<ReturnType<LocalGitHub['report']>> {
  github.clearRequests();
  for (const number of numbers) {
    await github.fetch(`https://api.github.com/repos/${repo}/issues/${number}`, {
      headers: { authorization: `Bearer ${token}`, 'user-agent': 'script' },
    });
  }
  return github.report();
}

/** A browser's background as far as polling goes. */
function createPoller(
  fetch: typeof globalThis.fetch,
  token: string,
  tracked: readonly TrackedChecklist[],
  name: string,
) {
  let answer = fetch;
  const db = connect(name);
  const syncs = createSyncStore(db);
  const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
  const client = createClient({
    host: 'github.com',
    token,
    fetch: (...request) => answer(...request),
    timeoutMs: 60_000,
  });
  const ports: SyncPorts = {
    github: createGitHub(client),
    store: createJobStore(db),
    syncs,
    clock,
    locks: LOCKS,
    timing: DEFAULT_PREFERENCES.timing,
    login: USER,
    rules: rulesOf(DEFAULT_PREFERENCES),
    isEditorOpen: () => false,
    newId: () => '01HZX5W0000000000000000000',
  };
  const polling: PollPorts = {
    syncs,
    locks: LOCKS,
    clock,
    everyMs: 120_000,
    identity: 'links',
    random: () => 0.5,
    listTracked: () => Promise.resolve(tracked),
    release: () => Promise.reject(new Error('released')),
    moved: () => Promise.reject(new Error('moved')),
    portsFor: () => Promise.resolve({ ok: true, value: ports }),
    isJobOpen: () => Promise.resolve(false),
    onChange: () => {},
  };
  return {
    poll: () => poll(polling, Date.now() + 600_000),
    /** From now on every question is answered at once, so that only our own time is measured. */
    answerUnchanged: () => {
      const headers = { date: new Date().toUTCString() };
      answer = () => Promise.resolve(new Response(null, { status: 304, headers }));
    },
  };
}

const LOCKS: Locks = {
  withLock: (_, run) => run(),
  tryLock: (_, run) => run(),
};
