import { createHash, randomBytes } from 'node:crypto';
import { type ApiAnswer, type ApiRequest, apiError, type Viewer, type World } from '../world.ts';
import { type FaultAction, type Faults, withGraphqlError } from './faults.ts';
import { createLimits, type Limits, NOBODY, type Spending } from './limits.ts';
import { logEntry, type RawRequest, viewerOf } from './raw-request.ts';
import { createsContent, type LoggedRequest } from './request-log.ts';
import { tokenHeaders } from './token-headers.ts';

/** What the server does with the socket. */
export type Outcome =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly truncate: boolean;
      readonly after: (() => void) | undefined;
    }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' };

/** The wall in front of the API: checks, logs, limits, caches and breaks requests. */
export interface Guard {
  handle(request: RawRequest): Promise<Outcome>;
}

interface Parts {
  readonly world: World;
  readonly faults: Faults;
  readonly log: LoggedRequest[];
  readonly answer: (request: ApiRequest, limits: Limits) => Promise<ApiAnswer>;
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, Deprecation, Sunset',
};
const VARY =
  'Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding, Accept, X-Requested-With';

/** Puts the guard in front of what answers the API. */
export function createGuard(parts: Parts): Guard {
  const { world } = parts;
  const limits = createLimits(world.settings, world.clock);
  let underWay = 0;

  return {
    handle: async (raw) => {
      if (raw.method === 'OPTIONS') return preflight(raw);
      underWay += 1;
      try {
        const entry = logEntry(world, limits, raw, underWay);
        parts.log.push(entry);
        const outcome = await guarded(parts, limits, raw, entry);
        entry.status = outcome.kind === 'answer' ? outcome.status : 0;
        return outcome;
      } finally {
        underWay -= 1;
      }
    },
  };
}

async function guarded(
  parts: Parts,
  limits: Limits,
  raw: RawRequest,
  entry: LoggedRequest,
): Promise<Outcome> {
  const { graphqlQuery } = entry;
  const fault = parts.faults.take({ ...raw, graphqlQuery });
  entry.faulted = fault !== null;
  fault?.before?.();
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault?.reset || fault?.resetReused === 'before') return { kind: 'cut' };
  if (fault?.hang === 'before') return { kind: 'hang' };
  const answer = spoiled(await answered(parts, limits, raw, entry, fault), fault);
  if (fault?.resetAfter || fault?.resetReused) return { kind: 'cut' };
  if (fault?.hang) return { kind: 'hang' };
  return { ...answer, truncate: fault?.truncate ?? false, after: fault?.after };
}

type Answer = Pick<Extract<Outcome, { kind: 'answer' }>, 'kind' | 'status' | 'headers' | 'body'>;

async function answered(
  parts: Parts,
  limits: Limits,
  raw: RawRequest,
  entry: LoggedRequest,
  fault: FaultAction | null,
): Promise<Answer> {
  const { world } = parts;
  const viewer = viewerOf(world, raw);
  const spending = spendingOf(viewer, raw, entry);
  const faulty = () =>
    sent(raw, limits, spending, viewer, faultAnswer(world, limits, spending, fault ?? {}));
  if (fault?.status !== undefined && !fault.workDone) return faulty();
  if (viewer === null) return sent(raw, limits, spending, viewer, apiError(401, 'Bad credentials'));
  const url = new URL(raw.url, 'https://api.github.com');
  if (url.pathname === '/rate_limit')
    return sent(raw, limits, spending, viewer, limits.overview(spending.user));
  const refusal = limits.secondary(spending) ?? limits.primary(spending);
  if (refusal !== null) return sent(raw, limits, spending, viewer, refusal);
  const answer = await parts.answer(
    {
      method: raw.method,
      path: url.pathname,
      query: url.searchParams,
      headers: raw.headers,
      bodyText: raw.body,
      viewer,
    },
    limits,
  );
  entry.errors.push(...complaintsOf(answer));
  if (fault?.status !== undefined) return faulty();
  return conditional(world, limits, raw, spending, viewer, answer, entry);
}

/** The answer as a fault leaves it when the work itself was done. */
function spoiled(answer: Answer, fault: FaultAction | null): Answer {
  if (fault?.halfBody)
    return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
  if (fault?.graphqlError === undefined) return answer;
  return { ...answer, body: JSON.stringify(withGraphqlError(answer.body, fault.graphqlError)) };
}

