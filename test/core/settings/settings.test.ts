import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ALERT_SETTINGS } from '../../../lib/core/alerts/alert-settings.ts';
import {
  DEFAULT_PREFERENCES,
  readAlertSettings,
  readPreferences,
} from '../../../lib/core/settings/settings.ts';
import beforeSync from '../../fixtures/settings/preferences-1-before-sync.json';
import recorded from '../../fixtures/settings/settings-1.json';

describe('stored settings', () => {
  it('of today are read as they are', () => {
    expect(readPreferences(recorded.preferences)).toEqual({
      value: recorded.preferences,
      sound: recorded.preferences,
      wrong: [],
    });
  });

  it('of the alerts, recorded before there was a webhook, keep what was chosen and leave it off', () => {
    const { on, digests } = recorded.alerts;
    expect(readAlertSettings(recorded.alerts)).toEqual({
      value: {
        ...recorded.alerts,
        on: { ...on, webhook: false },
        digests: { ...digests, webhook: 'off' },
      },
      sound: recorded.alerts,
      wrong: [],
    });
  });

  it('recorded before there was a sync have the defaults of what came later', () => {
    const { value, wrong } = readPreferences(beforeSync.preferences);
    expect(wrong).toEqual([]);
    expect(value).toEqual({
      ...DEFAULT_PREFERENCES,
      careful: true,
      generation: {
        ...DEFAULT_PREFERENCES.generation,
        levels: 'all',
        ids: true,
        labels: ['test-plan', 'qa'],
        comment: false,
        linkStyle: 'parenthesis',
        missing: 'drop',
      },
      timing: { ...DEFAULT_PREFERENCES.timing, gapMs: 2_000 },
    });
  });

  it('that are not there are the defaults', () => {
    for (const nothing of [{}, { generation: {}, timing: {} }]) {
      expect(readPreferences(nothing).value).toEqual(DEFAULT_PREFERENCES);
      expect(readPreferences(nothing).wrong).toEqual([]);
    }
    expect(readAlertSettings({}).value).toEqual(DEFAULT_ALERT_SETTINGS);
  });

  it('keep every sound field beside broken ones', () => {
    const evil = { host: 'evil.test', owner: 'a', name: 'b' };
    const elsewhere = readPreferences({ generation: { target: evil } });
    expect(elsewhere.value.generation.target).toBeUndefined();
    expect(elsewhere.wrong).toEqual(['generation.target']);
    const { value, sound, wrong } = readPreferences({
      ...recorded.preferences,
      pollMinutes: 'often',
      nightly: null,
      generation: { ...recorded.preferences.generation, labels: ['a', 7, 8], target: 'acme/app' },
      timing: { ...recorded.preferences.timing, gapMs: -1, sliceMs: Number.NaN },
      later: true,
    });
    expect(wrong.toSorted()).toEqual([
      'generation.labels',
      'generation.target',
      'nightly',
      'pollMinutes',
      'timing.gapMs',
      'timing.sliceMs',
    ]);
    expect(value).toEqual({
      ...recorded.preferences,
      pollMinutes: DEFAULT_PREFERENCES.pollMinutes,
      nightly: DEFAULT_PREFERENCES.nightly,
      generation: { ...recorded.preferences.generation, labels: [], target: undefined },
      timing: {
        ...recorded.preferences.timing,
        gapMs: DEFAULT_PREFERENCES.timing.gapMs,
        sliceMs: DEFAULT_PREFERENCES.timing.sliceMs,
      },
    });
    expect(sound).not.toHaveProperty('nightly');
    expect(sound).not.toHaveProperty('later');
  });

  it.each([[null], ['text'], [7], [[]], [[1, 2]], [undefined], [true]])(
    'that are no object at all (%j) are the defaults, and that is told',
    (stored) => {
      expect(readPreferences(stored)).toEqual({
        value: DEFAULT_PREFERENCES,
        sound: {},
        wrong: [''],
      });
      expect(readAlertSettings(stored).value).toEqual(DEFAULT_ALERT_SETTINGS);
    },
  );

  it('never throw and always give a value for every setting, whatever is stored', () => {
    const anything = fc.anything({ withNullPrototype: true, maxDepth: 3 });
    const stored = fc.record(
      Object.fromEntries(
        [...Object.keys(DEFAULT_PREFERENCES), 'on', 'channels', 'mailTo', 'digests'].map((key) => [
          key,
          anything,
        ]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(anything, stored), (value) => {
        const preferences = readPreferences(value).value;
        expect(Object.keys(preferences).sort()).toEqual(Object.keys(DEFAULT_PREFERENCES).sort());
        expect(Object.keys(preferences.timing)).toEqual(Object.keys(DEFAULT_PREFERENCES.timing));
        expect(readPreferences(preferences).wrong).toEqual([]);
        const alerts = readAlertSettings(value).value;
        expect(readAlertSettings(alerts).wrong).toEqual([]);
        expect(Object.keys(alerts)).toEqual(Object.keys(DEFAULT_ALERT_SETTINGS));
      }),
      { numRuns: 500 },
    );
  });

  it('know every field that there is', () => {
    // A field that the schema does not know would be dropped without a word.
    expect(readPreferences(recorded.preferences).sound).toEqual(recorded.preferences);
    for (const group of ['generation', 'rules', 'nightly', 'timing'] as const) {
      expect(Object.keys(recorded.preferences[group]).sort(), group).toEqual(
        Object.keys(DEFAULT_PREFERENCES[group]).sort(),
      );
    }
    expect(Object.keys(recorded.preferences).sort()).toEqual(
      Object.keys(DEFAULT_PREFERENCES).sort(),
    );
    expect(Object.keys(recorded.alerts).sort()).toEqual(Object.keys(DEFAULT_ALERT_SETTINGS).sort());
  });
});
