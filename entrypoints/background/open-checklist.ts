import type { ChecklistView } from '../../lib/core/checklist-view.ts';
import { type Result, succeed } from '../../lib/core/failures.ts';
import { badgeOf } from '../../lib/core/identity/badge.ts';
import { isLinked } from '../../lib/core/identity/identify.ts';
import type { ChecklistRef } from '../../lib/core/refs.ts';
import { pageSettings } from '../../lib/core/settings/page-settings.ts';
import { findLostJob } from '../../lib/engine/job-status.ts';
import { remarksOn } from '../../lib/engine/remarks.ts';
import { syncViewOf } from '../../lib/engine/sync-view.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';
import { readNamed, readOwnIssues } from './linked-issues.ts';
import { getJob } from './runs.ts';

/** Counts and badges from a fresh read. With `known` it answers nothing for checklists that this browser never worked on, and asks nobody. */
export async function openChecklist(
  { checklist, known }: Parameters<Protocol['openChecklist']>[0],
  ports: Ports,
): Promise<Result<ChecklistView | undefined>> {
  if (known && !(await isKnown(ports, checklist))) return succeed(undefined);
  const { github, account } = await ports.openGitHub(checklist.repo.host);
  const master = await github.readTextWithRules(checklist);
  if (!master.ok) return master;
  const named = await readNamed(ports, checklist, master.value.text);
  const { items, refused, lookalikes } = named;
  const own = await readOwnIssues(github, named);
  if (!own.ok) return own;
  const preferences = await ports.preferences();
  const { rules } = preferences;
  const remarks = remarksOn(master.value, lookalikes.nearMisses, rules, checklist.repo.host);
  const badges = own.value.map((one) => badgeOf(one, checklist));
  const job = await getJob({ checklist }, ports);
  return succeed({
    checklist,
    viewer: account?.login,
    counts: {
      items: items.length,
      linked: own.value.filter(isLinked).length,
      done: items.filter(({ checked }) => checked).length,
    },
    badges,
    job: job.ok ? job.value : undefined,
    sync: await syncViewOf(ports, checklist),
    ...(remarks && { remarks }),
    refused,
    readAt: ports.clock.now(),
    settings: pageSettings(preferences),
  });
}

/** Whether this browser ever worked on a checklist. */
export async function isKnown(ports: Ports, checklist: ChecklistRef): Promise<boolean> {
  if (await ports.checklists.isKnown(checklist)) return true;
  if ((await ports.tracked.find(checklist)) !== undefined) return true;
  return (await findLostJob(ports, checklist)) !== undefined;
}
