import type { ChecklistView } from '../../lib/core/checklist-view.ts';
import { type Result, succeed } from '../../lib/core/failures.ts';
import { blockOf } from '../../lib/core/identity/asked-issues.ts';
import { badgeOf } from '../../lib/core/identity/badge.ts';
import type { ChecklistRef } from '../../lib/core/refs.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import type { Protocol } from '../../lib/messages.ts';
import { isKnownChecklist } from '../../lib/store/checklists.ts';
import { getJob } from './get-job.ts';
import { findLostJob } from './job-status.ts';
import { readOwnIssues } from './linked-issues.ts';
import { type Background, openGitHub } from './ports.ts';
import { syncViewOf } from './sync-view.ts';

/** Counts and badges from a fresh read. With `known` it answers nothing for checklists that this browser never worked on, and asks nobody. */
export async function openChecklist(
  { checklist, known }: Parameters<Protocol['openChecklist']>[0],
  background: Background,
): Promise<Result<ChecklistView | undefined>> {
  if (known && !(await isKnown(background, checklist))) return succeed(undefined);
  const { timing, generation } = await background.preferences();
  const { github, account } = await openGitHub(background, checklist.repo.host, timing);
  const master = await github.readText(checklist);
  if (!master.ok) return master;
  const { items, refused } = parseChecklist(master.value, { placeholder: generation.placeholder });
  const block = blockOf(master.value, checklist, generation.identity);
  const own = await readOwnIssues(github, { checklist, items, block });
  if (!own.ok) return own;
  const badges = own.value.map((one) => badgeOf(one, checklist));
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
