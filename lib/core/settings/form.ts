import { listInWords } from '../list-in-words.ts';
import { formatRepo, isRepoName, isServedHost, parseRepo, type RepoRef } from '../refs.ts';

/** What kind of value a setting has, and its bounds. Plain data: whatever reads, checks, shows or explains a value asks the functions below. */
export type Form =
  | { readonly kind: 'switch'; readonly automatic?: string }
  | ChoiceForm
  | TextForm
  | ListForm
  | { readonly kind: 'subset'; readonly choices: Readonly<Record<string, string>> }
  | NumberForm
  | { readonly kind: 'waits' }
  | { readonly kind: 'repository'; readonly automatic: string }
  | { readonly kind: 'constant'; readonly value: string | number };

interface ChoiceForm {
  readonly kind: 'choice';
  /** Values and what people read for them. */
  readonly choices: Readonly<Record<string, string>>;
  /** What each means, in a sentence. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** Values that are still read but no longer offered, and the choice that each now is. */
  readonly retired?: Readonly<Record<string, string>>;
}

interface TextForm {
  readonly kind: 'text';
  /** UTF-16 units. */
  readonly most: number;
  readonly pattern: RegExp;
  /** Completes "it must be …". */
  readonly must: string;
  /** What it is when it is left to Masterlist. */
  readonly automatic?: string;
}

interface ListForm {
  readonly kind: 'list';
  readonly most: number;
  readonly each: TextForm;
  /** Characters that people may type with it, and that are not part of it. */
  readonly ignored?: string;
  readonly must: string;
}

/** Bounds are for people, both allowed; tests may store other numbers. Stored waits are milliseconds. */
interface NumberForm {
  readonly kind: 'minutes' | 'hour' | 'wait' | 'count';
  readonly least: number;
  readonly most: number;
}

/** The values of a form. Undefined leaves the choice to Masterlist. */
export type ValueOf<F extends Form> =
  | (F extends { readonly automatic: string } ? undefined : never)
  | (F extends { readonly kind: 'switch' }
      ? boolean
      : F extends { readonly kind: 'choice'; readonly choices: infer Choices }
        ? keyof Choices & string
        : F extends { readonly kind: 'text' }
          ? string
          : F extends { readonly kind: 'list' }
            ? readonly string[]
            : F extends { readonly kind: 'subset'; readonly choices: infer Choices }
              ? readonly (keyof Choices & string)[]
              : F extends { readonly kind: 'minutes' | 'hour' | 'wait' | 'count' }
                ? number
                : F extends { readonly kind: 'waits' }
                  ? readonly number[]
                  : F extends { readonly kind: 'repository' }
                    ? RepoRef
                    : F extends { readonly kind: 'constant'; readonly value: infer Value }
                      ? Value
                      : never);

/**
 * Where a value comes from. Storage is only held to types, so that nothing that worked is lost and tests run the
 * production build at their own pace; files are held to the bounds. In the rules file a repository is a text.
 */
export type Source = 'storage' | 'file' | 'rules';

/** Reads a value of a form; undefined when it is none. JSON writes null for what is left to Masterlist. */
export function readValue(
  form: Form,
  value: unknown,
  source: Source,
  host?: string,
): { readonly value: unknown } | undefined {
  const isAutomatic = value === undefined || value === null;
  if (isAutomatic && 'automatic' in form && source !== 'rules') return { value: undefined };
  if (form.kind === 'repository') return readRepo(value, source, host);
  if (form.kind === 'choice' && isKey(form.retired ?? {}, value))
    return { value: form.retired?.[value] };
  return isValue(form, value, source !== 'storage') ? { value } : undefined;
}

/** Whether a value has the type of a form and, if `strict`, keeps its bounds. */
function isValue(
  form: Exclude<Form, { readonly kind: 'repository' }>,
  value: unknown,
  strict: boolean,
): boolean {
  switch (form.kind) {
    case 'switch':
      return typeof value === 'boolean';
    case 'choice':
      return isKey(form.choices, value);
    case 'text':
      return typeof value === 'string' && (!strict || isWithin(form, value));
    case 'list':
      return isList(
        value,
        (each) => isValue(form.each, each, strict),
        strict ? form.most : Infinity,
      );
    case 'subset':
      return isList(value, (each) => isKey(form.choices, each));
    case 'waits':
      return isList(value, isWait);
    case 'constant':
      return value === form.value;
    default:
      return isNumber(form, value, strict);
  }
}

function isWithin({ most, pattern }: TextForm, value: string): boolean {
  return value.length <= most && pattern.test(value);
}

function isKey(choices: Readonly<Record<string, string>>, value: unknown): value is string {
  return typeof value === 'string' && Object.hasOwn(choices, value);
}

function isList(value: unknown, is: (each: unknown) => boolean, most = Infinity): boolean {
  return Array.isArray(value) && value.length <= most && value.every(is);
}

