import { TEAM_CHANNELS } from '../../lib/core/alerts/alert-settings.ts';
import { STORED } from '../../lib/core/stored-facts.ts';
import type { ChannelsProps } from './AlertChannel.tsx';

/** What is kept where, and who is asked: in one place, in plain words. */
export function OptionsStorage({
  channels,
  alerts,
  addresses,
}: Pick<ChannelsProps, 'channels' | 'alerts' | 'addresses'>) {
  const { on, sendsForTeam } = alerts.value;
  return (
    <section aria-labelledby="storage">
      <h2 id="storage">What is stored, and which hosts are contacted</h2>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Where</th>
              <th scope="col">How long</th>
            </tr>
          </thead>
          <tbody>
            {STORED.map(([what, where, howLong]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{where}</td>
                <td>{howLong}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>Which hosts are contacted</h3>
      <ul>
        <li>
          <code>api.github.com</code>: reads and writes checklists and issues. Your GitHub token
          goes there only.
        </li>
        {TEAM_CHANNELS.map((channel) => (
          <Team
            key={channel}
            name={channels[channel].sentenceName}
            host={addresses.value[channel]?.host}
            isUsed={on[channel] && sendsForTeam}
          />
        ))}
      </ul>
      <p>
        Nothing else is sent, and no statistics. Alerts and summaries hold titles, numbers and
        addresses of checklists, the problem, and whose token it concerns; never a token. “Write an
        email” hands them to your mail program. The extension acts on pages of{' '}
        <code>github.com</code> and sees no others.
      </p>
    </section>
  );
}

interface TeamProps {
  readonly name: string;
  readonly host: string | undefined;
  /** Whether this browser sends there automatically. */
  readonly isUsed: boolean;
}

function Team({ name, host, isUsed }: TeamProps) {
  if (host === undefined) return <li>{name}: not set up, so nothing is sent.</li>;
  return (
    <li>
      <code>{host}</code>:{' '}
      {isUsed
        ? `${name} gets alerts, summaries and tests.`
        : `${name} is not used by this browser, except for tests.`}
    </li>
  );
}
