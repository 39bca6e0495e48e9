import type { ReadonlySignal } from '@preact/signals';
import {
  ALERT_KINDS,
  type AlertKind,
  type AlertSettings,
  CHANNEL_NAMES,
  type AlertChannel as Channel,
  TEAM_CHANNELS,
} from '../../lib/core/alerts/alert-settings.ts';
import type { OutboxMessage } from '../../lib/core/alerts/outbox.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { ALERTS } from '../../lib/core/settings/settings.ts';
import { settingProblem } from '../../lib/core/settings/settings-file.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { useFocusLeft } from '../ui/use-focus-left.ts';
import { AlertChannel, AlertNote, type ChannelsProps } from './AlertChannel.tsx';
import { SettingsCheckbox, SettingsText } from './SettingsField.tsx';

/** The alerts' settings and channels, and what the user can do about them. */
export interface AlertsProps extends ChannelsProps {
  /** Messages that did not arrive, or of which nobody knows; the oldest first. */
  readonly stuck: ReadonlySignal<readonly OutboxMessage[]>;
  /** Why a message could not be sent again or forgotten. */
  readonly settleFailure: ReadonlySignal<Failure | undefined>;
  /** Asks the browser's permission, so it is called in the click itself. */
  readonly onNotifications: (on: boolean) => unknown;
  readonly onSettle: (message: string, send: boolean) => unknown;
}

