import type { ReadonlySignal } from '@preact/signals';
import { settingName } from '../../lib/core/settings/settings-file.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Stored settings that could not be read. */
export interface WrongProps {
  /** Their places, as in a settings file; empty when all is sound. */
  readonly wrong: ReadonlySignal<readonly string[]>;
  readonly onKeepDefaults: () => unknown;
}

/** Says which stored settings are broken, and that their defaults are used. Nothing where all is sound. */
export function OptionsWrong({ wrong, onKeepDefaults }: WrongProps) {
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
