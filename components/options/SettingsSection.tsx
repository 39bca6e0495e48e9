import type { ReadonlySignal } from '@preact/signals';
import { CHOICES } from '../../lib/core/settings/describe-settings.ts';
import type { PartialSettings } from '../../lib/core/settings/partial-settings.ts';
import type { Preferences } from '../../lib/core/settings/preferences.ts';
import { settingProblem } from '../../lib/core/settings/setting-problem.ts';
import { listOf } from '../ui/preview-fields.ts';
import { SettingsCheckbox, SettingsSelect, SettingsText } from './SettingsField.tsx';

/** A change of some settings: the rest stays. */
export type SettingsChange = PartialSettings<Preferences>;

/** The settings and how they are changed. */
export interface SettingsProps {
  readonly preferences: ReadonlySignal<Preferences>;
  readonly onChange: (change: SettingsChange) => unknown;
}

/** The settings of generating that people look for; each applies to the next preview. */
export function SettingsSection({ preferences, onChange }: SettingsProps) {
  const { generation, badges } = preferences.value;
  return (
    <section aria-labelledby="generating">
      <h2 id="generating">Generating issues</h2>
      <p class="muted">Each preview starts from here; most can be changed there as well.</p>
      <SettingsText
        id="labels"
        label="Labels"
        hint="Set on every issue, separated by commas, for example test-plan."
        value={generation.labels.join(', ')}
        problemOf={(text) => settingProblem('labels', distinct(text))}
        onChange={(text) => onChange({ generation: { labels: distinct(text) } })}
      />
      <SettingsSelect
        id="link-style"
        label="Link in the checklist"
        hint="How an item's issue is written behind its text. All three are understood when they are read."
        value={generation.linkStyle}
        choices={CHOICES.linkStyle}
        onChange={(linkStyle) => onChange({ generation: { linkStyle } })}
      />
      <SettingsSelect
        id="comment"
        label="Comment in each issue"
        hint="Each comment mails everybody who watches. Without it the line “Part of #12” in the issue leads back."
        value={commentChoice(generation.comment)}
        choices={CHOICES.comment}
        onChange={(choice) => onChange({ generation: { comment: COMMENTS[choice] } })}
      />
      <SettingsCheckbox
        id="badges"
        label="Badges beside the items"
        hint="Shows number and state of each item's issue on the page of the checklist."
        value={badges}
        onChange={(value) => onChange({ badges: value })}
      />
    </section>
  );
}

const COMMENTS = { few: undefined, always: true, never: false } as const;

function commentChoice(comment: boolean | undefined): keyof typeof COMMENTS {
  if (comment === undefined) return 'few';
  return comment ? 'always' : 'never';
}

/** The words between commas, each once. */
function distinct(text: string): readonly string[] {
  return [...new Set(listOf(text))];
}
