import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  bodyErrors,
  type CheckedRequest,
  headerErrors,
  pathErrors,
  queryErrors,
  warningsOf,
} from './openapi-checks.ts';
import {
  type Description,
  deref,
  firstMedia,
  type Media,
  type Route,
  routesOf,
} from './openapi-routes.ts';
import { createValidator } from './openapi-validator.ts';

/** What GitHub's description says about a request. */
export interface Verdict {
  readonly operation: string;
  /** Violations of the description: these fail the test. */
  readonly errors: readonly string[];
  /** Advice, such as parameters that are closing down. */
  readonly warnings: readonly string[];
}

/** Checks requests (and answers) against GitHub's own OpenAPI description. */
export interface OpenApi {
  checkRequest(request: CheckedRequest): Verdict;
  /** Complaints about an answer of ours; used by the tests of this folder. */
  checkAnswer(method: string, path: string, status: number, body: unknown): readonly string[];
}

let cached: OpenApi | undefined;

/** GitHub's description, read once per process (about 0.3 s). */
export function openApi(): OpenApi {
  cached ??= load();
  return cached;
}

function load(): OpenApi {
  const file = new URL('../api.github.com.json.gz', import.meta.url);
  const description = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Description;
  const routes = routesOf(description);
  const validator = createValidator(description);
  const find = (method: string, path: string) =>
    routes.find((route) => route.method === method.toLowerCase() && route.pattern.test(path));

  return {
    checkRequest: (request) => {
      const url = new URL(request.url);
      const path = withoutRepositoryId(url.pathname);
      const route = find(request.method, path);
      if (route === undefined) return unknownPath(routes, request.method, path);
      const errors = [
        ...pathErrors(route, path, validator),
        ...queryErrors(route, url.searchParams, validator),
        ...bodyErrors(route, request, description, validator),
        ...headerErrors(request.headers),
      ];
      const warnings = warningsOf(route, url.searchParams, request);
      return { operation: route.operation.operationId, errors, warnings };
    },
    checkAnswer: (method, path, status, body) => {
      const route = find(method, withoutRepositoryId(path));
      if (route === undefined) return [`no such path: ${path}`];
      const { operationId, responses } = route.operation;
      const documented = deref(description, responses[String(status)]);
      if (documented === undefined) return [`${operationId}: status ${status} is not documented`];
      const media = firstMedia((documented as { content?: Record<string, Media> }).content);
      if (media?.schema === undefined) return [];
      return validator.check(`${operationId}:${status}`, media.schema, body, 'body', false);
    },
  };
}

/** GitHub's Link headers and redirects use this alias, which its description does not list. */
function withoutRepositoryId(path: string): string {
  return path.replace(/^\/repositories\/\d+(?=\/|$)/, '/repos/_/_');
}

function unknownPath(routes: readonly Route[], method: string, path: string): Verdict {
  const others = routes.filter((route) => route.pattern.test(path)).map((route) => route.method);
  const error =
    others.length > 0
      ? `method ${method} is not defined for ${path} (has ${[...new Set(others)].join(', ')})`
      : `no such path in GitHub's description: ${path}`;
  return { operation: 'unknown', errors: [error], warnings: [] };
}
