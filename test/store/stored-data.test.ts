import { expect, it } from 'vitest';
import { describeCause } from '../../lib/core/log/cause.ts';
import { checklistKey, issueChecklist, issueKey } from '../../lib/core/refs.ts';
import { completeAlertSettings } from '../../lib/settings.ts';
import { connect } from '../../lib/store/db.ts';
import { listAllEvents, listSavedTexts } from '../../lib/store/events.ts';
import { createJobStore } from '../../lib/store/jobs.ts';
import { createOutboxStore } from '../../lib/store/outbox.ts';
import { openSecret } from '../../lib/store/secrets.ts';
import { openToken } from '../../lib/store/tokens.ts';
import { stored } from '../stored.ts';
import { loadStoredData, readStoredData } from '../stored-data.ts';

it('keeps the settings, secrets and lists of commit fcf4661', async () => {
  await loadStoredData();
  const db = connect();
  expect(await stored().loadPreferences()).toMatchObject({
    careful: true,
    pollMinutes: 5,
    nightly: { on: true, hour: 4 },
    generation: { labels: ['task'], prefix: '[Plan]', linkStyle: 'closes' },
  });
  expect(completeAlertSettings(await stored().alerts.getValue())).toMatchObject({
    on: { browser: true, relay: true, slack: true },
    sendsForTeam: true,
    mailTo: 'team@example.org',
    digests: { relay: 'daily', slack: 'off' },
  });
  const token = await openToken(db, { host: 'github.com' });
  expect(token).toMatchObject({ account: { login: 'ann' }, token: 'ghp_CANARY0123456789' });
  expect(await openSecret(db, 'relay')).toMatchObject({
    url: 'https://relay.example.org/v1/messages',
  });
  const names = (await stored().tracked.getValue()).map(({ checklist }) => checklist.repo.name);
  expect(names.sort().join(' ')).toBe('half rec2 rec3 rec4 rec5 rec6 rec7 rec8 rec9');
  const [released] = await stored().released.getValue();
  expect(released?.tracked.checklist.repo.name).toBe('rec1');
  const left = await stored()
    .left(issueChecklist(checklist('rec4')))
    .getValue();
  expect(left.map(({ what }) => what)).toEqual(['#4 was retitled to "Third step"']);
  const states = (await createOutboxStore(db).list()).map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(['failed', 'queued']));
});

it('keeps the log, the earlier texts and the open jobs of commit fcf4661', async () => {
  await loadStoredData();
  const db = connect();
  expect(await listAllEvents(db)).toHaveLength(
    readStoredData().database.stores.events?.length ?? 0,
  );
  const causes = new Set((await listAllEvents(db)).map(({ cause }) => describeCause(cause)));
  expect([...causes].sort()).toEqual([
    'Generate',
    'Posted a summary',
    'Reconcile (on click)',
    "Removed Masterlist's traces",
    'Restored an earlier text',
    'Stopped tracking',
    'Sync (in the background)',
    'Sync (nightly)',
    'Sync (on click)',
    'Undo',
    'Undo of Generate',
    'Unlinked and closed issues',
  ]);
  const [latest] = await listSavedTexts(db, issueKey(checklist('rec3')));
  expect(latest).toMatchObject({ login: 'ann', length: expect.any(Number) });
  const headers = await stored().listOpenJobs();
  expect(headers.map(({ checklist: { repo } }) => repo.name).sort()).toEqual([
    'half',
    'rec6',
    'rec7',
  ]);
  const store = createJobStore(db);
  for (const { checklist: own } of headers) {
    const job = await store.loadOpenJob(checklistKey(own));
    expect(job).toMatchObject({ control: { action: 'pause' } });
    expect(job?.rows.length).toBeGreaterThan(1);
  }
});

function checklist(name: string) {
  return { repo: { host: 'github.com', owner: 'ann', name }, number: 1 };
}

it('continues with jobs that an older version had open', async () => {
  await loadStoredData();
  const store = createJobStore(connect());
  const kinds = (await stored().listOpenJobs()).map(({ kind, checklist: { repo } }) => [
    repo.name,
    kind,
  ]);
  expect(kinds.sort()).toEqual([
    ['half', 'generate'],
    ['rec6', 'change'],
    ['rec7', 'change'],
  ]);
  const half = await store.loadOpenJob(issueKey(checklist('half')));
  expect(half?.header).toMatchObject({ kind: 'generate', claim: 'held' });
  expect(half?.rows.map(({ phase }) => phase)).toContain('planned');
  const undo = await store.loadOpenJob(issueKey(checklist('rec6')));
  expect(undo?.header).toMatchObject({
    kind: 'change',
    options: { linkStyle: 'closes', identity: 'links' },
    change: { cause: 'undo-generation', creates: [], undoes: '01M7WAC8TMVZDJFAQVNFEQZBZ4' },
  });
  expect(undo?.header.id).not.toBe(undo?.header.kind === 'change' && undo.header.change.undoes);
  expect(undo?.rows.map(({ phase }) => phase)).toEqual(['written', 'written', 'planned']);
  const { repo } = checklist('rec6');
  expect(undo?.rows[2]).toMatchObject({
    change: {
      choice: 'undo',
      changes: [
        {
          issue: { repo, number: 4 },
          state: { to: 'closed', reason: 'not_planned' },
          marker: 'undone',
          guard: {
            title: '[Plan] Plan: Step 2',
            settings: { labels: ['task'] },
            ran: { from: expect.any(Number), until: expect.any(Number) },
          },
        },
      ],
      edits: [{ kind: 'unlink', issue: { repo, number: 4 }, style: 'closes' }],
    },
  });
  const change = await store.loadOpenJob(issueKey(checklist('rec7')));
  expect(change?.header).toMatchObject({ kind: 'change', change: { cause: 'resolve' } });
  expect(change?.rows.every((row) => 'change' in row)).toBe(true);
});

it('gives the undo of a generation a run of its own, which can be undone', async () => {
  await loadStoredData();
  const events = await listAllEvents(connect());
  const undos = events.filter(({ cause }) => cause.what === 'undo-generation');
  expect(undos.length).toBeGreaterThan(0);
  for (const { run, job } of undos) expect(run).toBe(job);
  const closed = undos.filter((event) => event.kind === 'change-issue');
  expect(closed).toHaveLength(5);
  for (const { change, undo } of closed) {
    expect(change).toMatchObject({ state: { to: 'closed' }, marker: 'undone' });
    expect(undo).toMatchObject({ state: { to: 'open' }, marker: 'v1', guard: 'untouched' });
  }
});
