import { beforeEach, describe, expect, it } from 'vitest';
import {
  createEditors,
  type EditorPort,
  type Editors,
  LONG_EDIT_MS,
} from '../../entrypoints/background/editors.ts';

const OWN = { id: 'masterlist', pages: 'chrome-extension://masterlist/' };
const KEY = 'github.com/ann/demo#12';
const URL_12 = 'https://github.com/ann/demo/issues/12';

describe('editors', () => {
  let now = 0;
  let closed: string[] = [];
  let editors: Editors;

  beforeEach(() => {
    now = 1_000;
    closed = [];
    editors = createEditors({ own: OWN, now: () => now, onClosed: (key) => closed.push(key) });
  });

  it('are open as long as one of the tabs holds its port', () => {
    const first = port();
    const second = port();
    editors.hold(first);
    editors.hold(second);
    expect(editors.isOpen(KEY)).toBe(true);
    first.drop();
    expect(editors.isOpen(KEY)).toBe(true);
    second.drop();
    expect(editors.isOpen(KEY)).toBe(false);
    expect(closed).toEqual([KEY]);
  });

  it('of other checklists do not count', () => {
    editors.hold(port());
    expect(editors.isOpen('github.com/ann/demo#13')).toBe(false);
  });

  it.each([
    ['a tab that shows another issue', port({ url: 'https://github.com/ann/demo/issues/13' })],
    ['a port of another name', port({ name: 'editor:github.com/ann/demo#99' })],
    ['a sub-frame', port({ frameId: 2 })],
    ['another extension', port({ id: 'other' })],
  ])('are not held by %s', (_who, stranger) => {
    editors.hold(stranger);
    expect(editors.isOpen(KEY)).toBe(false);
    expect(stranger.disconnected).toBe(true);
  });

  it('that stay open for half an hour are worth a notice, also across the death of the worker', async () => {
    editors.hold(port());
    expect(await editors.isOpenLong(KEY)).toBe(false);
    await Promise.resolve();
    const reborn = createEditors({ own: OWN, now: () => now, onClosed: () => {} });
    reborn.hold(port());
    now += LONG_EDIT_MS - 1;
    expect(await reborn.isOpenLong(KEY)).toBe(false);
    now += 1;
    expect(await reborn.isOpenLong(KEY)).toBe(true);
  });

  it('count anew after they were closed', async () => {
    const first = port();
    editors.hold(first);
    await editors.isOpenLong(KEY);
    first.drop();
    now += LONG_EDIT_MS;
    editors.hold(port());
    expect(await editors.isOpenLong(KEY)).toBe(false);
  });
});

interface FakePort extends EditorPort {
  readonly disconnected: boolean;
  drop(): void;
}

function port(
  change: { url?: string; name?: string; frameId?: number; id?: string } = {},
): FakePort {
  const listeners: (() => void)[] = [];
  let disconnected = false;
  return {
    name: change.name ?? `editor:${KEY}`,
    sender: {
      id: change.id ?? 'masterlist',
      frameId: change.frameId ?? 0,
      tab: { url: change.url ?? URL_12 },
    },
    onDisconnect: { addListener: (listener) => listeners.push(listener) },
    disconnect: () => {
      disconnected = true;
    },
    get disconnected() {
      return disconnected;
    },
    drop: () => {
      for (const listener of listeners) listener();
    },
  };
}
