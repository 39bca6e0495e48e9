import { computed, signal } from '@preact/signals';
import type { OptionsPageProps } from '../../components/options/OptionsPage.tsx';
import type { Failure } from '../../lib/core/failures.ts';
import { type AccountsContext, accountsModel } from './accounts-model.ts';
import { type AlertsContext, alertsModel } from './alerts-model.ts';
import { type LostContext, lostModel } from './lost-model.ts';
import { type SettingsContext, settingsModel } from './settings-model.ts';
import { type ShortcutsContext, shortcutsModel } from './shortcuts-model.ts';
import { type TrackedContext, trackedModel } from './tracked-model.ts';

/** What the options page depends on. */
export type OptionsContext = Omit<AccountsContext, 'onUnreadable'> &
  SettingsContext &
  TrackedContext &
  LostContext &
  Omit<ShortcutsContext, 'onUnreadable'> &
  Omit<AlertsContext, 'settings' | 'save' | 'onUnreadable'>;

/** The state of the options page and what the user can do with it. */
export type OptionsModel = OptionsPageProps & {
  /** Reads what is in the store, and what the browser allows, again. */
  readonly reload: () => Promise<void>;
};

/** Builds the model of the options page. */
export function createOptionsModel(context: OptionsContext): OptionsModel {
  // What one of them can read says nothing of what another cannot.
  const problems = signal<{ readonly [part: string]: Failure | undefined }>({});
  const noteProblem = (part: string) => (problem: Failure | undefined) => {
    problems.value = { ...problems.value, [part]: problem };
  };
  const accounts = accountsModel({ ...context, onUnreadable: noteProblem('accounts') });
  const { saveAlerts, now, apply, ...settings } = settingsModel(context);
  const alerts = alertsModel({
    ...context,
    settings: settings.alerts,
    save: saveAlerts,
    onUnreadable: noteProblem('alerts'),
  });
  const shortcuts = shortcutsModel({ ...context, onUnreadable: noteProblem('shortcuts') });
  const reload = async () => {
    await Promise.all([accounts.reload(), alerts.reload(), shortcuts.reload()]);
  };
  return {
    ...accounts,
    ...settings,
    ...alerts,
    ...trackedModel(context),
    ...lostModel(context, now, apply),
    ...shortcuts,
    unreadable: computed(() => Object.values(problems.value).find((one) => one !== undefined)),
    reload,
    onReload: () => void reload(),
  };
}
