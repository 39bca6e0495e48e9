import { type GenericSchema, safeParse } from 'valibot';
import type { AlertSettings } from '../alerts/alert-settings.ts';
import {
  type PartialSettings,
  withDefaultAlertSettings,
  withDefaultPreferences,
} from './partial-settings.ts';
import type { Preferences } from './preferences.ts';
import { StoredAlertSettingsSchema, StoredPreferencesSchema } from './stored-schema.ts';

/** Stored settings as they were read. */
export interface ReadSettings<Settings> {
  /** Complete: what is not stored, or is not what it must be, has its default. */
  readonly value: Settings;
  /** What is stored and sound. */
  readonly sound: PartialSettings<Settings>;
  /** Paths of what could not be used, such as `generation.labels`; '' for the whole. */
  readonly wrong: readonly string[];
}

/** Reads the stored preferences, whatever is there. Never throws. */
export function readPreferences(stored: unknown): ReadSettings<Preferences> {
  const { sound, wrong } = readSound(StoredPreferencesSchema, stored);
  return { value: withDefaultPreferences(sound), sound, wrong };
}

/** Reads the stored settings of the alerts, whatever is there. Never throws. */
export function readAlertSettings(stored: unknown): ReadSettings<AlertSettings> {
  const { sound, wrong } = readSound(StoredAlertSettingsSchema, stored);
  return { value: withDefaultAlertSettings(sound), sound, wrong };
}

/** Settings are at most so deep: `generation.labels`. What is wrong below makes the whole setting wrong. */
const DEPTH = 2;

function readSound<Settings extends object>(
  schema: GenericSchema<unknown, PartialSettings<Settings>>,
  stored: unknown,
): { readonly sound: PartialSettings<Settings>; readonly wrong: readonly string[] } {
  // A list is an object to the schema.
  if (Array.isArray(stored)) return { sound: {}, wrong: [''] };
  const first = safeParse(schema, stored);
  if (first.success) return { sound: first.output, wrong: [] };
  const paths = first.issues.map(({ path = [] }) =>
    path.slice(0, DEPTH).map(({ key }) => `${key}`),
  );
  const wrong = [...new Set(paths.map((path) => path.join('.')))];
  const second = safeParse(schema, paths.reduce(without, stored));
  return { sound: second.success ? second.output : {}, wrong };
}

function without(value: unknown, [key, ...deeper]: readonly string[]): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const { [key]: field, ...others } = fields;
  return deeper.length === 0 || field === undefined
    ? others
    : { ...others, [key]: without(field, deeper) };
}
