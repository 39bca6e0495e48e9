import { type Form, readValue, type Source, type ValueOf } from './form.ts';

/** One setting. */
export interface Setting<F extends Form = Form> {
  readonly form: F;
  readonly default: ValueOf<F>;
  /** Its name on the options page and in the list of changes; '' for what only tests set. */
  readonly label: string;
  /** One or two sentences on what it does. */
  readonly help: string;
  /** Its place in the rules file of a repository, and what it does there (Markdown). */
  readonly rule?: { readonly path: readonly string[]; readonly about: string };
  /** False for what belongs to one browser: an exported settings file leaves it out. */
  readonly inFile?: boolean;
}

/** Settings in groups. */
export interface Table {
  readonly [key: string]: Setting | Table;
}

/** The values of a table. */
export type Values<T> = {
  readonly [Key in keyof T]: T[Key] extends { readonly form: infer F extends Form }
    ? ValueOf<F>
    : Values<T[Key]>;
};

/** Some of the settings: what is not there stays, or has its default. */
export type PartialSettings<Settings> = {
  readonly [Key in keyof Settings]?: Settings[Key] extends readonly unknown[]
    ? Settings[Key]
    : Settings[Key] extends object
      ? Partial<Settings[Key]>
      : Settings[Key];
};

/** Says that a setting's default is a value of its form. */
export function setting<const F extends Form>(setting: Setting<F>): Setting<F> {
  return setting;
}

/** Whether an entry of a table is a setting, not a group. */
export function isSetting(entry: Setting | Table): entry is Setting {
  return 'form' in entry;
}

/** All settings of a table with their paths. */
export function listSettings(
  table: Table,
  path: readonly string[] = [],
): readonly (readonly [path: readonly string[], setting: Setting])[] {
  return Object.entries(table).flatMap(([key, entry]) =>
    isSetting(entry) ? [[[...path, key], entry] as const] : listSettings(entry, [...path, key]),
  );
}

/** The setting or group at a path. */
export function entryAt(table: Table, path: readonly string[]): Setting | Table | undefined {
  return path.reduce<Setting | Table | undefined>(
    (at, key) =>
      at === undefined || isSetting(at) || !Object.hasOwn(at, key) ? undefined : at[key],
    table,
  );
}

/** The value at a path; undefined where there is none. */
export function valueAt(values: unknown, path: readonly string[]): unknown {
  let at = values;
  for (const key of path) at = isObject(at) ? at[key] : undefined;
  return at;
}

/** The defaults of a table. */
export function defaultsOf<T extends Table>(table: T): Values<T> {
  const entries = Object.entries(table).map(([key, entry]) => [
    key,
    isSetting(entry) ? entry.default : defaultsOf(entry),
  ]);
  // The compiler cannot follow keys through entries.
  return Object.fromEntries(entries) as Values<T>;
}

/** Settings with a change; what it does not name stays. With all defaults in front: complete settings. */
export function mergeSettings<Settings extends object>(
  settings: Settings,
  change: PartialSettings<Settings>,
): Settings {
  const before = new Map<string, unknown>(Object.entries(settings));
  const changed = Object.entries(change).map(([key, value]: [string, unknown]) => {
    const group = before.get(key);
    return [key, isRecord(value) && isRecord(group) ? { ...group, ...value } : value] as const;
  });
  return { ...settings, ...Object.fromEntries(changed) };
}

/** What was read by a table. Paths are given for what is wrong and for what no setting has. */
export interface ReadTable {
  /** Groups and settings that are there and right. */
  readonly sound: Readonly<Record<string, unknown>>;
  readonly wrong: readonly (readonly string[])[];
  readonly unknown: readonly (readonly string[])[];
}

/** Reads values by a table, each alone. Never throws. `host` is for repositories in a rules file. */
export function readTable(
  table: Table,
  values: Readonly<Record<string, unknown>>,
  source: Source,
  host?: string,
): ReadTable {
  const isKnown = (key: string) =>
    Object.hasOwn(table, key) && !(source === 'file' && isLeftOut(table[key]));
  const read = Object.entries(table)
    .filter(([key]) => Object.hasOwn(values, key) && isKnown(key))
    .map(([key, entry]) => readEntry(key, entry, values[key], source, host));
  return {
    sound: Object.fromEntries(read.flatMap(({ sound }) => Object.entries(sound))),
    wrong: read.flatMap(({ wrong }) => wrong),
    unknown: [
      ...Object.keys(values)
        .filter((key) => !isKnown(key))
        .map((key) => [key]),
      ...read.flatMap(({ unknown }) => unknown),
    ],
  };
}

function isLeftOut(entry: Setting | Table | undefined): boolean {
  return entry !== undefined && isSetting(entry) && entry.inFile === false;
}

function readEntry(
  key: string,
  entry: Setting | Table,
  value: unknown,
  source: Source,
  host: string | undefined,
): ReadTable {
  const wrong: ReadTable = { sound: {}, wrong: [[key]], unknown: [] };
  if (isSetting(entry)) {
    const read = readValue(entry.form, value, source, host);
    return read === undefined ? wrong : { sound: { [key]: read.value }, wrong: [], unknown: [] };
  }
  if (!isRecord(value)) return wrong;
  const group = readTable(entry, value, source, host);
  const below = (path: readonly string[]) => [key, ...path];
  return {
    sound: { [key]: group.sound },
    wrong: group.wrong.map(below),
    unknown: group.unknown.map(below),
  };
}

/** Whether a value has keys of its own, which a list does not count as. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Array.isArray(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Stored settings as they were read. */
export interface ReadSettings<Settings> {
  /** Complete: what is not stored, or is not what it must be, has its default. */
  readonly value: Settings;
  /** What is stored and sound. */
  readonly sound: PartialSettings<Settings>;
  /** Paths of what could not be used, such as `generation.labels`; '' for the whole. */
  readonly wrong: readonly string[];
}

/** Reads stored settings, whatever is there. Never throws. */
export function readStored<T extends Table>(table: T, stored: unknown): ReadSettings<Values<T>> {
  const defaults = defaultsOf(table);
  if (!isRecord(stored)) return { value: defaults, sound: {}, wrong: [''] };
  const { sound, wrong } = readTable(table, stored, 'storage');
  // The table's own values, each read by its form.
  const settings = sound as PartialSettings<Values<T>>;
  return {
    value: mergeSettings(defaults, settings),
    sound: settings,
    wrong: wrong.map((path) => path.join('.')),
  };
}
