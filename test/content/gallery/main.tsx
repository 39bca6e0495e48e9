/** The gallery's page: renders one screen (`#screen/theme`) as it stands above an issue's text. */
import { render } from 'preact';
import { ItemBadge } from '../../../components/panel/ItemBadge.tsx';
import reconcileStyle from '../../../components/panel/reconcile.css?inline';
import panelStyle from '../../../components/panel/style.css?inline';
import style from '../../../entrypoints/github.content/style.css?inline';
import { sampleView } from '../../components/samples.ts';
import { SCREENS } from './screens.tsx';
import { THEMES, type ThemeName } from './themes.ts';

function show(): void {
  const [name = '', theme = 'light'] = location.hash.slice(1).split('/');
  const [screen = '', unfolded] = name.split('+');
  const colors = THEMES[theme as ThemeName];
  document.documentElement.style.colorScheme = theme === 'light' ? 'light' : 'dark';
  for (const [name, value] of Object.entries(colors))
    document.documentElement.style.setProperty(name, value);
  const host = document.createElement('masterlist-checklist-panel');
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = document.createElement('style');
  sheet.textContent = style + panelStyle + reconcileStyle;
  const root = document.createElement('div');
  root.className = 'root';
  shadow.append(sheet, root);
  render(SCREENS[screen] ?? <p>No such screen</p>, root);
  if (unfolded !== undefined)
    for (const details of root.querySelectorAll('details')) details.open = true;
  document.querySelector('#host')?.replaceChildren(host);
  render(<Text />, document.querySelector('#text') ?? document.body);
}

/** The text below the panel, with every kind of badge. */
function Text() {
  return (
    <ul>
      {sampleView(8).badges.map((badge, index) => (
        <li key={badge?.text ?? index}>
          <input type="checkbox" disabled aria-label="An item" /> An item of the checklist
          {badge && <ItemBadge issue={badge} />}
        </li>
      ))}
    </ul>
  );
}

addEventListener('hashchange', show);
(globalThis as { gallery?: unknown }).gallery = [
  ...Object.keys(SCREENS),
  ...['preview-3+open', 'preview-missing+open'],
  ...['sync-preview-500+open', 'sync-remarks+open', 'sync-texts+open', 'sync-texts-changed+open'],
  ...['question-130+open', 'question-preview+open'],
  ...['reconcile-3+open', 'reconcile-500+open', 'reconcile-kinds+open', 'reconcile-0+open'],
];
show();
