import { describe, expect, it } from 'vitest';
import type { JobHeader } from '../../lib/core/engine/job.ts';
import { newChange } from '../../lib/core/engine/new-change.ts';
import { checklistKey, issueChecklist } from '../../lib/core/refs.ts';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';
import { loadAlertFacts } from '../../lib/store/alert-facts.ts';
import { saveChecklist } from '../../lib/store/checklists.ts';
import { connect, type Db } from '../../lib/store/db.ts';
import { createJobStore } from '../../lib/store/jobs.ts';
import { saveReconcile } from '../../lib/store/reconciles.ts';
import { listShownJobs } from '../../lib/store/shown-jobs.ts';
import { createSyncStore } from '../../lib/store/syncs.ts';
import { activateAccount, savePendingToken } from '../../lib/store/tokens.ts';
import { sampleRecord } from '../engine/sync-samples.ts';

const MASTER = issueChecklist({
  repo: { host: 'github.com', owner: 'octo', name: 'demo' },
  number: 12,
});
const KEY = checklistKey(MASTER);
const DAY = 24 * 60 * 60_000;
const TRACKED = { checklist: MASTER, title: 'Plan', login: 'ada', since: 0 };
const SETTINGS = { tracked: [TRACKED], released: [], timing: DEFAULT_PREFERENCES.timing };

describe('what alerts follow from', () => {
  it('is what is stored of each tracked checklist, of accounts in use, and of jobs', async () => {
    const db = connect();
    await createSyncStore(db).saveRecord(sampleRecord(KEY, { newItems: 3 }));
    await createSyncStore(db).saveRecord(sampleRecord('github.com/other/one#1'));
    const reconcile = { key: KEY, checkedAt: 5, nightlyAt: 4, left: 1, kinds: {} };
    await saveReconcile(db, { ...reconcile, failure: undefined });
    const id = await savePendingToken(db, 'github.com', 'ghp_CANARY');
    const details = { login: 'ada', kind: 'classic', scopes: [], checkedAt: 0 } as const;
    await activateAccount(db, id, { ...details, expiresAt: '2026-11-25T00:00:00Z' });
    await savePendingToken(db, 'github.com', 'ghp_PENDING');
    const started = await start(db);

    const facts = await loadAlertFacts(db, SETTINGS, started.startedAt);
    expect(facts.checklists).toMatchObject([
      { tracked: TRACKED, sync: { newItems: 3 }, reconcile: { left: 1 } },
    ]);
    expect(facts.accounts).toEqual([
      {
        id: expect.any(String),
        host: 'github.com',
        login: 'ada',
        expiresAt: '2026-11-25T00:00:00Z',
      },
    ]);
    expect(facts.jobs).toMatchObject([{ status: { id: started.id, state: 'running' } }]);
    expect(JSON.stringify(facts)).not.toContain('CANARY');
  });

  it('knows nothing of a checklist that was never checked', async () => {
    const facts = await loadAlertFacts(connect(), SETTINGS, 0);
    expect(facts.checklists).toEqual([{ tracked: TRACKED, sync: undefined, reconcile: undefined }]);
  });
});

describe('the jobs that are told of', () => {
  it('carry the title of their checklist, else its address', async () => {
    const db = connect();
    const { startedAt } = await start(db);
    const titles = async () => (await listShownJobs(db, startedAt)).map(({ title }) => title);
    expect(await titles()).toEqual(['octo/demo#12']);
    await saveChecklist(db, MASTER, 'Release 2.0', 0);
    expect(await titles()).toEqual(['Release 2.0']);
  });

  it('are open, or ended within a day and not yet taken out of sight', async () => {
    const db = connect();
    const header = await start(db);
    const states = async (now: number) =>
      (await loadAlertFacts(db, SETTINGS, now)).jobs.map(({ status }) => status.state);
    const far = header.startedAt + 40 * DAY;
    expect(await states(far)).toHaveLength(1);
    await createJobStore(db).save(header.id, {
      header: { ...header, endedAt: far, outcome: 'done' },
    });
    expect(await states(far + DAY - 1)).toEqual(['ended']);
    expect(await states(far + DAY)).toEqual([]);
    await createJobStore(db).dismissJob(header.id);
    expect(await states(far)).toEqual([]);
  });
});

/** A job that closes an issue. */
async function start(db: Db): Promise<JobHeader> {
  const issue = { ...MASTER, number: 13 };
  const changes = [{ issue, state: { to: 'closed' } }] as const;
  const change = { choice: 'plain', changes, edits: [], map: [] } as const;
  const writing = { linkStyle: 'closes', placeholder: 'PR_NR', identity: 'links' } as const;
  const rows = [{ item: undefined, text: 'One', change }];
  const draft = { id: 'J', checklist: MASTER, cause: 'unlink', rows, creates: [] } as const;
  const job = newChange(
    { ...draft, ...writing },
    { login: 'ada', endedRuns: [], careful: false },
    1_000,
  );
  await createJobStore(db).openJob(job, 1_000);
  return job.header;
}
