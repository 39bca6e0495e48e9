import { type Result, succeed } from '../core/failures.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import type { GenerationFacts } from '../core/plan/plan-generation.ts';
import { type ChecklistRef, checklistKey, issueKey, type RepoRef } from '../core/refs.ts';
import type { RulesFile } from '../core/sync/sync-facts.ts';
import { askPartly, read } from './ask.ts';
import type { Client } from './client.ts';
import {
  authorOf,
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

/** What a target lists by name, 100 in a page. */
const NAMED = {
  labels: 'pageInfo { hasNextPage endCursor } nodes { name }',
  milestones: 'pageInfo { hasNextPage endCursor } nodes { name: title }',
} as const;

type Listed = keyof typeof NAMED;

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
    labels(first: 100) { ${NAMED.labels} }
    milestones(first: 100) { ${NAMED.milestones} }
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

/** The next page of what the target lists. */
function moreNames(listed: Listed): string {
  return `query Names($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    names: ${listed}(first: 100, after: $after) { ${NAMED[listed]} }
  }
}`;
}

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
  readonly labels: Names | null;
  readonly milestones: Names | null;
  readonly issues: { readonly totalCount: number; readonly nodes: readonly (IssueNode | null)[] };
}

/** A page of labels or milestones. */
interface Names {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly { readonly name: string }[];
}

/** Master, target and candidates in one request; more only past 100 labels, milestones or cross-references. */
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
  const labels = await allNames(client, target, 'labels', data.target.labels);
  if (!labels.ok) return labels;
  const milestones = await allNames(client, target, 'milestones', data.target.milestones);
  if (!milestones.ok) return milestones;
  return succeed({
    viewer: data.viewer.login,
    rulesFile: rulesFile(repository),
    master: masterFacts(node),
    target: {
      ...targetFacts(data.target, target),
      labels: labels.value,
      milestones: milestones.value,
    },
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
    ...(node.author && { author: authorOf(node.author) }),
    ...(node.authorAssociation && { authorAssociation: node.authorAssociation }),
  };
}

/** Anyone who can read may create issues; labels and milestones need triage rights (GitHub drops them silently). */
function targetFacts(
  node: TargetNode,
  asked: RepoRef,
): Omit<Survey['target'], 'labels' | 'milestones'> {
  const permission = node.viewerPermission ?? 'NONE';
  return {
    repo: repoOf({ repository: node }, asked),
    archived: node.isArchived,
    issuesEnabled: node.hasIssuesEnabled,
    canCreate: node.hasIssuesEnabled && !node.isArchived,
    canLabel: ['TRIAGE', 'WRITE', 'MAINTAIN', 'ADMIN'].includes(permission),
    canWrite: ['WRITE', 'MAINTAIN', 'ADMIN'].includes(permission),
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

/** Pages that cannot be read fail all: a first page is not taken for everything. */
async function allNames(
  client: Client,
  target: RepoRef,
  listed: Listed,
  first: Names | null,
): Promise<Result<readonly string[]>> {
  const { owner, name } = target;
  const names = namesIn(first);
  let info = first?.pageInfo;
  while (info?.hasNextPage) {
    const after = info.endCursor;
    const page = await read(client, target, () =>
      client.octokit.graphql<{ repository: { names: Names | null } | null }>(moreNames(listed), {
        owner,
        name,
        after,
      }),
    );
    if (!page.ok) return page;
    const next = page.value.repository?.names ?? null;
    names.push(...namesIn(next));
    info = next?.pageInfo;
  }
  return succeed(names);
}

function namesIn(page: Names | null): string[] {
  return (page?.nodes ?? []).map(({ name }) => name);
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
