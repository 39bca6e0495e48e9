import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Account } from '../../lib/core/account.ts';
import { DEFAULT_ALERT_SETTINGS } from '../../lib/core/alerts/alert-settings.ts';
import type { OpenJobHeader } from '../../lib/core/engine/job.ts';
import type { Failure, Result } from '../../lib/core/failures.ts';
import { checklistKey, issueChecklist } from '../../lib/core/refs.ts';
import { readPreferences } from '../../lib/core/settings/settings.ts';
import { createAlerts } from '../../lib/engine/alerts.ts';
import { applyDifferences } from '../../lib/engine/apply-differences.ts';
import { generateIssues } from '../../lib/engine/generate-issues.ts';
import { newUlid } from '../../lib/engine/new-ulid.ts';
import { pollAll } from '../../lib/engine/poll-tracked.ts';
import { previewDifferences } from '../../lib/engine/preview-differences.ts';
import { previewGeneration } from '../../lib/engine/preview-generation.ts';
import { createTrackedList } from '../../lib/engine/tracked-list.ts';
import { createUsage } from '../../lib/engine/usage.ts';
import { createClient } from '../../lib/github/client.ts';
import { createGitHub, refusingGitHub } from '../../lib/github/github.ts';
import type { Ports, StoredValue } from '../../lib/ports.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';
import { patiently } from '../patiently.ts';
import { createLocks } from './locks.ts';
import { createMemoryStores } from './memory-stores.ts';

const REPO = { host: 'github.com', owner: 'ann', name: 'demo' };
const NAME = 'ann/demo';

/** Waits and paces at which a test does not wait. */
const FAST = {
  gapMs: 1,
  lookUpAfterMs: [20, 40, 60, 80],
  claimSettleMs: 5,
  writeGapMs: 0,
  mendSettleMs: 0,
};

let github: LocalGitHub;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 20);
  github = await startLocalGitHub({ clock: () => now });
  github.addRepo(NAME);
});
afterEach(() => github.close());

