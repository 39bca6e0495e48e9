import { createHash } from 'node:crypto';
import { checkGraphql, readGraphqlBody } from '../graphql/graphql-check.ts';
import { openApi } from '../openapi/openapi.ts';
import type { Viewer, World } from '../world.ts';
import { type Limits, NOBODY } from './limits.ts';
import type { LoggedRequest } from './request-log.ts';

/** A request to api.github.com as read from the socket. */
export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly connectionReused: boolean;
}

/** Null when the token is wrong, revoked or expired. */
export function viewerOf(world: World, raw: RawRequest): Viewer | null {
  const authorization = raw.headers.authorization;
  if (authorization === undefined) return { login: null, token: null };
  const token = world.accounts.token(authorization.replace(/^(bearer|token)\s+/i, ''));
  if (token === undefined || token.revoked) return null;
  const expired = token.expiresAt !== null && Date.parse(token.expiresAt) <= world.clock();
  return expired ? null : { login: token.login, token };
}

/** The log entry of a request, with what GitHub's descriptions say against it. */
export function logEntry(
  world: World,
  limits: Limits,
  raw: RawRequest,
  concurrent: number,
): LoggedRequest {
  const isGraphql = raw.url.startsWith('/graphql');
  const graphql = isGraphql ? checkGraphql(raw.body) : null;
  const url = `https://api.github.com${raw.url}`;
  const verdict = graphql ?? openApi().checkRequest({ ...raw, url });
  const viewer = viewerOf(world, raw);
  const authorization = raw.headers.authorization ?? '';
  return {
    at: world.clock(),
    host: 'api.github.com',
    method: raw.method,
    url: raw.url,
    operation: verdict.operation,
    status: null,
    mutation: graphql?.mutation ?? !['GET', 'HEAD'].includes(raw.method),
    graphqlQuery: isGraphql ? (readGraphqlBody(raw.body)?.query ?? '') : undefined,
    graphqlCost: graphql?.cost ?? 1,
    body: raw.body === '' ? undefined : raw.body,
    headers: { ...raw.headers, ...(authorization && { authorization: '…' }) },
    authorizationHash:
      authorization && createHash('sha256').update(authorization).digest('hex').slice(0, 8),
    conditional: Boolean(raw.headers['if-none-match'] ?? raw.headers['if-modified-since']),
    errors: [...verdict.errors],
    warnings: verdict.warnings,
    whileLimited: limits.blocked(viewer?.login ?? NOBODY),
    concurrent,
    faulted: false,
    points: 0,
  };
}
