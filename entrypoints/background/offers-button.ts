import { storage } from 'wxt/utils/storage';
import { type Result, succeed } from '../../lib/core/failures.ts';
import type { GitHub } from '../../lib/core/github.ts';
import { FEWEST_ITEMS, looksLikePlan } from '../../lib/core/plan/looks-like-plan.ts';
import { type ChecklistRef, checklistKey, repoKey } from '../../lib/core/refs.ts';
import type { SyncMaster } from '../../lib/core/sync/sync-facts.ts';
import type { ButtonOffer, Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';
import { isKnown } from './open-checklist.ts';

/**
 * Whether the button belongs on an issue's page: on every issue with items where the settings say so; else where this
 * browser works on it already, or where it looks like a plan that the reader may edit. GitHub is asked only of issues
 * with enough items, once an hour for as many. Where it does not answer, the button is there: the panel tells why.
 */
export async function offersButton(
  { checklist, items }: Parameters<Protocol['offersButton']>[0],
  ports: Ports,
): Promise<Result<ButtonOffer>> {
  const [{ button }, known] = await Promise.all([ports.preferences(), isKnown(ports, checklist)]);
  const offered =
    button === 'all' || known ? items > 0 : await looksOffered({ checklist, items }, ports);
  return succeed({ offered, known });
}

async function looksOffered(
  { checklist, items }: Parameters<Protocol['offersButton']>[0],
  ports: Ports,
): Promise<boolean> {
  if (items < FEWEST_ITEMS) return false;
  const { github, account } = await ports.openGitHub(checklist.repo.host);
  // Nobody may edit yet: the panel says how to sign in.
  if (account === undefined) return true;
  const judged = keep<Judged>(`offers:${checklistKey(checklist)}`, JUDGED_MS, ports);
  const known = await judged.load();
  if (known?.items === items) return known.isOffered;
  const unread = keep<true>(`unread:${checklistKey(checklist)}`, UNREAD_MS, ports);
  if (await unread.load()) return true;
  const read = await readIssue(checklist, github, ports);
  if (!read.ok) {
    await unread.save(true);
    return true;
  }
  const isOffered = mayEdit(read.value.master) && looksLikePlan(read.value.issue);
  await judged.save({ items, isOffered });
  return isOffered;
}

async function readIssue(checklist: ChecklistRef, github: GitHub, ports: Ports) {
  const { repo } = checklist;
  const kept = keep<readonly string[]>(`templates:${repoKey(repo)}`, TEMPLATES_MS, ports);
  const cached = await kept.load();
  const read = await github.readSyncMaster(checklist, { templates: cached === undefined });
  if (!read.ok) return read;
  const master = read.value;
  const templates = cached ?? master.templates ?? [];
  if (cached === undefined) await kept.save(templates);
  const issue = { host: repo.host, text: master.text, first: firstText(master), templates };
  return succeed({ master, issue });
}

function mayEdit({ viewerCanUpdate, locked, archived }: SyncMaster): boolean {
  return viewerCanUpdate && !locked && !archived;
}

/** The oldest version, where the history reaches back to it. */
function firstText({ history, historyComplete }: SyncMaster): string | undefined {
  return historyComplete ? history.at(-1)?.text : undefined;
}

/** What was judged of an issue with so many items. */
interface Judged {
  readonly items: number;
  readonly isOffered: boolean;
}

/** Templates and rights change seldom: they are read again after this time, in milliseconds. */
const TEMPLATES_MS = 24 * 60 * 60_000;
const JUDGED_MS = 60 * 60_000;
/** Both scripts of a page ask, one after the other: one request that fails is enough. */
const UNREAD_MS = 10_000;

/** Something that is kept until the browser closes, and counts for so long (milliseconds). */
function keep<T>(name: string, ms: number, { clock }: Pick<Ports, 'clock'>) {
  const item = storage.defineItem<{ readonly at: number; readonly value: T }>(`session:${name}`);
  return {
    load: async (): Promise<T | undefined> => {
      const kept = await item.getValue();
      // A clock that was set back must not keep it longer.
      return kept && Math.abs(clock.now() - kept.at) < ms ? kept.value : undefined;
    },
    /** The browser may have no room for it: then it is read again. */
    save: (value: T) => item.setValue({ at: clock.now(), value }).catch(() => undefined),
  };
}