/** Which alerts the user gets, and how. */
export function AlertSection(props: AlertsProps) {
  const alerts = props.alerts.value;
  const isOn = (channel: Channel) => alerts.on[channel];
  return (
    <section aria-labelledby="alerts">
      <h2 id="alerts">Alerts</h2>
      <p class="muted">
        The popup and the dashboard always show what needs attention. Choose where else you get
        alerts.
      </p>
      <StuckMessages {...props} />
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
        <summary>Email and your team's channels</summary>
        <SendsForTeam {...props} />
        {TEAM_CHANNELS.map((channel) => (
          <AlertChannel key={channel} {...props} channel={channel} />
        ))}
        <MailButton alerts={alerts} onChange={props.onAlertsChange} />
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
        label="Browser notifications"
        hint="The browser asks for your permission when you turn this on."
        value={isOn}
        onChange={onNotifications}
      />
      {isOn && !isAllowed && outcome?.kind !== 'failed' && (
        <p class="problem">
          The browser no longer allows them.{' '}
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

/** Messages that need a decision: they did not arrive, or nobody knows. Nothing where there are none. */
function StuckMessages({
  stuck,
  settleFailure,
  onSettle,
}: Pick<AlertsProps, 'stuck' | 'settleFailure' | 'onSettle'>) {
  const failure = settleFailure.value;
  const list = useFocusLeft<HTMLDivElement>(stuck.value.length);
  return (
    <div aria-live="polite" tabIndex={-1} ref={list}>
      {stuck.value.length > 0 && (
        <>
          <h3>Alerts that may not have arrived</h3>
          <ul class="plain">
            {stuck.value.map((message) => (
              <Message key={message.id} message={message} onSettle={onSettle} />
            ))}
          </ul>
        </>
      )}
      {failure && <FailureNote failure={failure} />}
    </div>
  );
}

interface MessageProps extends Pick<AlertsProps, 'onSettle'> {
  readonly message: OutboxMessage;
}

function Message({ message, onSettle }: MessageProps) {
  const { id, channel, payload, createdAt, failure } = message;
  const name = `${CHANNEL_NAMES[channel]}, ${payload.subject}`;
  return (
    <li class="card">
      <p>
        <strong>{payload.subject}</strong>{' '}
        <span class="muted">
          {CHANNEL_NAMES[channel]}, {new Date(createdAt).toLocaleString([], DATE_AND_TIME)}
        </span>
      </p>
      {failure && (
        <p>
          {failure.message} {failure.action}
        </p>
      )}
      <Button look="small" label={`Send again: ${name}`} onPress={() => onSettle(id, true)}>
        Send again
      </Button>{' '}
      <Button look="small" label={`Dismiss: ${name}`} onPress={() => onSettle(id, false)}>
        Dismiss
      </Button>
    </li>
  );
}

const DATE_AND_TIME = { dateStyle: 'medium', timeStyle: 'short' } as const;

/** Whether this browser is the one that sends for the team, and what follows where it is not. */
function SendsForTeam({
  alerts,
  addresses,
  onAlertsChange,
}: Pick<AlertsProps, 'alerts' | 'addresses' | 'onAlertsChange'>) {
  const { sendsForTeam } = alerts.value;
  const isSilent = !sendsForTeam && Object.keys(addresses.value).length > 0;
  return (
    <>
      <SettingsCheckbox
        id="sends-for-team"
        label="This browser sends alerts for the team"
        hint="If several browsers track a checklist, turn it on in one: only that one sends to these channels."
        value={sendsForTeam}
        onChange={(value) => onAlertsChange({ sendsForTeam: value })}
      />
      {isSilent && <p class="problem">Nothing is sent from this browser until you turn this on.</p>}
    </>
  );
}

interface MailButtonProps {
  readonly alerts: AlertSettings;
  readonly onChange: AlertsProps['onAlertsChange'];
}

/** The button in alerts that opens a prepared message in the user's own mail program. */
function MailButton({ alerts, onChange }: MailButtonProps) {
  return (
    <article class="card" aria-labelledby="mail-button-head">
      <h3 id="mail-button-head">Email button</h3>
      <SettingsCheckbox
        id="mail-button"
        label="Show a button that opens a prepared email"
        hint="It opens your mail program; you send it yourself."
        value={alerts.on['mail-link']}
        onChange={(on) => onChange({ on: { 'mail-link': on } })}
      />
      <SettingsText
        id="mail-to"
        label="To"
        hint="Up to five addresses, separated by commas; empty to choose each time."
        value={alerts.mailTo}
        problemOf={(text) => settingProblem(ALERTS.mailTo, text.trim())}
        onChange={(text) => onChange({ mailTo: text.trim() })}
      />
    </article>
  );
}

interface AlertTableProps {
  readonly alerts: AlertSettings;
  readonly isOn: (channel: Channel) => boolean;
  readonly onChange: (kind: AlertKind, channels: readonly Channel[]) => unknown;
}

/** Which kind of alert goes through which channel. Narrow windows scroll the table, not the page. */
function AlertTable({ alerts, isOn, onChange }: AlertTableProps) {
  return (
    <div class="wide">
      <table class="choices">
        <thead>
          <tr>
            <th scope="col">Alert</th>
            {CHANNELS.map(([channel, name]) => (
              <th key={channel} scope="col">
                {name}
                {!isOn(channel) && <small class="muted"> (off)</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {KINDS.map(([kind, [name, about]]) => (
            <tr key={kind}>
              <th scope="row">
                {name}
                <small class="muted">{about}</small>
              </th>
              {CHANNELS.map(([channel, channelName]) => (
                <td key={channel}>
                  <input
                    type="checkbox"
                    aria-label={`${name}: ${channelName}`}
                    checked={alerts.channels[kind].includes(channel)}
                    onChange={(event) =>
                      onChange(
                        kind,
                        chosen(alerts.channels[kind], channel, event.currentTarget.checked),
                      )
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CHANNELS = entriesOf(CHANNEL_NAMES);
const KINDS = entriesOf(ALERT_KINDS);

/** In the order of the table, however they were ticked. */
function chosen(
  before: readonly Channel[],
  changed: Channel,
  isChosen: boolean,
): readonly Channel[] {
  return CHANNELS.map(([channel]) => channel).filter((channel) =>
    channel === changed ? isChosen : before.includes(channel),
  );
}

/** Object.entries, with the keys' own type: these records have no others. */
function entriesOf<Key extends string, Value>(
  record: Readonly<Record<Key, Value>>,
): readonly (readonly [Key, Value])[] {
  return Object.entries(record) as [Key, Value][];
}
