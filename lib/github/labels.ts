import { type Result, succeed } from '../core/failures.ts';
import type { RepoRef } from '../core/refs.ts';
import { path, read, write } from './ask.ts';
import type { Client } from './client.ts';

/** Makes a label; one that is there already is as good. */
export async function createLabel(
  client: Client,
  target: RepoRef,
  name: string,
): Promise<Result<void>> {
  const { rest } = client.octokit;
  const made = await write(client, target, async (repo) => {
    await rest.issues.createLabel({ ...path(repo), name });
  });
  if (made.ok || made.failure.code !== 'rejected') return made;
  const found = await read(client, target, () => rest.issues.getLabel({ ...path(target), name }));
  return found.ok ? succeed(undefined) : made;
}

/** Number of the milestone with this title; makes it where it is missing. */
export async function ensureMilestone(
  client: Client,
  target: RepoRef,
  title: string,
): Promise<Result<number>> {
  const found = await findMilestone(client, target, title);
  if (!found.ok) return found;
  if (found.value !== undefined) return succeed(found.value);
  const made = await write(client, target, async (repo) => {
    const { data } = await client.octokit.rest.issues.createMilestone({ ...path(repo), title });
    return data.number;
  });
  if (made.ok || made.failure.code !== 'rejected') return made;
  // Somebody made it between our look and our try.
  const again = await findMilestone(client, target, title);
  return again.ok && again.value !== undefined ? succeed(again.value) : made;
}

async function findMilestone(
  client: Client,
  repo: RepoRef,
  title: string,
): Promise<Result<number | undefined>> {
  return read(client, repo, async () => {
    const { octokit } = client;
    const milestones = await octokit.paginate(octokit.rest.issues.listMilestones, {
      ...path(repo),
      state: 'all',
      per_page: 100,
    });
    return milestones.find((milestone) => milestone.title === title)?.number;
  });
}
