import {
  array,
  boolean,
  check,
  exactOptional,
  type GenericSchema,
  integer,
  literal,
  maxLength,
  maxValue,
  minLength,
  minValue,
  number,
  object,
  pipe,
  regex,
  string,
} from 'valibot';
import { ALERT_CHANNELS, type AlertSettings } from '../alerts/alert-settings.ts';
import { listInWords } from '../list-in-words.ts';
import { formatRepo, parseRepo } from '../refs.ts';
import { type Bounds, POLL_MINUTES, WAIT_SECONDS } from './bounds.ts';
import type { PartialSettings } from './partial-settings.ts';
import type { Preferences } from './preferences.ts';
import {
  CHANNELS_OF,
  DIGESTS,
  GENERATION,
  maybe,
  NIGHTLY,
  RULES,
  SWITCHES,
} from './stored-schema.ts';

/** The version of the file that this version writes, and the newest that it reads. */
export const FILE_VERSION = 1;

/** The longest body template, in UTF-16 units: it leaves most of GitHub's 65,536 to the items. */
const LONGEST_TEMPLATE = 20_000;

const may = exactOptional;
const ONE_LINE = regex(/^[^\r\n]*$/);
const BLANK_OR_WORDS = regex(/^(?:(?=.*\S)[^\r\n]+)?$/);
const WORDS = regex(/^(?=.*\S)[^\r\n]+$/);

/** What texts, lists and numbers must be beyond their type: for the fields of the options page and for imported files. */
export const STRICT = {
  prefix: maybe(pipe(string(), maxLength(60), ONE_LINE)),
  labels: pipe(array(pipe(string(), maxLength(50), WORDS)), maxLength(100)),
  milestone: maybe(pipe(string(), maxLength(255), ONE_LINE)),
  // GitHub takes at most ten.
  assignees: pipe(array(pipe(string(), regex(/^[A-Za-z\d][A-Za-z\d-]{0,38}$/))), maxLength(10)),
  placeholder: pipe(string(), maxLength(100), BLANK_OR_WORDS),
  target: maybe(
    pipe(
      object({
        host: pipe(string(), maxLength(255), regex(/^[a-z\d.-]+(?::\d{1,5})?$/)),
        owner: string(),
        name: string(),
      }),
      check((repo) => parseRepo(formatRepo(repo)) !== undefined),
    ),
  ),
  template: pipe(string(), maxLength(LONGEST_TEMPLATE)),
  baseBranches: pipe(array(pipe(string(), minLength(1), maxLength(255), WORDS)), maxLength(50)),
  mailTo: pipe(
    string(),
    maxLength(400),
    regex(/^(?:[^\s,@]+@[^\s,@]+(?:,\s*[^\s,@]+@[^\s,@]+){0,4})?$/),
  ),
};

/** The settings as a file holds them. What it leaves out stays as it is. No secrets, no addresses that are secrets, nothing that belongs to one browser. */
export const FileSchema = object({
  masterlist: literal('settings'),
  version: literal(FILE_VERSION),
  preferences: may(
    object({
      ...SWITCHES,
      generation: may(
        object({
          ...GENERATION,
          prefix: may(STRICT.prefix),
          labels: may(STRICT.labels),
          milestone: may(STRICT.milestone),
          assignees: may(STRICT.assignees),
          placeholder: may(STRICT.placeholder),
          target: may(STRICT.target),
          template: may(STRICT.template),
        }),
      ),
      rules: may(object({ ...RULES, baseBranches: may(STRICT.baseBranches) })),
      nightly: may(object(NIGHTLY)),
      timing: may(
        object({
          gapMs: wait(WAIT_SECONDS.gapMs),
          carefulGapMs: wait(WAIT_SECONDS.carefulGapMs),
          claimSettleMs: wait(WAIT_SECONDS.claimSettleMs),
          recoverAfterMs: wait(WAIT_SECONDS.recoverAfterMs),
          writeGapMs: wait(WAIT_SECONDS.writeGapMs),
          requestTimeoutMs: wait(WAIT_SECONDS.requestTimeoutMs),
        }),
      ),
      pollMinutes: may(
        pipe(number(), integer(), minValue(POLL_MINUTES.least), maxValue(POLL_MINUTES.most)),
      ),
    }),
  ),
  alerts: may(
    object({
      // The other channels need an address or a permission, which no file can bring.
      on: may(object({ 'mail-link': may(boolean()) })),
      channels: may(object(CHANNELS_OF)),
      mailTo: may(STRICT.mailTo),
      digests: may(object(DIGESTS)),
    }),
  ),
}) satisfies GenericSchema<unknown, FileSettings>;

