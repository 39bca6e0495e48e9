import { computed, signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import reconcileStyle from '../../components/panel/reconcile.css?inline';
import {
  completeAlertSettings,
  completePreferences,
  createSettings,
  loadOverviewSettings,
  openTokens,
} from '../../lib/settings.ts';
import { loadAlertFacts } from '../../lib/store/alert-facts.ts';
import { connect } from '../../lib/store/db.ts';
import { allStored } from '../../lib/stored.ts';
import { createDashboardModel } from './dashboard-model.ts';
import { DashboardPage } from './dashboard-page.tsx';
import { loadKnownChecklists } from './known-checklists.ts';
import { LogPage } from './log-page.tsx';
import { MetricsPage } from './metrics-page.tsx';
import { askBackground, ownSurroundings } from './own-page.ts';
import { place, route } from './router.ts';

/** How often the dashboard reads again, in milliseconds: a refresh that found nothing new changes no record. */
const REREAD_MS = 10_000;

// The panel's own rules for tables and differences would reach the other pages' tables. Not as an element: our policy
// takes no inline styles.
const taskStyle = new CSSStyleSheet();
taskStyle.replaceSync(`@scope (.task) { ${reconcileStyle} }`);
document.adoptedStyleSheets.push(taskStyle);

const root = document.getElementById('dashboard');
const db = connect(undefined, openTokens);
const settings = createSettings(db);
const now = signal(Date.now());
// Before anything is shown: the page would jump when it turns out to be paused.
const [storedPreferences, storedAlerts, isPaused] = await allStored(
  settings.preferences,
  settings.alerts,
  settings.paused,
);
const dashboard = createDashboardModel({
  ask: askBackground,
  loadFacts: () => loadAlertFacts(db, loadOverviewSettings(db), now.value),
  loadKnown: async () => loadKnownChecklists(db, await settings.tracked.getValue()),
  settings: computed(() => completeAlertSettings(storedAlerts.value)),
  everyMinutes: computed(() => completePreferences(storedPreferences.value).pollMinutes),
  paused: isPaused,
  openOptions: () => void browser.runtime.openOptionsPage(),
  now,
});
const reread = () => {
  now.value = Date.now();
  void dashboard.reload();
};
reread();
setInterval(() => {
  if (document.visibilityState === 'visible') reread();
}, REREAD_MS);
document.addEventListener('visibilitychange', reread);
browser.storage.session.onChanged.addListener(reread);

const shared = { db, tracked: settings.tracked, route, now };
if (root !== null)
  render(
    <DashboardPage
      dashboard={dashboard}
      place={place}
      goTo={(href) => {
        location.hash = href;
      }}
      surroundings={ownSurroundings(askBackground)}
      log={<LogPage {...shared} />}
      metrics={<MetricsPage {...shared} />}
    />,
    root,
  );
