import { render } from 'preact';
import { OptionsPage } from '../../components/OptionsPage.tsx';
import { sendMessage } from '../../lib/messages.ts';
import { preferences } from '../../lib/settings.ts';
import { connect } from '../../lib/store/db.ts';
import { stored } from '../../lib/stored.ts';
import { createOptionsModel } from './options-model.ts';

const root = document.getElementById('options');
const model = createOptionsModel({
  db: connect(),
  check: (query) => sendMessage('checkAccount', query),
  settings: stored(preferences),
  saveSettings: (settings) => preferences.setValue(settings),
});
void model.reload();
if (root !== null) render(<OptionsPage {...model} />, root);
