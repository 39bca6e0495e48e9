import { render } from 'preact';
import { OptionsPage } from '../../components/OptionsPage.tsx';
import { sendMessage } from '../../lib/messages.ts';
import { preferences, trackedChecklists } from '../../lib/settings.ts';
import { connect } from '../../lib/store/db.ts';
import { stored } from '../../lib/stored.ts';
import { download } from './download.ts';
import { createOptionsModel } from './options-model.ts';

const root = document.getElementById('options');
const model = createOptionsModel({
  db: connect(),
  check: (query) => sendMessage('checkAccount', query),
  settings: stored(preferences),
  saveSettings: (settings) => preferences.setValue(settings),
  tracked: stored(trackedChecklists),
  untrack: (checklist) =>
    sendMessage('trackChecklist', { checklist, tracked: false, pageUser: undefined }),
  download,
});
void model.reload();
if (root !== null) render(<OptionsPage {...model} />, root);
