import type { BodyVersion } from '../core/engine/job-facts.ts';
import { fail, failure, type Result, succeed } from '../core/failures.ts';
import {
  type ChecklistRef,
  checklistIn,
  issueOfChecklist,
  parseRepo,
  type RepoRef,
  sameRepo,
} from '../core/refs.ts';
import type { SyncMaster } from '../core/sync/sync-facts.ts';
import { transferred } from './ask.ts';
import { askSeen, type Seen, type Variables } from './ask-graphql.ts';
import type { Client } from './client.ts';
import {
  EDITS,
  type Edits,
  explainMissing,
  isMissing,
  type MasterNode,
  missing,
  newestFirst,
  snapshot,
} from './masters.ts';
import {
  RULES,
  RULES_AT,
  type RulesNode,
  rulesFile,
  TEMPLATES,
  type TemplatesNode,
  templatesIn,
} from './rules-node.ts';

/** Versions beside the text: enough for most masters; `readVersions` goes further back. */
const VERSIONS = 10;

/** `HEAD` is the default branch. One connection: one point. */
const SYNC_MASTER = `query SyncMaster($owner: String!, $name: String!, $number: Int!, $rules: String!) {
  repository(owner: $owner, name: $name) {
    nameWithOwner isArchived
    ${RULES}
    ${TEMPLATES}
    issueOrPullRequest(number: $number) {
      __typename
      ... on Issue {
        title body state locked viewerCanUpdate createdAt closedAt url
        repository { nameWithOwner }
        userContentEdits(first: ${VERSIONS}) { ${EDITS} }
      }
    }
  }
}`;

/** 100 is all that GitHub gives in one request. */
const ALL_VERSIONS = `query Versions($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    issueOrPullRequest(number: $number) {
      __typename
      ... on Issue { url repository { nameWithOwner } userContentEdits(first: 100) { ${EDITS} } }
    }
  }
}`;

interface Answer<Node> {
  readonly repository: RepositoryNode<Node> | null;
}

interface RepositoryNode<Node> {
  readonly nameWithOwner: string;
  readonly isArchived: boolean;
  readonly rules: RulesNode | null;
  readonly templates?: TemplatesNode | null;
  readonly issueOrPullRequest: Node | null;
}

interface VersionsNode {
  readonly __typename: string;
  readonly url: string;
  readonly repository: { readonly nameWithOwner: string };
  readonly userContentEdits: Edits | null;
}

interface SyncMasterNode extends MasterNode, VersionsNode {
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly userContentEdits: Edits | null;
}

/**
 * The master with its rights, its history and the rules file, in one request; a second one says what became of a master
 * that is not there. A token that may not read files still gets all the rest.
 */
export async function readSyncMaster(
  client: Client,
  checklist: ChecklistRef,
): Promise<Result<SyncMaster>> {
  const found = await findMaster<SyncMasterNode>(client, checklist, SYNC_MASTER, {
    rules: RULES_AT,
  });
  if (!found.ok) return found;
  const { node, repository, rulesUnseen } = found.value;
  return succeed({
    ...snapshot(node),
    createdAt: node.createdAt,
    closedAt: node.closedAt ?? undefined,
    historyComplete: isComplete(node.userContentEdits),
    rulesFile: rulesUnseen ? { kind: 'unreadable' } : rulesFile(repository.rules),
    ...templatesIn(repository.templates),
    ref: checklistIn(repoOf(repository.nameWithOwner, checklist.repo), checklist),
    archived: repository.isArchived,
  });
}

/** The newest 100 versions of the master's text, newest first, in one request. */
export async function readVersions(
  client: Client,
  checklist: ChecklistRef,
): Promise<Result<readonly BodyVersion[]>> {
  const found = await findMaster<VersionsNode>(client, checklist, ALL_VERSIONS, {});
  return found.ok ? succeed(newestFirst(found.value.node.userContentEdits)) : found;
}

interface Found<Node> {
  readonly node: Node;
  readonly repository: RepositoryNode<Node>;
  readonly rulesUnseen: boolean;
}

async function findMaster<Node extends VersionsNode>(
  client: Client,
  checklist: ChecklistRef,
  query: string,
  more: Variables,
): Promise<Result<Found<Node>>> {
  const { repo, number } = issueOfChecklist(checklist);
  const answer = await askSeen<Answer<Node>>(client, repo, {
    query,
    variables: { owner: repo.owner, name: repo.name, number, ...more },
    // Nothing else may be left out: half a master is no truth to write by.
    mayMiss: isOfFiles,
  });
  if (answer.ok) return pickMaster(client, checklist, answer.value);
  return isMissing(answer.failure.code)
    ? explainMissing(client, issueOfChecklist(checklist), answer)
    : answer;
}

async function pickMaster<Node extends VersionsNode>(
  client: Client,
  checklist: ChecklistRef,
  { data, unseen }: Seen<Answer<Node>>,
): Promise<Result<Found<Node>>> {
  const { repository } = data;
  const node = repository?.issueOrPullRequest;
  if (!repository || !node)
    return explainMissing(client, issueOfChecklist(checklist), fail(missing(checklist.repo)));
  if (node.__typename !== 'Issue') return fail(failure('is-pull-request'));
  const here = repoOf(repository.nameWithOwner, checklist.repo);
  if (!sameRepo(repoOf(node.repository.nameWithOwner, checklist.repo), here)) {
    return fail(transferred(node.url));
  }
  return succeed({ node, repository, rulesUnseen: unseen.some(isRules) });
}

/** Whether it is a file of the repository, which the token may not read. */
function isOfFiles(path: string): boolean {
  return isRules(path) || /^repository\.templates(\.|$)/.test(path);
}

function isRules(path: string): boolean {
  return path === 'repository.rules' || path.startsWith('repository.rules.');
}

/** Deleted versions are counted, and come without their text. */
function isComplete(edits: Edits | null): boolean {
  return edits !== null && edits.totalCount <= edits.nodes.filter((node) => node !== null).length;
}

function repoOf(nameWithOwner: string, asked: RepoRef): RepoRef {
  return parseRepo(nameWithOwner, asked.host) ?? asked;
}
