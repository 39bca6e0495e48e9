import {
  array,
  boolean,
  exactOptional,
  finite,
  type GenericSchema,
  integer,
  maxValue,
  minValue,
  nullish,
  number,
  object,
  picklist,
  pipe,
  string,
  transform,
} from 'valibot';
import { ALERT_CHANNELS, type AlertSettings, ofTeam, recordOf } from '../alerts/alert-settings.ts';
import { HOURS } from './bounds.ts';
import type { PartialSettings } from './partial-settings.ts';
import type { Preferences } from './preferences.ts';

/** What may be left to Masterlist: JSON writes it as null, storage leaves it out. */
export function maybe<Value>(schema: GenericSchema<unknown, Value>) {
  return pipe(
    nullish(schema),
    transform((value) => value ?? undefined),
  );
}

const may = exactOptional;
const CLOSED = picklist(['leave', 'tick']);
const MILLISECONDS = pipe(number(), finite(), minValue(0));

/** Fields of `Preferences['generation']`, each alone. */
export const GENERATION = {
  levels: may(picklist(['leaves', 'all', 'top'])),
  prefix: may(maybe(string())),
  ids: may(boolean()),
  labels: may(array(string())),
  milestone: may(maybe(string())),
  assignees: may(array(string())),
  comment: may(maybe(boolean())),
  linkStyle: may(picklist(['closes', 'parenthesis', 'bare'])),
  placeholder: may(string()),
  identity: may(picklist(['links', 'block', 'title'])),
  target: may(maybe(object({ host: string(), owner: string(), name: string() }))),
  includeTicked: may(boolean()),
  template: may(string()),
  missing: may(picklist(['create', 'drop'])),
};

/** Fields of `Preferences['rules']`. */
export const RULES = {
  notPlanned: may(CLOSED),
  duplicate: may(CLOSED),
  pullRequests: may(boolean()),
  baseBranches: may(array(string())),
  tickOnBaseBranches: may(boolean()),
  parents: may(boolean()),
};

/** Fields of `Preferences['nightly']`. */
export const NIGHTLY = {
  on: may(boolean()),
  hour: may(pipe(number(), integer(), minValue(HOURS.least), maxValue(HOURS.most))),
};

/** Fields that are simply on or off. */
export const SWITCHES = {
  careful: may(boolean()),
  allowOtherUser: may(boolean()),
  badges: may(boolean()),
  skipSyncPreview: may(boolean()),
};

const TIMING = {
  gapMs: may(MILLISECONDS),
  carefulGapMs: may(MILLISECONDS),
  lookUpAfterMs: may(array(MILLISECONDS)),
  claimSettleMs: may(MILLISECONDS),
  recoverAfterMs: may(MILLISECONDS),
  limitWaitMs: may(MILLISECONDS),
  requestTimeoutMs: may(MILLISECONDS),
  sliceMs: may(MILLISECONDS),
  writeGapMs: may(MILLISECONDS),
  mendSettleMs: may(MILLISECONDS),
};

/**
 * The preferences as they may be stored: types only. No floors for numbers, so that tests run the production build at
 * their own pace, and no limits for texts, so that nothing that worked is lost.
 */
export const StoredPreferencesSchema = object({
  ...SWITCHES,
  generation: may(object(GENERATION)),
  rules: may(object(RULES)),
  nightly: may(object(NIGHTLY)),
  timing: may(object(TIMING)),
  pollMinutes: may(pipe(number(), finite(), minValue(Number.MIN_VALUE))),
}) satisfies GenericSchema<unknown, PartialSettings<Preferences>>;

const CHANNELS = may(array(picklist(ALERT_CHANNELS)));
const RHYTHM = may(picklist(['off', 'daily', 'weekly']));

/** Fields of `AlertSettings['channels']`. */
export const CHANNELS_OF = {
  'sync-failed': CHANNELS,
  differences: CHANNELS,
  overridden: CHANNELS,
  decision: CHANNELS,
  'job-ended': CHANNELS,
};

/** Fields of `AlertSettings['digests']`. */
export const DIGESTS = ofTeam(() => RHYTHM);

/** The settings of the alerts as they may be stored. */
export const StoredAlertSettingsSchema = object({
  on: may(object(recordOf(ALERT_CHANNELS, () => may(boolean())))),
  channels: may(object(CHANNELS_OF)),
  mailTo: may(string()),
  sendsForTeam: may(boolean()),
  digests: may(object(DIGESTS)),
}) satisfies GenericSchema<unknown, PartialSettings<AlertSettings>>;
