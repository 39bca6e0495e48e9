import { WAIT_SECONDS, type WaitName } from '../../lib/core/settings/bounds.ts';
import { settingProblem } from '../../lib/core/settings/setting-problem.ts';
import {
  SettingsCheckbox,
  SettingsSeconds,
  SettingsSelect,
  SettingsText,
} from './SettingsField.tsx';
import { SettingsRules } from './SettingsRules.tsx';
import type { SettingsProps } from './SettingsSection.tsx';
import { SettingsWriting } from './SettingsWriting.tsx';

interface SettingsAdvancedProps extends SettingsProps {
  readonly onDownloadRules: () => unknown;
}

/** Settings that need a thought, folded away. */
export function SettingsAdvanced({
  preferences,
  onChange,
  onDownloadRules,
}: SettingsAdvancedProps) {
  const now = preferences.value;
  return (
    <details class="section">
      <summary>
        <h2>Advanced</h2>
      </summary>
      <SettingsWriting generation={now.generation} onChange={onChange} />
      <KeepingUp preferences={preferences} onChange={onChange} />
      <SettingsRules preferences={now} onChange={onChange} onDownloadRules={onDownloadRules} />
      <Paces preferences={preferences} onChange={onChange} />
    </details>
  );
}

function KeepingUp({ preferences, onChange }: SettingsProps) {
  const { generation, allowOtherUser, skipSyncPreview, nightly } = preferences.value;
  return (
    <fieldset>
      <legend>Reading and acting</legend>
      <SettingsText
        id="placeholder"
        label="Placeholder for a pull request"
        hint="Text in items that stands for a pull request to come. It is left out of titles."
        value={generation.placeholder}
        problemOf={(text) => settingProblem('placeholder', text)}
        onChange={(placeholder) => onChange({ generation: { placeholder } })}
      />
      <SettingsCheckbox
        id="skip-sync-preview"
        label="Sync now without a preview"
        hint="The button writes at once what a preview would have shown."
        value={skipSyncPreview}
        onChange={(value) => onChange({ skipSyncPreview: value })}
      />
      <SettingsSelect
        id="nightly-hour"
        label="Time of the nightly look"
        hint="By the clock of this computer; if the browser is closed then, at its next start."
        value={String(nightly.hour)}
        choices={HOURS}
        onChange={(hour) => onChange({ nightly: { hour: Number(hour) } })}
      />
      <SettingsCheckbox
        id="other-user"
        label="Let the token act for another user"
        hint="Otherwise nothing is written on a page where somebody else than the token's user is signed in."
        value={allowOtherUser}
        onChange={(value) => onChange({ allowOtherUser: value })}
      />
    </fieldset>
  );
}

const HOURS = Array.from(
  { length: 24 },
  (_, hour) => [String(hour), `${String(hour).padStart(2, '0')}:00`] as const,
);

interface Wait {
  readonly name: WaitName;
  readonly id: string;
  readonly label: string;
  readonly hint: string;
}

const WAITS: readonly Wait[] = [
  {
    name: 'gapMs',
    id: 'gap',
    label: 'Between two issues',
    hint: 'GitHub asks for a second between two writes, and limits those who go faster.',
  },
  {
    name: 'carefulGapMs',
    id: 'careful-gap',
    label: 'Between two issues, careful pace',
    hint: 'Used when “Careful pace” is on.',
  },
  {
    name: 'claimSettleMs',
    id: 'claim',
    label: 'Before the first issue',
    hint: 'Time in which a run on another computer would show, so that two never create the same issues.',
  },
  {
    name: 'recoverAfterMs',
    id: 'recover',
    label: 'Before a lost run is recovered',
    hint: "GitHub's lists can lag behind by minutes; what was created must be in them first.",
  },
  {
    name: 'writeGapMs',
    id: 'write-gap',
    label: 'Between two background writes to one checklist',
    hint: 'What changes meanwhile is written together.',
  },
  {
    name: 'requestTimeoutMs',
    id: 'timeout',
    label: 'Until an answer is given up',
    hint: 'After this an issue counts as unconfirmed and is looked up. GitHub itself gives up after 10.',
  },
];

function Paces({ preferences, onChange }: SettingsProps) {
  const { timing, careful } = preferences.value;
  return (
    <fieldset>
      <legend>Paces and waits, in seconds</legend>
      <SettingsCheckbox
        id="careful"
        label="Careful pace"
        hint="Waits three seconds between two issues instead of one. Use it when GitHub keeps asking you to slow down."
        value={careful}
        onChange={(value) => onChange({ careful: value })}
      />
      {WAITS.map(({ name, id, label, hint }) => (
        <SettingsSeconds
          key={id}
          id={id}
          label={label}
          hint={hint}
          bounds={WAIT_SECONDS[name]}
          value={timing[name]}
          onChange={(value) => onChange({ timing: { [name]: value } })}
        />
      ))}
    </fieldset>
  );
}
