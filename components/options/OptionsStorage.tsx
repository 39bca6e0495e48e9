import { TEAM_CHANNELS } from '../../lib/core/alerts/alert-settings.ts';
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

const HERE = 'In this browser.';
const SEALED =
  'In this browser, encrypted under a key that cannot be exported. Web pages cannot read it; a program running under your account could.';
const ALWAYS = 'until you remove the extension';

const STORED: readonly (readonly [what: string, where: string, howLong: string])[] = [
  ['Your token', SEALED, 'until you remove it'],
  ["The token's user, scopes and expiry", HERE, 'as long as the token'],
  [
    'Addresses and secrets of the alert channels',
    `${SEALED} Their hosts are kept in plain text.`,
    'until you remove them',
  ],
  ['Settings', 'In this browser, without secrets.', ALWAYS],
  [
    'Tracked checklists and their status',
    HERE,
    'until you stop tracking, or seven days after the checklist was closed; a note of that is kept',
  ],
  [
    'Titles and addresses of the checklists that you worked on, and the counts of the last run of each',
    HERE,
    ALWAYS,
  ],
  ['Runs, their items and the outcome of each', HERE, '30 days after their end'],
  ['Text that was just written', HERE, 'until GitHub shows it'],
  [
    'A log of every write, with the text before it, and of every problem',
    HERE,
    '30 days, the newest 50,000 entries',
  ],
  [
    'Differences that you left as is',
    HERE,
    'until you restore them; the newest 500 of each checklist',
  ],
  ['Previews', HERE, 'one day, then until the next preview'],
  ["GitHub's dates of the issues, for the metrics", HERE, ALWAYS],
  ['Counts of requests by day, for the metrics', HERE, 'the last 31 days on which there were any'],
  ["When each repository was last refreshed, and your account's GitHub rate limits", HERE, ALWAYS],
  [
    'Messages to the alert channels',
    HERE,
    'seven days after delivery; undelivered ones until you dismiss them',
  ],
  ['Alerts already shown', HERE, 'as long as the alert lasts, plus one day'],
  [
    'Which texts are being edited, and failed nightly searches',
    "In this browser's memory.",
    'until you close it',
  ],
  [
    'Checklists, issues and links',
    'On GitHub. Hidden comments record which item each issue belongs to, the active run and, optionally, the links.',
    'as long as you keep them',
  ],
];
