import { signal } from '@preact/signals';
import type { OptionsPageProps } from '../../components/options/OptionsPage.tsx';
import type { Failure } from '../../lib/core/failures.ts';
import { type AccountsContext, accountsModel } from './accounts-model.ts';
import { type AlertsContext, alertsModel } from './alerts-model.ts';
import { type SettingsContext, settingsModel } from './settings-model.ts';
import { type ShortcutsContext, shortcutsModel } from './shortcuts-model.ts';
import { type TrackedContext, trackedModel } from './tracked-model.ts';

/** What the options page depends on. */
export type OptionsContext = Omit<AccountsContext, 'onUnreadable'> &
  SettingsContext &
  TrackedContext &
  ShortcutsContext &
  Omit<AlertsContext, 'settings' | 'save' | 'onUnreadable'>;

/** The state of the options page and what the user can do with it. */
export type OptionsModel = OptionsPageProps & {
  /** Reads what is in the store, and what the browser allows, again. */
  readonly reload: () => Promise<void>;
};

/** Builds the model of the options page. */
export function createOptionsModel(context: OptionsContext): OptionsModel {
  const unreadable = signal<Failure | undefined>(undefined);
  const onUnreadable = (problem: Failure | undefined) => {
    unreadable.value = problem;
  };
  const accounts = accountsModel({ ...context, onUnreadable });
  const { saveAlerts, ...settings } = settingsModel(context);
  const alerts = alertsModel({
    ...context,
    settings: settings.alerts,
    save: saveAlerts,
    onUnreadable,
  });
  const shortcuts = shortcutsModel(context);
  return {
    ...accounts,
    ...settings,
    ...alerts,
    ...trackedModel(context),
    ...shortcuts,
    unreadable,
    reload: async () => {
      await Promise.all([accounts.reload(), alerts.reload(), shortcuts.reload()]);
    },
  };
}
