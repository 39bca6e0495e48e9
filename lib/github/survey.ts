import { fail, failure, type Result, succeed } from '../core/failures.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import type { GenerationFacts } from '../core/plan/plan-generation.ts';
import {
  type ChecklistRef,
  checklistKey,
  formatRepo,
  issueKey,
  issueOfChecklist,
  parseRepo,
  type RepoRef,
} from '../core/refs.ts';
import type { RulesFile } from '../core/sync/sync-facts.ts';
import { read } from './ask.ts';
import { askPartly } from './ask-graphql.ts';
import type { Client } from './client.ts';
import { type KnownIssueNode, knownIssue } from './graphql.ts';
import { explainMissing, isMissing } from './masters.ts';
import { RULES_AT, rulesFile } from './rules-node.ts';
import {
  type Labels,
  type MasterNode,
  type Mentions,
  MORE_LABELS,
  MORE_MENTIONS,
  SURVEY,
  type SurveyAnswer,
  type TargetNode,
} from './survey-query.ts';

/** The facts that do not depend on what the text refers to. */
export type Survey = Pick<
  GenerationFacts,
  'master' | 'target' | 'viewer' | 'candidates' | 'looked'
> & { readonly rulesFile: RulesFile };

/** How many pages of 100 are read at most of the master's cross-references. */
const REFERENCE_PAGES = 10;

/** Master, target and candidates in one request; more only past 100 labels or 100 cross-references. */
export async function readSurvey(
  client: Client,
  checklist: ChecklistRef,
  target: RepoRef,
): Promise<Result<Survey>> {
  const answer = await askPartly<SurveyAnswer>(client, checklist.repo, SURVEY, {
    ...variables(checklist),
    targetOwner: target.owner,
    targetName: target.name,
    rules: RULES_AT,
  });
  if (!answer.ok) {
    return isMissing(answer.failure.code)
      ? explainMissing(client, issueOfChecklist(checklist), answer)
      : answer;
  }
  const { repository, target: place, viewer } = answer.value;
  const master = repository?.issueOrPullRequest;
  if (!master)
    return explainMissing(client, issueOfChecklist(checklist), missing(client, checklist.repo));
  if (!place) return missing(client, target);
  const mentions = await allMentions(client, checklist, master.timelineItems);
  if (!mentions.ok) return mentions;
  const labels = await allLabels(client, target, place.labels);
  if (!labels.ok) return labels;
  return succeed({
    viewer: viewer.login,
    rulesFile: rulesFile(repository?.rules ?? null),
    master: masterFacts(master),
    target: targetFacts(place, target, labels.value),
    ...candidatesOf(client, checklist, place, mentions.value),
  });
}

/** A fine-grained token may not be approved yet: GitHub says "not found" then as well. */
function missing(client: Client, repo: RepoRef) {
  const code = client.token === 'fine-grained' ? 'approval-pending' : 'not-found';
  return fail(failure(code, { repo: formatRepo(repo) }));
}

function variables(checklist: ChecklistRef) {
  const { repo, number } = issueOfChecklist(checklist);
  return { owner: repo.owner, name: repo.name, number };
}

function masterFacts(node: MasterNode): Survey['master'] {
  return {
    title: node.title,
    body: node.body,
    state: (node.state ?? node.pullState) === 'OPEN' ? 'open' : 'closed',
    locked: node.locked,
    isPullRequest: node.__typename === 'PullRequest',
    milestone: node.milestone?.title,
    viewerCanUpdate: node.viewerCanUpdate,
  };
}

/** Anyone who can read may create issues; labels and milestones need triage rights (GitHub drops them silently). */
function targetFacts(
  node: TargetNode,
  asked: RepoRef,
  labels: readonly string[],
): Survey['target'] {
  const permission = node.viewerPermission ?? 'NONE';
  return {
    repo: parseRepo(node.nameWithOwner, asked.host) ?? asked,
    archived: node.isArchived,
    issuesEnabled: node.hasIssuesEnabled,
    canCreate: node.hasIssuesEnabled && !node.isArchived,
    canLabel: ['TRIAGE', 'WRITE', 'MAINTAIN', 'ADMIN'].includes(permission),
    labels,
    milestones: node.milestones?.nodes.map(({ title }) => title) ?? [],
    watchers: node.watchers.totalCount,
  };
}

interface AllMentions {
  readonly nodes: readonly KnownIssueNode[];
  readonly complete: boolean;
}

async function allMentions(
  client: Client,
  checklist: ChecklistRef,
  first: Mentions | undefined,
): Promise<Result<AllMentions>> {
  const pages: Mentions[] = first === undefined ? [] : [first];
  let last = first;
  while (last?.pageInfo.hasPreviousPage && pages.length < REFERENCE_PAGES) {
    const page = await moreMentions(client, checklist, last.pageInfo.startCursor);
    if (!page.ok) return page;
    last = page.value;
    if (last !== undefined) pages.push(last);
  }
  const nodes = pages.flatMap((page) => page.nodes.flatMap((node) => node?.source ?? []));
  return succeed({ nodes, complete: !last?.pageInfo.hasPreviousPage });
}

async function moreMentions(
  client: Client,
  checklist: ChecklistRef,
  before: string | null,
): Promise<Result<Mentions | undefined>> {
  const answer = await askPartly<{
    repository: { issue: { timelineItems: Mentions } | null } | null;
  }>(client, checklist.repo, MORE_MENTIONS, { ...variables(checklist), before });
  return answer.ok ? succeed(answer.value.repository?.issue?.timelineItems) : answer;
}

async function allLabels(
  client: Client,
  target: RepoRef,
  first: Labels | null,
): Promise<Result<readonly string[]>> {
  const names = (first?.nodes ?? []).map(({ name }) => name);
  let info = first?.pageInfo;
  while (info?.hasNextPage) {
    const after = info.endCursor;
    const page = await read(client, target, () =>
      client.octokit.graphql<{ repository: { labels: Labels | null } | null }>(MORE_LABELS, {
        owner: target.owner,
        name: target.name,
        after,
      }),
    );
    if (!page.ok) return page;
    const labels = page.value.repository?.labels;
    names.push(...(labels?.nodes ?? []).map(({ name }) => name));
    info = labels?.pageInfo;
  }
  return succeed(names);
}

function candidatesOf(
  client: Client,
  checklist: ChecklistRef,
  place: TargetNode,
  mentions: AllMentions,
): Pick<Survey, 'candidates' | 'looked'> {
  const recent = place.issues.nodes;
  const found = [...mentions.nodes, ...recent].flatMap(
    (node) => knownIssue(node, client.host) ?? [],
  );
  const candidates = distinct(found, checklist);
  return {
    candidates,
    looked: {
      issues: candidates.length,
      back: recent.at(-1)?.createdAt,
      complete: mentions.complete && place.issues.totalCount <= recent.length,
    },
  };
}

/** Each issue once, without the master itself. */
export function distinct(
  issues: readonly KnownIssue[],
  checklist: ChecklistRef,
): readonly KnownIssue[] {
  const byKey = new Map(issues.map((issue) => [issueKey(issue.ref), issue]));
  byKey.delete(checklistKey(checklist));
  return [...byKey.values()];
}
