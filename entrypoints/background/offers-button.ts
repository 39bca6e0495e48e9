import { storage } from 'wxt/utils/storage';
import { type Result, succeed } from '../../lib/core/failures.ts';
import { FEWEST_ITEMS, looksLikePlan } from '../../lib/core/plan/looks-like-plan.ts';
import { type RepoRef, repoKey } from '../../lib/core/refs.ts';
import type { SyncMaster } from '../../lib/core/sync/sync-facts.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';
import { isKnown } from './open-checklist.ts';

/**
 * Whether the button belongs on an issue's page: on every issue with items where the settings say so; else where this
 * browser works on it already, or where it looks like a plan that the reader may edit. GitHub is asked only of issues
 * with enough items, once. Where it does not answer, the button is there: the panel tells why.
 */
export async function offersButton(
  { checklist, items }: Parameters<Protocol['offersButton']>[0],
  ports: Ports,
): Promise<Result<boolean>> {
  const { button } = await ports.preferences();
  if (button === 'all' || (await isKnown(ports, checklist))) return succeed(items > 0);
  if (items < FEWEST_ITEMS) return succeed(false);
  const { github, account } = await ports.openGitHub(checklist.repo.host);
  // Nobody may edit yet: the panel says how to sign in.
  if (account === undefined) return succeed(true);
  const { repo } = checklist;
  const cached = await templatesOf(repo, ports.clock.now());
  const read = await github.readSyncMaster(checklist, { templates: cached === undefined });
  if (!read.ok) return succeed(true);
  const templates = cached ?? read.value.templates ?? [];
  if (cached === undefined) await keepTemplates(repo, templates, ports.clock.now());
  const { text } = read.value;
  const first = firstText(read.value);
  return succeed(mayEdit(read.value) && looksLikePlan({ host: repo.host, text, first, templates }));
}

function mayEdit({ viewerCanUpdate, locked, archived }: SyncMaster): boolean {
  return viewerCanUpdate && !locked && !archived;
}

/** The oldest version, where the history reaches back to it. */
function firstText({ history, historyComplete }: SyncMaster): string | undefined {
  return historyComplete ? history.at(-1)?.text : undefined;
}

/** The templates of a repository as they were read last (milliseconds since 1970). */
interface KeptTemplates {
  readonly at: number;
  readonly templates: readonly string[];
}

/** Templates change seldom: they are read again after this time, in milliseconds. */
const KEPT_MS = 24 * 60 * 60_000;

function keptTemplates(repo: RepoRef) {
  return storage.defineItem<KeptTemplates>(`session:templates:${repoKey(repo)}`);
}

async function templatesOf(repo: RepoRef, now: number): Promise<readonly string[] | undefined> {
  const kept = await keptTemplates(repo).getValue();
  return kept === null || kept.at + KEPT_MS < now ? undefined : kept.templates;
}

/** The browser may have no room for it: then they are read again. */
async function keepTemplates(repo: RepoRef, templates: readonly string[], at: number) {
  await keptTemplates(repo)
    .setValue({ at, templates })
    .catch(() => undefined);
}
