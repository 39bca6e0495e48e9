import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ChosenFile, SettingsFileProps } from '../../components/options/SettingsFile.tsx';
import { countNoun } from '../../lib/core/count-noun.ts';
import { unforeseen } from '../../lib/core/failures.ts';
import type { AllSettings } from '../../lib/core/settings/settings.ts';
import {
  type FileSettings,
  listSettingChanges,
  type ParsedSettings,
  parseSettings,
} from '../../lib/core/settings/settings-file.ts';
import { mergeSettings } from '../../lib/core/settings/table.ts';

/** What importing depends on. */
export interface ImportContext {
  readonly now: ReadonlySignal<AllSettings>;
  /** Stores the settings of a file; answers whether they are stored. */
  readonly apply: (file: FileSettings) => Promise<boolean>;
}

/** A settings file: chosen, looked at, then imported or not. */
export function importModel({
  now,
  apply,
}: ImportContext): Omit<SettingsFileProps, 'onExport' | 'onReset'> {
  const chosen = signal<{ readonly name: string; readonly parsed: ParsedSettings } | undefined>(
    undefined,
  );
  const imported = signal('');
  const chosenFile = computed<ChosenFile | undefined>(() => {
    if (chosen.value === undefined) return undefined;
    const { name, parsed } = chosen.value;
    const { settings, mistakes, unknown } = parsed;
    const changes = settings === undefined ? [] : changesOf(now.value, settings);
    return { name, changes, mistakes, unknown };
  });
  return {
    chosenFile,
    imported,
    onChooseFile: async (file) => {
      imported.value = '';
      const parsed = await file.text().then(parseSettings, unreadable);
      chosen.value = { name: file.name, parsed };
    },
    onCancelImport: () => {
      chosen.value = undefined;
    },
    onImport: async () => {
      const settings = chosen.value?.parsed.settings;
      const count = chosenFile.value?.changes.length ?? 0;
      if (settings === undefined || !(await apply(settings))) return;
      chosen.value = undefined;
      imported.value = `${countNoun(count, 'setting')} changed.`;
    },
  };
}

function unreadable(error: unknown): ParsedSettings {
  const mistakes = [`The file could not be read. ${unforeseen(error).message}`];
  return { settings: undefined, mistakes, unknown: [] };
}

function changesOf(
  now: AllSettings,
  { preferences = {}, alerts = {} }: FileSettings,
): ChosenFile['changes'] {
  return listSettingChanges(now, {
    preferences: mergeSettings(now.preferences, preferences),
    alerts: mergeSettings(now.alerts, alerts),
  });
}
