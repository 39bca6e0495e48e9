import type { IssuePatch } from '../core/engine/change.ts';
import type { CreatedIssue, IssueDraft } from '../core/engine/job-facts.ts';
import { type Result, succeed } from '../core/failures.ts';
import {
  type ChecklistRef,
  type IssueRef,
  issueOfChecklist,
  issueUrl,
  type RepoRef,
} from '../core/refs.ts';
import { path, read, write, writeIssue } from './ask.ts';
import { type Client, UnreadableAnswer } from './client.ts';

/** Replaces the whole body. Answers the body that GitHub holds now, byte for byte. */
export function updateMaster(
  client: Client,
  checklist: ChecklistRef,
  body: string,
): Promise<Result<string>> {
  const issue = issueOfChecklist(checklist);
  return writeIssue(client, issue, async (repo) => {
    const { data } = await client.octokit.rest.issues.update({
      ...path(repo),
      issue_number: issue.number,
      body,
    });
    if (data.number !== issue.number) throw new UnreadableAnswer();
    return data.body ?? '';
  });
}

/** Creates an issue, once. Tells which labels, milestone and assignees GitHub dropped silently. */
export function createIssue(
  client: Client,
  target: RepoRef,
  draft: IssueDraft,
): Promise<Result<CreatedIssue>> {
  return write(client, target, async (repo) => {
    const { data } = await client.octokit.rest.issues.create({
      ...path(repo),
      title: draft.title,
      body: draft.body,
      ...(draft.labels.length > 0 && { labels: [...draft.labels] }),
      ...(draft.milestone !== undefined && { milestone: draft.milestone }),
      ...(draft.assignees.length > 0 && { assignees: [...draft.assignees] }),
    });
    if (!Number.isInteger(data.number)) throw new UnreadableAnswer();
    const url = issueUrl({ repo, number: data.number });
    return { number: data.number, url, dropped: droppedBy(data, draft) };
  });
}

/** Changes an issue's title, body or state. */
export function updateIssue(
  client: Client,
  issue: IssueRef,
  change: IssuePatch,
): Promise<Result<void>> {
  return writeIssue(client, issue, async (repo) => {
    await client.octokit.rest.issues.update({
      ...path(repo),
      issue_number: issue.number,
      ...(change.title !== undefined && { title: change.title }),
      ...(change.body !== undefined && { body: change.body }),
      ...(change.state !== undefined && { state: change.state }),
      ...(change.stateReason !== undefined && { state_reason: change.stateReason }),
    });
  });
}

/** Comments on an issue, once. It mails everyone who watches. */
export function createComment(
  client: Client,
  issue: IssueRef,
  body: string,
): Promise<Result<void>> {
  return writeIssue(client, issue, async (repo) => {
    await client.octokit.rest.issues.createComment({
      ...path(repo),
      issue_number: issue.number,
      body,
    });
  });
}

/**
 * Deletes a comment by its id; one that is gone already counts as deleted. GitHub says "not found" to a token without the
 * right, too: only then one more request looks whether the comment is still there.
 */
export function deleteComment(client: Client, issue: IssueRef, id: number): Promise<Result<void>> {
  return write(client, issue.repo, async (repo) => {
    const comment = { ...path(repo), comment_id: id };
    try {
      await client.octokit.rest.issues.deleteComment(comment);
    } catch (error) {
      if (!isMissing(error) || (await isThere(client, comment))) throw error;
    }
  });
}

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

interface Written {
  readonly labels: readonly (string | { readonly name?: string | undefined })[];
  readonly milestone: { readonly number: number } | null;
  readonly assignees?: readonly { readonly login: string }[] | null;
}

function droppedBy(written: Written, draft: IssueDraft): readonly string[] {
  const labels = new Set(written.labels.map((label) => nameOf(label).toLowerCase()));
  const assignees = new Set((written.assignees ?? []).map(({ login }) => login.toLowerCase()));
  const noMilestone =
    draft.milestone !== undefined && written.milestone?.number !== draft.milestone;
  return [
    ...draft.labels.filter((label) => !labels.has(label.toLowerCase())),
    ...(noMilestone ? ['milestone'] : []),
    ...draft.assignees
      .filter((login) => !assignees.has(login.toLowerCase()))
      .map((login) => `@${login}`),
  ];
}

function nameOf(label: Written['labels'][number]): string {
  return typeof label === 'string' ? label : (label.name ?? '');
}

async function isThere(
  { octokit }: Client,
  comment: Parameters<Client['octokit']['rest']['issues']['getComment']>[0],
): Promise<boolean> {
  try {
    await octokit.rest.issues.getComment(comment);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 404;
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
