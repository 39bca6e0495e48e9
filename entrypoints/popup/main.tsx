import { signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { PopupPage } from '../../components/popup/PopupPage.tsx';
import { mailLink } from '../../lib/channels/mail.ts';
import { sendMessage } from '../../lib/messages.ts';
import { openTokens } from '../../lib/settings.ts';
import { connect } from '../../lib/store/db.ts';
import { followLink } from './follow-link.ts';
import { loadOverview } from './load-overview.ts';
import { createPopupModel } from './popup-model.ts';
import { shownChecklist } from './shown-checklist.ts';

/** How often the popup reads again, in milliseconds: a refresh that found nothing new changes no record. */
const REREAD_MS = 10_000;

const root = document.getElementById('popup');
const now = signal(Date.now());
const db = connect(undefined, openTokens);
// It opens while the settings are read.
void db.use(async () => {}).catch(() => {});
const model = createPopupModel({
  load: (at) => loadOverview(db, at),
  findShown: async () => {
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
    return shownChecklist(tab);
  },
  // Nobody can tell here who is signed in on the page.
  read: (checklist) =>
    sendMessage('openChecklist', { checklist, pageUser: undefined, known: false }),
  sync: (checklist) =>
    sendMessage('syncChecklist', { checklist, pageUser: undefined, preview: undefined }),
  track: (checklist, tracked) =>
    sendMessage('trackChecklist', { checklist, tracked, pageUser: undefined }),
  answer: (checklist, answers) =>
    sendMessage('answerNumbers', { checklist, ...answers, pageUser: undefined }),
  control: ({ id, checklist }, action) => sendMessage('controlJob', { checklist, job: id, action }),
  resolve: ({ id, checklist }, indexes, resolution) =>
    sendMessage('resolveRows', { checklist, job: id, indexes, resolution }),
  unlock: (account, passphrase) => sendMessage('unlockAccount', { account, passphrase }),
  pollNow: () => sendMessage('pollNow', {}),
  setPaused: (paused) => sendMessage('setPaused', { paused }),
  openOptions: () => {
    // Firefox leaves the popup open over the new tab.
    void browser.runtime.openOptionsPage().then(() => window.close());
  },
  mailHref: mailLink,
  now,
});
const reread = () => {
  now.value = Date.now();
  void model.reload();
};
void model.start();
setInterval(reread, REREAD_MS);
browser.storage.session.onChanged.addListener(reread);
if (import.meta.env.FIREFOX) {
  const following = {
    openTab: (url: string) => browser.tabs.create({ url }),
    close: () => window.close(),
  };
  root?.addEventListener('click', (event) => followLink(event, following));
}
if (root !== null) render(<PopupPage {...model} />, root);
