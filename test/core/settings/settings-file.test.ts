import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AlertChannel,
  DEFAULT_ALERT_SETTINGS,
} from '../../../lib/core/alerts/alert-settings.ts';
import { mustBe } from '../../../lib/core/settings/form.ts';
import {
  ALERTS,
  DEFAULT_PREFERENCES,
  PREFERENCES,
  type Preferences,
  readAlertSettings,
  readPreferences,
} from '../../../lib/core/settings/settings.ts';
import {
  formatSettings,
  listSettingChanges,
  parseSettings,
  settingName,
} from '../../../lib/core/settings/settings-file.ts';
import { listSettings, mergeSettings } from '../../../lib/core/settings/table.ts';
import recorded from '../../fixtures/settings/settings-1.json';

const RECORDED = {
  preferences: readPreferences(recorded.preferences).value,
  alerts: readAlertSettings(recorded.alerts).value,
};
const DEFAULTS = { preferences: DEFAULT_PREFERENCES, alerts: DEFAULT_ALERT_SETTINGS };

describe('a settings file', () => {
  it('written here and read there gives the same settings, whatever they are', () => {
    fc.assert(
      fc.property(anySettings, (preferences) => {
        const text = formatSettings({ preferences, alerts: RECORDED.alerts });
        const { settings, mistakes, unknown } = parseSettings(text);
        expect({ mistakes, unknown }).toEqual({ mistakes: [], unknown: [] });
        const there = {
          preferences: mergeSettings(DEFAULT_PREFERENCES, settings?.preferences ?? {}),
          alerts: mergeSettings(DEFAULT_ALERT_SETTINGS, settings?.alerts ?? {}),
        };
        expect(JSON.parse(formatSettings(there))).toEqual(JSON.parse(text));
        expect(listSettingChanges({ preferences, alerts: RECORDED.alerts }, there)).toEqual([]);
      }),
    );
  });

  it('does not touch what it does not name', () => {
    const text = '{"masterlist": "settings", "version": 1, "preferences": {"careful": false}}';
    const { settings } = parseSettings(text);
    expect(mergeSettings(RECORDED.preferences, settings?.preferences ?? {})).toEqual({
      ...RECORDED.preferences,
      careful: false,
    });
    expect(settings).not.toHaveProperty('alerts');
  });

  it('brings no channel that needs an address or a permission, and makes no browser send for the team', () => {
    const alerts = { on: { relay: true, browser: true, 'mail-link': false }, sendsForTeam: true };
    const { settings, unknown } = parseSettings(file({ alerts }));
    expect(settings?.alerts).toEqual({ on: { 'mail-link': false } });
    expect(unknown).toEqual(['alerts.sendsForTeam', 'alerts.on.relay', 'alerts.on.browser']);
    expect(formatSettings(RECORDED)).not.toMatch(/sendsForTeam|"relay": true/);
  });

  it.each([
    ['{', 'The file is not JSON.'],
    ['', 'The file is not JSON.'],
    ['[]', 'The file must be an object that begins with "masterlist": "settings".'],
    ['7', 'The file must be an object that begins with "masterlist": "settings", not 7.'],
    ['{"version": 1}', 'masterlist must be "settings".'],
    ['{"masterlist": "settings"}', 'version must be 1.'],
    ['{"masterlist": "log", "version": 1}', 'masterlist must be "settings", not "log".'],
    [file({ preferences: [] }), 'preferences must be an object.'],
    [file({ preferences: { rules: [] } }), 'preferences.rules must be an object.'],
    [file({ preferences: null }), 'preferences must be an object, not null.'],
    [
      file({ preferences: { generation: { levels: 'some' } } }),
      'preferences.generation.levels must be leaves, all or top, not "some".',
    ],
    [
      file({ preferences: { pollMinutes: 61 } }),
      'preferences.pollMinutes must be a whole number, 1 to 60, not 61.',
    ],
    [
      file({ preferences: { timing: { gapMs: 200 } } }),
      'preferences.timing.gapMs must be a number of milliseconds, 1000 to 60000, not 200.',
    ],
    [
      file({ preferences: { nightly: { hour: 24 } } }),
      'preferences.nightly.hour must be a whole number, 0 to 23, not 24.',
    ],
    [
      file({ preferences: { generation: { target: { host: 'x', owner: 'a b', name: 'c' } } } }),
      'preferences.generation.target must be null or {"host": "github.com", "owner": "acme", "name": "app"}.',
    ],
    [
      file({
        preferences: { generation: { target: { host: 'evil.test', owner: 'a', name: 'c' } } },
      }),
      'preferences.generation.target must be null or {"host": "github.com", "owner": "acme", "name": "app"}.',
    ],
    [
      file({ alerts: { channels: { decision: ['fax'] } } }),
      'alerts.channels.decision.0 must be browser, mail-link, relay, slack or webhook, not "fax".',
    ],
    [
      file({ alerts: { mailTo: 'x\r\nBcc: y@example.com' } }),
      String.raw`alerts.mailTo must be at most five email addresses, separated by commas, or empty, not "x\r\nBcc: y@example.com".`,
    ],
  ])('with a mistake is refused with its path: %s', (text, mistake) => {
    const { settings, mistakes } = parseSettings(text);
    expect(settings).toBeUndefined();
    expect(mistakes).toContain(mistake);
  });

  it('names all mistakes at once', () => {
    const { mistakes } = parseSettings(
      file({ preferences: { careful: 1, badges: 'x' }, alerts: { digests: { slack: 'hourly' } } }),
    );
    expect(mistakes).toEqual([
      'preferences.careful must be true or false, not 1.',
      'preferences.badges must be true or false, not "x".',
      'alerts.digests.slack must be off, daily or weekly, not "hourly".',
    ]);
  });

  it('of a newer version is refused with one sentence, whatever else is in it', () => {
    const { settings, mistakes } = parseSettings(
      '{"masterlist": "settings", "version": 2, "preferences": {"careful": "very"}}',
    );
    expect(settings).toBeUndefined();
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain('newer Masterlist (version 2 of the file; this one reads 1)');
  });

  it('is refused when it is huge', () => {
    expect(parseSettings(' '.repeat(300_000)).mistakes).toEqual([
      'The file is larger than 256 KB.',
    ]);
  });

  it('may begin with a byte order mark', () => {
    expect(parseSettings(`\uFEFF${file({})}`).mistakes).toEqual([]);
  });

  it('tells unknown keys, at most twenty, cut where they are long', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`x${index}`, 1]));
    expect(parseSettings(file(many)).unknown).toHaveLength(20);
    const [long = ''] = parseSettings(file({ ['y'.repeat(500)]: 1 })).unknown;
    expect(long.length).toBeLessThanOrEqual(60);
    const hostile = `{"masterlist": "settings", "version": 1, "__proto__": {"careful": true}}`;
    expect(parseSettings(hostile)).toMatchObject({ settings: {}, unknown: ['__proto__'] });
  });

  it('never throws, whatever the text is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const { settings, mistakes } = parseSettings(text);
        expect(settings === undefined).toBe(mistakes.length > 0);
      }),
    );
  });

  it('has words and a help for every setting that people can change', () => {
    for (const [path, { form, label, inFile }] of listSettings({ PREFERENCES, ALERTS })) {
      expect(mustBe(form, 'file'), path.join('.')).not.toBe('');
      if (inFile !== false) expect(label, path.join('.')).not.toBe('');
    }
    expect(settingName('preferences.timing.gapMs')).toBe('Between issues');
    expect(settingName('preferences.timing.sliceMs')).toBe('preferences.timing.sliceMs');
  });
});

