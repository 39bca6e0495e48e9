import { type Result, succeed } from '../core/failures.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import type { GenerationFacts } from '../core/plan/plan-generation.ts';
import { type ChecklistRef, checklistKey, issueKey, type RepoRef } from '../core/refs.ts';
import type { RulesFile } from '../core/sync/sync-facts.ts';
import { askPartly, read } from './ask.ts';
import type { Client } from './client.ts';
import {
  type ChecklistNode,
  type IssueNode,
  knownIssue,
  type References,
  repoOf,
  select,
  stateOf,
} from './fragments.ts';
import {
  askChecklist,
  type ChecklistAnswer,
  checklistQuery,
  missing,
  RULES_AT,
  rulesFile,
  variablesOf,
} from './read-checklist.ts';

/** The facts that do not depend on what the text refers to. */
export type Survey = Pick<
  GenerationFacts,
  'master' | 'target' | 'viewer' | 'candidates' | 'looked'
> & { readonly rulesFile: RulesFile };

/** How many pages of 100 are read at most of the master's cross-references. */
const REFERENCE_PAGES = 10;

const LABELS = 'pageInfo { hasNextPage endCursor } nodes { name }';

const SURVEY = checklistQuery({
  name: 'Survey',
  declare: '$before: String, $targetOwner: String!, $targetName: String!, $rules: String!',
  repository: '...Rules',
  issue: `${select('Checklist', 'ChecklistPull', 'References')}
    ... on Issue { milestone { title } } ... on PullRequest { milestone { title } }`,
  beside: `viewer { login }
  target: repository(owner: $targetOwner, name: $targetName) {
    nameWithOwner isArchived hasIssuesEnabled viewerPermission
    watchers(first: 1) { totalCount }
    labels(first: 100) { ${LABELS} }
    milestones(first: 100) { nodes { title } }
    issues(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount nodes { ${select('IssueFields')} }
    }
  }`,
});

/** The next page of what refers to the master, backwards. */
const MORE_REFERENCES = checklistQuery({
  name: 'Mentions',
  declare: '$before: String',
  issue: select('References'),
});

/** The next page of the target's labels. */
const MORE_LABELS = `query Labels($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) { labels(first: 100, after: $after) { ${LABELS} } }
}`;

interface SurveyAnswer extends ChecklistAnswer {
  readonly viewer: { readonly login: string };
  readonly target: TargetNode | null;
}

/** Where the issues would be created. */
interface TargetNode {
  readonly nameWithOwner: string;
  readonly isArchived: boolean;
  readonly hasIssuesEnabled: boolean;
  readonly viewerPermission: string | null;
  readonly watchers: { readonly totalCount: number };
  readonly labels: Labels | null;
  readonly milestones: { readonly nodes: readonly { readonly title: string }[] } | null;
  readonly issues: { readonly totalCount: number; readonly nodes: readonly (IssueNode | null)[] };
}

/** A page of labels. */
interface Labels {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly { readonly name: string }[];
}

/** Master, target and candidates in one request; more only past 100 labels or 100 cross-references. */
export async function readSurvey(
  client: Client,
  checklist: ChecklistRef,
  target: RepoRef,
): Promise<Result<Survey>> {
  const answer = await askChecklist<SurveyAnswer>(client, checklist, {
    query: SURVEY,
    variables: { targetOwner: target.owner, targetName: target.name, rules: RULES_AT },
    mayMiss: () => true,
  });
  if (!answer.ok) return answer;
  const { node, repository, data } = answer.value;
  if (!data.target) return missing(client, target);
  const mentions = await allMentions(client, checklist, node.timelineItems);
  if (!mentions.ok) return mentions;
  const labels = await allLabels(client, target, data.target.labels);
  if (!labels.ok) return labels;
  return succeed({
    viewer: data.viewer.login,
    rulesFile: rulesFile(repository.rules),
    master: masterFacts(node),
    target: targetFacts(data.target, target, labels.value),
    ...candidatesOf(client, checklist, data.target, mentions.value),
  });
}

function masterFacts(node: ChecklistNode): Survey['master'] {
  return {
    title: node.title,
    body: node.body,
    state: stateOf(node),
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
    repo: repoOf({ repository: node }, asked),
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
  readonly nodes: readonly IssueNode[];
  readonly complete: boolean;
}

async function allMentions(
  client: Client,
  checklist: ChecklistRef,
  first: References | undefined,
): Promise<Result<AllMentions>> {
  const pages: References[] = first === undefined ? [] : [first];
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
): Promise<Result<References | undefined>> {
  const answer = await askPartly<ChecklistAnswer>(client, checklist.repo, MORE_REFERENCES, {
    ...variablesOf(checklist),
    before,
  });
  return answer.ok ? succeed(answer.value.repository?.issueOrPullRequest?.timelineItems) : answer;
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
