import { isOfPlace, type Result, succeed } from '../core/failures.ts';
import type { Sweep } from '../core/github.ts';
import { isOurs } from '../core/identity/marked-issues.ts';
import { type ChecklistRef, type RepoRef, repoKey, sameRepo } from '../core/refs.ts';
import type { FollowedByKey, SyncMaster } from '../core/sync/sync-facts.ts';
import type { ReconcilePorts } from '../ports.ts';

/**
 * Looks through the repositories that hold issues of the checklist, each once: its own, `targets`, and where issues
 * that it links were transferred to. Not all is seen (`complete`) where one of the others is hidden.
 */
export async function sweepRepositories(
  ports: ReconcilePorts,
  master: Pick<SyncMaster, 'ref' | 'createdAt'>,
  {
    checklist,
    targets,
  }: { readonly checklist: ChecklistRef; readonly targets: readonly RepoRef[] },
  followed: FollowedByKey,
): Promise<Result<Sweep>> {
  const own = master.ref.repo;
  // A repository that was renamed answers under both names.
  const others = [...targets, ...markedRepos(followed, checklist)].filter(
    (repo) => repo.host === own.host && !sameRepo(repo, checklist.repo),
  );
  const repos = new Map([own, ...others].map((repo) => [repoKey(repo), repo]));
  const found: Sweep[] = [];
  for (const repo of repos.values()) {
    const swept = await ports.github.sweepIssues(repo, master.createdAt);
    if (swept.ok) found.push(swept.value);
    else if (sameRepo(repo, own) || !isOfPlace(swept.failure.code)) return swept;
    // Not there any more, or hidden from the token: it holds nothing to be found.
    else found.push({ issues: [], complete: false });
  }
  return succeed({
    issues: found.flatMap(({ issues }) => issues),
    complete: found.every(({ complete }) => complete),
  });
}

function markedRepos(followed: FollowedByKey, checklist: ChecklistRef): readonly RepoRef[] {
  return Object.values(followed).flatMap((one) => {
    const marker = typeof one === 'object' ? one.marker : undefined;
    const counts = typeof one === 'object' && marker !== undefined && isOurs(marker, { checklist });
    return counts ? [one.ref.repo] : [];
  });
}
