import type { AlertsProps } from './AlertSection.tsx';

/** What is kept where, and who is asked: in one place, in plain words. */
export function OptionsStorage({ addresses }: Pick<AlertsProps, 'addresses'>) {
  return (
    <section aria-labelledby="storage">
      <h2 id="storage">What is stored, and who is asked</h2>
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
        <Team
          name="The e-mail relay"
          host={addresses.value.relay?.host}
          gets="alerts and summaries, with its own token"
        />
        <Team name="Slack" host={addresses.value.slack?.host} gets="alerts and summaries" />
      </ul>
      <p>
        Nothing else is sent, and no statistics. Alerts and summaries hold titles, numbers and
        addresses of checklists and what is the matter with them; never a token. The extension acts
        on pages of <code>github.com</code> and sees no others.
      </p>
    </section>
  );
}

interface TeamProps {
  readonly name: string;
  readonly host: string | undefined;
  readonly gets: string;
}

function Team({ name, host, gets }: TeamProps) {
  if (host === undefined) return <li>{name}: not set up, so nothing is sent.</li>;
  return (
    <li>
      <code>{host}</code>: {name} gets {gets}.
    </li>
  );
}

const HERE = 'In this browser.';
const SEALED =
  'In this browser, encrypted under a key that cannot be exported. Web pages cannot reach it; a program that runs as you could.';

const STORED: readonly (readonly [what: string, where: string, howLong: string])[] = [
  ['Your token', SEALED, 'until you remove it'],
  ['Addresses of relay and Slack, token of the relay', SEALED, 'until you remove them'],
  ['Settings', 'In this browser, without secrets.', 'until you remove the extension'],
  ['Progress of a run', HERE, 'until you remove the extension'],
  [
    'Which checklists are kept up to date, and how they stand',
    HERE,
    'until you stop it, or seven days after the checklist was closed',
  ],
  [
    "GitHub's dates of the issues, and counts of requests by day, for the metrics",
    HERE,
    'dates until you remove the extension; counts 31 days',
  ],
  [
    'Differences that you left as they are',
    HERE,
    'until you show them again; the newest 500 of a checklist',
  ],
  ['Previews', HERE, 'one day'],
  [
    'Messages to relay and Slack, and what was told',
    HERE,
    'seven days after they arrived; those that did not, until you dismiss them',
  ],
  ['A log of every write, with the text before it', HERE, '30 days'],
  [
    'Checklists, issues and links',
    'On GitHub. A hidden comment at the end of each issue tells which item it is for.',
    'as long as you keep them',
  ],
];
