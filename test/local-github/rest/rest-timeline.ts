import type { StoredEvent, StoredIssue } from '../types.ts';
import type { ApiAnswer, RepoRequest, World } from '../world.ts';
import { paged, withIssue } from './rest-paging.ts';
import { commentShape, eventShape } from './rest-shapes.ts';

/** Events and comments of an issue, oldest first. */
export function listTimeline(world: World, request: RepoRequest, number = 0): ApiAnswer {
  return withIssue(world, request, number, (issue) => {
    const { repo } = request;
    const events = visibleEvents(world, request, issue).map((event) => ({
      at: event.at,
      shape: eventShape(world, event, repo),
    }));
    const comments = issue.comments.map((comment) => ({
      at: comment.createdAt,
      shape: commentEventShape(world, request, issue, comment),
    }));
    const all = [...events, ...comments].sort((a, b) => a.at - b.at);
    return paged(request, all, (entry) => entry.shape);
  });
}

function commentEventShape(
  world: World,
  request: RepoRequest,
  issue: StoredIssue,
  comment: StoredIssue['comments'][number],
) {
  const shape = commentShape(world, comment, issue, request.repo);
  return { ...shape, event: 'commented', actor: shape.user };
}

/** Events of an issue without comments and references. */
export function listEvents(world: World, request: RepoRequest, number = 0): ApiAnswer {
  return withIssue(world, request, number, (issue) => {
    const events = visibleEvents(world, request, issue).filter(
      ({ detail }) => detail.kind !== 'cross-referenced',
    );
    return paged(request, events, (event) => eventShape(world, event, request.repo));
  });
}

/** The events that this viewer may see by now; references from private repositories stay hidden. */
export function visibleEvents(
  world: World,
  request: Pick<RepoRequest, 'viewer'>,
  issue: StoredIssue,
): readonly StoredEvent[] {
  return issue.events.filter(({ at, detail }) => {
    if (detail.kind !== 'cross-referenced') return true;
    const source = world.issues.findById(detail.sourceId);
    const home = source && world.accounts.repo(source.repo);
    if (home === undefined || at > world.clock() - world.settings.timelineLagMs) return false;
    return world.accounts.role(request.viewer.login, home) !== 'none';
  });
}
