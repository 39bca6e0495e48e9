import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type Handlers, listen } from '../../entrypoints/background/listen.ts';
import { tellOfChange, tellOfSettings } from '../../entrypoints/background/page-news.ts';
import { succeed } from '../../lib/core/failures.ts';
import { checklistKey, issueChecklist } from '../../lib/core/refs.ts';
import { pageSettings } from '../../lib/core/settings/page-settings.ts';
import { askBackground, watchChecklist } from '../../lib/page-link.ts';
import { completePreferences } from '../../lib/settings.ts';
import { CHECKLIST, issueAt, sampleJob } from '../components/samples.ts';

type Listener = (
  message: unknown,
  sender: unknown,
  sendResponse: (answer: unknown) => void,
) => unknown;

/** Carries messages between the two sides as Chrome does, with `sendResponse`. */
function wire(): void {
  const listeners = new Set<Listener>();
  const sendMessage = (message: unknown) =>
    new Promise((resolve) => {
      const answered = [...listeners].map((listener) => listener(message, {}, resolve));
      if (!answered.includes(true)) resolve(undefined);
    });
  const { onMessage } = fakeBrowser.runtime;
  vi.spyOn(onMessage, 'addListener').mockImplementation((one) => void listeners.add(one as never));
  vi.spyOn(browser.runtime, 'sendMessage').mockImplementation(sendMessage as never);
}

/** The background's side of one message. */
const hearGetJob = (answering: Handlers['getJob']) => listen({ getJob: answering } as Handlers);

afterEach(() => vi.restoreAllMocks());

describe('a message', () => {
  beforeEach(wire);

  it('arrives in the background, and its answer comes back', async () => {
    const heard: unknown[] = [];
    hearGetJob(async ({ data }) => {
      heard.push(data);
      return succeed(sampleJob());
    });
    expect(await askBackground('getJob', { checklist: CHECKLIST })).toEqual(succeed(sampleJob()));
    expect(heard).toEqual([{ checklist: CHECKLIST }]);
  });

  it('is answered with a failure when the handler throws', async () => {
    hearGetJob(() => Promise.reject(new Error('broken')));
    expect(await askBackground('getJob', { checklist: CHECKLIST })).toMatchObject({
      ok: false,
      failure: { code: 'internal' },
    });
  });

  it('rejects when nobody listens', async () => {
    await expect(askBackground('getJob', { checklist: CHECKLIST })).rejects.toThrow();
  });
});

describe('a page of GitHub', () => {
  const hear = () => {
    const heard = vi.fn();
    const ended = new AbortController();
    watchChecklist(CHECKLIST, heard, ended.signal);
    const tell = (news: unknown) => void fakeBrowser.runtime.onMessage.trigger(news, {}, () => {});
    return { heard, ended, tell };
  };

  it('hears of changes to its checklist alone, until it ends', () => {
    const { heard, ended, tell } = hear();
    tell({ changed: checklistKey(issueChecklist(issueAt(2))) });
    tell({ shortcut: 'generate' });
    tell(undefined);
    expect(heard).not.toHaveBeenCalled();
    tell({ changed: checklistKey(CHECKLIST) });
    expect(heard.mock.calls).toEqual([[undefined]]);
    ended.abort();
    tell({ changed: checklistKey(CHECKLIST) });
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('hears which settings hold from now on', () => {
    const { heard, tell } = hear();
    const settings = pageSettings(completePreferences({ careful: true, badges: false }));
    tell({ settings });
    expect(heard.mock.calls).toEqual([[{ badges: false, gapMs: 3_000, skipSyncPreview: false }]]);
  });
});

describe('the background', () => {
  const tabs = [
    { id: 1, url: 'https://github.com/octo-org/octo-repo/issues/1?x=1#y' },
    { id: 2, url: 'https://github.com/octo-org/octo-repo/issues/2' },
    { id: 3, url: 'https://github.com/octo-org/octo-repo/pulls' },
    { id: 4, url: 'https://github.com/Octo-Org/Octo-Repo/issues/1' },
  ];
  const told = () => {
    vi.spyOn(fakeBrowser.tabs, 'query').mockResolvedValue(tabs as never);
    const send = vi.spyOn(fakeBrowser.tabs, 'sendMessage');
    // One of them is gone.
    send.mockRejectedValueOnce(new Error('Could not establish connection.'));
    send.mockResolvedValue(undefined as never);
    return send;
  };

  it('tells the pages that show a checklist of its changes, and no other', async () => {
    const send = told();
    await tellOfChange(CHECKLIST);
    const news = { changed: checklistKey(CHECKLIST) };
    const top = { frameId: 0 };
    expect(send.mock.calls).toEqual([
      [1, news, top],
      [4, news, top],
    ]);
  });

  it('tells all issues which settings hold', async () => {
    const send = told();
    const settings = pageSettings(completePreferences({}));
    await tellOfSettings(settings);
    expect(send.mock.calls.map(([id, news]) => [id, news])).toEqual([
      [1, { settings }],
      [2, { settings }],
      [4, { settings }],
    ]);
  });

  it('does its work where nobody can be told', async () => {
    vi.spyOn(fakeBrowser.tabs, 'query').mockRejectedValue(new Error('no'));
    vi.spyOn(console, 'error').mockReturnValue();
    await expect(tellOfChange(CHECKLIST)).resolves.toBeUndefined();
  });
});
