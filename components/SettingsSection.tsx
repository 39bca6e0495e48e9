import type { ReadonlySignal } from '@preact/signals';
import type { Preferences } from '../lib/core/preferences.ts';
import { SettingsCheckbox, SettingsSelect, SettingsText } from './SettingsField.tsx';

/** A change of some settings: the rest stays. */
export type SettingsChange = {
  readonly [Key in keyof Preferences]?: Preferences[Key] extends object
    ? Partial<Preferences[Key]>
    : Preferences[Key];
};

/** The settings and how they are changed. */
export interface SettingsProps {
  readonly preferences: ReadonlySignal<Preferences>;
  /** How often something was saved: said to screen readers. */
  readonly saved: ReadonlySignal<number>;
  readonly onChange: (change: SettingsChange) => unknown;
}

/** The settings that people look for; each applies to the next preview. */
export function SettingsSection({ preferences, onChange }: SettingsProps) {
  const { generation, careful, badges } = preferences.value;
  return (
    <section aria-labelledby="settings">
      <h2 id="settings">Settings</h2>
      <p class="muted">They are where each preview starts; most can be changed there as well.</p>
      <SettingsText
        id="labels"
        label="Labels"
        hint="Set on every issue, separated by commas, for example test-plan."
        value={generation.labels.join(', ')}
        onChange={(text) => onChange({ generation: { labels: splitLabels(text) } })}
      />
      <SettingsSelect
        id="link-style"
        label="Link in the checklist"
        hint="How an item's issue is written behind its text. All three are understood when they are read."
        value={generation.linkStyle}
        choices={[
          ['closes', 'Item text (closes #123)'],
          ['parenthesis', 'Item text (#123)'],
          ['bare', 'Item text #123'],
        ]}
        onChange={(linkStyle) => onChange({ generation: { linkStyle } })}
      />
      <SettingsSelect
        id="comment"
        label="Comment in each issue"
        hint="Each comment mails everybody who watches. Without it the line “Part of #12” in the issue leads back."
        value={commentChoice(generation.comment)}
        choices={[
          ['few', 'Up to 25 issues'],
          ['always', 'Always'],
          ['never', 'Never'],
        ]}
        onChange={(choice) => onChange({ generation: { comment: COMMENTS[choice] } })}
      />
      <SettingsCheckbox
        id="careful"
        label="Careful pace"
        hint="Waits three seconds between two issues instead of one. Use it when GitHub keeps asking you to slow down."
        value={careful}
        onChange={(value) => onChange({ careful: value })}
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

function splitLabels(text: string): readonly string[] {
  const labels = text.split(',').map((label) => label.trim());
  return [...new Set(labels.filter((label) => label !== ''))];
}
