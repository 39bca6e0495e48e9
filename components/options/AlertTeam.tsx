import type { AlertsProps } from './AlertSection.tsx';
import { SettingsCheckbox } from './SettingsField.tsx';

/** Whether this browser is the one that sends for the team, and what follows where it is not. */
export function AlertTeam({
  alerts,
  addresses,
  onAlertsChange,
}: Pick<AlertsProps, 'alerts' | 'addresses' | 'onAlertsChange'>) {
  const { sendsForTeam } = alerts.value;
  const { relay, slack } = addresses.value;
  const isSilent = !sendsForTeam && (relay !== undefined || slack !== undefined);
  return (
    <>
      <SettingsCheckbox
        id="sends-for-team"
        label="This browser sends alerts for the team"
        hint="Of several browsers that watch a checklist, switch it on in one: only that one uses e-mail and Slack."
        value={sendsForTeam}
        onChange={(value) => onAlertsChange({ sendsForTeam: value })}
      />
      {isSilent && (
        <p class="problem">Nothing is sent from this browser until you switch this on.</p>
      )}
    </>
  );
}
