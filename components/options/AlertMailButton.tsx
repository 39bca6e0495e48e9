import type { AlertSettings } from '../../lib/core/alerts/alert-settings.ts';
import type { PartialSettings } from '../../lib/core/settings/partial-settings.ts';
import { settingProblem } from '../../lib/core/settings/setting-problem.ts';
import { SettingsCheckbox, SettingsText } from './SettingsField.tsx';

interface AlertMailButtonProps {
  readonly alerts: AlertSettings;
  readonly onChange: (change: PartialSettings<AlertSettings>) => unknown;
}

/** The button in alerts that opens a prepared message in the user's own mail program. */
export function AlertMailButton({ alerts, onChange }: AlertMailButtonProps) {
  return (
    <article class="card" aria-labelledby="mail-button-head">
      <h3 id="mail-button-head">E-mail button</h3>
      <SettingsCheckbox
        id="mail-button"
        label="Show a button that opens a prepared e-mail"
        hint="It opens your mail program; you send it yourself."
        value={alerts.on['mail-link']}
        onChange={(on) => onChange({ on: { 'mail-link': on } })}
      />
      <SettingsText
        id="mail-to"
        label="To"
        hint="Up to five addresses, separated by commas; empty to choose each time."
        value={alerts.mailTo}
        problemOf={(text) => settingProblem('mailTo', text.trim())}
        onChange={(text) => onChange({ mailTo: text.trim() })}
      />
    </article>
  );
}