it('generates, syncs and reconciles without a browser, each issue once', async () => {
  const { token } = github.addUser('ann');
  const ports = createPorts(token);
  const body = '- [ ] One\n- [ ] Two\n- [ ] Three\n';
  const number = github.addIssue(NAME, { title: 'Plan', body, author: 'ann' });
  const checklist = issueChecklist({ repo: REPO, number });
  const text = () => github.issue(NAME, number).body ?? '';

  const query = { checklist, pageUser: undefined, options: {} };
  const { run } = given(await previewGeneration(query, ports));
  const generate = () =>
    generateIssues({ checklist, run, choices: [], only: 'all' }, ports).then(given);
  await Promise.all([generate(), generate()]);
  await jobsEnd(ports);
  expect(github.issues(NAME).map(({ title }) => title)).toEqual(['Plan', 'One', 'Two', 'Three']);
  const [one = 0, two = 0, three = 0] = [...text().matchAll(/#(\d+)/g)].map(([, of]) => Number(of));
  expect(text()).toBe(
    `- [ ] One (closes #${one})\n- [ ] Two (closes #${two})\n- [ ] Three (closes #${three})\n`,
  );

  now += 60_000;
  await pollAll(ports, { hurry: true });
  github.editIssue(NAME, one, { state: 'closed', stateReason: 'completed' }, 'ann');
  now += 60_000;
  await pollAll(ports, { hurry: true });
  expect(text()).toMatch(/^- \[x\] One .*\n- \[ \] Two .*\n- \[ \] Three /);

  github.editIssue(NAME, number, { body: text().replace('[ ] Two', '[x] Two') }, 'ann');
  now += 60_000;
  const preview = given(await previewDifferences({ checklist, pageUser: undefined }, ports));
  expect(preview.plan.differences.map(({ finding }) => finding.kind)).toEqual(['ticked-open']);
  const [difference] = preview.plan.differences;
  const choice = difference?.choices.findIndex(({ choice: { kind } }) => kind === 'close-issue');
  const chosen = [
    { kind: 'offered', difference: difference?.id ?? '', choice: choice ?? -1 },
  ] as const;
  const resolve = { checklist, pageUser: undefined, preview: preview.id, chosen };
  given(await applyDifferences(resolve, ports));
  await jobsEnd(ports);
  expect(github.issue(NAME, two)).toMatchObject({ state: 'closed' });
  const after = given(await previewDifferences({ checklist, pageUser: undefined }, ports));
  expect(after.plan.differences).toEqual([]);
  expect(github.issues(NAME)).toHaveLength(4);
  expect(await ports.store.listEvents(checklistKey(checklist))).not.toEqual([]);
  github.assertConforming();
});

async function jobsEnd({ store }: Ports): Promise<void> {
  await patiently(async () => expect(await store.listOpenJobs()).toEqual([]));
}

function given<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(`${answer.failure.code}: ${answer.failure.message}`);
  return answer.value;
}

/** The ports of a program without a browser. */
function createPorts(token: string): Ports {
  const account: Account = {
    id: 'ann',
    host: 'github.com',
    state: 'active',
    login: 'ann',
    kind: 'classic',
    scopes: ['repo'],
    expiresAt: undefined,
    checkedAt: 0,
  };
  const stores = createMemoryStores(account, token);
  const usage = createUsage({ fetch: github.fetch, syncs: stores.syncs, now: () => now });
  const locks = createLocks();
  const headers = new Map<string, OpenJobHeader>();
  const left = new Map<string, ReturnType<Ports['left']>>();
  const client = createClient({ host: 'github.com', token, fetch: usage.fetch, timeoutMs: 10_000 });
  const ports = {
    ...stores,
    syncs: usage.syncs,
    usage,
    clock: {
      now: () => now,
      sleep: async (ms: number) => {
        now += ms;
      },
    },
    locks,
    random: () => 0.5,
    newId: () => newUlid(now),
    isOnline: () => true,
    carriesOn: true,
    wake: { wakeAt: async () => {}, clear: async () => {} },
    alarms: {
      pollEvery: async () => {},
      pollSoon: async () => {},
      clearPolls: async () => {},
      tick: async () => {},
      ringAt: async () => {},
    },
    headers: {
      save: async (header: OpenJobHeader) => void headers.set(header.id, header),
      list: async () => [...headers.values()],
      remove: async (id: string) => void headers.delete(id),
    },
    preferences: async () => readPreferences({ timing: FAST }).value,
    alertSettings: async () => DEFAULT_ALERT_SETTINGS,
    isPaused: async () => false,
    tracked: createTrackedList({ locks, tracked: storedValue([]), released: storedValue([]) }),
    left: (checklist) => {
      const key = checklistKey(checklist);
      const value = left.get(key) ?? storedValue([]);
      left.set(key, value);
      return value;
    },
    nightTries: storedValue({}),
    pruned: storedValue(undefined),
    wasOffline: storedValue(false),
    openGitHub: async () => ({ github: createGitHub(client), account }),
    refusingGitHub: (problem: Failure) => refusingGitHub(problem),
    fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    openAddress: async () => undefined,
    notifications: {
      isAllowed: () => false,
      show: async () => {},
      update: async () => {},
      clear: async () => {},
    },
    isEditorOpen: () => false,
    isEditorOpenLong: async () => false,
    onChange: () => {},
    onProgress: () => {},
    toolbar: { refresh: async () => {} },
  } satisfies Omit<Ports, 'alerts'>;
  return { ...ports, alerts: createAlerts(ports) };
}

function storedValue<Value>(fallback: Value): StoredValue<Value> {
  let stored = fallback;
  return {
    getValue: async () => stored,
    setValue: async (value) => {
      stored = value;
    },
    removeValue: async () => {
      stored = fallback;
    },
  };
}
