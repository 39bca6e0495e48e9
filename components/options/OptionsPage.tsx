import type { ReadonlySignal } from '@preact/signals';
import type { Failure } from '../../lib/core/failures.ts';
import { settingName } from '../../lib/core/settings/settings-file.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/Icon.tsx';
import { AccountSection, type AccountsProps } from './AccountSection.tsx';
import { AlertSection, type AlertsProps } from './AlertSection.tsx';
import { LostData, type LostProps } from './LostData.tsx';
import { OptionsShortcuts, type ShortcutsProps } from './OptionsShortcuts.tsx';
import { OptionsStorage } from './OptionsStorage.tsx';
import { SettingsFile, type SettingsFileProps } from './SettingsFile.tsx';
import { SettingsAdvanced, SettingsForm, type SettingsProps } from './SettingsForm.tsx';
import { SettingsTracked, type TrackedProps } from './SettingsTracked.tsx';

/** Everything that the options page shows and can do. */
export type OptionsPageProps = AccountsProps &
  SettingsProps &
  AlertsProps &
  TrackedProps &
  LostProps &
  SettingsFileProps &
  ShortcutsProps &
  WrongProps & {
    /** Why what is stored beside the settings cannot be read. */
    readonly unreadable: ReadonlySignal<Failure | undefined>;
    readonly onReload: () => void;
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
      <LostData {...props} />
      {props.unreadable.value && (
        <FailureNote failure={props.unreadable.value} onRetry={props.onReload} />
      )}
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

/** Stored settings that could not be read. */
interface WrongProps {
  /** Their places, as in a settings file; empty when all is sound. */
  readonly wrong: ReadonlySignal<readonly string[]>;
  readonly onKeepDefaults: () => unknown;
}

/** Says which stored settings are broken, and that their defaults are used. Nothing where all is sound. */
function OptionsWrong({ wrong, onKeepDefaults }: WrongProps) {
  if (wrong.value.length === 0) return null;
  return (
    <div class="note" role="alert">
      <Icon name="alert" />
      <div>
        <p>
          <strong>Some stored settings could not be read. Their defaults are used instead:</strong>{' '}
          {wrong.value.map(settingName).join(', ')}.
        </p>
        <Button look="small" onPress={() => onKeepDefaults()}>
          Save the defaults
        </Button>
      </div>
    </div>
  );
}
