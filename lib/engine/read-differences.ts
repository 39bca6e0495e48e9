import type { Result } from '../core/failures.ts';
import { type ChecklistRef, checklistKey, type RepoRef, repoKey } from '../core/refs.ts';
import type { Ports, ReconcilePorts } from '../ports.ts';
import { listLeft } from './left-differences.ts';
import { type ReconcileQuery, type ReconcileReading, readReconcile } from './read-reconcile.ts';

/** Finds the differences of a checklist from a fresh read, without those that the user left as they are. */
export async function readDifferences(
  ports: Ports,
  acting: ReconcilePorts,
  checklist: ChecklistRef,
): Promise<Result<ReconcileReading>> {
  return readReconcile(acting, await reconcileQuery(ports, checklist));
}

/** What this browser knows of a checklist for a look for differences. */
export async function reconcileQuery(
  ports: Ports,
  checklist: ChecklistRef,
): Promise<ReconcileQuery> {
  const { identity, prefix, template } = (await ports.preferences()).generation;
  const left = (await listLeft(ports, checklist)).map(({ id }) => id);
  const targets = await targetsOf(ports, checklist);
  return { checklist, identity, left, targets, template, ...(prefix !== undefined && { prefix }) };
}

/** The repositories, beside the checklist's own, that its issues may have been created in. */
async function targetsOf(
  { store, preferences }: Ports,
  checklist: ChecklistRef,
): Promise<readonly RepoRef[]> {
  const { target } = (await preferences()).generation;
  const jobs = await store.listJobs(checklistKey(checklist));
  const all = [...(target === undefined ? [] : [target]), ...jobs.map((job) => job.target)];
  const own = repoKey(checklist.repo);
  const others = new Map(all.map((repo) => [repoKey(repo), repo]));
  return [...others.values()].filter(
    (repo) => repo.host === checklist.repo.host && repoKey(repo) !== own,
  );
}
