import type { BadgeIssue, ChecklistView } from '../../lib/core/checklist-view.ts';
import { type Result, succeed } from '../../lib/core/failures.ts';
import { readMap } from '../../lib/core/identity/identity-map.ts';
import {
  type ChecklistRef,
  formatIssueRef,
  type IssueRef,
  issueKey,
  issueUrl,
} from '../../lib/core/refs.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { type IssueStates, readBadges } from '../../lib/github/badges.ts';
import type { Protocol } from '../../lib/messages.ts';
import { isKnownChecklist } from '../../lib/store/checklists.ts';
import { getJob } from './get-job.ts';
import { findLostJob } from './job-status.ts';
import { distinct, linksOf, readText } from './linked-issues.ts';
import { type Background, openClient } from './ports.ts';
import { syncViewOf } from './sync-view.ts';

/** Counts and badges from a fresh read. With `known` it answers nothing for checklists that this browser never worked on, and asks nobody. */
export async function openChecklist(
  { checklist, known }: Parameters<Protocol['openChecklist']>[0],
  background: Background,
): Promise<Result<ChecklistView | undefined>> {
  if (known && !(await isKnown(background, checklist))) return succeed(undefined);
  const { timing, generation } = await background.preferences();
  const { client, account } = await openClient(background, checklist.repo.host, timing);
  const master = await readText(client, checklist);
  if (!master.ok) return master;
  const { items, refused } = parseChecklist(master.value, { placeholder: generation.placeholder });
  const map = generation.identity === 'block' ? readMap(master.value, checklist.repo) : undefined;
  const links = items.map((item) => linksOf(item, checklist, map));
  const states = await readBadges(client, distinct(links.flat()));
  if (!states.ok) return states;
  const badges = links.map((refs) => badgeOf(refs, states.value, checklist));
  const job = await getJob({ checklist }, background);
  return succeed({
    checklist,
    viewer: account?.login,
    counts: {
      items: items.length,
      linked: badges.filter((badge) => badge !== undefined).length,
      done: items.filter(({ checked }) => checked).length,
    },
    badges,
    job: job.ok ? job.value : undefined,
    sync: await syncViewOf(background, checklist),
    refused,
    readAt: background.clock.now(),
  });
}

async function isKnown(background: Background, checklist: ChecklistRef): Promise<boolean> {
  if (await isKnownChecklist(background.db, checklist)) return true;
  if ((await background.tracked.find(checklist)) !== undefined) return true;
  return (await findLostJob(background, checklist)) !== undefined;
}

/** A pull request is not the item's issue; a number that GitHub does not show may be it. */
function badgeOf(
  refs: readonly IssueRef[],
  states: IssueStates,
  checklist: ChecklistRef,
): BadgeIssue | undefined {
  const issue = refs.find((ref) => states[issueKey(ref)]?.isPullRequest !== true);
  if (issue === undefined) return undefined;
  const known = states[issueKey(issue)];
  const ref = known?.ref ?? issue;
  return {
    text: formatIssueRef(ref, checklist.repo),
    url: issueUrl(ref),
    title: known?.title ?? '',
    state: known?.state ?? 'unknown',
  };
}