describe('the list of changes', () => {
  it('says each setting that differs in the words of the page', () => {
    const changes = listSettingChanges(DEFAULTS, RECORDED).map(({ name, before, after }) => [
      name,
      before,
      after,
    ]);
    expect(changes).toContainEqual(['Title prefix', 'Automatic', '[QA]']);
    expect(changes).toContainEqual(['Milestone', "The checklist's milestone", 'none']);
    expect(changes).toContainEqual(['Find differences at', '03:00', '22:00']);
    expect(changes).toContainEqual([
      'Repository for new issues',
      "The checklist's repository",
      'acme/tests',
    ]);
    expect(changes).toContainEqual(['Between issues', '1 s', '2 s']);
    expect(changes).toContainEqual(['Summary: Slack', 'Every Monday', 'Never']);
    expect(changes).toContainEqual([
      'Alert “Sync failed”',
      'Notification, Email button, Email, Slack, Webhook',
      'Slack',
    ]);
    for (const [, before, after] of changes) expect(before).not.toBe(after);
  });

  it('is empty between equals, also where channels stand in another order', () => {
    expect(listSettingChanges(RECORDED, RECORDED)).toEqual([]);
    const turned = (...decision: readonly AlertChannel[]) => ({
      ...RECORDED,
      alerts: { ...RECORDED.alerts, channels: { ...RECORDED.alerts.channels, decision } },
    });
    expect(listSettingChanges(turned('relay', 'slack'), turned('slack', 'relay'))).toEqual([]);
    expect(listSettingChanges(turned('relay'), turned('slack', 'relay'))).toHaveLength(1);
  });
});

