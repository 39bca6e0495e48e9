import type { Result } from '../../lib/core/failures.ts';
import { type ChecklistRef, checklistKey, type RepoRef, repoKey } from '../../lib/core/refs.ts';
import {
  type ReconcileQuery,
  type ReconcileReading,
  readReconcile,
} from '../../lib/engine/read-reconcile.ts';
import type { ReconcilePorts } from '../../lib/engine/reconcile-ports.ts';
import { listJobs } from '../../lib/store/jobs.ts';
import { listLeft } from './left-differences.ts';
import type { Background } from './ports.ts';

/** Finds the differences of a checklist from a fresh read, without those that the user left as they are. */
export async function readDifferences(
  background: Background,
  ports: ReconcilePorts,
  checklist: ChecklistRef,
): Promise<Result<ReconcileReading>> {
  return readReconcile(ports, await reconcileQuery(background, checklist));
}

/** What this browser knows of a checklist for a look for differences. */
export async function reconcileQuery(
  background: Background,
  checklist: ChecklistRef,
): Promise<ReconcileQuery> {
  const { identity, prefix, template } = (await background.preferences()).generation;
  const left = (await listLeft(checklist)).map(({ id }) => id);
  const targets = await targetsOf(background, checklist);
  return { checklist, identity, left, targets, template, ...(prefix !== undefined && { prefix }) };
}

/** The repositories, beside the checklist's own, that its issues may have been created in. */
async function targetsOf(
  { db, preferences }: Background,
  checklist: ChecklistRef,
): Promise<readonly RepoRef[]> {
  const { target } = (await preferences()).generation;
  const jobs = await listJobs(db, checklistKey(checklist));
  const all = [...(target === undefined ? [] : [target]), ...jobs.map((job) => job.target)];
  const own = repoKey(checklist.repo);
  const others = new Map(all.map((repo) => [repoKey(repo), repo]));
  return [...others.values()].filter(
    (repo) => repo.host === checklist.repo.host && repoKey(repo) !== own,
  );
}
