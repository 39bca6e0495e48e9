import { AccountSection, type AccountsProps } from './AccountSection.tsx';
import { OptionsStorage } from './OptionsStorage.tsx';
import { SettingsAdvanced } from './SettingsAdvanced.tsx';
import { type PollingProps, SettingsPolling } from './SettingsPolling.tsx';
import { type SettingsProps, SettingsSection } from './SettingsSection.tsx';

/** Everything that the options page shows and can do. */
export type OptionsPageProps = AccountsProps &
  SettingsProps &
  PollingProps & { readonly onReset: () => unknown; readonly onDownloadRules: () => unknown };

/** The options: the token, a few settings, the many under Advanced, and what is stored where. */
export function OptionsPage(props: OptionsPageProps) {
  return (
    <main>
      <h1>Masterlist</h1>
      <p class="lead">
        Turns the task list of a GitHub issue into tracked issues, and keeps it true.
      </p>
      <AccountSection {...props} />
      <SettingsSection {...props} />
      <SettingsPolling {...props} />
      <SettingsAdvanced {...props} />
      <OptionsStorage />
      <p class="unseen" role="status">
        {props.saved.value > 0 ? `Saved (${props.saved.value}).` : ''}
      </p>
    </main>
  );
}
