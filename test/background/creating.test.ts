import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Background, createBackground } from '../../entrypoints/background/ports.ts';
import { controlJob } from '../../entrypoints/background/runs.ts';
import { hasPendingCreates, newChange, runOfCreates } from '../../lib/core/engine/new-change.ts';
import {
  type ChecklistRef,
  checklistKey,
  issueChecklist,
  issueOfChecklist,
} from '../../lib/core/refs.ts';
import { locatorOf } from '../../lib/core/text/checklist.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { startCreates } from '../../lib/engine/create-chosen.ts';
import { statusOf } from '../../lib/engine/job-status.ts';
import { resumeJobs } from '../../lib/engine/resume-jobs.ts';
import { startJob } from '../../lib/engine/start-job.ts';
import { completePreferences } from '../../lib/settings.ts';
import { connect } from '../../lib/store/db.ts';
import { createJobStore } from '../../lib/store/jobs.ts';
import { activateAccount, savePendingToken } from '../../lib/store/tokens.ts';
import type { JobStore } from '../../lib/store-ports.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';
import { FAST } from './background-world.ts';

const OWN = { id: 'x', pages: 'chrome-extension://x/' };
const CHANGE = '01JAAAAAAAAAAAAAAAAAAAAAAA';
const BODY = '- [ ] One\n- [ ] Two\n- [ ] Three\n';

