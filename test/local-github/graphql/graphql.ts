import {
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import type { Limits } from '../guard/limits.ts';
import { type ApiAnswer, type ApiRequest, apiError, type World } from '../world.ts';
import { githubSchema, readGraphqlBody } from './graphql-check.ts';
import { costOf } from './graphql-cost.ts';
import { rootValue } from './graphql-root.ts';

/**
 * Answers `POST /graphql` on GitHub's own schema. A field that is not modelled here is an error that
 * fails the test, never a quiet null.
 */
export async function answerGraphql(
  world: World,
  request: ApiRequest,
  limits: Limits,
): Promise<ApiAnswer> {
  const { viewer } = request;
  if (viewer.login === null)
    return apiError(401, 'This endpoint requires you to be authenticated.');
  if (viewer.token?.sso)
    return {
      status: 200,
      headers: { 'x-github-sso': `required; url=${viewer.token.sso}` },
      body: { data: null, errors: [{ type: 'FORBIDDEN', message: SSO_MESSAGE }] },
    };
  const body = readGraphqlBody(request.bodyText);
  if (body === null) return apiError(400, 'Problems parsing JSON');
  const schema = githubSchema();
  let document: ReturnType<typeof parse>;
  try {
    document = parse(body.query);
  } catch (error) {
    return { status: 200, body: { errors: [{ message: String(error) }] } };
  }
  const invalid = validate(schema, document);
  if (invalid.length > 0)
    return { status: 200, body: { errors: invalid.map((error) => formatted(error)) } };
  const operation = getOperationAST(document, body.operationName);
  if (!operation) return { status: 200, body: { errors: [{ message: 'No operation found' }] } };
  const price = costOf(document, operation, body.variables);
  if (price.nodeCount > MAX_NODES)
    return { status: 200, body: { errors: [tooManyNodes(price.nodeCount)] } };
  const result = await execute({
    schema,
    document,
    rootValue: rootValue(world, { ...viewer, login: viewer.login }, limits, price),
    variableValues: body.variables,
    operationName: body.operationName ?? null,
    fieldResolver: strictResolver,
  });
  return {
    status: 200,
    body: {
      ...(result.data !== undefined && { data: result.data }),
      ...(result.errors && { errors: result.errors.map((error) => formatted(error)) }),
    },
  };
}

/** GitHub's limit of nodes that one call may ask for. */
const MAX_NODES = 500_000;

function tooManyNodes(count: number) {
  const message = `This query requests up to ${count.toLocaleString('en-US')} possible nodes which exceeds the maximum limit of 500,000.`;
  return { type: 'MAX_NODE_LIMIT_EXCEEDED', message };
}

const SSO_MESSAGE =
  'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.';

const strictResolver: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  const { fieldName, parentType } = info;
  const value = (source as Record<string, unknown>)[fieldName];
  if (value === undefined)
    throw new GraphQLError(`The local GitHub does not model ${parentType.name}.${fieldName}`);
  return typeof value === 'function' ? value.call(source, args, context, info) : value;
};

function formatted(error: GraphQLError): GraphQLFormattedError & { type?: unknown } {
  const { message, path, locations, extensions } = error;
  return {
    ...(extensions.type !== undefined && { type: extensions.type }),
    ...(path && { path }),
    ...(locations && { locations }),
    message,
  };
}
