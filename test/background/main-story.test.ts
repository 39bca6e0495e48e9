import { describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { type ChecklistRef, issueChecklist, issueOfChecklist } from '../../lib/core/refs.ts';
import { connect } from '../../lib/store/db.ts';
import { savePendingToken } from '../../lib/store/tokens.ts';
import {
  given,
  OWN_PAGE,
  patiently,
  startWorker,
  tabOf,
  useBackground,
} from './background-world.ts';

const BODY =
  '# Plan\r\n\r\n- [ ] Write the docs\r\n- [ ] Test the import of files\r\n- [x] Done before\r\n';

describe('the background', () => {
  const world = useBackground();
  let made = 0;

  function plan(body = BODY): { name: string; checklist: ChecklistRef } {
    made += 1;
    const repo = { host: 'github.com', owner: 'ann', name: `demo${made}` };
    const name = `ann/${repo.name}`;
    world.github.addRepo(name);
    const number = world.github.addIssue(name, { title: 'Plan', body, author: 'ann' });
    return { name, checklist: issueChecklist({ repo, number }) };
  }

  async function preview(checklist: ChecklistRef) {
    const query = { checklist, pageUser: 'ann', options: {} };
    return given(await world.ask('previewGeneration', query));
  }

  async function ended(checklist: ChecklistRef): Promise<JobStatus> {
    return patiently(async () => {
      const job = given(await world.ask('getJob', { checklist }));
      if (job?.state !== 'ended') throw new Error(`still ${JSON.stringify(job)}`);
      return job;
    });
  }

  async function generate(checklist: ChecklistRef): Promise<JobStatus> {
    const { run } = await preview(checklist);
    given(await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' }));
    return ended(checklist);
  }

  it('previews, generates and links; again it finds nothing to do', async () => {
    await world.signIn();
    const { name, checklist } = plan();
    const shown = await preview(checklist);
    expect(shown.blockers).toEqual([]);
    expect(shown.rows.map(({ selected }) => selected)).toEqual([true, true, false]);
    const job = await generate(checklist);
    expect(job).toMatchObject({ outcome: 'done', counts: { created: 2, linked: 2 } });
    const issues = world.github
      .issues(name)
      .filter(({ number }) => number !== issueOfChecklist(checklist).number);
    expect(issues).toHaveLength(2);
    const links = issues.map(({ number }) => `(closes #${number})`);
    expect(world.github.issue(name, issueOfChecklist(checklist).number).body).toBe(
      BODY.replace('docs\r', `docs ${links[0]}\r`).replace('files\r', `files ${links[1]}\r`),
    );
    const again = await preview(checklist);
    expect(again.rows.filter(({ selected }) => selected)).toEqual([]);
    world.github.assertConforming();
  });

  it('tells the views through storage how far it is', async () => {
    await world.signIn();
    const { name, checklist } = plan();
    await generate(checklist);
    const key = `revision:github.com/${name}#${issueOfChecklist(checklist).number}`;
    const { [key]: revision } = await fakeBrowser.storage.session.get(key);
    expect(revision).toMatchObject({ job: { counts: { created: 2 } } });
    expect((revision as { number: number }).number).toBeGreaterThan(2);
  });

  it('shows counts and badges of a checklist that it worked on, and asks nobody about others', async () => {
    await world.signIn();
    const { name, checklist } = plan();
    const query = { checklist, pageUser: 'ann', known: true };
    world.github.clearRequests();
    expect(given(await world.ask('openChecklist', query))).toBeUndefined();
    expect(world.github.requests).toEqual([]);
    await generate(checklist);
    const first = world.github.issues(name).find(({ title }) => title === 'Write the docs');
    world.github.editIssue(
      name,
      first?.number ?? 0,
      { state: 'closed', stateReason: 'completed' },
      'ann',
    );
    const view = given(await world.ask('openChecklist', query));
    expect(view).toMatchObject({
      viewer: 'ann',
      counts: { items: 3, linked: 2, done: 1 },
      job: { outcome: 'done' },
    });
    expect(view?.badges.map((badge) => badge?.state)).toEqual(['completed', 'open', undefined]);
    expect(view?.badges[0]).toMatchObject({ text: `#${first?.number}`, title: 'Write the docs' });
  });

  it('of two clicks makes one job', async () => {
    await world.signIn();
    const { name, checklist } = plan();
    const { run } = await preview(checklist);
    const query = { checklist, run, choices: [], only: 'all' } as const;
    const [one, two] = await Promise.all([
      world.ask('generateIssues', query),
      world.ask('generateIssues', query),
    ]);
    expect(given(one).id).toBe(given(two).id);
    await ended(checklist);
    expect(given(await world.ask('generateIssues', query)).state).toBe('ended');
    expect(world.github.issues(name)).toHaveLength(3);
  });

  it('creates the first one only, with the title that the user wrote', async () => {
    await world.signIn();
    const { name, checklist } = plan();
    const { run } = await preview(checklist);
    const choices = [{ index: 0, title: 'Docs!' }];
    given(await world.ask('generateIssues', { checklist, run, choices, only: 'first' }));
    await ended(checklist);
    const titles = world.github.issues(name).map(({ title }) => title);
    expect(titles.sort()).toEqual(['Docs!', 'Plan']);
  });

  it('refuses a plan that is not its latest, and one of another checklist', async () => {
    await world.signIn();
    const { checklist } = plan();
    const other = plan().checklist;
    const old = await preview(checklist);
    const fresh = await preview(checklist);
    const confirm = (about: ChecklistRef, run: string) =>
      world.ask('generateIssues', { checklist: about, run, choices: [], only: 'all' });
    expect(await confirm(checklist, old.run)).toMatchObject({ failure: { code: 'stale-plan' } });
    expect(await confirm(other, fresh.run)).toMatchObject({ failure: { code: 'stale-plan' } });
  });

  it('refuses to write for a page where somebody else is signed in', async () => {
    await world.signIn();
    const { name, checklist } = plan();
    const query = { checklist, pageUser: 'bob', options: {} };
    const { run, blockers } = given(await world.ask('previewGeneration', query));
    expect(blockers.map(({ code }) => code)).toContain('wrong-user');
    const answer = await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' });
    expect(answer).toMatchObject({ failure: { code: 'wrong-user' } });
    expect(world.github.issues(name)).toHaveLength(1);
  });

  it('previews a public issue without a token and writes nothing', async () => {
    const { checklist } = plan();
    const { run, blockers, rows } = await preview(checklist);
    expect(rows).toHaveLength(3);
    expect(blockers[0]?.code).toBe('signed-out');
    const answer = await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' });
    expect(answer).toMatchObject({ failure: { code: 'signed-out' } });
    world.github.assertConforming();
  });

  it('pauses, resumes and stops', async () => {
    await world.signIn();
    const { name, checklist } = plan(lines(30));
    const { run } = await preview(checklist);
    const { id } = given(
      await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' }),
    );
    const control = async (action: 'pause' | 'resume' | 'stop' | 'dismiss') =>
      given(await world.ask('controlJob', { checklist, job: id, action }));
    await control('pause');
    await patiently(async () =>
      expect(given(await world.ask('getJob', { checklist }))?.state).toBe('paused'),
    );
    await control('resume');
    await control('stop');
    const job = await ended(checklist);
    expect(job.outcome).toBe('stopped');
    const others = world.github.issues(name).length - 1;
    expect(job.counts).toMatchObject({ created: others, linked: others });
    await control('dismiss');
    expect(given(await world.ask('getJob', { checklist }))).toBeUndefined();
  });

  it('shows a paused job again and again without telling the views that something is new', async () => {
    await world.signIn();
    const { name, checklist } = plan(lines(30));
    const { run } = await preview(checklist);
    const { id } = given(
      await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' }),
    );
    given(await world.ask('controlJob', { checklist, job: id, action: 'pause' }));
    const key = `revision:github.com/${name}#${issueOfChecklist(checklist).number}`;
    await patiently(async () =>
      expect(given(await world.ask('getJob', { checklist }))?.state).toBe('paused'),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = await fakeBrowser.storage.session.get(key);
    for (let time = 0; time < 5; time += 1) given(await world.ask('getJob', { checklist }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await fakeBrowser.storage.session.get(key)).toEqual(before);
    given(await world.ask('controlJob', { checklist, job: id, action: 'stop' }));
    await ended(checklist);
  });

  it('does not confirm a preview that was made for another user', async () => {
    await world.signIn();
    const { checklist } = plan();
    const { run } = await preview(checklist);
    await world.signIn(world.github.addUser('dan').token, 'dan');
    const answer = await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' });
    expect(answer).toMatchObject({ failure: { code: 'stale-plan' } });
  });

  it('undoes a run', async () => {
    await world.signIn();
    const { name, checklist } = plan();
    const { id } = await generate(checklist);
    given(await world.ask('undoRun', { checklist, run: id }));
    const job = await ended(checklist);
    expect(job).toMatchObject({
      kind: 'change',
      change: { cause: 'undo-generation' },
      outcome: 'done',
    });
    expect(world.github.issue(name, issueOfChecklist(checklist).number).body).toBe(BODY);
    const states = world.github
      .issues(name)
      .filter(({ number }) => number !== issueOfChecklist(checklist).number)
      .map(({ stateReason }) => stateReason);
    expect(states).toEqual(['not_planned', 'not_planned']);
    world.github.assertConforming();
  });

  it('goes on after the death of its worker, and creates nothing twice', async () => {
    await world.signIn();
    const { name, checklist } = plan(lines(12));
    const { run } = await preview(checklist);
    given(await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' }));
    // A second worker beside the first: locks keep them apart.
    await startWorker();
    await startWorker();
    const job = await ended(checklist);
    expect(job.counts).toMatchObject({ created: 12, linked: 12 });
    expect(world.github.issues(name)).toHaveLength(13);
  });

  it('waits for a new token when the old one is refused, and goes on with it', async () => {
    const { token } = world.github.addUser('carl');
    await world.signIn(token, 'carl');
    const { name, checklist } = plan();
    world.github.addRepo(`carl/${name.split('/')[1]}`);
    const number = world.github.addIssue(`carl/${name.split('/')[1]}`, {
      title: 'Plan',
      body: BODY,
      author: 'carl',
    });
    const own = issueChecklist({ repo: { ...checklist.repo, owner: 'carl' }, number });
    const query = { checklist: own, pageUser: 'carl', options: {} };
    const { run } = given(await world.ask('previewGeneration', query));
    world.github.revokeToken(token);
    given(await world.ask('generateIssues', { checklist: own, run, choices: [], only: 'all' }));
    await patiently(async () => {
      const job = given(await world.ask('getJob', { checklist: own }));
      expect(job?.failure?.code).toBe('bad-token');
    });
    const fresh = world.github.addUser('carl', { token: 'ghp_fresh' }).token;
    const account = await savePendingToken(connect(), 'github.com', fresh);
    given(await world.ask('checkAccount', { account, repo: undefined }));
    expect((await ended(own)).counts).toMatchObject({ created: 2, linked: 2 });
  });

  it('does not go on with the token of somebody else, and goes on with one of its own', async () => {
    await world.signIn();
    const { name, checklist } = plan(lines(30));
    const { run } = await preview(checklist);
    const { id } = given(
      await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' }),
    );
    const control = (action: 'pause' | 'resume') =>
      world.ask('controlJob', { checklist, job: id, action });
    given(await control('pause'));
    await patiently(async () =>
      expect(given(await world.ask('getJob', { checklist }))?.state).toBe('paused'),
    );
    await world.signIn(world.github.addUser('emil').token, 'emil');
    given(await control('resume'));
    await patiently(async () => {
      const job = given(await world.ask('getJob', { checklist }));
      expect(job?.failure?.code).toBe('run-of-other');
    });
    await world.signIn();
    given(await control('resume'));
    expect((await ended(checklist)).counts).toMatchObject({ created: 30, linked: 30 });
    const authors = world.github.issues(name).map(({ author }) => author);
    expect(new Set(authors)).toEqual(new Set(['ann']));
  });

  it('recovers a run whose journal was lost, from the markers, and asks before it goes on', async () => {
    await world.signIn();
    const { name, checklist } = plan(lines(6));
    const { run } = await preview(checklist);
    world.github.fault({
      method: 'POST',
      path: /\/issues$/,
      times: 50,
      skip: 3,
      action: {
        status: 403,
        headers: { 'retry-after': '1' },
        body: { message: 'secondary rate limit' },
      },
    });
    given(await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' }));
    await patiently(() => expect(world.github.issues(name)).toHaveLength(4));
    await patiently(async () =>
      expect(given(await world.ask('getJob', { checklist }))?.waiting?.why).toBe('limit'),
    );
    const db = connect();
    await db.use(async (open) => {
      for (const store of ['jobs', 'rows', 'controls', 'plans', 'paces'] as const) {
        await open.clear(store);
      }
    });
    world.github.clearFaults();
    await patiently(async () => {
      const job = given(await world.ask('getJob', { checklist }));
      expect(job).toMatchObject({ state: 'ended', failure: { code: 'journal-lost' } });
    });
    const again = await patiently(() => preview(checklist));
    expect(again.rows.map(({ decision }) => decision).sort()).toEqual([
      ...Array(3).fill('create'),
      ...Array(3).fill('link'),
    ]);
    const { run: second } = again;
    given(await world.ask('generateIssues', { checklist, run: second, choices: [], only: 'all' }));
    const job = await ended(checklist);
    expect(job.outcome).toBe('done');
    expect(world.github.issues(name)).toHaveLength(7);
    const body = world.github.issue(name, issueOfChecklist(checklist).number).body ?? '';
    expect(body.match(/\(closes #\d+\)/g)).toHaveLength(6);
  });

  it('answers the GitHub page only about what its tab shows, and only our own pages about tokens', async () => {
    await world.signIn();
    const { checklist } = plan();
    const other = plan().checklist;
    const refused = { ok: false, failure: { code: 'stale-page' } };
    const query = { checklist, pageUser: 'ann', options: {} };
    world.github.clearRequests();
    expect(await world.ask('previewGeneration', query, tabOf(other))).toMatchObject(refused);
    const check = { account: 'x', repo: undefined };
    expect(await world.ask('checkAccount', check, tabOf(checklist))).toMatchObject(refused);
    expect(world.github.requests).toEqual([]);
    expect(await world.ask('checkAccount', check, OWN_PAGE)).toMatchObject({
      failure: { code: 'token-unreadable' },
    });
  });

  it('checks a token: its user, scopes and a repository', async () => {
    const db = connect();
    const { name } = plan();
    const account = await savePendingToken(db, 'github.com', world.token);
    const checked = given(await world.ask('checkAccount', { account, repo: name }));
    expect(checked).toMatchObject({ login: 'ann', repo: { name, readable: true } });
    const nowhere = given(await world.ask('checkAccount', { account, repo: 'ann/nowhere' }));
    expect(nowhere.repo).toMatchObject({ readable: false, failure: { code: 'not-found' } });
    const wrong = await savePendingToken(db, 'github.com', 'ghp_wrong');
    expect(await world.ask('checkAccount', { account: wrong, repo: undefined })).toMatchObject({
      failure: { code: 'bad-token' },
    });
  });

  it('lets the token appear in no message, no storage, no log and no plan', async () => {
    await world.signIn();
    const { checklist } = plan();
    const account = await savePendingToken(connect(), 'github.com', world.token);
    given(await world.ask('checkAccount', { account, repo: undefined }));
    await generate(checklist);
    const { id } = await ended(checklist);
    given(await world.ask('undoRun', { checklist, run: id }));
    await ended(checklist);
    const stored = await connect().use(async (open) => {
      const stores = [...open.objectStoreNames];
      const all = await Promise.all(stores.map((store) => open.getAll(store)));
      expect(all.flat().length).toBeGreaterThan(10);
      return JSON.stringify(all);
    });
    const local = JSON.stringify(await fakeBrowser.storage.local.get(null));
    expect(world.messages.length).toBeGreaterThan(4);
    for (const text of [stored, local, ...world.messages]) expect(text).not.toContain('CANARY');
    const authorised = world.github.requests.filter(
      ({ authorizationHash }) => authorizationHash !== '',
    );
    expect(new Set(authorised.map(({ host }) => host))).toEqual(new Set(['api.github.com']));
  });
});

function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => `- [ ] Item number ${index}\n`).join('');
}
