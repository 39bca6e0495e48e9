import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { succeed } from '../../lib/core/failures.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';
import { onMessage } from '../../lib/messages.ts';
import {
  askBackground,
  readPagePreferences,
  readRevision,
  watchRevision,
} from '../../lib/page-link.ts';
import { preferences, revisionOf } from '../../lib/settings.ts';
import { CHECKLIST, issueAt, sampleJob } from '../components/samples.ts';

type Listener = (
  message: unknown,
  sender: unknown,
  sendResponse: (answer: unknown) => void,
) => unknown;

/** Carries messages between the two sides as Chrome does, with `sendResponse`. */
function wire(): void {
  const listeners = new Set<Listener>();
  const onMessageOfChrome = {
    addListener: (listener: Listener) => listeners.add(listener),
    removeListener: (listener: Listener) => listeners.delete(listener),
  };
  const sendMessage = (message: unknown) =>
    new Promise((resolve) => {
      const answered = [...listeners].map((listener) => listener(message, {}, resolve));
      if (!answered.includes(true)) resolve(undefined);
    });
  vi.stubGlobal('chrome', { runtime: { onMessage: onMessageOfChrome } });
  vi.spyOn(browser.runtime, 'sendMessage').mockImplementation(sendMessage as never);
}

describe('a message of the light sender', () => {
  beforeEach(wire);

  it('arrives at a listener of the messaging library, and its answer comes back', async () => {
    const heard: unknown[] = [];
    const stop = onMessage('getJob', ({ data }) => {
      heard.push(data);
      return succeed(sampleJob());
    });
    expect(await askBackground('getJob', { checklist: CHECKLIST })).toEqual(succeed(sampleJob()));
    expect(heard).toEqual([{ checklist: CHECKLIST }]);
    stop();
  });

  it('rejects when the listener fails', async () => {
    const stop = onMessage('getJob', () => Promise.reject(new Error('broken')));
    await expect(askBackground('getJob', { checklist: CHECKLIST })).rejects.toThrow();
    stop();
  });

  it('rejects when nobody listens', async () => {
    await expect(askBackground('getJob', { checklist: CHECKLIST })).rejects.toThrow();
  });
});

describe('the light reader of the settings', () => {
  it('reads the revision that the background writes', async () => {
    expect(await readRevision(CHECKLIST)).toBe(0);
    await revisionOf(CHECKLIST).setValue({ number: 7, at: 0, job: undefined });
    expect(await readRevision(CHECKLIST)).toBe(7);
    expect(await readRevision(issueChecklist(issueAt(2)))).toBe(0);
  });

  it('hears of changes to its checklist alone, until it ends', async () => {
    const heard = vi.fn();
    const ended = new AbortController();
    watchRevision(CHECKLIST, heard, ended.signal);
    await revisionOf(issueChecklist(issueAt(2))).setValue({ number: 1, at: 0, job: undefined });
    expect(heard).not.toHaveBeenCalled();
    await revisionOf(CHECKLIST).setValue({ number: 1, at: 0, job: undefined });
    expect(heard).toHaveBeenCalledTimes(1);
    ended.abort();
    await revisionOf(CHECKLIST).setValue({ number: 2, at: 0, job: undefined });
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('has the same defaults as everybody else', async () => {
    expect(await readPagePreferences()).toEqual({
      badges: true,
      gapMs: DEFAULT_PREFERENCES.timing.gapMs,
      skipSyncPreview: DEFAULT_PREFERENCES.skipSyncPreview,
    });
    await preferences.setValue({ careful: true });
    expect(await readPagePreferences()).toEqual({
      badges: true,
      gapMs: DEFAULT_PREFERENCES.timing.carefulGapMs,
      skipSyncPreview: false,
    });
    await preferences.setValue({ badges: false, skipSyncPreview: true, timing: { gapMs: 20 } });
    expect(await readPagePreferences()).toEqual({
      badges: false,
      gapMs: 20,
      skipSyncPreview: true,
    });
  });
});
