import type { AlertKind } from '../alerts/alert.ts';
import { type AlertSettings, CHANNEL_NAMES, TEAM_CHANNELS } from '../alerts/alert-settings.ts';
import { formatRepo } from '../refs.ts';
import type { Preferences } from './preferences.ts';
import { toFile } from './settings-file.ts';

/** A value of a setting, and what people read for it. */
export type Choice<Value extends string = string> = readonly [value: Value, words: string];

/** What a setting with a few values offers. The options page and the list of changes say the same. */
export const CHOICES = {
  levels: [
    ['leaves', 'Innermost items'],
    ['all', 'All items'],
    ['top', 'Outermost items'],
  ],
  linkStyle: [
    ['closes', 'Item text (closes #123)'],
    ['parenthesis', 'Item text (#123)'],
    ['bare', 'Item text #123'],
  ],
  comment: [
    ['few', 'Up to 25 issues'],
    ['always', 'Always'],
    ['never', 'Never'],
  ],
  identity: [
    ['links', 'Links in the text'],
    ['block', 'Hidden block'],
    ['title', 'Links, then equal titles'],
  ],
  missing: [
    ['create', 'Make them'],
    ['drop', 'Leave them out'],
  ],
  closedOtherwise: [
    ['leave', 'Leave the item unticked'],
    ['tick', 'Tick the item'],
  ],
  rhythm: [
    ['off', 'Never'],
    ['daily', 'Every day'],
    ['weekly', 'Every Monday'],
  ],
} as const satisfies Readonly<Record<string, readonly Choice[]>>;

/** The kinds of alerts: their names, and what exactly they are about. */
export const ALERT_KINDS: Readonly<Record<AlertKind, readonly [name: string, about: string]>> = {
  decision: [
    'Your decision is needed',
    'Two issues could match, access is missing, a token is refused or expires within seven days.',
  ],
  'sync-failed': ['Sync failed', 'After it was tried again several times.'],
  differences: ['Differences', 'Between checklist and issues, that Masterlist may not change.'],
  'job-ended': ['A run ended', 'Finished, stopped or given up.'],
  overridden: ['Changed back', 'Somebody took back what Masterlist had written.'],
};

