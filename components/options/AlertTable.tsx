import {
  ALERT_KINDS,
  type AlertChannel,
  type AlertKind,
  type AlertSettings,
  CHANNEL_NAMES,
} from '../../lib/core/alerts/alert-settings.ts';

interface AlertTableProps {
  readonly alerts: AlertSettings;
  readonly isOn: (channel: AlertChannel) => boolean;
  readonly onChange: (kind: AlertKind, channels: readonly AlertChannel[]) => unknown;
}

/** Which kind of alert goes through which channel. Narrow windows scroll the table, not the page. */
export function AlertTable({ alerts, isOn, onChange }: AlertTableProps) {
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
  before: readonly AlertChannel[],
  changed: AlertChannel,
  isChosen: boolean,
): readonly AlertChannel[] {
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
