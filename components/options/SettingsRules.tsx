import { CHOICES } from '../../lib/core/settings/describe-settings.ts';
import type { Preferences } from '../../lib/core/settings/preferences.ts';
import { settingProblem } from '../../lib/core/settings/setting-problem.ts';
import { RULES_FILE } from '../../lib/core/sync/sync-rules.ts';
import { Button } from '../ui/Button.tsx';
import { listOf } from '../ui/preview-fields.ts';
import { SettingsCheckbox, SettingsSelect, SettingsText } from './SettingsField.tsx';
import type { SettingsChange } from './SettingsSection.tsx';

interface SettingsRulesProps {
  readonly preferences: Preferences;
  readonly onChange: (change: SettingsChange) => unknown;
  readonly onDownloadRules: () => unknown;
}

/** This browser's rules for keeping checklists up to date, and the file that makes them everybody's. */
export function SettingsRules({ preferences, onChange, onDownloadRules }: SettingsRulesProps) {
  return (
    <fieldset>
      <legend>Rules for keeping up to date</legend>
      <p class="muted">
        Where a repository has <code>{RULES_FILE}</code> on its default branch, that file decides
        for everybody, and these rules do not count there.
      </p>
      <Ticks preferences={preferences} onChange={onChange} />
      <Pulls preferences={preferences} onChange={onChange} />
      <Button onPress={() => onDownloadRules()}>Download these rules as masterlist.yml</Button>
    </fieldset>
  );
}

type GroupProps = Pick<SettingsRulesProps, 'preferences' | 'onChange'>;

function Ticks({ preferences: { rules }, onChange }: GroupProps) {
  return (
    <>
      <SettingsSelect
        id="not-planned"
        label="Issues closed as not planned"
        hint="Left unticked they are shown as not planned."
        value={rules.notPlanned}
        choices={CHOICES.closedOtherwise}
        onChange={(notPlanned) => onChange({ rules: { notPlanned } })}
      />
      <SettingsSelect
        id="duplicate"
        label="Issues closed as a duplicate"
        hint="Left unticked they are shown as duplicates."
        value={rules.duplicate}
        choices={CHOICES.closedOtherwise}
        onChange={(duplicate) => onChange({ rules: { duplicate } })}
      />
      <SettingsCheckbox
        id="parents"
        label="Tick items whose nested items are all ticked"
        hint="An item that groups others is ticked with the last of them."
        value={rules.parents}
        onChange={(parents) => onChange({ rules: { parents } })}
      />
    </>
  );
}

function Pulls({ preferences: { rules }, onChange }: GroupProps) {
  return (
    <>
      <SettingsCheckbox
        id="pull-requests"
        label="Write the numbers of merged pull requests"
        hint="They are added behind the link of the issue that they close."
        value={rules.pullRequests}
        onChange={(pullRequests) => onChange({ rules: { pullRequests } })}
      />
      <SettingsText
        id="base-branches"
        label="Further base branches"
        hint="Branches beside the default one, separated by commas, for example release/*. Merges into them count when the pull request names the issue with a closing keyword."
        value={rules.baseBranches.join(', ')}
        problemOf={(text) => settingProblem('baseBranches', branchesOf(text))}
        onChange={(text) => onChange({ rules: { baseBranches: branchesOf(text) } })}
      />
      <SettingsCheckbox
        id="tick-on-base-branches"
        label="Tick on a merge into a further base branch"
        hint="GitHub leaves the issue open then; without this the item waits until it is closed."
        value={rules.tickOnBaseBranches}
        onChange={(tickOnBaseBranches) => onChange({ rules: { tickOnBaseBranches } })}
      />
    </>
  );
}

function branchesOf(text: string): readonly string[] {
  return [...new Set(listOf(text))];
}
