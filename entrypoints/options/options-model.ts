import type { OptionsPageProps } from '../../components/options/OptionsPage.tsx';
import { type AccountsContext, accountsModel } from './accounts-model.ts';
import { type AlertsContext, alertsModel } from './alerts-model.ts';
import { type SettingsContext, settingsModel } from './settings-model.ts';
import { type ShortcutsContext, shortcutsModel } from './shortcuts-model.ts';
import { type TrackedContext, trackedModel } from './tracked-model.ts';

/** What the options page depends on. */
export type OptionsContext = AccountsContext &
  SettingsContext &
  TrackedContext &
  ShortcutsContext &
  Omit<AlertsContext, 'settings' | 'save'>;

/** The state of the options page and what the user can do with it. */
export type OptionsModel = OptionsPageProps & {
  /** Reads what is in the store, and what the browser allows, again. */
  readonly reload: () => Promise<void>;
};

/** Builds the model of the options page. */
export function createOptionsModel(context: OptionsContext): OptionsModel {
  const accounts = accountsModel(context);
  const { saveAlerts, ...settings } = settingsModel(context);
  const alerts = alertsModel({ ...context, settings: settings.alerts, save: saveAlerts });
  const shortcuts = shortcutsModel(context);
  return {
    ...accounts,
    ...settings,
    ...alerts,
    ...trackedModel(context),
    ...shortcuts,
    reload: async () => {
      await Promise.all([accounts.reload(), alerts.reload(), shortcuts.reload()]);
    },
  };
}
