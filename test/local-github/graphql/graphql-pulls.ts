import { closingIssues, closingPulls, pullOf } from '../data/pulls.ts';
import { mayRead } from '../data/rights.ts';
import type { StoredCloser, StoredIssue } from '../types.ts';
import { commitObject } from './graphql-commit-object.ts';
import { connection, githubError, type PageArguments } from './graphql-connection.ts';
import { issueObject, pullObject } from './graphql-issue.ts';
import { actorObject, type GraphqlContext } from './graphql-objects.ts';

/** Arguments of `closedByPullRequestsReferences`. */
export interface ClosedByArguments extends PageArguments {
  readonly includeClosedPrs?: boolean | null;
  readonly orderByState?: boolean | null;
  readonly userLinkedOnly?: boolean | null;
}

/**
 * The pull requests that close the issue, as far as the viewer may read them. Without `includeClosedPrs`
 * GitHub leaves out closed and merged ones alike.
 */
export function closedByObjects(
  context: GraphqlContext,
  issue: StoredIssue,
  args: ClosedByArguments,
): object[] {
  const states = ['open', 'merged', 'closed'];
  const rank = ({ pull, state }: StoredIssue) => states.indexOf(pull?.merged ? 'merged' : state);
  const found = closingPulls(context.world, issue)
    .filter(({ pull, byHand }) => {
      if (args.userLinkedOnly && !byHand) return false;
      return args.includeClosedPrs === true || pull.state === 'open';
    })
    .map(({ pull }) => pull);
  const ordered = args.orderByState ? found.toSorted((a, b) => rank(a) - rank(b)) : found;
  return ordered.flatMap((pull) => readable(context, pull));
}

/** What a pull request has beside the fields that it shares with issues. */
export function pullFields(context: GraphqlContext, issue: StoredIssue) {
  const { world } = context;
  const pull = pullOf(issue);
  return {
    baseRefName: pull.base,
    headRefName: pull.head,
    isCrossRepository: false,
    mergedBy: () => (pull.mergedBy === null ? null : actorObject(world, pull.mergedBy)),
    mergeCommit: () => (pull.mergeCommit === null ? null : commitObject(context, pull.mergeCommit)),
    closingIssuesReferences: (args: PageArguments & { userLinkedOnly?: boolean | null }) =>
      connection(
        'closingIssuesReferences',
        closingIssues(world, issue, args.userLinkedOnly ?? false).flatMap((found) =>
          readable(context, found),
        ),
        args,
      ),
  };
}

/** What closed an issue, or null when a person did or when the viewer may not read it. */
export function closerObject(context: GraphqlContext, closer: StoredCloser | null): object | null {
  if (closer === null) return null;
  if (closer.kind === 'commit') return commitObject(context, closer.oid);
  const pull = context.world.issues.findById(closer.pullId);
  return pull === undefined ? null : (readable(context, pull)[0] ?? null);
}

/**
 * The issue or pull request in a list of its own; nothing where the viewer may not read the repository, and an
 * error in its place (GraphQL then answers null and says why) where only pull requests are out of the token's reach.
 */
export function readable(context: GraphqlContext, issue: StoredIssue): object[] {
  const { world, viewer } = context;
  const repo = world.accounts.repo(issue.repo);
  if (repo === undefined || !mayRead(world, viewer, repo)) return [];
  if (issue.pull === null) return [issueObject(context, issue, repo)];
  if (repo.private && viewer.token?.pulls === 'none')
    return [githubError('FORBIDDEN', 'Resource not accessible by personal access token')];
  return [pullObject(context, issue, repo)];
}
