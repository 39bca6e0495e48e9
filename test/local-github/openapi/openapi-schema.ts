/** A schema of GitHub's OpenAPI 3.0 description, or the JSON Schema made of it. */
export type JsonSchema = { readonly [key: string]: unknown };

const DROPPED = new Set([
  'example',
  'examples',
  'xml',
  'externalDocs',
  'discriminator',
  'deprecated',
  'readOnly',
  'writeOnly',
  'nullable',
]);
const VERBATIM = new Set(['enum', 'default', 'required', 'const']);

/**
 * An OpenAPI 3.0 schema as JSON Schema 2019-09. GitHub writes `nullable` without `type` in 135 places,
 * which stock ajv refuses (and Prism then skips the whole body): it becomes "… or null" here.
 * With `strict`, an object that lists its properties accepts no others, which catches misspelt ones.
 */
export function toJsonSchema(schema: JsonSchema, strict: boolean): JsonSchema {
  return converted(schema, strict, false) as JsonSchema;
}

function converted(value: unknown, strict: boolean, inComposite: boolean): unknown {
  if (Array.isArray(value)) return value.map((entry) => converted(entry, strict, inComposite));
  if (typeof value !== 'object' || value === null) return value;
  const schema = value as JsonSchema;
  if (typeof schema.$ref === 'string')
    return { $ref: schema.$ref.replace('#/components/', 'gh#/components/') };
  const out: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(schema)) convertKey(out, schema, key, entry, strict);
  const closed = strict && !inComposite && schema.properties !== undefined;
  if (closed && schema.additionalProperties === undefined) out.unevaluatedProperties = false;
  return schema.nullable === true ? orNull(out) : out;
}

function convertKey(
  out: Record<string, unknown>,
  schema: JsonSchema,
  key: string,
  entry: unknown,
  strict: boolean,
): void {
  if (DROPPED.has(key) || key.startsWith('x-')) return;
  if (key === 'properties' || key === 'patternProperties') {
    out[key] = Object.fromEntries(
      Object.entries(entry as JsonSchema).map(([name, child]) => [
        name,
        converted(child, strict, false),
      ]),
    );
  } else if (key === 'allOf' || key === 'anyOf' || key === 'oneOf') {
    out[key] = converted(entry, strict, true);
  } else if (key === 'exclusiveMinimum' || key === 'exclusiveMaximum') {
    // A flag beside `minimum` in OpenAPI 3.0, a number in JSON Schema.
    const bound = key === 'exclusiveMinimum' ? 'minimum' : 'maximum';
    if (entry === true) out[key] = schema[bound];
    else if (typeof entry === 'number') out[key] = entry;
  } else {
    out[key] = VERBATIM.has(key) ? entry : converted(entry, strict, false);
  }
}

function orNull(schema: Record<string, unknown>): unknown {
  const values = schema.enum;
  if (Array.isArray(values) && !values.includes(null)) schema.enum = [...values, null];
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  return { ...schema, type: [schema.type, 'null'] };
}
