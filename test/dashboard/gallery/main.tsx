/** The gallery's page: renders one screen of the dashboard (`#screen`). `gallery.ready` is its name once it stands. */
import { render } from 'preact';
import { SCREENS } from './screens.ts';

const gallery = { names: Object.keys(SCREENS), ready: '' };
(globalThis as { gallery?: typeof gallery }).gallery = gallery;

async function show(): Promise<void> {
  const name = location.hash.slice(1);
  const root = document.getElementById('dashboard');
  const screen = SCREENS[name];
  if (root === null || screen === undefined) return;
  gallery.ready = '';
  render(null, root);
  const { world, press = [] } = screen();
  if (!screen.isLoading) await world.dashboard.reload();
  render(world.view, root);
  await rest();
  for (const words of press) {
    const all = [...root.querySelectorAll<HTMLElement>('main button, main summary, header button')];
    all.find(({ textContent }) => textContent?.startsWith(words))?.click();
    await rest();
  }
  gallery.ready = name;
}

/** Long enough for the fake background and for Preact. */
function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 120));
}

addEventListener('hashchange', () => void show());
void show();
