import { describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { issueChecklist } from '../../lib/core/refs.ts';
import {
  DEFAULT_PREFERENCES,
  readAlertSettings,
  readPreferences,
} from '../../lib/core/settings/settings.ts';
import beforeSync from '../fixtures/settings/preferences-1-before-sync.json';
import recorded from '../fixtures/settings/settings-1.json';
import { stored } from '../stored.ts';

describe('stored settings', () => {
  it('of this version are read as they were recorded', async () => {
    await stored().preferences.setValue(recorded.preferences as never);
    await stored().alerts.setValue(recorded.alerts as never);
    expect(await stored().loadPreferences()).toEqual(recorded.preferences);
    const alerts = readAlertSettings(await stored().alerts.getValue()).value;
    expect(alerts).toMatchObject(recorded.alerts);
    // A channel that came later is off.
    expect([alerts.on.webhook, alerts.digests.webhook]).toEqual([false, 'off']);
  });

  it('of the first version, which kept no number of itself, are read into those of today', async () => {
    const { value, wrong } = readPreferences(beforeSync.preferences);
    expect(wrong).toEqual([]);
    expect(value.generation.labels).toEqual(['test-plan', 'qa']);
    expect(value.rules).toEqual(DEFAULT_PREFERENCES.rules);
  });

  it('of a later version that was taken back keep what is understood', async () => {
    const later = { ...recorded.preferences, badges: 'some', pets: ['cat'] };
    await stored().preferences.setValue(later as never);
    const { value, wrong } = readPreferences(await stored().preferences.getValue());
    expect(value).toEqual({ ...recorded.preferences, badges: true });
    expect(wrong).toEqual(['badges']);
    // Reading changes nothing: the later version finds its own again.
    expect(await stored().preferences.getValue()).toEqual(later);
  });

  it.each([['text'], [[1]], [0], [false]])('that are nonsense (%j) stop nothing', async (value) => {
    await stored().preferences.setValue(value as never);
    await stored().alerts.setValue(value as never);
    expect(await stored().loadPreferences()).toEqual(DEFAULT_PREFERENCES);
    expect(readAlertSettings(await stored().alerts.getValue()).wrong).toEqual(['']);
  });

  it('are followed by every page of ours', async () => {
    const heard: unknown[] = [];
    stored().preferences.watch((now) => heard.push(now));
    await stored().preferences.setValue({ badges: false });
    await expect.poll(() => heard).toEqual([{ badges: false }]);
    await stored().preferences.removeValue();
    await expect.poll(() => heard).toEqual([{ badges: false }, {}]);
  });
});

describe('the storage that content scripts may reach', () => {
  it('decides nothing while the database is there', async () => {
    await stored().preferences.setValue({ badges: false });
    await stored().tracked.setValue([]);
    const heard: unknown[] = [];
    stored().preferences.watch((now) => heard.push(now));
    await fakeBrowser.storage.local.set(FORGED);
    expect(await stored().preferences.getValue()).toEqual({ badges: false });
    expect(await stored().tracked.getValue()).toEqual([]);
    expect(await stored().listOpenJobs()).toEqual([]);
    expect(await stored().paused.getValue()).toBe(false);
    expect(await stored().lost.getValue()).toBeUndefined();
    expect(heard).toEqual([]);
  });

  it('holds no titles, and nothing that no lost database needs', async () => {
    const all = stored();
    await all.tracked.setValue([tracked('secret plan')]);
    await all.released.setValue([{ tracked: tracked('secret plan'), at: 1, gone: undefined }]);
    const left = { id: 'x', what: '#4 was retitled to "secret plan"', text: 'secret plan', at: 1 };
    await all.left(tracked('').checklist).setValue([left]);
    const local = await fakeBrowser.storage.local.get();
    expect(Object.keys(local)).toEqual(['tracked']);
    expect(JSON.stringify(local)).not.toContain('secret');
  });
});

describe('a database that came back empty', () => {
  it('asks about its checklists and settings, and uses nothing of them', async () => {
    await fakeBrowser.storage.local.set({ ...FORGED, paused: false });
    expect(await stored().preferences.getValue()).toEqual({});
    expect(await stored().alerts.getValue()).toEqual({});
    expect(await stored().tracked.getValue()).toEqual([]);
    expect(await stored().lost.getValue()).toEqual({
      checklists: [tracked('').checklist],
      preferences: { allowOtherUser: true },
      alerts: { mailTo: 'eve@example.org' },
    });
  });

  it('shows its lost runs, without believing that others are over', async () => {
    await fakeBrowser.storage.local.set({
      'openJob:J': header({ id: 'J', endedRuns: ['RUN-OF-SOMEBODY-ELSE'] }),
      'openJob:K': header({ id: 'another' }),
      'openJob:L': header({ id: 'L', target: { host: 'evil.example', owner: 'a', name: 'b' } }),
      'openJob:M': { ...header({ id: 'M' }), rows: 'many' },
      'openJob:N': 7,
    });
    expect(await stored().listOpenJobs()).toEqual([header({ id: 'J', endedRuns: [] })]);
  });

  it('stays paused where it was', async () => {
    await fakeBrowser.storage.local.set({ paused: true });
    expect(await stored().paused.getValue()).toBe(true);
  });

  it.each([
    ['strings', { tracked: 'all', preferences: 'none', alerts: 'x', 'openJob:J': 'y' }],
    ['lists', { tracked: [[], 1, null], preferences: [], alerts: [], 'openJob:J': [] }],
    ['numbers', { tracked: 1, preferences: 2, alerts: 3, paused: 1, 'openJob:J': 4 }],
    [
      'other hosts',
      { tracked: [{ repo: { host: 'evil.example', owner: 'a', name: 'b' }, number: 1 }] },
    ],
    [
      'no checklists',
      { tracked: [{ repo: { host: 'github.com', owner: 'a', name: '/' }, number: 0 }] },
    ],
  ])('asks nothing of what is nonsense (%s)', async (_, local) => {
    await fakeBrowser.storage.local.set<Record<string, unknown>>(local);
    expect(await stored().lost.getValue()).toBeUndefined();
    expect(await stored().listOpenJobs()).toEqual([]);
    expect(await stored().paused.getValue()).toBe(false);
  });

  it('reads the copies once: what is written there later asks nothing', async () => {
    expect(await stored().lost.getValue()).toBeUndefined();
    await fakeBrowser.storage.local.set(FORGED);
    expect(await stored().lost.getValue()).toBeUndefined();
    expect(await stored().preferences.getValue()).toEqual({});
  });
});

const FORGED = {
  preferences: { allowOtherUser: true, pollMinutes: 'often' },
  alerts: { mailTo: 'eve@example.org' },
  tracked: [tracked('Forged'), tracked('Forged again')],
  paused: true,
  'openJob:J': header({ id: 'J' }),
};

function tracked(title: string) {
  const checklist = issueChecklist({
    repo: { host: 'github.com', owner: 'octo', name: 'demo' },
    number: 12,
  });
  return { checklist, title, login: 'ann', since: 1 };
}

function header(change: object) {
  const { checklist } = tracked('');
  const times = { startedAt: 1, lastWriteAt: 2 };
  const about = { kind: 'generate', checklist, target: checklist.repo, login: 'ann', rows: 3 };
  return { id: 'J', ...about, ...times, endedRuns: [], ...change };
}
