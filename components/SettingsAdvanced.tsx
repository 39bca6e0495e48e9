import type { ReadonlySignal } from '@preact/signals';
import type { Preferences } from '../lib/core/preferences.ts';
import { ConfirmButton } from './ConfirmButton.tsx';
import {
  SettingsCheckbox,
  SettingsSeconds,
  SettingsSelect,
  SettingsText,
} from './SettingsField.tsx';
import { SettingsRules } from './SettingsRules.tsx';
import type { SettingsChange } from './SettingsSection.tsx';

interface SettingsAdvancedProps {
  readonly preferences: ReadonlySignal<Preferences>;
  readonly onChange: (change: SettingsChange) => unknown;
  readonly onReset: () => unknown;
  readonly onDownloadRules: () => unknown;
}

/** Settings that need a thought, folded away. */
export function SettingsAdvanced(props: SettingsAdvancedProps) {
  const { onChange, onReset, onDownloadRules } = props;
  const now = props.preferences.value;
  return (
    <details class="section">
      <summary>
        <h2>Advanced</h2>
      </summary>
      <Writing preferences={now} onChange={onChange} />
      <Finding preferences={now} onChange={onChange} />
      <SettingsRules preferences={now} onChange={onChange} onDownloadRules={onDownloadRules} />
      <Paces preferences={now} onChange={onChange} />
      <ConfirmButton
        label="Reset all settings"
        consequence="All settings on this page go back to what they were at first. The token stays."
        confirm="Reset them"
        keep="Keep them"
        disabled={false}
        onConfirm={() => void onReset()}
      />
    </details>
  );
}

interface GroupProps {
  readonly preferences: Preferences;
  readonly onChange: (change: SettingsChange) => unknown;
}

function Writing({ preferences: { generation }, onChange }: GroupProps) {
  return (
    <fieldset>
      <legend>What is written</legend>
      <SettingsSelect
        id="levels"
        label="Items that become issues"
        hint="In nested lists: the innermost items, every item, or the outermost with the rest as their own checklist."
        value={generation.levels}
        choices={[
          ['leaves', 'Innermost items'],
          ['all', 'All items'],
          ['top', 'Outermost items'],
        ]}
        onChange={(levels) => onChange({ generation: { levels } })}
      />
      <SettingsCheckbox
        id="ids"
        label="Numbers in titles"
        hint="Begins each title with the next free number, such as T-001."
        value={generation.ids}
        onChange={(ids) => onChange({ generation: { ids } })}
      />
      <SettingsCheckbox
        id="ticked"
        label="Also ticked items"
        hint="Selects items that are ticked already, which are left out otherwise."
        value={generation.includeTicked}
        onChange={(includeTicked) => onChange({ generation: { includeTicked } })}
      />
      <SettingsSelect
        id="missing"
        label="Labels or milestone that the repository lacks"
        hint="Make them before the first issue, or leave them out."
        value={generation.missing}
        choices={[
          ['create', 'Make them'],
          ['drop', 'Leave them out'],
        ]}
        onChange={(missing) => onChange({ generation: { missing } })}
      />
      <SettingsText
        id="template"
        label="Text of an issue"
        hint="{item} is the item's text with its notes, {group} the heading above it, {master} the number of the checklist's issue. “Part of” and our marker are added below."
        rows={5}
        value={generation.template}
        onChange={(template) => onChange({ generation: { template } })}
      />
    </fieldset>
  );
}

function Finding({ preferences, onChange }: GroupProps) {
  const { generation, allowOtherUser } = preferences;
  return (
    <fieldset>
      <legend>How items are read</legend>
      <SettingsSelect
        id="identity"
        label="How items find their issues"
        hint="By the link in the item's text; by a hidden block at the end of the checklist, for texts that must not change; or by equal titles."
        value={generation.identity}
        choices={[
          ['links', 'Links in the text'],
          ['block', 'Hidden block'],
          ['title', 'Equal titles'],
        ]}
        onChange={(identity) => onChange({ generation: { identity } })}
      />
      <SettingsText
        id="placeholder"
        label="Placeholder for a pull request"
        hint="Text in items that stands for a pull request to come. It is left out of titles."
        value={generation.placeholder}
        onChange={(placeholder) => onChange({ generation: { placeholder } })}
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

function Paces({ preferences: { timing }, onChange }: GroupProps) {
  return (
    <fieldset>
      <legend>Paces and waits, in seconds</legend>
      <SettingsSeconds
        id="gap"
        label="Between two issues"
        hint="GitHub asks for a second between two writes, and limits those who go faster."
        least={1}
        most={60}
        value={timing.gapMs}
        onChange={(gapMs) => onChange({ timing: { gapMs } })}
      />
      <SettingsSeconds
        id="careful-gap"
        label="Between two issues, careful pace"
        hint="Used when “Careful pace” is on."
        least={1}
        most={60}
        value={timing.carefulGapMs}
        onChange={(carefulGapMs) => onChange({ timing: { carefulGapMs } })}
      />
      <SettingsSeconds
        id="claim"
        label="Before the first issue"
        hint="Time in which a run on another computer would show, so that two never create the same issues."
        least={5}
        most={120}
        value={timing.claimSettleMs}
        onChange={(claimSettleMs) => onChange({ timing: { claimSettleMs } })}
      />
      <SettingsSeconds
        id="recover"
        label="Before a lost run is recovered"
        hint="GitHub's lists can lag behind by minutes; what was created must be in them first."
        least={600}
        most={86_400}
        value={timing.recoverAfterMs}
        onChange={(recoverAfterMs) => onChange({ timing: { recoverAfterMs } })}
      />
      <SettingsSeconds
        id="write-gap"
        label="Between two background writes to one checklist"
        hint="What changes meanwhile is written together."
        least={120}
        most={3_600}
        value={timing.writeGapMs}
        onChange={(writeGapMs) => onChange({ timing: { writeGapMs } })}
      />
      <SettingsSeconds
        id="timeout"
        label="Until an answer is given up"
        hint="After this an issue counts as unconfirmed and is looked up. GitHub itself gives up after 10."
        least={11}
        most={20}
        value={timing.requestTimeoutMs}
        onChange={(requestTimeoutMs) => onChange({ timing: { requestTimeoutMs } })}
      />
    </fieldset>
  );
}
