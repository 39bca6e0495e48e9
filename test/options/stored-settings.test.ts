import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  DEFAULT_PREFERENCES,
  readAlertSettings,
  readPreferences,
} from '../../lib/core/settings/settings.ts';
import { alertSettings, preferences } from '../../lib/settings.ts';
import beforeSync from '../fixtures/settings/preferences-1-before-sync.json';
import recorded from '../fixtures/settings/settings-1.json';

describe('settings in the storage of the browser', () => {
  beforeEach(() => fakeBrowser.storage.local.clear());

  it('of this version are read as they were recorded', async () => {
    await fakeBrowser.storage.local.set(recorded);
    expect(readPreferences(await preferences.getValue()).value).toEqual(recorded.preferences);
    const alerts = readAlertSettings(await alertSettings.getValue()).value;
    expect(alerts).toMatchObject(recorded.alerts);
    // A channel that came later is off.
    expect([alerts.on.webhook, alerts.digests.webhook]).toEqual([false, 'off']);
  });

  it('of the first version, which kept no number of itself, are read into those of today', async () => {
    await fakeBrowser.storage.local.set(beforeSync);
    const { value, wrong } = readPreferences(await preferences.getValue());
    expect(wrong).toEqual([]);
    expect(value.generation.labels).toEqual(['test-plan', 'qa']);
    expect(value.rules).toEqual(DEFAULT_PREFERENCES.rules);
  });

  it('of a later version that was taken back keep what is understood', async () => {
    const later = {
      preferences: { ...recorded.preferences, badges: 'some', pets: ['cat'] },
      preferences$: { v: 9 },
    };
    await fakeBrowser.storage.local.set(later);
    const { value, wrong } = readPreferences(await preferences.getValue());
    expect(value).toEqual({ ...recorded.preferences, badges: true });
    expect(wrong).toEqual(['badges']);
    // Reading changes nothing: the later version finds its own again.
    expect(await fakeBrowser.storage.local.get()).toEqual(later);
  });

  it.each([['text'], [[1]], [0], [false]])('that are nonsense (%j) stop nothing', async (value) => {
    await fakeBrowser.storage.local.set({ preferences: value, alerts: value });
    expect(readPreferences(await preferences.getValue()).value).toEqual(DEFAULT_PREFERENCES);
    expect(readAlertSettings(await alertSettings.getValue()).wrong).toEqual(['']);
  });
});
