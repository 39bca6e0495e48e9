import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import { ItemBadge } from '../../components/panel/ItemBadge.tsx';
import { LinkChoice } from '../../components/panel/LinkChoice.tsx';
import { PopupPage } from '../../components/popup/PopupPage.tsx';
import { UnlockNote } from '../../components/ui/UnlockNote.tsx';
import { LogModelView } from '../../entrypoints/dashboard/log-page.tsx';
import { MetricsModelView } from '../../entrypoints/dashboard/metrics-page.tsx';
import { createOptionsModel } from '../../entrypoints/options/options-model.ts';
import { createPopupModel } from '../../entrypoints/popup/popup-model.ts';
import { mailLink } from '../../lib/channels/mail.ts';
import { slack } from '../../lib/channels/slack.ts';
import { DEFAULT_ALERT_SETTINGS } from '../../lib/core/alerts/alert-settings.ts';
import { newMessage, recordOutcome } from '../../lib/core/alerts/outbox.ts';
import { fail, failure, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import { LINES, OTHER, PLAN, sampleLog } from '../components/log-samples.ts';
import { sampleMetrics } from '../components/metrics-samples.ts';
import { createOptionsWorld } from '../components/options-world.ts';
import { everyKind, FOUND } from '../components/reconcile-samples.ts';
import { settle, show } from '../components/render.ts';
import {
  CHECKLIST,
  NOW,
  PROBLEMS,
  REPO,
  sampleJob,
  sampleSync,
  sampleView,
} from '../components/samples.ts';
import { SCREENS as PANEL } from '../content/gallery/screens.tsx';
import { NO_FACTS, planAt, trackedFacts } from '../core/overview/samples.ts';
import { SCREENS as DASHBOARD } from '../dashboard/gallery/screens.ts';
import type { Alter } from './alter.ts';

/** Opens a view whose data were altered, with all that unfolds, and answers what it is in. */
export type View = (alter: Alter) => Promise<HTMLElement>;

/** Every view by name: all screens of both galleries, and the pages that have none. A new screen is one here by itself. */
export const VIEWS: Readonly<Record<string, View>> = {
  ...Object.fromEntries(
    Object.entries(PANEL).map(([name, screen]) => [`panel ${name}`, panelView(screen)]),
  ),
  ...Object.fromEntries(
    Object.keys(DASHBOARD).map((name) => [`dashboard ${name}`, dashboardView(name)]),
  ),
  badges: (alter) =>
    opened(
      <ul>
        {alter(sampleView(8)).badges.map((badge, index) => (
          <li key={badge?.text ?? index}>{badge && <ItemBadge issue={badge} />}</li>
        ))}
      </ul>,
    ),
  log: async (alter) => {
    const { model } = sampleLog(alter(LINES), {}, { loadChecklists: known(alter) });
    await model.load(new AbortController().signal);
    const root = await opened(<LogModelView model={model} />);
    for (const row of root.querySelectorAll<HTMLElement>('.log-rows > [role="row"]')) row.click();
    await settle();
    return root;
  },
  metrics: async (alter) => {
    const { model } = sampleMetrics({ loadChecklists: known(alter) });
    await model.load(new AbortController().signal);
    return opened(<MetricsModelView model={model} />);
  },
  'search of an issue': searchView,
  'locked token': (alter) =>
    opened(
      <UnlockNote
        lock="token-locked"
        onUnlock={async () => fail(failure('stale-plan'))}
        {...alter({ login: 'ann' })}
      />,
    ),
  popup: popupView,
  options: optionsView,
};

function panelView(screen: VNode): View {
  return (alter) => opened(alter(screen));
}

function dashboardView(name: string): View {
  return async (alter) => {
    const screen = DASHBOARD[name];
    if (screen === undefined) throw new Error(`no screen ${name}`);
    const { world, press = [] } = screen(alter);
    if (!screen.isLoading) await world.dashboard.reload();
    const { root } = show(world.view);
    await settle();
    for (const words of press) {
      const all = [
        ...root.querySelectorAll<HTMLElement>('main button, main summary, header button'),
      ];
      all.find(({ textContent }) => textContent?.startsWith(words))?.click();
      await settle();
    }
    return unfolded(root);
  };
}

/** The two searches of a difference: for an issue, and for an item. */
async function searchView(alter: Alter): Promise<HTMLElement> {
  const { differences, matches } = alter(everyKind());
  const nothing = () => {};
  const root = await opened(
    <div>
      {differences.map((difference) => (
        <LinkChoice
          key={difference.id}
          difference={difference}
          made={undefined}
          items={matches}
          from={REPO}
          now={NOW}
          onSearch={async () => succeed(alter(FOUND))}
          onPreview={async () => fail(failure('stale-plan'))}
          onMake={nothing}
          onUnpick={nothing}
        />
      ))}
    </div>,
  );
  for (const field of root.querySelectorAll('input')) {
    field.value = 'a';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  await rest();
  for (const form of root.querySelectorAll('form'))
    form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  for (const button of root.querySelectorAll('button')) button.click();
  await rest();
  return root;
}

async function popupView(alter: Alter): Promise<HTMLElement> {
  const facts = {
    ...NO_FACTS,
    accounts: [{ id: 'A', host: 'github.com', login: 'ann', expiresAt: undefined }],
    checklists: [
      trackedFacts(1, { failure: failure('bad-token'), failures: 3 }),
      trackedFacts(2, { newItems: 3 }),
    ],
    jobs: [{ status: sampleJob({ problems: PROBLEMS }), title: 'Release 2.0' }],
  };
  const data = { settings: DEFAULT_ALERT_SETTINGS, everyMinutes: 2, isPaused: false };
  const nothing = async () => succeed(undefined);
  const model = createPopupModel({
    load: async () => ({ ...data, facts: alter(facts) }),
    findShown: async () => alter({ checklist: planAt(7), title: 'Plan 7' }),
    read: async () => succeed(alter(sampleView(8))),
    sync: async () => succeed({ updated: 2, left: 0, notice: undefined }),
    track: async () => succeed(alter(sampleSync())),
    answer: async () => succeed(alter(sampleSync())),
    control: async (job) => succeed(job),
    resolve: async (job) => succeed(job),
    unlock: nothing,
    pollNow: nothing,
    setPaused: nothing,
    openOptions: () => {},
    mailHref: mailLink,
    now: signal(NOW),
  });
  await model.start();
  return opened(<PopupPage {...model} />);
}

async function optionsView(alter: Alter): Promise<HTMLElement> {
  const { world, context } = createOptionsWorld();
  world.tracked.value = alter([
    { checklist: CHECKLIST, title: 'Release 2.0', login: 'ann', since: 0 },
  ]);
  world.lost.value = alter({
    checklists: [CHECKLIST],
    preferences: { generation: { prefix: '[Plan] ' } },
    alerts: { mailTo: 'team@example.org' },
  });
  const payload = alter({ kind: 'alert', subject: 'Sync failed', text: 'Sync failed: x' } as const);
  const refused = alter({ kind: 'refused', reason: 'no such channel' } as const);
  world.messages = [recordOutcome(newMessage('M', 'slack', payload, 0), refused, slack, 0)];
  const model = createOptionsModel(context);
  await model.reload();
  return opened(<OptionsPage {...model} />);
}

async function opened(view: VNode): Promise<HTMLElement> {
  const { root } = show(view);
  await rest();
  return unfolded(root);
}

/** Unfolds all that is folded, also what that shows. */
async function unfolded(root: HTMLElement): Promise<HTMLElement> {
  for (let depth = 0; depth < 3; depth++) {
    const folded = [...root.querySelectorAll('details')].filter(({ open }) => !open);
    if (folded.length === 0) break;
    for (const details of folded) {
      details.open = true;
      details.dispatchEvent(new Event('toggle'));
    }
    await rest();
  }
  return root;
}

/** Long enough for Preact to render again. */
async function rest(): Promise<void> {
  for (let count = 0; count < 3; count++) await new Promise((resolve) => setTimeout(resolve, 0));
}

function known(alter: Alter) {
  const all = [PLAN, OTHER].map((one) => [checklistKey(one.checklist), alter(one)] as const);
  return async () => new Map(all);
}
