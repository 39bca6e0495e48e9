import type { Result } from '../../lib/core/failures.ts';
import type { GenerationPlan, GenerationRow } from '../../lib/core/plan/plan-generation.ts';
import { applyEdits } from '../../lib/core/text/apply-edits.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { KillSignal } from './kill.ts';
import { MASTER, type World } from './world.ts';

/**
 * What scripts do: one POST per item, on an error the same again up to four times, then read the master and PATCH the
 * link in. After a crash it is started again and skips what the master already links.
 */
export async function runNaively(world: World, plan: GenerationPlan): Promise<void> {
  for (let starts = 0; starts < 100; starts++) {
    try {
      return await runOnce(world, plan);
    } catch (signal) {
      if (!(signal instanceof KillSignal)) throw signal;
      world.clock.advance(10_000);
    }
  }
}

async function runOnce(world: World, plan: GenerationPlan): Promise<void> {
  const { github, clock } = world;
  const start = await insist(world, () => github.readMaster(MASTER));
  const { items } = parseChecklist(start?.text ?? '');
  const linked = new Set(
    items.flatMap(({ key, references }) => (references.length > 0 ? [key] : [])),
  );
  for (const row of plan.rows) {
    if (!row.selected || linked.has(row.item.key)) continue;
    clock.advance(1_000);
    await createAndLink(world, row);
  }
}

async function createAndLink(world: World, row: GenerationRow): Promise<void> {
  const { github } = world;
  const draft = {
    title: row.draft?.title ?? row.text,
    body: row.draft?.body ?? '',
    labels: [],
    milestone: undefined,
    assignees: [],
  };
  const created = await insist(world, () => github.createIssue(MASTER.repo, draft));
  const master = await insist(world, () => github.readMaster(MASTER));
  if (created === undefined || master === undefined) return;
  const issue = { repo: MASTER.repo, number: created.number };
  const link = { kind: 'link', item: row.item, issue, style: 'closes' } as const;
  const { markdown } = applyEdits(master.text, [link], { repo: MASTER.repo });
  await insist(world, () => github.updateMaster(MASTER, markdown));
}

async function insist<T>(world: World, ask: () => Promise<Result<T>>): Promise<T | undefined> {
  for (let tries = 0; tries < 4; tries++) {
    const result = await ask();
    if (result.ok) return result.value;
    world.clock.advance(result.failure.code === 'rate-limited' ? 60_000 : (tries + 1) ** 2 * 1_000);
  }
  return undefined;
}
