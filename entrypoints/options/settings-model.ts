import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { SettingsChange } from '../../components/options/SettingsSection.tsx';
import type { DownloadFile } from '../../components/ui/download-file.ts';
import type { AlertSettings } from '../../lib/core/alerts/alert-settings.ts';
import type { Failure } from '../../lib/core/failures.ts';
import {
  mergeAlertSettings,
  mergePreferences,
  type PartialSettings,
} from '../../lib/core/settings/partial-settings.ts';
import { type Preferences, rulesOf } from '../../lib/core/settings/preferences.ts';
import { readAlertSettings, readPreferences } from '../../lib/core/settings/read-stored.ts';
import { formatSettings } from '../../lib/core/settings/settings-file.ts';
import { formatRules } from '../../lib/core/sync/rules-file.ts';
import { importModel } from './import-model.ts';
import { refusedByStorage } from './unanswered.ts';

/** Changes what is stored, from what is stored at that moment: two changes at once are both kept. */
export type ChangeStored<Settings> = (
  change: (stored: PartialSettings<Settings>) => PartialSettings<Settings>,
) => Promise<void>;

/** What the settings depend on. */
export interface SettingsContext {
  /** As stored: after a crash or a hand in the storage it may be anything. */
  readonly settings: ReadonlySignal<unknown>;
  readonly changeSettings: ChangeStored<Preferences>;
  readonly alertSettings: ReadonlySignal<unknown>;
  readonly changeAlertSettings: ChangeStored<AlertSettings>;
  readonly download: (file: DownloadFile) => void;
}

/** All settings: read, changed, exported, imported and reset. */
export function settingsModel(context: SettingsContext) {
  const { settings, alertSettings, changeSettings, changeAlertSettings, download } = context;
  const read = computed(() => readPreferences(settings.value));
  const readAlerts = computed(() => readAlertSettings(alertSettings.value));
  const preferences = computed(() => read.value.value);
  const alerts = computed(() => readAlerts.value.value);
  const { saved, saveFailure, save } = saving();
  const saveAlerts = (change: PartialSettings<AlertSettings>) =>
    save(() => changeAlertSettings((stored) => mergeAlertSettings(soundAlerts(stored), change)));
  const importing = importModel({
    now: computed(() => ({ preferences: preferences.value, alerts: alerts.value })),
    apply: (file) =>
      save(async () => {
        const { preferences = {}, alerts = {} } = file;
        await changeSettings((stored) => mergePreferences(sound(stored), preferences));
        await changeAlertSettings((stored) => mergeAlertSettings(soundAlerts(stored), alerts));
      }),
  });
  return {
    preferences,
    alerts,
    saved,
    saveFailure,
    saveAlerts,
    wrong: computed(() => [
      ...read.value.wrong.map((path) => placeOf('preferences', path)),
      ...readAlerts.value.wrong.map((path) => placeOf('alerts', path)),
    ]),
    ...importing,
    onChange: (change: SettingsChange) =>
      save(() => changeSettings((stored) => mergePreferences(sound(stored), change))),
    onAlertsChange: saveAlerts,
    onKeepDefaults: () =>
      save(async () => {
        await changeSettings(sound);
        await changeAlertSettings(soundAlerts);
      }),
    onReset: () =>
      save(async () => {
        await changeSettings(() => ({}));
        await changeAlertSettings(keepSetUp);
      }),
    onExport: () =>
      download({
        name: 'masterlist-settings.json',
        type: 'application/json',
        text: formatSettings(preferences.value, alerts.value),
      }),
    onDownloadRules: () => {
      const text = formatRules(rulesOf(preferences.value));
      download({ name: 'masterlist.yml', type: 'application/yaml', text });
    },
  };
}

function saving() {
  const saved = signal(0);
  const saveFailure = signal<Failure | undefined>(undefined);
  const save = async (change: () => Promise<void>): Promise<boolean> => {
    try {
      await change();
      saveFailure.value = undefined;
      saved.value += 1;
      return true;
    } catch (error) {
      saveFailure.value = refusedByStorage(error).failure;
      return false;
    }
  };
  return { saved, saveFailure, save };
}

/** What is broken is not carried along. */
function sound(stored: unknown): PartialSettings<Preferences> {
  return readPreferences(stored).sound;
}

function soundAlerts(stored: unknown): PartialSettings<AlertSettings> {
  return readAlertSettings(stored).sound;
}

/** Addresses and permissions stay at a reset, and with them what says that they are used. */
function keepSetUp(stored: unknown): PartialSettings<AlertSettings> {
  const { on = {}, sendsForTeam = false } = soundAlerts(stored);
  const { 'mail-link': _first, ...setUp } = on;
  return { on: setUp, sendsForTeam };
}

function placeOf(part: string, path: string): string {
  return path === '' ? part : `${part}.${path}`;
}
