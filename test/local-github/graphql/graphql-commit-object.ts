import { mayRead } from '../data/rights.ts';
import { connection, type PageArguments } from './graphql-connection.ts';
import { type GraphqlContext, SITE } from './graphql-objects.ts';
import { readable } from './graphql-pulls.ts';
import { repositoryObject } from './graphql-repository.ts';

const NODE_ID = 'C_local';

/** The commit of a node id; null for other ids, and for commits that the viewer may not read. */
export function commitByNodeId(context: GraphqlContext, id: string): object | null {
  return id.startsWith(NODE_ID) ? commitObject(context, id.slice(NODE_ID.length)) : null;
}

/** A commit with the pull requests that brought it, as far as the viewer may read them. */
export function commitObject(context: GraphqlContext, oid: string): object | null {
  const { issues, accounts } = context.world;
  const commit = issues.commit(oid);
  const repo = commit && accounts.repoById(commit.repoId);
  if (commit === undefined || repo === undefined || !mayRead(context.world, context.viewer, repo))
    return null;
  const pulls = commit.pullIds.flatMap((id) => issues.findById(id) ?? []);
  return {
    __typename: 'Commit',
    id: `${NODE_ID}${oid}`,
    oid,
    abbreviatedOid: oid.slice(0, 7),
    url: `${SITE}/${repo.full_name}/commit/${oid}`,
    repository: () => repositoryObject(context, repo),
    associatedPullRequests: (args: PageArguments) =>
      connection(
        'associatedPullRequests',
        pulls.flatMap((pull) => readable(context, pull)),
        args,
      ),
  };
}
