import { browser } from 'wxt/browser';
import {
  isOfAccess,
  lockFailure,
  passesByItself,
  type TokenLock,
  unforeseen,
} from '../../lib/core/failures.ts';
import { checklistKey, nameChecklist } from '../../lib/core/refs.ts';
import type { SyncRecord, SyncView, TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { hasLasted, syncView } from '../../lib/core/sync/tracked-view.ts';
import type { Ports, Toolbar } from '../../lib/ports.ts';

/** What the button shows. */
export interface ToolbarFace {
  readonly text: string;
  readonly title: string;
  readonly isAlarm: boolean;
}

/** GitHub's own red and blue. */
const ALARM_COLOUR = '#cf222e';
const COUNT_COLOUR = '#0969da';

type Sources = Pick<
  Ports,
  'accounts' | 'reconciles' | 'syncs' | 'tracked' | 'preferences' | 'clock'
>;

/** The toolbar's button, drawn from what is stored: the same after a worker's death. */
export function createToolbar(sources: Sources): Toolbar {
  return {
    refresh: async () => {
      try {
        await show(await faceFrom(sources).catch(faceWithoutData));
      } catch (error) {
        console.error(error);
      }
    },
  };
}

/** Where nothing can be read until somebody updates the extension, the button says so; any other fault passes. */
function faceWithoutData(error: unknown): ToolbarFace {
  const { code, message, action } = unforeseen(error);
  if (code !== 'newer-data') throw error;
  return { text: '!', title: `Masterlist: ${message} ${action}`, isAlarm: true };
}

/** Where a token waits for its owner, nothing is read or written: all other counts are old. */
function lockedFace(lock: TokenLock): ToolbarFace {
  return { text: '!', title: `Masterlist: ${lockFailure(lock).message}`, isAlarm: false };
}

/** One tracked checklist, what this browser remembers of its refreshes, and how that is shown. */
export interface TrackedState {
  readonly tracked: TrackedChecklist;
  readonly record: Pick<SyncRecord, 'failure' | 'failures' | 'checkedAt'> | undefined;
  readonly view: SyncView;
}

/** What the button shows for all tracked checklists: how many items need the user, or that a refresh fails and why. */
export function toolbarFace(states: readonly TrackedState[], now: number): ToolbarFace {
  const failing = states.filter(({ record }) => record !== undefined && isPollFailing(record, now));
  const [first] = failing;
  if (first !== undefined)
    return { text: '!', title: failingTitle(first, failing.length), isAlarm: true };
  const count = states.reduce((sum, { view }) => sum + view.needsYou, 0);
  if (count === 0) return { text: '', title: 'Masterlist', isAlarm: false };
  const things = count === 1 ? '1 item needs' : `${count} items need`;
  return {
    text: count > 999 ? '999+' : String(count),
    title: `Masterlist: ${things} attention`,
    isAlarm: false,
  };
}

function isPollFailing(record: NonNullable<TrackedState['record']>, now: number): boolean {
  const { failure } = record;
  if (failure === undefined || !hasLasted(record, now)) return false;
  // What is wrong with one checklist is counted instead; without access nothing can be refreshed at all.
  return passesByItself(failure.code) || isOfAccess(failure.code);
}

function failingTitle({ tracked, view }: TrackedState, failing: number): string {
  const others = failing > 1 ? ` (and ${failing - 1} more)` : '';
  const where = `${nameChecklist(tracked.checklist)}${others}`;
  const why = view.failure?.message ?? 'The last refresh failed.';
  const since =
    view.checkedAt === undefined ? '' : ` Last refreshed ${formatTime(view.checkedAt)}.`;
  return `Masterlist: ${where}: ${why}${since}`;
}

function formatTime(at: number): string {
  return new Date(at).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' });
}

async function faceFrom({
  accounts,
  reconciles,
  syncs,
  tracked,
  preferences,
  clock,
}: Sources): Promise<ToolbarFace> {
  const locked = (await accounts.list()).find(
    ({ state, lock }) => state === 'active' && lock !== undefined,
  );
  if (locked?.lock !== undefined) return lockedFace(locked.lock);
  const { pollMinutes } = await preferences();
  const states = (await tracked.list()).map(async (each) => {
    const key = checklistKey(each.checklist);
    const record = await syncs.loadRecord(key);
    const reconcile = await reconciles.load(key);
    // The toolbar does not show what waits for a run.
    const about = { record, tracked: each, reconcile, everyMinutes: pollMinutes, running: false };
    return { tracked: each, record, view: syncView(about) };
  });
  return toolbarFace(await Promise.all(states), clock.now());
}

async function show({ text, title, isAlarm }: ToolbarFace): Promise<void> {
  await browser.action.setBadgeText({ text });
  await browser.action.setBadgeBackgroundColor({ color: isAlarm ? ALARM_COLOUR : COUNT_COLOUR });
  await browser.action.setTitle({ title });
}
