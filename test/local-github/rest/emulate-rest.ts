import { type ApiAnswer, type ApiRequest, apiError, type World } from '../world.ts';

/** emulate's answer for a path, made to look like GitHub's. */
export async function fromEmulate(
  world: World,
  request: ApiRequest,
  path: string,
): Promise<ApiAnswer> {
  if (path === '/user' && request.viewer.login === null)
    return apiError(401, 'Requires authentication');
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const inner = new Request(`https://github.com${path}${queryOf(request)}`, {
    method: request.method,
    headers: { 'content-type': 'application/json' },
    // emulate refuses an empty body, which Octokit sends for calls without parameters.
    ...(hasBody && { body: request.bodyText === '' ? '{}' : request.bodyText }),
  });
  const response = await world.base.handle(inner, request.viewer.login);
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text);
  if (response.status >= 400) return emulateError(response.status, body);
  return { status: response.status, body: likeGitHub(body, '') };
}

function emulateError(status: number, body: unknown): ApiAnswer {
  const { message } = body as { message?: string };
  const errors = (body as { errors?: Record<string, unknown>[] }).errors;
  const text = status === 422 ? 'Validation Failed' : (message ?? 'Not Found');
  return apiError(status, text, status === 422 ? (errors ?? []) : undefined);
}

/** emulate has one host for pages and API and writes milliseconds; GitHub does neither. */
function likeGitHub(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => likeGitHub(entry, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => [name, likeGitHub(entry, name)]),
    );
  if (typeof value !== 'string') return value;
  if (key.endsWith('_at')) return value.replace(/\.\d+Z$/, 'Z');
  if (key === 'avatar_url') return 'https://avatars.githubusercontent.com/u/1?v=4';
  return value.replace(
    /^https:\/\/github\.com\/(repos|users|orgs)\//,
    'https://api.github.com/$1/',
  );
}

/** The query with its question mark, or nothing. */
export function queryOf(request: ApiRequest): string {
  return request.query.size === 0 ? '' : `?${request.query}`;
}
