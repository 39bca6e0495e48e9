// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { followLink } from '../../entrypoints/popup/follow-link.ts';
import { patiently } from '../patiently.ts';

function clicked(markup: string, selector: string, keys: MouseEventInit = {}) {
  document.body.innerHTML = markup;
  const following = { openTab: vi.fn(async (_url: string) => {}), close: vi.fn() };
  document.body.addEventListener('click', (event) => followLink(event, following), { once: true });
  const event = new MouseEvent('click', { bubbles: true, cancelable: true, ...keys });
  document.querySelector(selector)?.dispatchEvent(event);
  return { ...following, event };
}

test('a link is opened in a tab, and only then the popup closes', async () => {
  const { openTab, close, event } = clicked(
    '<a href="https://github.com/o/r/issues/1" target="_blank" rel="noreferrer"><b>Plan</b></a>',
    'b',
  );
  expect(event.defaultPrevented).toBe(true);
  expect(openTab).toHaveBeenCalledExactlyOnceWith('https://github.com/o/r/issues/1');
  expect(close).not.toHaveBeenCalled();
  await patiently(() => expect(close).toHaveBeenCalledOnce());
});

test('an email is opened like any link', () => {
  const { openTab } = clicked('<a href="mailto:a@example.com?subject=Plan">Write</a>', 'a');
  expect(openTab).toHaveBeenCalledExactlyOnceWith('mailto:a@example.com?subject=Plan');
});

test('what is no link, and a click with a key held, is left to the browser', () => {
  const button = clicked('<button>Sync now</button>', 'button');
  const held = clicked('<a href="https://github.com/">Plan</a>', 'a', { ctrlKey: true });
  for (const { openTab, close, event } of [button, held]) {
    expect(event.defaultPrevented).toBe(false);
    expect(openTab).not.toHaveBeenCalled();
    expect(close).not.toHaveBeenCalled();
  }
});
