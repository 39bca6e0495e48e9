import { safeParse } from 'valibot';
import { type AlertSettings, DEFAULT_ALERT_SETTINGS } from '../alerts/alert-settings.ts';
import { WAIT_SECONDS } from './bounds.ts';
import { FILE_VERSION, FileSchema, type FileSettings, MUST_BE } from './file-schema.ts';
import { DEFAULT_PREFERENCES, type Preferences } from './preferences.ts';

/** A settings file as read: its settings, or every mistake as a sentence with its path. */
export interface ParsedSettings {
  /** Undefined with any mistake. */
  readonly settings: FileSettings | undefined;
  readonly mistakes: readonly string[];
  /** Paths that are no settings: they are left out. */
  readonly unknown: readonly string[];
}

/** All settings that a file may hold, as JSON. Tokens, secret addresses and what belongs to one browser are not in it. */
export function formatSettings(preferences: Preferences, alerts: AlertSettings): string {
  return `${JSON.stringify(toFile(preferences, alerts), undefined, 2)}\n`;
}

/** Reads the text of a settings file. Never throws, and changes nothing. */
export function parseSettings(text: string): ParsedSettings {
  if (text.length > LONGEST_FILE) return refuse(['The file is larger than 256 KB.']);
  const content = parseJson(text.replace(/^\uFEFF/, ''));
  if (content === undefined) return refuse(['The file is not JSON.']);
  const newer = newerVersion(content.value);
  if (newer !== undefined) return refuse([newer]);
  const unknown = unknownPaths(content.value, EVERYTHING, []).slice(0, MOST_SHOWN).map(shownPath);
  const lists = wrongLists(content.value, EVERYTHING, []);
  const parsed = safeParse(FileSchema, content.value);
  const wrong = (parsed.issues ?? []).map(({ path = [] }) => path.map(({ key }) => String(key)));
  const mistakes = [...lists, ...wrong].map((path) => mistakeOf(path, content.value));
  if (!parsed.success || mistakes.length > 0) return { ...refuse(mistakes), unknown };
  const { preferences, alerts } = parsed.output;
  const settings = { ...(preferences && { preferences }), ...(alerts && { alerts }) };
  return { settings, mistakes: [], unknown };
}

/** The settings by their places in the file; undefined is written as null, so that every key is there. */
export function toFile(preferences: Preferences, alerts: AlertSettings) {
  const { generation, timing, ...others } = preferences;
  const { prefix, milestone, comment, target } = generation;
  const waits = Object.keys(WAIT_SECONDS) as readonly (keyof typeof WAIT_SECONDS)[];
  return {
    masterlist: 'settings',
    version: FILE_VERSION,
    preferences: {
      ...others,
      generation: {
        ...generation,
        prefix: prefix ?? null,
        milestone: milestone ?? null,
        comment: comment ?? null,
        target: target ?? null,
      },
      timing: Object.fromEntries(waits.map((name) => [name, timing[name]])),
    },
    alerts: {
      on: { 'mail-link': alerts.on['mail-link'] },
      channels: alerts.channels,
      mailTo: alerts.mailTo,
      digests: alerts.digests,
    },
  };
}

const LONGEST_FILE = 262_144;
/** More are not worth reading. */
const MOST_SHOWN = 20;
const LONGEST_SHOWN = 60;

/** Every key that a file can have. */
const EVERYTHING: unknown = toFile(DEFAULT_PREFERENCES, DEFAULT_ALERT_SETTINGS);

type Path = readonly string[];

function refuse(mistakes: readonly string[]): ParsedSettings {
  return {
    settings: undefined,
    mistakes: [...new Set(mistakes)].slice(0, MOST_SHOWN),
    unknown: [],
  };
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function newerVersion(content: unknown): string | undefined {
  if (!isRecord(content) || typeof content.version !== 'number') return undefined;
  if (content.version <= FILE_VERSION) return undefined;
  return `The file was written by a newer Masterlist (version ${content.version} of the file; this one reads ${FILE_VERSION}): update Masterlist, then import it again.`;
}

function unknownPaths(content: unknown, known: unknown, path: Path): readonly Path[] {
  if (!isRecord(content) || !isRecord(known)) return [];
  return Object.entries(content).flatMap(([key, value]) =>
    Object.hasOwn(known, key) ? unknownPaths(value, known[key], [...path, key]) : [[...path, key]],
  );
}

/** Lists where objects must stand: to the schema they are objects too. */
function wrongLists(content: unknown, known: unknown, path: Path): readonly Path[] {
  if (!isRecord(known)) return [];
  if (Array.isArray(content)) return [path];
  if (!isRecord(content)) return [];
  return Object.keys(known).flatMap((key) =>
    Object.hasOwn(content, key) ? wrongLists(content[key], known[key], [...path, key]) : [],
  );
}

function mistakeOf(path: Path, content: unknown): string {
  const known = path.findLastIndex((_, index) => MUST_BE.has(path.slice(0, index + 1).join('.')));
  const rule = MUST_BE.get(path.slice(0, known + 1).join('.')) ?? 'something else';
  const value = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), content);
  const not = value === undefined || isObject(value) ? '' : `, not ${shown(value)}`;
  return `${path.length === 0 ? 'The file' : shownPath(path)} must be ${rule}${not}.`;
}

function shownPath(path: Path): string {
  return cut(path.join('.'));
}

function shown(value: unknown): string {
  return cut(JSON.stringify(value) ?? String(value));
}

function cut(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Array.isArray(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
