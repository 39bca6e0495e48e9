import type { ReadonlySignal } from '@preact/signals';
import type {
  AlertChannel,
  AlertSettings,
  TeamChannel,
  ToldChannel,
} from '../../lib/core/alerts/alert-settings.ts';
import type { OutboxMessage } from '../../lib/core/alerts/outbox.ts';
import type { Failure, Result } from '../../lib/core/failure.ts';
import type { PartialSettings } from '../../lib/core/settings/partial-settings.ts';
import { Button } from '../ui/Button.tsx';
import { AlertMailButton } from './AlertMailButton.tsx';
import { AlertNote } from './AlertNote.tsx';
import { AlertRelay } from './AlertRelay.tsx';
import { AlertSlack } from './AlertSlack.tsx';
import { AlertStuck } from './AlertStuck.tsx';
import { AlertTable } from './AlertTable.tsx';
import { AlertTeam } from './AlertTeam.tsx';
import { SettingsCheckbox } from './SettingsField.tsx';

/** Where a channel of the team leads: never the address itself, which is a secret. */
export interface SavedAddress {
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** What came of the last thing that was done with a channel. */
export type ChannelOutcome =
  | { readonly kind: 'busy' }
  | { readonly kind: 'done'; readonly words: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The alerts' settings and channels, and what the user can do about them. */
export interface AlertsProps {
  readonly alerts: ReadonlySignal<AlertSettings>;
  readonly addresses: ReadonlySignal<Readonly<Partial<Record<TeamChannel, SavedAddress>>>>;
  /** Which channels the browser allows: notifications, and requests to the saved hosts. */
  readonly allowed: ReadonlySignal<ReadonlySet<ToldChannel>>;
  readonly outcomes: ReadonlySignal<Readonly<Partial<Record<ToldChannel, ChannelOutcome>>>>;
  /** Messages that did not arrive, or of which nobody knows; the oldest first. */
  readonly stuck: ReadonlySignal<readonly OutboxMessage[]>;
  /** Why a message could not be sent again or forgotten. */
  readonly settleFailure: ReadonlySignal<Failure | undefined>;
  readonly onAlertsChange: (change: PartialSettings<AlertSettings>) => unknown;
  /** Asks the browser's permission, so it is called in the click itself. */
  readonly onNotifications: (on: boolean) => unknown;
  /** The same; answers when it is saved, or why not. */
  readonly onSaveRelay: (url: string, token: string) => Promise<Result<void>>;
  readonly onSaveSlack: (url: string) => Promise<Result<void>>;
  readonly onRemoveAddress: (channel: TeamChannel) => unknown;
  readonly onTest: (channel: ToldChannel) => unknown;
  readonly onSettle: (message: string, send: boolean) => unknown;
}

/** What the user hears of, and how. */
export function AlertSection(props: AlertsProps) {
  const alerts = props.alerts.value;
  const isOn = (channel: AlertChannel) => alerts.on[channel];
  return (
    <section aria-labelledby="alerts">
      <h2 id="alerts">Alerts</h2>
      <p class="muted">
        Popup and dashboard always show what needs you. This is how else you hear of it.
      </p>
      <AlertStuck {...props} />
      <Notifications {...props} />
      <details>
        <summary>Which alert goes where</summary>
        <AlertTable
          alerts={alerts}
          isOn={isOn}
          onChange={(kind, channels) => props.onAlertsChange({ channels: { [kind]: channels } })}
        />
      </details>
      <details>
        <summary>E-mail and Slack</summary>
        <AlertTeam {...props} />
        <AlertRelay {...props} />
        <AlertSlack {...props} />
        <AlertMailButton alerts={alerts} onChange={props.onAlertsChange} />
      </details>
    </section>
  );
}

function Notifications({ alerts, allowed, outcomes, onNotifications, onTest }: AlertsProps) {
  const isOn = alerts.value.on.browser;
  const outcome = outcomes.value.browser;
  const isAllowed = allowed.value.has('browser');
  return (
    <>
      <SettingsCheckbox
        id="notifications"
        label="Notifications of this browser"
        hint="The browser asks for your permission when you switch them on."
        value={isOn}
        onChange={onNotifications}
      />
      {isOn && !isAllowed && outcome?.kind !== 'failed' && (
        <p class="problem">
          The browser does not allow them any more.{' '}
          <Button look="small" onPress={() => onNotifications(true)}>
            Allow notifications
          </Button>
        </p>
      )}
      {isOn && isAllowed && (
        <Button look="small" disabled={outcome?.kind === 'busy'} onPress={() => onTest('browser')}>
          Show a test notification
        </Button>
      )}
      <AlertNote outcome={outcome} />
    </>
  );
}
