import type { JsonSchema } from './openapi-schema.ts';

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly deprecated?: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
  readonly 'x-multi-segment'?: boolean;
}

/** One media type of a body. */
export interface Media {
  readonly schema?: JsonSchema;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly deprecated?: boolean;
}

/** One operation of the description, with its compiled path. */
export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly pathNames: readonly string[];
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  readonly literalness: number;
}

/** GitHub's description, as far as it is read here. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** All operations, the most literal path first. */
export function routesOf(description: Description): Route[] {
  const methods = ['get', 'post', 'put', 'patch', 'delete', 'head'];
  const routes = Object.entries(description.paths).flatMap(([template, item]) =>
    methods.flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      if (operation === undefined) return [];
      const parameters = [
        ...((item.parameters as unknown[] | undefined) ?? []),
        ...(operation.parameters ?? []),
      ].map((parameter) => deref(description, parameter) as Parameter);
      return [{ method, operation, parameters, ...compileTemplate(template, parameters) }];
    }),
  );
  // The most literal path wins: /issues/comments before /issues/{issue_number}.
  return routes.sort((a, b) => b.literalness - a.literalness);
}

function compileTemplate(template: string, parameters: readonly Parameter[]) {
  const pathNames: string[] = [];
  const source = template
    .split(/(\{[^}]+\})/)
    .map((part) => {
      const name = /^\{(.+)\}$/.exec(part)?.[1];
      if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      pathNames.push(name);
      const many = parameters.some(
        (parameter) => parameter.name === name && parameter['x-multi-segment'],
      );
      return many ? '(.+)' : '([^/]+)';
    })
    .join('');
  const literalness = template
    .split('/')
    .reduce((sum, part) => sum + (part.startsWith('{') ? 0 : part.includes('{') ? 1 : 2), 0);
  return { pattern: new RegExp(`^${source}$`), pathNames, literalness };
}

/** What a `$ref` stands for, or the value itself. */
export function deref(description: Description, value: unknown): unknown {
  const ref = (value as { $ref?: unknown } | undefined)?.$ref;
  if (typeof ref !== 'string') return value;
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (node, key) => (node as Record<string, unknown>)[key.replace(/~1/g, '/')],
      description,
    );
}

/** The JSON media type of a body, or the first. */
export function firstMedia(content: Record<string, Media> | undefined): Media | undefined {
  return content === undefined
    ? undefined
    : (content['application/json'] ?? Object.values(content)[0]);
}
