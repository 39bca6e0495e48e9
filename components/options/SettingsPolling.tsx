import { POLL_MINUTES } from '../../lib/core/settings/bounds.ts';
import { SettingsCheckbox, SettingsNumber } from './SettingsField.tsx';
import type { SettingsProps } from './SettingsSection.tsx';

/** How checklists are kept up to date. */
export function SettingsPolling({ preferences, onChange }: SettingsProps) {
  const { pollMinutes, nightly } = preferences.value;
  return (
    <section aria-labelledby="polling">
      <h2 id="polling">Keeping checklists up to date</h2>
      <SettingsNumber
        id="poll-minutes"
        label="Minutes between two checks"
        hint="Each check asks GitHub once per repository, and costs nothing while nothing changes: 1 to 60."
        bounds={POLL_MINUTES}
        value={pollMinutes}
        onChange={(value) => onChange({ pollMinutes: value })}
      />
      <SettingsCheckbox
        id="nightly"
        label="Every night look for differences, and mend what is safe"
        hint="Safe are ticks, numbers of pull requests and links of transferred issues. The rest is counted and left to you."
        value={nightly.on}
        onChange={(on) => onChange({ nightly: { on } })}
      />
    </section>
  );
}
