import type { AlertSettings } from '../alerts/alert-settings.ts';
import { mustBe, mustEachBe, readValue, showValue, wrongEntry } from './form.ts';
import { ALERTS, type AllSettings, PREFERENCES, type Preferences } from './settings.ts';
import {
  entryAt,
  isRecord,
  isSetting,
  listSettings,
  type PartialSettings,
  readTable,
  type Setting,
  setting,
  type Table,
  valueAt,
} from './table.ts';

/** The version of the file that this version writes, and the newest that it reads. */
const FILE_VERSION = 1;

/** The settings as a file holds them. What it leaves out stays as it is. */
const FILE = {
  masterlist: constant('settings'),
  version: constant(FILE_VERSION),
  preferences: PREFERENCES,
  alerts: ALERTS,
};

function constant<const Value extends string | number>(value: Value) {
  return setting({ form: { kind: 'constant', value }, default: value, label: '', help: '' });
}

/** The settings that a file can hold. */
export interface FileSettings {
  readonly preferences?: PartialSettings<Preferences>;
  readonly alerts?: PartialSettings<AlertSettings>;
}

/** A settings file as read: its settings, or every mistake as a sentence with its path. */
export interface ParsedSettings {
  /** Undefined with any mistake. */
  readonly settings: FileSettings | undefined;
  readonly mistakes: readonly string[];
  /** Paths that are no settings: they are left out. */
  readonly unknown: readonly string[];
}

/** All settings that a file may hold, as JSON. Tokens, secret addresses and what belongs to one browser are not in it. */
export function formatSettings(settings: AllSettings): string {
  const file = { masterlist: 'settings', version: FILE_VERSION, ...settings };
  return `${JSON.stringify(toFile(FILE, file), undefined, 2)}\n`;
}

/** Reads the text of a settings file. Never throws, and changes nothing. */
export function parseSettings(text: string): ParsedSettings {
  if (text.length > LONGEST_FILE) return refuse(['The file is larger than 256 KB.']);
  const parsed = parseJson(text.replace(/^\uFEFF/, ''));
  if (parsed === undefined) return refuse(['The file is not JSON.']);
  const content = parsed.value;
  if (!isRecord(content)) return refuse([`${NO_SETTINGS}${not(content)}.`]);
  const newer = newerVersion(content);
  if (newer !== undefined) return refuse([newer]);
  const read = readTable(FILE, { masterlist: undefined, version: undefined, ...content }, 'file');
  const unknown = read.unknown.slice(0, MOST_SHOWN).map(shownPath);
  const mistakes = read.wrong.map((path) => mistakeOf(path, content));
  if (mistakes.length > 0) return { ...refuse(mistakes), unknown };
  const { masterlist: _name, version: _version, ...settings } = read.sound;
  return { settings, mistakes: [], unknown };
}

/** What is wrong with the value of a field, as a sentence; undefined when it is sound. The same rules as for imported files. */
export function settingProblem({ form }: Setting, value: unknown): string | undefined {
  if (readValue(form, value, 'file') !== undefined) return undefined;
  return `it must be ${mustBe(form, 'field')}.`;
}

/** A setting that differs, in words. */
export interface SettingChange {
  /** Its place in the file. */
  readonly path: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Every setting of a file that differs, in the order of the file. */
export function listSettingChanges(
  before: AllSettings,
  after: AllSettings,
): readonly SettingChange[] {
  return listSettings({ preferences: PREFERENCES, alerts: ALERTS }).flatMap(([path, setting]) => {
    const [old, now] = [valueAt(before, path), valueAt(after, path)];
    const isSame = JSON.stringify(old) === JSON.stringify(now);
    if (setting.inFile === false || isSame) return [];
    const { form, label } = setting;
    const change = {
      path: path.join('.'),
      name: label,
      before: showValue(form, old),
      after: showValue(form, now),
    };
    return form.kind === 'subset' && change.before === change.after ? [] : [change];
  });
}

/** The name of a setting by its place in the file; the place itself where it has none. */
export function settingName(place: string): string {
  const at = entryAt(FILE, place.split('.'));
  return (at !== undefined && isSetting(at) && at.label) || place;
}

const LONGEST_FILE = 262_144;
/** More are not worth reading. */
const MOST_SHOWN = 20;
const LONGEST_SHOWN = 60;
const NO_SETTINGS = 'The file must be an object that begins with "masterlist": "settings"';

/** Undefined is written as null, so that every key is there. */
function toFile(table: Table, values: object): Readonly<Record<string, unknown>> {
  const held: Readonly<Record<string, unknown>> = { ...values };
  const entries = Object.entries(table).flatMap(([key, entry]) => {
    if (!isSetting(entry)) return [[key, toFile(entry, Object(held[key]))] as const];
    return entry.inFile === false ? [] : [[key, held[key] ?? null] as const];
  });
  return Object.fromEntries(entries);
}

function refuse(mistakes: readonly string[]): ParsedSettings {
  const distinct = [...new Set(mistakes)].slice(0, MOST_SHOWN);
  return { settings: undefined, mistakes: distinct, unknown: [] };
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function newerVersion({ version }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof version !== 'number' || version <= FILE_VERSION) return undefined;
  return `The file was written by a newer Masterlist (version ${version} of the file; this one reads ${FILE_VERSION}): update Masterlist, then import it again.`;
}

function mistakeOf(path: readonly string[], content: unknown): string {
  const entry = entryAt(FILE, path);
  const value = valueAt(content, path);
  if (entry === undefined || !isSetting(entry)) {
    return `${shownPath(path)} must be an object${not(value)}.`;
  }
  const { form } = entry;
  const index = wrongEntry(form, value, 'file');
  if (index === undefined)
    return `${shownPath(path)} must be ${mustBe(form, 'file')}${not(value)}.`;
  const wrong = valueAt(value, [String(index)]);
  return `${shownPath([...path, String(index)])} must be ${mustEachBe(form)}${not(wrong)}.`;
}

function not(value: unknown): string {
  const isShown = value !== undefined && (typeof value !== 'object' || value === null);
  return isShown ? `, not ${cut(JSON.stringify(value) ?? String(value))}` : '';
}

function shownPath(path: readonly string[]): string {
  return cut(path.join('.'));
}

function cut(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text;
}
