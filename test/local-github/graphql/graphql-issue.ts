import type { EmulateRepo } from '../data/emulate-base.ts';
import { mayEdit } from '../data/rights.ts';
import { labelsOf, milestonesOf } from '../rest/rest-shapes.ts';
import { timestamp, timestampOrNull } from '../timestamps.ts';
import type { StoredComment, StoredIssue } from '../types.ts';
import type { World } from '../world.ts';
import { connection, type PageArguments } from './graphql-connection.ts';
import {
  actorObject,
  type GraphqlContext,
  labelObject,
  milestoneObject,
  SITE,
} from './graphql-objects.ts';
import { type ClosedByArguments, closedByObjects, pullFields } from './graphql-pulls.ts';
import { repositoryObject } from './graphql-repository.ts';
import { type ItemArguments, timelineItems } from './graphql-timeline.ts';

/** An Issue or PullRequest, whichever the number belongs to. */
export function subjectObject(context: GraphqlContext, issue: StoredIssue, repo: EmulateRepo) {
  return issue.pull === null ? issueObject(context, issue, repo) : pullObject(context, issue, repo);
}

/** An issue as GraphQL shows it to the viewer. */
export function issueObject(
  context: GraphqlContext,
  issue: StoredIssue,
  repo: EmulateRepo,
): object {
  return {
    ...sharedFields(context, issue, repo),
    __typename: 'Issue',
    url: `${SITE}/${repo.full_name}/issues/${issue.number}`,
    state: issue.state.toUpperCase(),
    parent: () => parentObject(context, issue, repo),
    stateReason: ({ enableDuplicate }: { enableDuplicate?: boolean }) =>
      stateReasonName(issue, enableDuplicate ?? false),
    timelineItems: (args: ItemArguments) =>
      connection('timelineItems', timelineItems(context, issue, repo, args), args),
    closedByPullRequestsReferences: (args: ClosedByArguments) =>
      connection('closedByPullRequestsReferences', closedByObjects(context, issue, args), args),
  };
}

/** The issue that an issue is a sub-issue of; here always one of the same repository. */
function parentObject(context: GraphqlContext, { parent }: StoredIssue, repo: EmulateRepo) {
  if (parent === null) return null;
  const found = context.world.issues.find(repo.id, parent);
  return found.kind === 'found' ? issueObject(context, found.issue, repo) : null;
}

/** GitHub reports `DUPLICATE` as `NOT_PLANNED` to callers that do not ask for it. */
function stateReasonName(issue: StoredIssue, enableDuplicate: boolean): string | null {
  const name = issue.stateReason?.toUpperCase() ?? null;
  return name === 'DUPLICATE' && !enableDuplicate ? 'NOT_PLANNED' : name;
}

/** A pull request as GraphQL shows it to the viewer. */
export function pullObject(context: GraphqlContext, issue: StoredIssue, repo: EmulateRepo): object {
  return {
    ...sharedFields(context, issue, repo),
    __typename: 'PullRequest',
    url: `${SITE}/${repo.full_name}/pull/${issue.number}`,
    state: issue.pull?.merged ? 'MERGED' : issue.state.toUpperCase(),
    merged: issue.pull?.merged ?? false,
    mergedAt: timestampOrNull(issue.pull?.mergedAt ?? null),
    isDraft: false,
    ...pullFields(context, issue),
    timelineItems: (args: ItemArguments) =>
      connection('timelineItems', timelineItems(context, issue, repo, args), args),
  };
}

function sharedFields(context: GraphqlContext, issue: StoredIssue, repo: EmulateRepo) {
  const { world, viewer } = context;
  const milestone = milestonesOf(world, repo).find((row) => row.number === issue.milestone);
  return {
    id: issue.nodeId,
    // GraphQL's Int ends at 2^31; issue ids are past it, hence fullDatabaseId.
    databaseId: null,
    fullDatabaseId: String(issue.id),
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    closed: issue.state === 'closed',
    closedAt: timestampOrNull(issue.closedAt),
    locked: issue.locked,
    author: () => actorObject(world, issue.author),
    authorAssociation: world.accounts.association(issue.author, repo),
    editor: () => (issue.lastEditor === null ? null : actorObject(world, issue.lastEditor)),
    createdAt: timestamp(issue.createdAt),
    updatedAt: timestamp(issue.updatedAt),
    lastEditedAt: timestampOrNull(issue.lastEditedAt),
    includesCreatedEdit: issue.edits.length > 0,
    viewerCanUpdate: mayEdit(world, viewer.login, issue),
    viewerDidAuthor: issue.author === viewer.login,
    repository: () => repositoryObject(context, repo),
    milestone: milestone === undefined ? null : milestoneObject(milestone),
    labels: (args: PageArguments) =>
      connection(
        'labels',
        labelsOf(world, repo)
          .filter((label) => issue.labels.includes(label.name))
          .map((label) => labelObject(label)),
        args,
      ),
    assignees: (args: PageArguments) =>
      connection(
        'assignees',
        issue.assignees.map((login) => actorObject(world, login)),
        args,
      ),
    comments: (args: PageArguments) =>
      connection(
        'comments',
        issue.comments.map((comment) => commentObject(context, comment, issue, repo)),
        args,
      ),
    userContentEdits: (args: PageArguments) =>
      connection('userContentEdits', editObjects(world, issue), args),
  };
}

/**
 * GitHub lists edits newest first; `diff` is no diff but the whole body as of that edit, and once an
 * issue is edited the oldest entry is its creation. Sources: git-bug's importer, which reverses the
 * list, takes `diff` as the text and skips the first as "the issue creation itself"
 * (git-bug/git-bug bridge/github/import.go, import_mediator.go); refined-github-style readers say
 * the same ("Each one holds the whole body. GitHub lists them newest first").
 */
function editObjects(world: World, issue: StoredIssue) {
  return issue.edits.toReversed().map((edit) => ({
    __typename: 'UserContentEdit',
    id: `UCE_local${edit.id}`,
    createdAt: timestamp(edit.at),
    updatedAt: timestamp(edit.at),
    editedAt: timestamp(edit.at),
    deletedAt: null,
    deletedBy: null,
    editor: actorObject(world, edit.editor),
    diff: edit.body,
  }));
}

/** A comment as GraphQL shows it. */
export function commentObject(
  context: GraphqlContext,
  comment: StoredComment,
  issue: StoredIssue,
  repo: EmulateRepo,
) {
  const { world, viewer } = context;
  const kind = issue.pull === null ? 'issues' : 'pull';
  return {
    __typename: 'IssueComment',
    id: comment.nodeId,
    databaseId: null,
    fullDatabaseId: String(comment.id),
    author: actorObject(world, comment.author),
    authorAssociation: world.accounts.association(comment.author, repo),
    body: comment.body,
    createdAt: timestamp(comment.createdAt),
    updatedAt: timestamp(comment.updatedAt),
    url: `${SITE}/${repo.full_name}/${kind}/${issue.number}#issuecomment-${comment.id}`,
    viewerDidAuthor: comment.author === viewer.login,
  };
}