/** What is not modelled, or paged against GitHub's rules, fails the test instead of going by quietly. */
function complaintsOf(answer: ApiAnswer): readonly string[] {
  const body = answer.body as { message?: unknown; errors?: unknown } | null;
  const errors = Array.isArray(body?.errors) ? (body.errors as GraphqlProblem[]) : [];
  const paging = errors.filter(({ type }) => /PAGINATION/.test(type ?? ''));
  const messages = [body?.message, ...errors.map(({ message }) => message)];
  return [
    ...messages.filter((text): text is string => /^The local GitHub/.test(String(text))),
    ...paging.map(({ message }) => message ?? 'wrong paging'),
  ];
}

interface GraphqlProblem {
  readonly type?: string;
  readonly message?: string;
}

/** ETag and Cache-Control as GitHub sends them; an unchanged answer is a 304 and costs nothing. */
function conditional(
  world: World,
  limits: Limits,
  raw: RawRequest,
  spending: Spending,
  viewer: Viewer,
  answer: ApiAnswer,
  entry: LoggedRequest,
): Answer {
  const count = () => {
    limits.count(spending);
    entry.points = spending.cost;
  };
  const cacheable = raw.method === 'GET' && answer.status === 200 && spending.resource === 'core';
  if (!cacheable) {
    count();
    return sent(raw, limits, spending, viewer, answer);
  }
  const hash = createHash('sha256')
    .update(JSON.stringify(answer.body))
    .update(raw.headers.authorization ?? '')
    .update(raw.headers.accept ?? '');
  const etag = `W/"${hash.digest('hex')}"`;
  const age = world.settings.cacheMaxAgeSeconds;
  const headers = {
    ...answer.headers,
    etag,
    'cache-control': `${viewer.login === null ? 'public' : 'private'}, max-age=${age}, s-maxage=${age}`,
    vary: VARY,
  };
  const strip = (value: string) => value.trim().replace(/^W\//, '');
  const known = (raw.headers['if-none-match'] ?? '').split(',').map(strip);
  if (known.includes(strip(etag)))
    return sent(raw, limits, spending, viewer, { status: 304, headers, body: null });
  count();
  return sent(raw, limits, spending, viewer, { ...answer, headers });
}

function sent(
  raw: RawRequest,
  limits: Limits,
  spending: Spending,
  viewer: Viewer | null,
  answer: ApiAnswer,
): Answer {
  const body =
    answer.body === null || raw.method === 'HEAD'
      ? ''
      : typeof answer.body === 'string'
        ? answer.body
        : JSON.stringify(answer.body);
  return {
    kind: 'answer',
    status: answer.status,
    headers: {
      ...CORS,
      ...limits.headers(spending),
      'x-github-request-id': randomBytes(8).toString('hex').toUpperCase(),
      'x-github-media-type': 'github.v3; format=json',
      'x-github-api-version-selected': raw.headers['x-github-api-version'] ?? '2022-11-28',
      ...(body !== '' && { 'content-type': 'application/json; charset=utf-8' }),
      ...tokenHeaders(viewer, spending.mutation),
      ...answer.headers,
    },
    body,
  };
}

function faultAnswer(
  world: World,
  limits: Limits,
  spending: Spending,
  fault: FaultAction,
): ApiAnswer {
  const retryAfter = Number(fault.headers?.['retry-after'] ?? 0);
  if (retryAfter > 0) limits.block(spending.user, world.clock() + retryAfter * 1000);
  return {
    status: fault.status ?? 500,
    ...(fault.headers && { headers: fault.headers }),
    body: fault.body ?? { message: 'Server Error' },
  };
}

function spendingOf(viewer: Viewer | null, raw: RawRequest, entry: LoggedRequest): Spending {
  return {
    user: viewer?.login ?? NOBODY,
    resource:
      entry.graphqlQuery !== undefined
        ? 'graphql'
        : raw.url.startsWith('/search/')
          ? 'search'
          : 'core',
    mutation: entry.mutation,
    cost: entry.graphqlCost,
    content: createsContent(entry),
    concurrent: entry.concurrent,
  };
}

function preflight(raw: RawRequest): Outcome {
  const headers = {
    ...CORS,
    'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
    'access-control-allow-headers':
      raw.headers['access-control-request-headers'] ?? 'authorization, content-type',
    'access-control-max-age': '86400',
  };
  return { kind: 'answer', status: 204, headers, body: '', truncate: false, after: undefined };
}
