import { mayRead } from '../data/rights.ts';
import type { Limits } from '../guard/limits.ts';
import { timestamp } from '../timestamps.ts';
import type { World } from '../world.ts';
import { commitByNodeId } from './graphql-commit-object.ts';
import { githubError } from './graphql-connection.ts';
import type { QueryCost } from './graphql-cost.ts';
import { subjectObject } from './graphql-issue.ts';
import { actorObject, type GraphqlContext, type SignedIn } from './graphql-objects.ts';
import { repositoryObject } from './graphql-repository.ts';
import { type SearchArguments, searchObject } from './graphql-search.ts';

/** The root object of queries; mutations are not modelled. */
export function rootValue(world: World, viewer: SignedIn, limits: Limits, price: QueryCost) {
  const context = { world, viewer };
  return {
    viewer: () => actorObject(world, viewer.login),
    rateLimit: () => rateLimitObject(limits, viewer.login, price),
    repository: (args: RepositoryArguments) => {
      const repo = world.accounts.repo(`${args.owner}/${args.name}`);
      const former = world.accounts.isFormerName(`${args.owner}/${args.name}`);
      if (!repo || !mayRead(world, viewer, repo) || (former && args.followRenames === false))
        throw githubError(
          'NOT_FOUND',
          `Could not resolve to a Repository with the name '${args.owner}/${args.name}'.`,
        );
      return repositoryObject(context, repo);
    },
    search: (args: SearchArguments) => searchObject(context, args),
    node: ({ id }: { id: string }) => nodeObject(context, id),
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => nodeObject(context, id)),
  };
}

interface RepositoryArguments {
  readonly owner: string;
  readonly name: string;
  readonly followRenames?: boolean;
}

function rateLimitObject(limits: Limits, login: string, { cost, nodeCount }: QueryCost) {
  const headers = limits.headers({
    user: login,
    resource: 'graphql',
    mutation: false,
    cost,
    content: false,
    concurrent: 1,
  });
  const number = (name: string) => Number(headers[`x-ratelimit-${name}`]);
  return {
    cost,
    limit: number('limit'),
    // The request that asks is counted after it is answered.
    remaining: number('remaining') - cost,
    used: number('used') + cost,
    resetAt: timestamp(number('reset') * 1000),
    nodeCount,
  };
}

function nodeObject(context: GraphqlContext, id: string) {
  const commit = commitByNodeId(context, id);
  if (commit !== null) return commit;
  const issue = context.world.issues.findByNodeId(id);
  const repo = issue && context.world.accounts.repo(issue.repo);
  if (issue === undefined || repo === undefined || !mayRead(context.world, context.viewer, repo))
    throw githubError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
  return subjectObject(context, issue, repo);
}
