import { atLeast } from '../data/accounts.ts';
import type { EmulateRepo } from '../data/emulate-base.ts';
import { mayRead } from '../data/rights.ts';
import {
  type ApiAnswer,
  type ApiRequest,
  apiError,
  notModelled,
  type RepoRequest,
  type World,
} from '../world.ts';
import { fromEmulate, queryOf } from './emulate-rest.ts';
import { redirect } from './rest-paging.ts';
import { answerRepository } from './rest-routes.ts';

/** Answers one REST request: GitHub's gates first, then what we model, then what emulate knows. */
export async function answerRest(world: World, request: ApiRequest): Promise<ApiAnswer> {
  const target = repoTarget(world, request.path);
  if (target === null) {
    // emulate would search its own, empty records of issues.
    if (request.path.startsWith('/search/')) return notModelled(`GET ${request.path}`);
    return fromEmulate(world, request, request.path);
  }
  const { repo, rest } = target;
  if (repo === undefined || !mayRead(world, request.viewer, repo))
    return apiError(404, 'Not Found');
  if (target.former)
    return redirect(
      request.method,
      `https://api.github.com/repositories/${repo.id}${rest}${queryOf(request)}`,
    );
  const refused = refusal(world, request, repo, rest);
  if (refused !== null) return refused;
  const json = parseJson(request.bodyText);
  if (json === null) return apiError(400, 'Problems parsing JSON');
  const repoRequest: RepoRequest = { ...request, repo, rest, json };
  return (
    answerRepository(world, repoRequest) ??
    fromEmulate(world, request, `/repos/${repo.full_name}${rest}`)
  );
}

function repoTarget(world: World, path: string) {
  const byId = /^\/repositories\/(\d+)(\/.*)?$/.exec(path);
  if (byId !== null)
    return { repo: world.accounts.repoById(Number(byId[1])), rest: byId[2] ?? '', former: false };
  const byName = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path);
  if (byName === null) return null;
  const name = byName[1] ?? '';
  return {
    repo: world.accounts.repo(name),
    rest: byName[2] ?? '',
    former: world.accounts.isFormerName(name),
  };
}

/** What stops a request before its own handler looks at it. */
function refusal(
  world: World,
  request: ApiRequest,
  repo: EmulateRepo,
  rest: string,
): ApiAnswer | null {
  const { token } = request.viewer;
  if (token?.sso)
    return apiError(403, SSO_MESSAGE, undefined, { 'x-github-sso': `required; url=${token.sso}` });
  if (request.method === 'GET' || request.method === 'HEAD') return null;
  if (token === null) return apiError(401, 'Requires authentication');
  if (token.scopes === null) {
    const covered = token.repos === null || token.repos.includes(repo.full_name);
    if (!covered || token.issues !== 'write')
      return apiError(403, 'Resource not accessible by personal access token', undefined, {
        'x-accepted-github-permissions': 'issues=write',
      });
  } else if (!token.scopes.includes('repo') && !token.scopes.includes('public_repo')) {
    return apiError(404, 'Not Found');
  }
  if (repo.archived) return apiError(403, 'Repository was archived so is read-only.');
  // Issues decide for themselves; every other write needs push, which emulate does not check.
  if (
    !rest.startsWith('/issues') &&
    !atLeast(world.accounts.role(request.viewer.login, repo), 'push')
  )
    return apiError(403, 'Must have admin rights to Repository.');
  return null;
}

const SSO_MESSAGE =
  'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.';

function parseJson(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
