import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
} from 'graphql';
import type { Verdict } from '../openapi/openapi.ts';
import { costOf } from './graphql-cost.ts';

/** A GraphQL request body as read. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

let cached: GraphQLSchema | undefined;

/** GitHub's own GraphQL schema, built once per process. */
export function githubSchema(): GraphQLSchema {
  const file = new URL(
    '../../../node_modules/@octokit/graphql-schema/schema.graphql',
    import.meta.url,
  );
  // assumeValid: GitHub's published IDL repeats a few fields.
  cached ??= buildSchema(readFileSync(file, 'utf8'), { assumeValid: true });
  return cached;
}

/** The parts of a GraphQL request body; a missing query reads as empty. */
export function readGraphqlBody(body: string): GraphqlRequest | null {
  try {
    const json = JSON.parse(body) as Partial<GraphqlRequest> | null;
    return {
      query: typeof json?.query === 'string' ? json.query : '',
      variables: json?.variables ?? {},
      operationName: json?.operationName ?? undefined,
    };
  } catch {
    return null;
  }
}

/** Checks a GraphQL request against GitHub's schema, variables included. */
export function checkGraphql(
  body: string,
): Verdict & { readonly mutation: boolean; readonly cost: number } {
  const request = readGraphqlBody(body);
  const bad = (error: string) => {
    return { operation: 'graphql', errors: [error], warnings: [], mutation: false, cost: 1 };
  };
  if (request === null) return bad('the request body is not JSON');
  let document: DocumentNode;
  try {
    document = parse(request.query);
  } catch (error) {
    return bad(`syntax: ${error instanceof GraphQLError ? error.message : String(error)}`);
  }
  const operation = getOperationAST(document, request.operationName);
  if (!operation) return bad('the operation was not found');
  const schema = githubSchema();
  const errors = validate(schema, document).map((error) => error.message);
  const definitions = operation.variableDefinitions ?? [];
  const values = getVariableValues(schema, definitions, request.variables);
  const declared = new Set(definitions.map((definition) => definition.variable.name.value));
  return {
    operation: `graphql:${operation.operation}${operation.name ? `:${operation.name.value}` : ''}`,
    errors: [
      ...errors,
      ...(values.errors ?? []).map((error) => `variables: ${error.message}`),
      ...Object.keys(request.variables)
        .filter((name) => !declared.has(name))
        .map((name) => `variables: $${name} is not declared`),
    ],
    warnings: [],
    mutation: operation.operation === 'mutation',
    cost: errors.length > 0 ? 1 : costOf(document, operation, request.variables).cost,
  };
}