/** A setting that differs, in words. */
export interface SettingChange {
  /** Its place in the file. */
  readonly path: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Everything that the options page sets. */
export interface AllSettings {
  readonly preferences: Preferences;
  readonly alerts: AlertSettings;
}

/** Every setting that differs, in the order of the file. */
export function listSettingChanges(
  before: AllSettings,
  after: AllSettings,
): readonly SettingChange[] {
  const old = new Map(leaves(toFile(before.preferences, before.alerts)));
  return leaves(toFile(after.preferences, after.alerts)).flatMap(([path, value]) => {
    const previous = old.get(path);
    if (JSON.stringify(previous) === JSON.stringify(value)) return [];
    const [name, words] = DESCRIPTIONS[path] ?? [path, shown];
    const change = { path, name, before: words(previous), after: words(value) };
    // Channels have no order.
    return words === channels && change.before === change.after ? [] : [change];
  });
}

/** The name of a setting by its place in the file; the place itself where it has none. */
export function settingName(path: string): string {
  return DESCRIPTIONS[path]?.[0] ?? path;
}

type Words = (value: unknown) => string;

const onOff: Words = (value) => (value === true ? 'on' : 'off');
const seconds: Words = (value) => `${Number(value) / 1_000} s`;
const hour: Words = (value) => `${String(value).padStart(2, '0')}:00`;
const shown: Words = (value) => cut(typeof value === 'string' ? value : JSON.stringify(value));
const listed: Words = (value) => (Array.isArray(value) && cut(value.join(', '))) || 'none';
const text: Words = (value) => (value === '' ? 'none' : shown(value));
const comment: Words = (value) =>
  value === null ? 'Up to 25 issues' : value === true ? 'Always' : 'Never';
const target: Words = (value) =>
  isRepo(value) ? formatRepo(value) : "the checklist's own repository";
const channels: Words = (value) =>
  Object.entries(CHANNEL_NAMES)
    .flatMap(([channel, name]) => (Array.isArray(value) && value.includes(channel) ? name : []))
    .join(', ') || 'none';

function oneOf(choices: readonly Choice[]): Words {
  return (value) => choices.find(([each]) => each === value)?.[1] ?? shown(value);
}

function orElse(automatic: string): Words {
  return (value) => (value === null ? automatic : text(value));
}

const GENERATION = 'preferences.generation';
const RULES = 'preferences.rules';
const TIMING = 'preferences.timing';

const DESCRIPTIONS: Readonly<Record<string, readonly [name: string, words: Words]>> = {
  'preferences.careful': ['Careful pace', onOff],
  'preferences.allowOtherUser': ['Let the token act for another user', onOff],
  'preferences.badges': ['Badges beside the items', onOff],
  'preferences.skipSyncPreview': ['Sync now without a preview', onOff],
  'preferences.pollMinutes': ['Minutes between two checks', shown],
  [`${GENERATION}.levels`]: ['Items that become issues', oneOf(CHOICES.levels)],
  [`${GENERATION}.prefix`]: ['Title prefix', orElse('chosen by the checklist')],
  [`${GENERATION}.ids`]: ['Numbers in titles', onOff],
  [`${GENERATION}.labels`]: ['Labels', listed],
  [`${GENERATION}.milestone`]: ['Milestone', orElse("the checklist's own")],
  [`${GENERATION}.assignees`]: ['Assignees', listed],
  [`${GENERATION}.comment`]: ['Comment in each issue', comment],
  [`${GENERATION}.linkStyle`]: ['Link in the checklist', oneOf(CHOICES.linkStyle)],
  [`${GENERATION}.placeholder`]: ['Placeholder for a pull request', text],
  [`${GENERATION}.identity`]: ['How items find their issues', oneOf(CHOICES.identity)],
  [`${GENERATION}.target`]: ['Repository for the issues', target],
  [`${GENERATION}.includeTicked`]: ['Also ticked items', onOff],
  [`${GENERATION}.template`]: ['Text of an issue', text],
  [`${GENERATION}.missing`]: [
    'Labels or milestone that the repository lacks',
    oneOf(CHOICES.missing),
  ],
  [`${RULES}.notPlanned`]: ['Issues closed as not planned', oneOf(CHOICES.closedOtherwise)],
  [`${RULES}.duplicate`]: ['Issues closed as a duplicate', oneOf(CHOICES.closedOtherwise)],
  [`${RULES}.pullRequests`]: ['Write the numbers of merged pull requests', onOff],
  [`${RULES}.baseBranches`]: ['Further base branches', listed],
  [`${RULES}.tickOnBaseBranches`]: ['Tick on a merge into a further base branch', onOff],
  [`${RULES}.parents`]: ['Tick items whose nested items are all ticked', onOff],
  'preferences.nightly.on': ['Every night look for differences, and mend what is safe', onOff],
  'preferences.nightly.hour': ['Time of the nightly look', hour],
  [`${TIMING}.gapMs`]: ['Between two issues', seconds],
  [`${TIMING}.carefulGapMs`]: ['Between two issues, careful pace', seconds],
  [`${TIMING}.claimSettleMs`]: ['Before the first issue', seconds],
  [`${TIMING}.recoverAfterMs`]: ['Before a lost run is recovered', seconds],
  [`${TIMING}.writeGapMs`]: ['Between two background writes to one checklist', seconds],
  [`${TIMING}.requestTimeoutMs`]: ['Until an answer is given up', seconds],
  'alerts.on.mail-link': ['E-mail button', onOff],
  'alerts.mailTo': ['Address for the e-mail button', text],
  ...Object.fromEntries(
    TEAM_CHANNELS.map((channel) => [
      `alerts.digests.${channel}`,
      [`Summary: ${CHANNEL_NAMES[channel]}`, oneOf(CHOICES.rhythm)] as const,
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(ALERT_KINDS).map(([kind, [name]]) => [
      `alerts.channels.${kind}`,
      [`Alert “${name}”`, channels] as const,
    ]),
  ),
};

const LONGEST_SHOWN = 80;

function cut(words: string): string {
  return words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN - 1)}…` : words;
}

function isRepo(value: unknown): value is { host: string; owner: string; name: string } {
  return typeof value === 'object' && value !== null && 'owner' in value && 'name' in value;
}

/** Settings by their paths. Lists and the target repository are one value each. */
function leaves(value: object, path = ''): readonly (readonly [path: string, value: unknown])[] {
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) => {
    const place = path === '' ? key : `${path}.${key}`;
    const isGroup = typeof each === 'object' && each !== null && !Array.isArray(each);
    return isGroup && !isRepo(each) ? leaves(each, place) : [[place, each] as const];
  });
}
