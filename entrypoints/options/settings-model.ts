import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { SettingsChange } from '../../components/options/SettingsForm.tsx';
import type { DownloadFile } from '../../components/ui/download-file.ts';
import type { AlertSettings } from '../../lib/core/alerts/alert-settings.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { formatRules } from '../../lib/core/settings/rules-file.ts';
import {
  type Preferences,
  readAlertSettings,
  readPreferences,
} from '../../lib/core/settings/settings.ts';
import { type FileSettings, formatSettings } from '../../lib/core/settings/settings-file.ts';
import { mergeSettings, type PartialSettings } from '../../lib/core/settings/table.ts';
import { importModel } from './import-model.ts';
import { refusedByStorage } from './refused-by-storage.ts';

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
    save(() => changeAlertSettings((stored) => mergeSettings(soundAlerts(stored), change)));
  const now = computed(() => ({ preferences: preferences.value, alerts: alerts.value }));
  const apply = ({ preferences = {}, alerts = {} }: FileSettings) =>
    save(async () => {
      await changeSettings((stored) => mergeSettings(sound(stored), preferences));
      await changeAlertSettings((stored) => mergeSettings(soundAlerts(stored), alerts));
    });
  const importing = importModel({ now, apply });
  return {
    preferences,
    alerts,
    saved,
    saveFailure,
    saveAlerts,
    now,
    apply,
    wrong: computed(() => [
      ...read.value.wrong.map((path) => placeOf('preferences', path)),
      ...readAlerts.value.wrong.map((path) => placeOf('alerts', path)),
    ]),
    ...importing,
    onChange: (change: SettingsChange) =>
      save(() => changeSettings((stored) => mergeSettings(sound(stored), change))),
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
        text: formatSettings({ preferences: preferences.value, alerts: alerts.value }),
      }),
    onDownloadRules: () => {
      const text = formatRules(preferences.value);
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
