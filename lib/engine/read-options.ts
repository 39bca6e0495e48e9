import type { GenerationOptions } from '../core/plan/plan-generation.ts';
import { formatRepo, parseRepo, type RepoRef } from '../core/refs.ts';
import { BODY_LIMIT } from '../core/text/body-limit.ts';

type Reader<Value> = (value: unknown) => value is Value;

/** How each option that a page may send is told from rubbish. */
const READERS: { readonly [Key in keyof GenerationOptions]: Reader<GenerationOptions[Key]> } = {
  levels: oneOf('leaves', 'all', 'top'),
  prefix: maybe(isText),
  ids: isBoolean,
  labels: isTexts,
  milestone: maybe(isText),
  assignees: isTexts,
  comment: maybe(isBoolean),
  linkStyle: oneOf('closes', 'parenthesis'),
  placeholder: isText,
  identity: oneOf('links', 'block', 'title'),
  target: maybe(isRepo),
  includeTicked: isBoolean,
  template: isText,
  missing: oneOf('create', 'drop'),
};

/** The options of one preview: the user's settings, and what the page sent over them as far as it makes sense. */
export function readOptions(
  sent: unknown,
  settings: GenerationOptions,
  host: string,
): GenerationOptions {
  const given: Readonly<Record<string, unknown>> = { ...Object(sent) };
  const readable = Object.entries(READERS).filter(
    ([key, read]) => Object.hasOwn(given, key) && read(given[key]),
  );
  const options: GenerationOptions = {
    ...settings,
    ...Object.fromEntries(readable.map(([key]) => [key, given[key]])),
  };
  return { ...options, target: [options.target, settings.target].find(isOn(host)) };
}

/** Issues are made on the host of their checklist, nowhere else: also where the settings say so. */
function isOn(host: string) {
  return (target: RepoRef | undefined) => target === undefined || target.host === host;
}

function oneOf<const Value extends string>(...values: readonly Value[]): Reader<Value> {
  return (value): value is Value => values.some((each) => each === value);
}

function maybe<Value>(read: Reader<Value>): Reader<Value | undefined> {
  return (value): value is Value | undefined => value === undefined || read(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= BODY_LIMIT;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= 100 && value.every(isText);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isRepo(value: unknown): value is RepoRef {
  if (typeof value !== 'object' || value === null) return false;
  const { host, owner, name }: { host?: unknown; owner?: unknown; name?: unknown } = value;
  if (!isText(host) || !isText(owner) || !isText(name)) return false;
  return parseRepo(formatRepo({ host, owner, name }), host) !== undefined;
}