function file(content: object): string {
  return JSON.stringify({ masterlist: 'settings', version: 1, ...content });
}

const line = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[\r\n]/.test(text));
const words = line.filter((text) => text.trim() !== '');

const anySettings: fc.Arbitrary<Preferences> = fc.record({
  careful: fc.boolean(),
  allowOtherUser: fc.boolean(),
  badges: fc.boolean(),
  button: fc.constantFrom('plans', 'all'),
  skipSyncPreview: fc.boolean(),
  pollMinutes: fc.integer({ min: 1, max: 60 }),
  nightly: fc.record({ on: fc.boolean(), hour: fc.integer({ min: 0, max: 23 }) }),
  rules: fc.record({
    notPlanned: fc.constantFrom('leave', 'tick'),
    duplicate: fc.constantFrom('leave', 'tick'),
    pullRequests: fc.boolean(),
    pullRequestsFrom: fc.array(fc.constantFrom('acme/*', 'acme/app'), { maxLength: 3 }),
    baseBranches: fc.array(words, { maxLength: 5 }),
    tickOnBaseBranches: fc.boolean(),
    parents: fc.boolean(),
    trustedAuthors: fc.array(fc.constantFrom('helper', 'a-b[bot]'), { maxLength: 2 }),
    remarks: fc.boolean(),
  }),
  generation: fc.record({
    levels: fc.constantFrom('leaves', 'all', 'top'),
    prefix: fc.option(line, { nil: undefined }),
    ids: fc.boolean(),
    labels: fc.array(words, { maxLength: 5 }),
    milestone: fc.option(line, { nil: undefined }),
    assignees: fc.array(fc.constantFrom('ann', 'bob-1'), { maxLength: 3 }),
    comment: fc.option(fc.boolean(), { nil: undefined }),
    linkStyle: fc.constantFrom('closes', 'parenthesis'),
    placeholder: fc.oneof(fc.constant(''), words),
    identity: fc.constantFrom('links', 'block', 'title'),
    target: fc.option(fc.constant({ host: 'github.com', owner: 'acme', name: 'app' }), {
      nil: undefined,
    }),
    includeTicked: fc.boolean(),
    template: fc.string({ unit: 'binary' }),
    missing: fc.constantFrom('create', 'drop'),
  }),
  timing: fc.integer({ min: 0, max: 100 }).map((percent) => ({
    ...DEFAULT_PREFERENCES.timing,
    ...Object.fromEntries(
      Object.entries(PREFERENCES.timing).flatMap(([name, { form, inFile }]) =>
        form.kind !== 'wait' || inFile === false
          ? []
          : [[name, form.least + ((form.most - form.least) / 100) * percent] as const],
      ),
    ),
  })),
});
