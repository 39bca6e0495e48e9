import type { ReadonlySignal } from '@preact/signals';
import type { Failure } from '../../lib/core/failures.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { AccountSection, type AccountsProps } from './AccountSection.tsx';
import { AlertSection, type AlertsProps } from './AlertSection.tsx';
import { OptionsShortcuts, type ShortcutsProps } from './OptionsShortcuts.tsx';
import { OptionsStorage } from './OptionsStorage.tsx';
import { OptionsWrong, type WrongProps } from './OptionsWrong.tsx';
import { SettingsFile, type SettingsFileProps } from './SettingsFile.tsx';
import { SettingsAdvanced, SettingsForm, type SettingsProps } from './SettingsForm.tsx';
import { SettingsTracked, type TrackedProps } from './SettingsTracked.tsx';

/** Everything that the options page shows and can do. */
export type OptionsPageProps = AccountsProps &
  SettingsProps &
  AlertsProps &
  TrackedProps &
  SettingsFileProps &
  ShortcutsProps &
  WrongProps & {
    /** How often something was saved. */
    readonly saved: ReadonlySignal<number>;
    /** Why the last change was not saved. */
    readonly saveFailure: ReadonlySignal<Failure | undefined>;
    readonly onDownloadRules: () => unknown;
  };

/** The options: the token, a few settings, the many under Advanced, and what is stored where. */
export function OptionsPage(props: OptionsPageProps) {
  return (
    <main>
      <h1>Masterlist</h1>
      <p class="lead">
        Turns the task list of a GitHub issue into tracked issues, and keeps it true.
      </p>
      <OptionsWrong {...props} />
      <AccountSection {...props} />
      <SettingsForm {...props} />
      <AlertSection {...props} />
      <SettingsAdvanced {...props} />
      <SettingsTracked {...props} />
      <SettingsFile {...props} />
      <OptionsShortcuts {...props} />
      <OptionsStorage {...props} />
      <Saved {...props} />
    </main>
  );
}

/** Shows and says for a moment that a change was saved; stays where it was not. */
function Saved({ saved, saveFailure }: Pick<OptionsPageProps, 'saved' | 'saveFailure'>) {
  const failure = saveFailure.value;
  const count = saved.value;
  return (
    <div class="saving">
      {failure && <FailureNote failure={failure} />}
      <p role="status">
        {!failure && count > 0 && (
          <span class="saved" key={count}>
            Saved<span class="unseen"> ({count}).</span>
          </span>
        )}
      </p>
    </div>
  );
}
