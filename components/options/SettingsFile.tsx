import type { ReadonlySignal } from '@preact/signals';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { SettingChange } from '../../lib/core/settings/settings-file.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { useFocusLeft } from '../ui/use-focus-left.ts';
import { SettingChanges } from './SettingChanges.tsx';

/** A settings file that was chosen: what it would change, or why it cannot be used. Nothing is changed yet. */
export interface ChosenFile {
  readonly name: string;
  readonly changes: readonly SettingChange[];
  /** Sentences; with any of them nothing can be imported. */
  readonly mistakes: readonly string[];
  /** Paths that are left out. */
  readonly unknown: readonly string[];
}

/** Settings as a file, and back to the defaults. */
export interface SettingsFileProps {
  readonly chosenFile: ReadonlySignal<ChosenFile | undefined>;
  /** What the last import did, as a sentence; '' before. */
  readonly imported: ReadonlySignal<string>;
  readonly onExport: () => unknown;
  readonly onChooseFile: (file: File) => unknown;
  readonly onImport: () => unknown;
  readonly onCancelImport: () => unknown;
  readonly onReset: () => unknown;
}

/** Export, import and reset of all settings. */
export function SettingsFile(props: SettingsFileProps) {
  const chosen = props.chosenFile.value;
  const heading = useFocusLeft<HTMLHeadingElement>(chosen === undefined ? 0 : 1);
  return (
    <section aria-labelledby="settings-file">
      <h2 id="settings-file" tabIndex={-1} ref={heading}>
        Settings as a file
      </h2>
      <p class="muted">
        To use in another browser or share with a teammate. It never contains tokens, addresses of
        alert channels, or whether this browser sends alerts for the team.
      </p>
      <div class="actions">
        <Button onPress={() => props.onExport()}>Export settings</Button>
      </div>
      <div class="field">
        <label for="import">Import settings</label>
        <input
          id="import"
          type="file"
          accept=".json,application/json"
          aria-describedby="import-hint"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            // The same file can be chosen again after it was corrected.
            currentTarget.value = '';
            if (file !== undefined) props.onChooseFile(file);
          }}
        />
        <p id="import-hint" class="muted">
          Shows what would change first.
        </p>
      </div>
      <div aria-live="polite">
        {chosen && <Chosen {...props} chosen={chosen} />}
        {props.imported.value !== '' && <p class="good">{props.imported.value}</p>}
      </div>
      <div class="actions">
        <ConfirmButton
          label="Reset all settings"
          consequence="All settings on this page return to their defaults. Tokens, addresses of alert channels, permissions, whether this browser sends alerts for the team, checklists and log are kept."
          confirm="Reset them"
          keep="Keep them"
          disabled={false}
          onConfirm={() => void props.onReset()}
        />
      </div>
    </section>
  );
}

function Chosen(props: SettingsFileProps & { readonly chosen: ChosenFile }) {
  const { name, changes, mistakes, unknown } = props.chosen;
  const count = countNoun(changes.length, 'setting');
  return (
    <div class="card">
      <h3>{name}</h3>
      {mistakes.length > 0 && (
        <>
          <p class="problem">
            Nothing was changed. Correct these mistakes, then import the file again.
          </p>
          <Sentences sentences={mistakes} />
        </>
      )}
      {unknown.length > 0 && (
        <>
          <p>This version does not know these settings; they are ignored:</p>
          <Sentences sentences={unknown} />
        </>
      )}
      {mistakes.length === 0 && changes.length === 0 && (
        <p>Nothing to change: all settings in the file are the same here.</p>
      )}
      {mistakes.length === 0 && changes.length > 0 && (
        <SettingChanges changes={changes} source="In the file" />
      )}
      {mistakes.length === 0 && changes.length > 0 && (
        <>
          <Button look="primary" onPress={() => props.onImport()}>
            Change {count}
          </Button>{' '}
        </>
      )}
      <Button onPress={() => props.onCancelImport()}>
        {changes.length > 0 ? 'Keep mine' : 'Close'}
      </Button>
    </div>
  );
}

function Sentences({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
