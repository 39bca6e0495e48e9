// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { OptionsStorage } from '../../components/options/OptionsStorage.tsx';
import { CHANNELS } from '../../lib/channels/registry.ts';
import { DEFAULT_ALERT_SETTINGS } from '../../lib/core/alerts/alert-settings.ts';
import { connect } from '../../lib/store/db.ts';
import { show } from './render.ts';

const RUNS = 'Runs, their items and the outcome of each';
const LOG = 'A log of every write, with the text before it, and of every problem';
const TRACKED = 'Tracked checklists and their status';
const LIMITS = "When each repository was last refreshed, and your account's GitHub rate limits";
const WORKED_ON =
  'Titles and addresses of the checklists that you worked on, and the counts of the last run of each';

/** Each store of the database, by the line that tells of it. */
const TOLD_BY: Readonly<Record<string, string>> = {
  accounts: "The token's user, scopes and expiry",
  checklists: WORKED_ON,
  controls: RUNS,
  counters: 'Counts of requests by day, for the metrics',
  cursors: LIMITS,
  events: LOG,
  facts: 'Settings',
  issueDates: "GitHub's dates of the issues, for the metrics",
  jobs: RUNS,
  keys: 'Your token',
  outbox: 'Messages to the alert channels',
  paces: LIMITS,
  plans: 'Previews',
  reconcilePreviews: 'Previews',
  reconciles: TRACKED,
  rows: RUNS,
  secrets: 'Addresses and secrets of the alert channels',
  syncPreviews: 'Previews',
  syncs: TRACKED,
  texts: LOG,
  told: 'Alerts already shown',
  unverified: 'Text that was just written',
};

describe('what is stored, and which hosts are contacted', () => {
  it('leaves out no store of the database', async () => {
    const stores = await connect('stored').use(async (open) => [...open.objectStoreNames]);
    expect(stores.toSorted()).toEqual(Object.keys(TOLD_BY));
    const lines = new Set([...page({}).querySelectorAll('th[scope=row]')].map(textOf));
    for (const line of Object.values(TOLD_BY)) expect(lines).toContain(line);
  });

  it('tells what goes to a saved address, and that nothing does where it is not used', () => {
    expect(textOf(page({}))).toContain('is not used by this browser, except for tests');
    const used = textOf(page({ on: { ...ON, slack: true }, sendsForTeam: true }));
    expect(used).toContain('hooks.slack.com: Slack gets alerts, summaries and tests.');
    expect(used).toContain('The relay: not set up');
  });
});

const ON = DEFAULT_ALERT_SETTINGS.on;

function page(changes: Partial<typeof DEFAULT_ALERT_SETTINGS>): Element {
  const alerts = signal({ ...DEFAULT_ALERT_SETTINGS, ...changes });
  const addresses = signal({ slack: { host: 'hooks.slack.com', savedAt: 0 } });
  return show(<OptionsStorage channels={CHANNELS} alerts={alerts} addresses={addresses} />).root;
}

function textOf(element: Element): string {
  return element.textContent ?? '';
}
