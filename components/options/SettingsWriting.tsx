import type { GenerationOptions } from '../../lib/core/plan/plan-generation.ts';
import { formatRepo, parseRepo } from '../../lib/core/refs.ts';
import { CHOICES } from '../../lib/core/settings/describe-settings.ts';
import { settingProblem } from '../../lib/core/settings/setting-problem.ts';
import { isRepo, listOf } from '../ui/preview-fields.ts';
import { SettingsCheckbox, SettingsSelect, SettingsText } from './SettingsField.tsx';
import { SettingsOptionalText } from './SettingsOptionalText.tsx';
import type { SettingsProps } from './SettingsSection.tsx';
import { SettingsTemplate } from './SettingsTemplate.tsx';

interface SettingsWritingProps extends Pick<SettingsProps, 'onChange'> {
  readonly generation: GenerationOptions;
}

/** What is written into new issues, and where they are made. */
export function SettingsWriting({ generation, onChange }: SettingsWritingProps) {
  const change = (generation: Partial<GenerationOptions>) => onChange({ generation });
  return (
    <fieldset>
      <legend>What is written</legend>
      <SettingsTemplate value={generation.template} onChange={(template) => change({ template })} />
      <SettingsSelect
        id="levels"
        label="Items that become issues"
        hint="In nested lists: the innermost items, every item, or the outermost with the rest as their own checklist."
        value={generation.levels}
        choices={CHOICES.levels}
        onChange={(levels) => change({ levels })}
      />
      <SettingsCheckbox
        id="ticked"
        label="Also ticked items"
        hint="Selects items that are ticked already, which are left out otherwise."
        value={generation.includeTicked}
        onChange={(includeTicked) => change({ includeTicked })}
      />
      <SettingsOptionalText
        id="prefix"
        label="Title prefix"
        hint="Stands in front of each title; chosen by the checklist it is [Test] where title or heading speak of tests."
        value={generation.prefix}
        automatic="Chosen by the checklist"
        own="Prefix, for example [QA]"
        problemOf={(text) => settingProblem('prefix', text)}
        onChange={(prefix) => change({ prefix })}
      />
      <SettingsCheckbox
        id="ids"
        label="Numbers in titles"
        hint="Begins each title with the next free number, such as T-001."
        value={generation.ids}
        onChange={(ids) => change({ ids })}
      />
      <SettingsOptionalText
        id="milestone"
        label="Milestone"
        hint="Set on every issue."
        value={generation.milestone}
        automatic="The checklist's own"
        own="Title of the milestone"
        problemOf={(text) => settingProblem('milestone', text)}
        onChange={(milestone) => change({ milestone })}
      />
      <SettingsText
        id="assignees"
        label="Assignees"
        hint="Names of GitHub users, separated by commas. GitHub mails everybody who is assigned."
        value={generation.assignees.join(', ')}
        problemOf={(text) => settingProblem('assignees', loginsOf(text))}
        onChange={(text) => change({ assignees: loginsOf(text) })}
      />
      <SettingsSelect
        id="missing"
        label="Labels or milestone that the repository lacks"
        hint="Make them before the first issue, or leave them out."
        value={generation.missing}
        choices={CHOICES.missing}
        onChange={(missing) => change({ missing })}
      />
      <SettingsText
        id="target"
        label="Repository for the issues"
        hint="As owner/repository; empty for the checklist's own."
        value={generation.target === undefined ? '' : formatRepo(generation.target)}
        problemOf={(text) =>
          text.trim() === '' || isRepo(text) ? undefined : 'write it as owner/repository.'
        }
        onChange={(text) => change({ target: parseRepo(text) })}
      />
    </fieldset>
  );
}

function loginsOf(text: string): readonly string[] {
  return [...new Set(listOf(text.replaceAll('@', '')))];
}
