import { issueChecklist } from '../../lib/core/refs.ts';
/** What a look for differences costs in requests when there are none, against the local GitHub. */
import 'fake-indexeddb/auto';
import { DEFAULT_PREFERENCES, rulesOf } from '../../lib/core/settings/settings.ts';
import { formatMarker, markerFor } from '../../lib/core/text/marker.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { readReconcile } from '../../lib/engine/read-reconcile.ts';
import { createClient } from '../../lib/github/client.ts';
import { createGitHub } from '../../lib/github/github.ts';
import { connect } from '../../lib/store/db.ts';
import { createJobStore } from '../../lib/store/jobs.ts';
import { createSyncStore } from '../../lib/store/syncs.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';
import type { Report } from './run.ts';

const USER = 'monalisa';
const REPO = `${USER}/plan`;
const ITEMS = 500;
/** A page of the list of issues. */
const SWEEP = /\/issues\?/;

/** A reconcile of 500 items of which every one agrees with its issue, half of them merged. */
export async function benchReconcile(report: Report): Promise<void> {
  const github = await startLocalGitHub();
  const { token } = github.addUser(USER);
  github.addRepo(REPO);
  const number = addPlan(github);
  const client = createClient({
    host: 'github.com',
    token,
    fetch: github.fetch,
    timeoutMs: 60_000,
  });
  const db = connect('reconcile');
  github.clearRequests();
  const start = performance.now();
  const read = await readReconcile(
    {
      github: createGitHub(client),
      store: createJobStore(db),
      syncs: createSyncStore(db),
      clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
      locks: { withLock: (_, run) => run(), tryLock: (_, run) => run() },
      timing: DEFAULT_PREFERENCES.timing,
      login: USER,
      rules: rulesOf(DEFAULT_PREFERENCES),
      isEditorOpen: () => false,
      newId: () => 'run',
    },
    {
      checklist: issueChecklist({
        repo: { host: 'github.com', owner: USER, name: 'plan' },
        number,
      }),
      identity: 'links',
      left: [],
      targets: [],
    },
  );
  const ms = performance.now() - start;
  if (!read.ok) throw new Error(read.failure.message);
  const { differences } = read.value.plan;
  if (differences.length > 0) throw new Error(`${differences.length} differences`);
  const { requests, points } = github.report();
  const pages = github.requests.filter(({ url }) => SWEEP.test(url)).length;
  console.log(
    `  500 items without a difference: ${requests} requests, ${pages} of them pages of the sweep,`,
    `${points.total} points, ${Math.round(ms)} ms`,
  );
  report('reconcile-500-requests', requests - pages, 'requests', '<= 8');
  github.assertConforming();
  await github.close();
}

/** Issues with markers, linked; a merged pull request closed every other one and stands behind it. */
function addPlan(github: LocalGitHub): number {
  const master = github.addIssue(REPO, { title: 'Plan', body: '', author: USER });
  const checklist = { repo: { host: 'github.com', owner: USER, name: 'plan' }, number: master };
  const plain = Array.from({ length: ITEMS }, (_, index) => `- [ ] Item ${index}`).join('\r\n');
  const lines = parseChecklist(plain).items.map((item) => {
    const { text, index } = item;
    const run = '01JAAAAAAAAAAAAAAAAAAAAAAA';
    const marker = formatMarker(markerFor(item, issueChecklist(checklist), run));
    const body = `${text}\n\nPart of #${master}\n\n${marker}`;
    const issue = github.addIssue(REPO, { title: text, body, author: USER });
    if (index % 2 === 1) return `- [ ] ${text} (closes #${issue})`;
    const pull = github.addPull(REPO, { title: text, body: `Closes #${issue}`, author: USER });
    github.mergePull(REPO, pull, USER);
    return `- [x] ${text} (closes #${issue}) (#${pull})`;
  });
  github.editIssue(REPO, master, { body: lines.join('\r\n') }, USER);
  return master;
}