/** The settings that a file can hold. */
export interface FileSettings {
  readonly preferences?: PartialSettings<Preferences>;
  readonly alerts?: PartialSettings<AlertSettings>;
}

function wait({ least, most }: Bounds) {
  return may(pipe(number(), minValue(least * 1_000), maxValue(most * 1_000)));
}

const ON_OFF = 'true or false';
const CLOSED = 'leave or tick';
const CHANNELS = `a list of ${listInWords(ALERT_CHANNELS)}`;
const RHYTHM = 'off, daily or weekly';

/** What a value must be, by its path: for sentences such as "… must be 1 to 60." */
export const MUST_BE: ReadonlyMap<string, string> = new Map([
  ['', 'an object that begins with "masterlist": "settings"'],
  ['masterlist', '"settings"'],
  ['version', `${FILE_VERSION}`],
  ['preferences', 'an object'],
  ['preferences.careful', ON_OFF],
  ['preferences.allowOtherUser', ON_OFF],
  ['preferences.badges', ON_OFF],
  ['preferences.skipSyncPreview', ON_OFF],
  ['preferences.pollMinutes', `a whole number, ${words(POLL_MINUTES)}`],
  ['preferences.generation', 'an object'],
  ['preferences.generation.levels', 'leaves, all or top'],
  ['preferences.generation.prefix', 'one line of at most 60 characters, or null'],
  ['preferences.generation.ids', ON_OFF],
  ['preferences.generation.labels', 'a list of at most 100 labels, each of 1 to 50 characters'],
  ['preferences.generation.milestone', 'one line of at most 255 characters, or null'],
  ['preferences.generation.assignees', 'a list of at most 10 names of GitHub users'],
  ['preferences.generation.comment', 'true, false or null'],
  ['preferences.generation.linkStyle', 'closes, parenthesis or bare'],
  ['preferences.generation.placeholder', 'one line of at most 100 characters'],
  ['preferences.generation.identity', 'links, block or title'],
  [
    'preferences.generation.target',
    'null or {"host": "github.com", "owner": "acme", "name": "app"}',
  ],
  ['preferences.generation.includeTicked', ON_OFF],
  ['preferences.generation.template', 'text of at most 20,000 characters'],
  ['preferences.generation.missing', 'create or drop'],
  ['preferences.rules', 'an object'],
  ['preferences.rules.notPlanned', CLOSED],
  ['preferences.rules.duplicate', CLOSED],
  ['preferences.rules.pullRequests', ON_OFF],
  ['preferences.rules.baseBranches', 'a list of at most 50 branch names such as "release/*"'],
  ['preferences.rules.tickOnBaseBranches', ON_OFF],
  ['preferences.rules.parents', ON_OFF],
  ['preferences.nightly', 'an object'],
  ['preferences.nightly.on', ON_OFF],
  ['preferences.nightly.hour', 'a whole number, 0 to 23'],
  ['preferences.timing', 'an object'],
  ...Object.entries(WAIT_SECONDS).map(
    ([name, { least, most }]) =>
      [
        `preferences.timing.${name}`,
        `a number of milliseconds, ${words({ least: least * 1_000, most: most * 1_000 })}`,
      ] as const,
  ),
  ['alerts', 'an object'],
  ['alerts.on', 'an object'],
  ['alerts.on.mail-link', ON_OFF],
  ['alerts.channels', 'an object'],
  ...Object.keys(CHANNELS_OF).map((kind) => [`alerts.channels.${kind}`, CHANNELS] as const),
  ['alerts.mailTo', 'at most five mail addresses, separated by commas, or ""'],
  ['alerts.digests', 'an object'],
  ...Object.keys(DIGESTS).map((channel) => [`alerts.digests.${channel}`, RHYTHM] as const),
]);

function words({ least, most }: Bounds): string {
  return `${least} to ${most}`;
}
