import { render } from 'preact';
import { browser } from 'wxt/browser';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import { downloadFile } from '../../components/ui/download-file.ts';
import { sendMessage } from '../../lib/messages.ts';
import { createSettings, openTokens, type StoredItem } from '../../lib/settings.ts';
import { connect } from '../../lib/store/db.ts';
import { createOutboxStore } from '../../lib/store/outbox.ts';
import { hasSecret, removeSecret, saveSecret } from '../../lib/store/secrets.ts';
import { allStored } from '../../lib/stored.ts';
import { openShortcuts } from './open-shortcuts.ts';
import { createOptionsModel } from './options-model.ts';

/** How often a token that waits for its check is looked at again, in milliseconds. */
const LOOK_AGAIN_MS = 10_000;

const root = document.getElementById('options');
const db = connect(undefined, openTokens);
const outbox = createOutboxStore(db);
const stored = createSettings(db);
// Before anything is shown: the page would jump when the settings come.
const [storedPreferences, storedAlerts, tracked, lost] = await allStored(
  stored.preferences,
  stored.alerts,
  stored.tracked,
  stored.lost,
);
const model = createOptionsModel({
  db,
  check: (query) => sendMessage('checkAccount', query),
  unlock: (query) => sendMessage('unlockAccount', query),
  settings: storedPreferences,
  changeSettings: (change) => changeItem(stored.preferences, change),
  alertSettings: storedAlerts,
  changeAlertSettings: (change) => changeItem(stored.alerts, change),
  tracked,
  lost,
  changeLost: (change) => changeItem(stored.lost, change),
  track: (checklist) =>
    sendMessage('trackChecklist', { checklist, tracked: true, pageUser: undefined }),
  untrack: (checklist) =>
    sendMessage('trackChecklist', { checklist, tracked: false, pageUser: undefined }),
  permissions: {
    contains: (asked) => browser.permissions.contains(asked),
    request: (asked) => browser.permissions.request(asked),
    remove: (asked) => browser.permissions.remove(asked),
  },
  secrets: {
    save: (channel, secret) => saveSecret(db, channel, secret),
    remove: (channel) => removeSecret(db, channel),
    find: (channel) => hasSecret(db, channel),
  },
  listMessages: () => outbox.list(),
  testChannel: (channel) => sendMessage('testChannel', { channel }),
  settleMessage: (id, send) => sendMessage('settleMessage', { id, send }),
  listCommands: () => browser.commands.getAll(),
  openShortcuts,
  download: downloadFile,
});
// Shown once the store was read: nothing jumps.
void model.reload().finally(() => {
  if (root !== null) render(<OptionsPage {...model} />, root);
  // A link to a section came before the section.
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
});
// What was changed elsewhere meanwhile: permissions and shortcuts in the browser's own pages, messages in the background.
window.addEventListener('focus', () => void model.reload());
// The background checks a pasted token again where GitHub could not be asked about it.
setInterval(() => {
  const isWaiting = model.accounts.value.some(({ state }) => state === 'pending');
  if (isWaiting && document.visibilityState === 'visible') void model.reload();
}, LOOK_AGAIN_MS);
browser.permissions.onAdded.addListener(() => void model.reload());
browser.permissions.onRemoved.addListener(() => void model.reload());

/** Changes a stored item from what it is now; changes of all open options pages wait for each other. */
function changeItem<Value>(item: StoredItem<Value>, change: (now: Value) => Value): Promise<void> {
  return navigator.locks.request(`change ${item.name}`, async () => {
    await item.setValue(change(await item.getValue()));
  });
}
