import { fail, type Result, succeed } from '../core/failures.ts';
import {
  type ChecklistRef,
  formatRepo,
  type IssueRef,
  issueOfChecklist,
  type RepoRef,
} from '../core/refs.ts';
import { path, read, transferred } from './ask.ts';
import type { Client } from './client.ts';
import { fromRest, type RestIssue } from './list-issues.ts';
import { distinct, type Survey } from './survey.ts';

/**
 * The survey of a public issue without a token: six REST requests, more only past 100 labels or milestones;
 * of issues and cross-references only the first page, which it says. Nothing can be written
 * with it.
 */
export async function readPublicSurvey(
  client: Client,
  checklist: ChecklistRef,
  target: RepoRef,
): Promise<Result<Survey>> {
  const master = await readPublicIssue(client, issueOfChecklist(checklist));
  if (!master.ok) return master;
  const place = await readTarget(client, target);
  if (!place.ok) return place;
  const recent = await readRecent(client, target);
  if (!recent.ok) return recent;
  const mentions = await readMentions(client, checklist);
  if (!mentions.ok) return mentions;
  const candidates = distinct(
    [...mentions.value, ...recent.value].map((issue) => fromRest(issue, target)),
    checklist,
  );
  return succeed({
    viewer: undefined,
    // Nothing is written without a token: rules would decide nothing.
    rulesFile: { kind: 'none' },
    master: masterFacts(master.value),
    target: place.value,
    candidates,
    looked: {
      issues: candidates.length,
      back: recent.value.at(-1)?.created_at,
      complete: recent.value.length < PAGE && mentions.value.length < PAGE,
    },
  });
}

const PAGE = 100;

/** An issue as the public REST interface shows it; says where it went when it was moved. */
async function readPublicIssue(client: Client, issue: IssueRef): Promise<Result<PublicIssue>> {
  const answer = await read(client, issue.repo, () =>
    client.octokit.rest.issues.get({ ...path(issue.repo), issue_number: issue.number }),
  );
  if (!answer.ok) return answer;
  const { data } = answer.value;
  const moved = data.number !== issue.number || !isIn(data.repository_url, issue.repo);
  return moved ? fail(transferred(data.html_url, issue.repo.host)) : succeed(data);
}

/** What is read of a public issue. */
export interface PublicIssue extends RestIssue {
  readonly locked: boolean;
  readonly milestone: { readonly title: string } | null;
}

function isIn(repositoryUrl: string, repo: RepoRef): boolean {
  return repositoryUrl.toLowerCase().endsWith(`/${formatRepo(repo)}`.toLowerCase());
}

function masterFacts(issue: PublicIssue): Survey['master'] {
  return {
    title: issue.title,
    body: issue.body ?? '',
    state: issue.state === 'open' ? 'open' : 'closed',
    locked: issue.locked,
    isPullRequest: issue.pull_request !== undefined,
    milestone: issue.milestone?.title,
    viewerCanUpdate: false,
  };
}

function readTarget(client: Client, target: RepoRef): Promise<Result<Survey['target']>> {
  const { rest, paginate } = client.octokit;
  return read(client, target, async () => {
    const { data } = await rest.repos.get(path(target));
    const labels = await paginate(rest.issues.listLabelsForRepo, {
      ...path(target),
      per_page: PAGE,
    });
    const milestones = await paginate(rest.issues.listMilestones, {
      ...path(target),
      state: 'all',
      per_page: PAGE,
    });
    return {
      repo: target,
      archived: data.archived,
      issuesEnabled: data.has_issues,
      canCreate: false,
      canLabel: false,
      labels: labels.map(({ name }) => name),
      milestones: milestones.map(({ title }) => title),
      watchers: data.subscribers_count,
    };
  });
}

function readRecent(client: Client, target: RepoRef): Promise<Result<readonly RestIssue[]>> {
  return read(client, target, async () => {
    const { data } = await client.octokit.rest.issues.listForRepo({
      ...path(target),
      state: 'all',
      sort: 'created',
      direction: 'desc',
      per_page: PAGE,
    });
    return data;
  });
}

function readMentions(
  client: Client,
  checklist: ChecklistRef,
): Promise<Result<readonly RestIssue[]>> {
  return read(client, checklist.repo, async () => {
    const { data } = await client.octokit.rest.issues.listEventsForTimeline({
      ...path(checklist.repo),
      issue_number: issueOfChecklist(checklist).number,
      per_page: PAGE,
    });
    return data.flatMap((event): readonly RestIssue[] =>
      'source' in event && event.source.issue !== undefined ? [event.source.issue] : [],
    );
  });
}