describe('creating the issues that were chosen with a change run', () => {
  let github: LocalGitHub;
  let token: string;
  let made = 0;
  let checklist: ChecklistRef;

  beforeAll(async () => {
    github = await startLocalGitHub();
    github.configure({ secondaryLimits: null });
    token = github.addUser('ann').token;
    github.addUser('bob');
  });
  beforeEach(async () => {
    github.clearFaults();
    made += 1;
    github.addRepo(`ann/made${made}`);
    const number = github.addIssue(name(), { title: 'Plan', body: BODY, author: 'ann' });
    checklist = issueChecklist({
      repo: { host: 'github.com', owner: 'ann', name: `made${made}` },
      number,
    });
    await signIn(token, 'ann');
  });
  afterAll(() => github.close());

  const name = () => `ann/made${made}`;
  const text = () => github.issue(name(), issueOfChecklist(checklist).number).body ?? '';
  const titles = () =>
    github
      .issues(name())
      .map(({ title }) => title)
      .filter((title) => title !== 'Plan')
      .sort();

  async function signIn(secret: string, login: string) {
    const db = connect();
    const id = await savePendingToken(db, 'github.com', secret);
    const details = { login, kind: 'classic', scopes: [], expiresAt: undefined } as const;
    await activateAccount(db, id, { ...details, checkedAt: 0 });
  }

  function worker(parts: Partial<Background> = {}): Background {
    return createBackground({
      own: OWN,
      db: connect(),
      fetch: github.fetch,
      preferences: async () => completePreferences(FAST),
      ...parts,
    });
  }

  /** A change run that has just ended, with issues to be created for some items. */
  async function endedChange(...texts: readonly string[]): Promise<Background> {
    const background = worker();
    const creates = parseChecklist(text())
      .items.filter((item) => texts.includes(item.text))
      .map(locatorOf);
    const style = { linkStyle: 'closes', placeholder: '', identity: 'links' } as const;
    const account = { login: 'ann', endedRuns: [], careful: false };
    const change = {
      id: CHANGE,
      checklist,
      cause: 'resolve',
      rows: [],
      creates,
      ...style,
    } as const;
    const job = newChange(change, account, 1);
    await startJob(background, job);
    const header = { ...job.header, endedAt: 2, outcome: 'done' } as const;
    await background.store.save(CHANGE, { header });
    await background.headers.remove(CHANGE);
    return background;
  }

  async function isPending(background: Background): Promise<boolean> {
    return (await background.store.listJobs(checklistKey(checklist))).some(hasPendingCreates);
  }

  it('makes exactly these, and links them', async () => {
    const background = await endedChange('One', 'Three');
    await resumeJobs(background);
    expect(titles()).toEqual(['One', 'Three']);
    expect(text()).toMatch(/^- \[ \] One \(closes #\d+\)\n- \[ \] Two\n- \[ \] Three \(closes/);
    expect(await isPending(background)).toBe(false);
    await resumeJobs(worker());
    expect(titles()).toEqual(['One', 'Three']);
  });

  it('counts as not over until they are begun', async () => {
    const background = await endedChange('One');
    const job = await background.store.loadJob(CHANGE);
    const status = job && (await statusOf(background, job));
    expect(status).toMatchObject({ state: 'running', change: { creates: 1 } });
    expect(status?.endedAt).toBeUndefined();
    await resumeJobs(background);
    const after = await background.store.loadJob(CHANGE);
    expect(after && (await statusOf(background, after))).toMatchObject({ state: 'ended' });
  });

  it('creates each once, wherever the worker dies between change run and generation', async () => {
    await endedChange('One', 'Two');
    let gates = 0;
    for (let gate = 0; ; gate += 1) {
      const dying = dieAt(worker().store, gate);
      const dead = await startCreates(worker({ store: dying.store })).then(
        () => false,
        () => true,
      );
      // Two that start at once make one job.
      await Promise.all([startCreates(worker()), startCreates(worker())]);
      const jobs = await createJobStore(connect()).listJobs(checklistKey(checklist));
      expect(jobs.map(({ id }) => id).sort()).toEqual([CHANGE, runOfCreates(CHANGE)].sort());
      if (!dead) break;
      gates += 1;
      // As it was before, for the next gate: nothing was sent to GitHub yet.
      expect(titles()).toEqual([]);
      await connect().use(async (open) => {
        for (const store of ['jobs', 'rows', 'controls'] as const) await open.clear(store);
      });
      await endedChange('One', 'Two');
    }
    expect(gates).toBeGreaterThan(8);
    await resumeJobs(worker());
    expect(titles()).toEqual(['One', 'Two']);
    expect(text().match(/closes #/g)).toHaveLength(2);
  });

  it('leaves out an item that links an issue by now', async () => {
    const background = await endedChange('One', 'Two');
    const other = github.addIssue(name(), { title: 'By hand', author: 'ann' });
    const body = text().replace('One', `One (#${other})`);
    github.editIssue(name(), issueOfChecklist(checklist).number, { body }, 'ann');
    await resumeJobs(background);
    expect(titles()).toEqual(['By hand', 'Two']);
  });

  it('is over when nothing is left to create', async () => {
    const background = await endedChange('One');
    github.editIssue(name(), issueOfChecklist(checklist).number, { body: '- [ ] Other\n' }, 'ann');
    await resumeJobs(background);
    expect(titles()).toEqual([]);
    expect(await isPending(background)).toBe(false);
    expect((await background.store.loadJob(CHANGE))?.header.failure).toBeUndefined();
  });

  it('waits while GitHub is out of reach, and for an account of its own', async () => {
    const background = await endedChange('One');
    github.fault({ times: 9, action: { reset: true } });
    await resumeJobs(background);
    expect(await isPending(background)).toBe(true);
    github.clearFaults();
    await signIn(github.addUser('ida').token, 'ida');
    await resumeJobs(background);
    const job = await background.store.loadJob(CHANGE);
    expect(job && (await statusOf(background, job))).toMatchObject({
      state: 'waiting',
      waiting: { why: 'sign-in' },
      failure: { code: 'run-of-other' },
    });
    expect(titles()).toEqual([]);
    await signIn(token, 'ann');
    await resumeJobs(background);
    expect(titles()).toEqual(['One']);
    expect((await background.store.loadJob(CHANGE))?.header.hold).toBeUndefined();
  });

  it('creates none when the user stops it first, and cannot be dismissed before', async () => {
    const background = await endedChange('One');
    const control = async (action: 'dismiss' | 'stop') => {
      const answer = await controlJob({ checklist, job: CHANGE, action }, background);
      return answer.ok ? answer.value : undefined;
    };
    expect(await control('dismiss')).toMatchObject({ state: 'running' });
    expect(await control('stop')).toMatchObject({ state: 'ended', change: { creates: 0 } });
    await resumeJobs(background);
    expect(titles()).toEqual([]);
  });

  it('creates none while it is paused, and goes on when it is resumed', async () => {
    const background = await endedChange('One');
    const control = async (action: 'pause' | 'resume') => {
      const answer = await controlJob({ checklist, job: CHANGE, action }, background);
      return answer.ok ? answer.value : undefined;
    };
    expect(await control('pause')).toMatchObject({ state: 'paused', change: { creates: 1 } });
    await resumeJobs(background);
    expect(titles()).toEqual([]);
    await control('resume');
    await expect.poll(titles).toEqual(['One']);
  });

  it('says why they cannot be created, and gives up', async () => {
    const background = await endedChange('One');
    github.updateRepo(name(), { archived: true });
    await resumeJobs(background);
    const job = await background.store.loadJob(CHANGE);
    expect(job && (await statusOf(background, job))).toMatchObject({
      state: 'ended',
      outcome: 'failed',
      failure: { code: 'archived' },
    });
  });
});

describe('the run of what a change run creates', () => {
  it('is the next ULID, always the same and never that of the change run', () => {
    expect(runOfCreates('01JAAAAAAAAAAAAAAAAAAAAAA9')).toBe('01JAAAAAAAAAAAAAAAAAAAAAAA');
    expect(runOfCreates('01JAAAAAAAAAAAAAAAAAAAAHZZ')).toBe('01JAAAAAAAAAAAAAAAAAAAAJ00');
    expect(runOfCreates(CHANGE)).toHaveLength(CHANGE.length);
  });
});

/** A store whose worker dies before and after each of its calls: before the first at gate 0, after it at gate 1, and so on. */
function dieAt(store: JobStore, gate: number): { readonly store: JobStore } {
  let passed = 0;
  const pass = () => {
    if (passed === gate) passed += 1;
    else if (passed++ < gate) return;
    throw new Error('the worker died');
  };
  const dying = new Proxy(store, {
    get: (target, method: keyof JobStore) => {
      const call = target[method] as (...given: unknown[]) => Promise<unknown>;
      return async (...given: unknown[]) => {
        pass();
        const answer = await call(...given);
        pass();
        return answer;
      };
    },
  });
  return { store: dying };
}
