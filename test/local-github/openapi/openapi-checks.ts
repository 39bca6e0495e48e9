import { type Description, deref, firstMedia, type Media, type Route } from './openapi-routes.ts';
import type { Validator } from './openapi-validator.ts';

/** A request as it came in, for checking. */
export interface CheckedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** Complaints about the values in the path. */
export function pathErrors(route: Route, path: string, validator: Validator): string[] {
  const values = route.pattern.exec(path)?.slice(1) ?? [];
  return route.pathNames.flatMap((name, index) => {
    const parameter = route.parameters.find((entry) => entry.in === 'path' && entry.name === name);
    if (parameter?.schema === undefined) return [];
    const value = validator.coerce(decoded(values[index] ?? ''), parameter.schema);
    const key = `${route.operation.operationId}:path:${name}`;
    return validator.check(key, parameter.schema, value, `path.${name}`, false);
  });
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Complaints about the query: unknown, missing or wrong parameters. */
export function queryErrors(route: Route, query: URLSearchParams, validator: Validator): string[] {
  const { operationId } = route.operation;
  const known = new Map(
    route.parameters.filter((entry) => entry.in === 'query').map((entry) => [entry.name, entry]),
  );
  const errors = [...new Set(query.keys())].flatMap((name) => {
    const parameter = known.get(name) ?? known.get(name.replace(/\[\]$/, ''));
    if (parameter === undefined) return [`query.${name} is not a parameter of ${operationId}`];
    const value = query.get(name) ?? '';
    if (name === 'per_page' && Number(value) > 100)
      return ['query.per_page > 100 (documented maximum)'];
    const key = `${operationId}:query:${name}`;
    const typed = validator.coerce(value, parameter.schema);
    return validator.check(key, parameter.schema, typed, `query.${name}`, false);
  });
  const missing = [...known.values()]
    .filter((parameter) => parameter.required && !query.has(parameter.name))
    .map((parameter) => `query.${parameter.name} is required`);
  return [...errors, ...missing];
}

/** Complaints about the body, misspelt properties included. */
export function bodyErrors(
  route: Route,
  request: CheckedRequest,
  description: Description,
  validator: Validator,
): string[] {
  const { operationId } = route.operation;
  const expected = deref(description, route.operation.requestBody) as
    | { required?: boolean; content: Record<string, Media> }
    | undefined;
  const empty = request.body === '';
  if (expected === undefined)
    return empty || request.body.trim() === '{}' ? [] : [`${operationId} takes no request body`];
  if (empty) return expected.required ? ['a request body is required'] : [];
  const type = (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? '';
  const media = type === 'application/json' ? firstMedia(expected.content) : expected.content[type];
  if (media === undefined) return [`content-type ${type} is not accepted`];
  if (media.schema === undefined) return [];
  let json: unknown;
  try {
    json = JSON.parse(request.body);
  } catch {
    return ['the request body is not JSON'];
  }
  return validator.check(`${operationId}:body`, media.schema, json, 'body', true);
}

/** Complaints about headers that GitHub documents. */
export function headerErrors(headers: CheckedRequest['headers']): string[] {
  const { accept, authorization, 'x-github-api-version': version } = headers;
  return [
    ...(accept && !/application\/vnd\.github|application\/json|\*\/\*/.test(accept)
      ? [`accept: ${accept}`]
      : []),
    ...(version && !/^\d{4}-\d\d-\d\d$/.test(version) ? [`x-github-api-version: ${version}`] : []),
    ...(authorization && !/^(bearer|token) \S+$/i.test(authorization)
      ? ['authorization is neither "Bearer …" nor "token …"']
      : []),
  ];
}

/** Advice from the description. */
export function warningsOf(
  route: Route,
  query: URLSearchParams,
  request: CheckedRequest,
): string[] {
  const closing = route.parameters
    .filter((entry) => entry.in === 'query' && query.has(entry.name))
    .filter((entry) => entry.deprecated || /closing down/i.test(entry.description ?? ''))
    .map((entry) => `query.${entry.name} is closing down`);
  return [
    ...closing,
    ...(route.operation.deprecated ? [`${route.operation.operationId} is deprecated`] : []),
    ...(request.headers['x-github-api-version'] ? [] : ['no x-github-api-version header']),
  ];
}
