/**
 * What a content script needs of `messages.ts` and `settings.ts`, in a tenth of the code: their libraries would be a
 * third of all that may be loaded into each page. `test/content/page-link.test.ts` holds both sides together.
 */
import { browser } from 'wxt/browser';
import { type ChecklistRef, checklistKey } from './core/refs.ts';
import { PAGE_DEFAULTS } from './core/settings/page-defaults.ts';
import type { Preferences } from './core/settings/settings.ts';
import type { PartialSettings } from './core/settings/table.ts';
import type { Protocol } from './messages.ts';
import type { Revision } from './settings.ts';

/** Asks the background, as `sendMessage` does; rejects when nobody answers (the extension was updated under the page). */
export async function askBackground<Name extends keyof Protocol>(
  type: Name,
  data: Parameters<Protocol[Name]>[0],
): Promise<ReturnType<Protocol[Name]>> {
  // The wire format of @webext-core/messaging 4.
  const answer = await browser.runtime.sendMessage({ id: 0, type, data, timestamp: Date.now() });
  if (!answer?.res) throw new Error('no answer');
  return answer.res;
}

/** The preferences that the page needs; what was never set has its default. */
export async function readPagePreferences(): Promise<{
  readonly badges: boolean;
  /** Least time between two creations, in milliseconds. */
  readonly gapMs: number;
  /** Whether Sync now writes at once, without its preview. */
  readonly skipSyncPreview: boolean;
}> {
  const { preferences } = await browser.storage.local.get<{
    preferences?: PartialSettings<Preferences>;
  }>('preferences');
  const stored = { ...preferences, ...preferences?.timing };
  const gap = kept(stored.careful, PAGE_DEFAULTS.careful) ? 'carefulGapMs' : 'gapMs';
  return {
    badges: kept(stored.badges, PAGE_DEFAULTS.badges),
    gapMs: kept(stored[gap], PAGE_DEFAULTS[gap]),
    skipSyncPreview: kept(stored.skipSyncPreview, PAGE_DEFAULTS.skipSyncPreview),
  };
}

/** What is stored may be anything. */
function kept<Value>(stored: unknown, fallback: Value): Value {
  return typeof stored === typeof fallback ? (stored as Value) : fallback;
}

/** The revision of a checklist; 0 when this browser never worked on it. */
export async function readRevision(checklist: ChecklistRef): Promise<number> {
  const key = keyOf(checklist);
  const { [key]: revision } = await browser.storage.local.get<Record<string, Revision>>(key);
  return revision?.number ?? 0;
}

/** Calls back after each change of a checklist's revision, until the signal aborts. */
export function watchRevision(
  checklist: ChecklistRef,
  onChange: () => void,
  signal: AbortSignal,
): void {
  const { onChanged } = browser.storage.local;
  const listener = (changes: Readonly<Record<string, unknown>>) => {
    if (keyOf(checklist) in changes) onChange();
  };
  onChanged.addListener(listener);
  signal.addEventListener('abort', () => onChanged.removeListener(listener));
}

function keyOf(checklist: ChecklistRef): string {
  return `revision:${checklistKey(checklist)}`;
}