function isWait(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isNumber({ kind, least, most }: NumberForm, value: unknown, strict: boolean): boolean {
  if (typeof value !== 'number' || !isWait(value)) return false;
  const isBetween = value >= least && value <= most;
  if (kind === 'hour') return Number.isInteger(value) && isBetween;
  if (kind === 'minutes' && !strict) return value > 0;
  return !strict || (isBetween && (kind === 'wait' || Number.isInteger(value)));
}

function readRepo(
  value: unknown,
  source: Source,
  host: string | undefined,
): { readonly value: RepoRef } | undefined {
  if (source === 'rules') {
    const repo =
      typeof value === 'string' && host !== undefined ? parseRepo(value, host) : undefined;
    return repo && { value: repo };
  }
  if (!isRepo(value)) return undefined;
  const { host: named, owner, name } = value;
  const repo = { host: named, owner, name };
  // Also of what is stored: issues are never created, or linked, on a stranger's server.
  return isServedHost(named) && isRepoName(formatRepo(repo)) ? { value: repo } : undefined;
}

function isRepo(value: unknown): value is RepoRef {
  if (typeof value !== 'object' || value === null) return false;
  const { host, owner, name }: { host?: unknown; owner?: unknown; name?: unknown } = value;
  return [host, owner, name].every((each) => typeof each === 'string');
}

/** What a value must be in a file or a field, to complete "… must be". */
export function mustBe(form: Form, source: 'file' | 'rules' | 'field'): string {
  const orNull = source === 'file' && 'automatic' in form;
  switch (form.kind) {
    case 'switch':
      return orNull ? 'true, false or null' : 'true or false';
    case 'choice':
      return listInWords(Object.keys(form.choices), 'or');
    case 'text':
      return orNull ? `${form.must}, or null` : form.must;
    case 'list':
      return form.must;
    case 'subset':
      return `a list of ${listInWords(Object.keys(form.choices), 'and')}`;
    case 'minutes':
    case 'count':
    case 'hour':
      return `a whole number, ${form.least} to ${form.most}`;
    case 'wait':
      return `a number of milliseconds, ${form.least} to ${form.most}`;
    case 'waits':
      return 'a list of numbers of milliseconds';
    case 'repository':
      if (source === 'field') return 'written as owner/repository';
      return source === 'rules'
        ? 'a repository on the same host, such as acme/app'
        : 'null or {"host": "github.com", "owner": "acme", "name": "app"}';
    case 'constant':
      return JSON.stringify(form.value);
  }
}

/** What each entry of a list must be. */
export function mustEachBe(form: Form): string | undefined {
  if (form.kind === 'list') return form.each.must;
  return form.kind === 'subset' ? listInWords(Object.keys(form.choices), 'or') : undefined;
}

/** Which entry of a list is wrong, if not the list as a whole. */
export function wrongEntry(form: Form, value: unknown, source: Source): number | undefined {
  if (!Array.isArray(value) || mustEachBe(form) === undefined) return undefined;
  const one = (each: unknown) =>
    readValue(
      form.kind === 'list' ? form.each : form,
      form.kind === 'list' ? each : [each],
      source,
    );
  const index = value.findIndex((each) => one(each) === undefined);
  return index < 0 ? undefined : index;
}

/** The choices of a form as pairs. */
export function choicesOf<Choices extends Readonly<Record<string, string>>>(form: {
  readonly choices: Choices;
}): readonly (readonly [value: keyof Choices & string, words: string])[] {
  return Object.entries(form.choices) as [keyof Choices & string, string][];
}

/** A value as people read it. */
export function showValue(form: Form, value: unknown): string {
  if (value === undefined && 'automatic' in form && form.automatic !== undefined)
    return form.automatic;
  switch (form.kind) {
    case 'switch':
      if (form.automatic !== undefined) return value === true ? 'Always' : 'Never';
      return value === true ? 'on' : 'off';
    case 'choice':
      return form.choices[String(value)] ?? cut(String(value));
    case 'text':
      return value === '' ? 'none' : cut(String(value));
    case 'list':
      return (Array.isArray(value) && cut(value.join(', '))) || 'none';
    case 'subset':
      return subsetWords(form.choices, value) || 'none';
    case 'hour':
      return `${String(value).padStart(2, '0')}:00`;
    case 'wait':
      return `${Number(value) / 1_000} s`;
    case 'repository':
      return isRepo(value) ? formatRepo(value) : '';
    default:
      return cut(JSON.stringify(value) ?? '');
  }
}

/** In the order of the choices: a subset has none of its own. */
function subsetWords(choices: Readonly<Record<string, string>>, value: unknown): string {
  return Object.entries(choices)
    .flatMap(([choice, words]) => (Array.isArray(value) && value.includes(choice) ? words : []))
    .join(', ');
}

const LONGEST_SHOWN = 80;

function cut(words: string): string {
  return words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN - 1)}…` : words;
}
