import { atLeast } from '../data/accounts.ts';
import type { EmulateRepo } from '../data/emulate-base.ts';
import { labelsOf, milestonesOf } from '../rest/rest-shapes.ts';
import type { StoredIssue } from '../types.ts';
import type { World } from '../world.ts';
import { connection, githubError, type PageArguments } from './graphql-connection.ts';
import { fileObject, type ObjectArguments } from './graphql-files.ts';
import { issueObject, pullObject, subjectObject } from './graphql-issue.ts';
import {
  actorObject,
  type GraphqlContext,
  labelObject,
  milestoneObject,
  SITE,
} from './graphql-objects.ts';

const PERMISSIONS = {
  none: null,
  pull: 'READ',
  triage: 'TRIAGE',
  push: 'WRITE',
  maintain: 'MAINTAIN',
  admin: 'ADMIN',
};

/** A repository as GraphQL shows it to the viewer. */
export function repositoryObject(context: GraphqlContext, repo: EmulateRepo): object {
  const { world, viewer } = context;
  const found = (number: number) => world.issues.find(repo.id, number);
  return {
    __typename: 'Repository',
    id: repo.node_id,
    databaseId: repo.id,
    name: repo.name,
    nameWithOwner: repo.full_name,
    owner: () => ownerObject(world, repo),
    url: `${SITE}/${repo.full_name}`,
    isPrivate: repo.private,
    visibility: repo.private ? 'PRIVATE' : 'PUBLIC',
    isArchived: repo.archived,
    isInOrganization: repo.owner_type === 'Organization',
    hasIssuesEnabled: repo.has_issues,
    viewerPermission: PERMISSIONS[world.accounts.role(viewer.login, repo)],
    defaultBranchRef: { __typename: 'Ref', name: repo.default_branch, prefix: 'refs/heads/' },
    object: (args: ObjectArguments) => fileObject(context, repo, args),
    // The owner watches, as on GitHub; here nobody else ever does.
    watchers: (args: PageArguments) =>
      connection('watchers', [actorObject(world, world.accounts.ownerLogin(repo))], args),
    labels: (args: PageArguments) =>
      connection(
        'labels',
        labelsOf(world, repo).map((label) => labelObject(label)),
        args,
      ),
    label: ({ name }: { name: string }) => {
      const label = labelsOf(world, repo).find(
        (row) => row.name.toLowerCase() === name.toLowerCase(),
      );
      return label === undefined ? null : labelObject(label);
    },
    milestones: (args: PageArguments & { states?: readonly string[] }) =>
      connection(
        'milestones',
        milestonesOf(world, repo)
          .filter((row) => !args.states || args.states.includes(row.state.toUpperCase()))
          .map((row) => milestoneObject(row)),
        args,
      ),
    // GitHub tells it only those who may write.
    collaborators: (args: PageArguments & { query?: string | null }) => {
      if (!atLeast(world.accounts.role(viewer.login, repo), 'push'))
        throw githubError(
          'FORBIDDEN',
          'You do not have permission to view repository collaborators.',
        );
      const people = world.accounts
        .collaborators(repo)
        .filter(({ login }) => login.toLowerCase().includes((args.query ?? '').toLowerCase()));
      const page = connection('collaborators', people, args);
      const edges = page.edges.map(({ node, cursor }) => ({
        cursor,
        permission: PERMISSIONS[node.role],
        node: actorObject(world, node.login),
      }));
      return { ...page, nodes: edges.map(({ node }) => node), edges };
    },
    issue: ({ number }: { number: number }) => {
      const hit = found(number);
      if (hit.kind !== 'found' || hit.issue.pull !== null)
        throw githubError(
          'NOT_FOUND',
          `Could not resolve to an Issue with the number of ${number}.`,
        );
      return issueObject(context, hit.issue, repo);
    },
    pullRequest: ({ number }: { number: number }) => {
      const hit = found(number);
      if (hit.kind !== 'found' || hit.issue.pull === null)
        throw githubError(
          'NOT_FOUND',
          `Could not resolve to a PullRequest with the number of ${number}.`,
        );
      return pullObject(context, hit.issue, repo);
    },
    issueOrPullRequest: ({ number }: { number: number }) => {
      const hit = found(number);
      if (hit.kind !== 'found')
        throw githubError(
          'NOT_FOUND',
          `Could not resolve to an issue or pull request with the number of ${number}.`,
        );
      return subjectObject(context, hit.issue, repo);
    },
    issues: (args: IssuesArguments) =>
      connection(
        'issues',
        listed(world, repo, args).map((issue) => issueObject(context, issue, repo)),
        args,
      ),
  };
}

interface IssuesArguments extends PageArguments {
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
  readonly filterBy?: {
    readonly since?: string | null;
    readonly createdBy?: string | null;
    readonly states?: readonly string[] | null;
    readonly labels?: readonly string[] | null;
  } | null;
}

function listed(world: World, repo: EmulateRepo, args: IssuesArguments): StoredIssue[] {
  const states = args.states ?? args.filterBy?.states;
  const labels = args.labels ?? args.filterBy?.labels;
  const { since, createdBy } = args.filterBy ?? {};
  const byUpdate = args.orderBy?.field === 'UPDATED_AT';
  const sign = args.orderBy?.direction === 'DESC' ? -1 : 1;
  const key = (issue: StoredIssue) => (byUpdate ? issue.updatedAt : issue.createdAt);
  return world.issues
    .list(repo.id, world.settings.listLagMs)
    .filter((issue) => issue.pull === null)
    .filter((issue) => !states || states.includes(issue.state.toUpperCase()))
    .filter((issue) => !labels || issue.labels.some((label) => labels.includes(label)))
    .filter((issue) => !createdBy || issue.author === createdBy)
    .filter((issue) => !since || issue.updatedAt >= Date.parse(since))
    .sort((a, b) => sign * (key(a) - key(b) || a.number - b.number));
}

function ownerObject(world: World, repo: EmulateRepo) {
  const login = world.accounts.ownerLogin(repo);
  return {
    __typename: repo.owner_type,
    id: `O_local${repo.owner_id}`,
    login,
    url: `${SITE}/${login}`,
  };
}
