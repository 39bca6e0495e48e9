import { atLeast } from '../data/accounts.ts';
import type { StoredIssue } from '../types.ts';
import { type ApiAnswer, apiError, type RepoRequest, type World } from '../world.ts';
import { MAX_BODY, paged, tooLong, toSecond, withIssue } from './rest-paging.ts';
import { commentShape } from './rest-shapes.ts';

/** Comments of one issue, oldest first. */
export function listComments(world: World, request: RepoRequest, number = 0): ApiAnswer {
  return withIssue(world, request, number, (issue) => {
    const since = request.query.get('since');
    const found = issue.comments.filter(
      (comment) => !since || toSecond(comment.updatedAt) >= toSecond(Date.parse(since)),
    );
    return paged(request, found, (comment) => commentShape(world, comment, issue, request.repo));
  });
}

/** A comment by the viewer; on a locked issue this needs push. */
export function createComment(world: World, request: RepoRequest, number = 0): ApiAnswer {
  return withIssue(world, request, number, (issue) => {
    const { json, repo, viewer } = request;
    const login = viewer.login;
    if (login === null) return apiError(401, 'Requires authentication');
    if (issue.locked && !atLeast(world.accounts.role(login, repo), 'push'))
      return apiError(403, 'Unable to create comment because issue is locked.');
    const invalid = invalidComment(json);
    if (invalid !== null) return invalid;
    const comment = world.issues.comment(repo.id, number, String(json.body), login);
    const answer = commentShape(world, comment, issue, repo);
    return { status: 201, headers: { location: answer.url }, body: answer };
  });
}

function invalidComment(json: RepoRequest['json']): ApiAnswer | null {
  const { body } = json;
  if (typeof body !== 'string')
    return apiError(422, 'Invalid request.\n\n"body" wasn\'t supplied.');
  if (body.trim() === '')
    return apiError(422, 'Validation Failed', [
      {
        resource: 'IssueComment',
        code: 'unprocessable',
        field: 'data',
        message: 'Body cannot be blank',
      },
    ]);
  return body.length > MAX_BODY ? tooLong('IssueComment', 'body', MAX_BODY) : null;
}

/** One comment by id. */
export function getComment(world: World, request: RepoRequest, id = 0): ApiAnswer {
  const found = world.issues.findComment(request.repo.id, id);
  if (found === undefined) return apiError(404, 'Not Found');
  return { status: 200, body: commentShape(world, found.comment, found.issue, request.repo) };
}

/** A comment changed by its author or by somebody with push. */
export function updateComment(world: World, request: RepoRequest, id = 0): ApiAnswer {
  return withOwnComment(world, request, id, ({ issue }) => {
    const { repo, json } = request;
    const invalid = invalidComment(json);
    if (invalid !== null) return invalid;
    const comment = world.issues.editComment(repo.id, issue.number, id, String(json.body));
    return { status: 200, body: commentShape(world, comment, issue, repo) };
  });
}

/** A comment deleted by its author or by somebody with push. */
export function deleteComment(world: World, request: RepoRequest, id = 0): ApiAnswer {
  return withOwnComment(world, request, id, ({ issue }) => {
    world.issues.removeComment(request.repo.id, issue.number, id);
    return { status: 204, body: null };
  });
}

function withOwnComment(
  world: World,
  { repo, viewer }: RepoRequest,
  id: number,
  answer: (found: { readonly issue: StoredIssue }) => ApiAnswer,
): ApiAnswer {
  const found = world.issues.findComment(repo.id, id);
  if (found === undefined) return apiError(404, 'Not Found');
  if (viewer.login === null) return apiError(401, 'Requires authentication');
  const role = world.accounts.role(viewer.login, repo);
  if (found.comment.author !== viewer.login && !atLeast(role, 'push'))
    return apiError(403, 'Must have admin rights to Repository.');
  return answer(found);
}
