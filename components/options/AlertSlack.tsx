import { AlertAddress, SecretField } from './AlertAddress.tsx';
import type { AlertsProps } from './AlertSection.tsx';

/** Slack, through an incoming webhook. */
export function AlertSlack(props: AlertsProps) {
  return (
    <AlertAddress
      {...props}
      channel="slack"
      title="Slack"
      about="Posts into one channel through an incoming webhook. A message whose arrival Slack does not confirm is shown here, and never sent twice by itself."
      onSave={(fields) => props.onSaveSlack(String(fields.get('url') ?? '').trim())}
    >
      <SecretField
        id="slack-url"
        name="url"
        label="Address of the webhook"
        hint="Begins with https://hooks.slack.com/services/. Whoever has it can post, so it is stored encrypted."
      />
    </AlertAddress>
  );
}
