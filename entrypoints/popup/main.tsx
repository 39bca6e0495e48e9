import { signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { PopupPage } from '../../components/PopupPage.tsx';
import { sendMessage } from '../../lib/messages.ts';
import { loadPreferences, releasedChecklists, trackedChecklists } from '../../lib/settings.ts';
import { connect } from '../../lib/store/db.ts';
import { loadReconcile } from '../../lib/store/reconciles.ts';
import { createSyncStore } from '../../lib/store/syncs.ts';
import { createPopupModel } from './popup-model.ts';

/** How often the popup looks again, in milliseconds: a check that found nothing new tells nobody. */
const LOOK_AGAIN_MS = 10_000;

const root = document.getElementById('popup');
const now = signal(Date.now());
const db = connect();
const syncs = createSyncStore(db);
const model = createPopupModel({
  listTracked: () => trackedChecklists.getValue(),
  listReleased: () => releasedChecklists.getValue(),
  loadRecord: syncs.loadRecord,
  loadReconcile: (key) => loadReconcile(db, key),
  pollMinutes: async () => (await loadPreferences()).pollMinutes,
  pollNow: () => sendMessage('pollNow', {}),
  openOptions: () => {
    // Firefox leaves the popup open over the new tab.
    void browser.runtime.openOptionsPage().then(() => window.close());
  },
  now,
});
const look = () => {
  now.value = Date.now();
  void model.reload();
};
look();
setInterval(look, LOOK_AGAIN_MS);
browser.storage.local.onChanged.addListener(look);
if (root !== null) render(<PopupPage {...model} />, root);
