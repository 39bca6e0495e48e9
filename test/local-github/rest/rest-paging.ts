import type { StoredIssue } from '../types.ts';
import { type ApiAnswer, apiError, type RepoRequest, type World } from '../world.ts';

/** GitHub's limit for bodies of issues and comments, in characters. */
export const MAX_BODY = 65_536;

/** One page of a list with GitHub's Link header, which names the repository by id. */
export function paged<T>(
  request: RepoRequest,
  all: readonly T[],
  shape: (entry: T) => unknown,
): ApiAnswer {
  const perPage = Math.min(100, Math.max(1, Number(request.query.get('per_page') ?? 30) || 30));
  const page = Math.max(1, Number(request.query.get('page') ?? 1) || 1);
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const link = (rel: string, to: number) => {
    const query = new URLSearchParams(request.query);
    query.set('page', String(to));
    const path = `/repositories/${request.repo.id}${request.rest}`;
    return `<https://api.github.com${path}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link('prev', page - 1)] : []),
    ...(page < last ? [link('next', page + 1), link('last', last)] : []),
    ...(page > 1 ? [link('first', 1)] : []),
  ];
  return {
    status: 200,
    headers: links.length > 0 ? { link: links.join(', ') } : {},
    body: all
      .slice((page - 1) * perPage, page * perPage)
      .map(shape)
      .filter((entry) => entry !== null),
  };
}

/** Answers about an issue that stands; else 404, 410 or the redirect of a transferred one. */
export function withIssue(
  world: World,
  request: RepoRequest,
  number: number,
  answer: (issue: StoredIssue) => ApiAnswer,
): ApiAnswer {
  const found = world.issues.find(request.repo.id, number);
  switch (found.kind) {
    case 'found':
      return answer(found.issue);
    case 'missing':
      return apiError(404, 'Not Found');
    case 'deleted':
      return apiError(410, 'This issue was deleted');
    case 'moved':
      return moved(world, request, found, number);
  }
}

function moved(
  world: World,
  request: RepoRequest,
  to: { readonly repoId: number; readonly number: number },
  number: number,
): ApiAnswer {
  const target = world.accounts.repoById(to.repoId);
  if (target === undefined || world.accounts.role(request.viewer.login, target) === 'none')
    return apiError(404, 'Not Found');
  const rest = request.rest.replace(`/issues/${number}`, `/issues/${to.number}`);
  return redirect(request.method, `https://api.github.com/repositories/${to.repoId}${rest}`);
}

/** GitHub's redirect: 301 for reads; 307 for the others, which must keep their method. */
export function redirect(method: string, url: string): ApiAnswer {
  const status = method === 'GET' || method === 'HEAD' ? 301 : 307;
  const documentation = 'https://docs.github.com/v3/#http-redirects';
  return {
    status,
    headers: { location: url },
    body: { message: 'Moved Permanently', url, documentation_url: documentation },
  };
}

/** The refusal of a text that is too long. */
export function tooLong(resource: string, field: string, max: number): ApiAnswer {
  const message = `${field} is too long (maximum is ${max} characters)`;
  return apiError(422, 'Validation Failed', [{ resource, code: 'custom', field, message }]);
}

/** Whole seconds, in which GitHub compares times. */
export function toSecond(ms: number): number {
  return Math.floor(ms / 1000);
}
