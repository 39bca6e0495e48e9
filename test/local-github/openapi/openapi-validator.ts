import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formatsModule from 'ajv-formats';
import { type Description, deref } from './openapi-routes.ts';
import { type JsonSchema, toJsonSchema } from './openapi-schema.ts';

/** Compiled schemas, each at its first use. */
export interface Validator {
  check(key: string, schema: JsonSchema, value: unknown, where: string, strict: boolean): string[];
  coerce(value: string, schema: JsonSchema): unknown;
  deref(value: unknown): unknown;
}

/** A validator that knows the description's shared schemas. */
export function createValidator(description: Description): Validator {
  const ajv = new Ajv2019({
    strict: false,
    allErrors: true,
    validateFormats: true,
    unicodeRegExp: false,
  });
  formatsModule.default(ajv);
  for (const format of ['timestamp', 'repo.nwo', 'ssh-key', 'ssh-key fingerprint'])
    ajv.addFormat(format, true);
  const schemas = Object.entries(description.components.schemas);
  ajv.addSchema({
    $id: 'gh',
    components: {
      schemas: Object.fromEntries(
        schemas.map(([name, schema]) => [name, toJsonSchema(schema, false)]),
      ),
    },
  });
  const compiled = new Map<string, ValidateFunction>();
  const resolve = (value: unknown) => deref(description, value);
  const coerce = (value: string, schema: JsonSchema): unknown => {
    const plain = resolve(schema) as { type?: string; items?: JsonSchema };
    if (plain.type === 'integer' || plain.type === 'number')
      return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    if (plain.type === 'boolean')
      return value === 'true' ? true : value === 'false' ? false : value;
    if (plain.type === 'array')
      return value.split(',').map((entry) => coerce(entry, plain.items ?? {}));
    return value;
  };
  return {
    coerce,
    deref: resolve,
    check: (key, schema, value, where, strict) => {
      const validate = compiled.get(key) ?? ajv.compile(toJsonSchema(schema, strict));
      compiled.set(key, validate);
      return validate(value) ? [] : (validate.errors ?? []).map((error) => errorText(where, error));
    },
  };
}

function errorText(where: string, error: ErrorObject): string {
  const { unevaluatedProperty, allowedValues } = error.params as {
    unevaluatedProperty?: string;
    allowedValues?: unknown[];
  };
  const extra = unevaluatedProperty === undefined ? '' : ` '${unevaluatedProperty}'`;
  const allowed = allowedValues === undefined ? '' : ` (${allowedValues.join('|')})`;
  return `${where}${error.instancePath} ${error.message ?? 'is invalid'}${extra}${allowed}`;
}
