import {
  ALERT_KINDS,
  type AlertSettings,
  CHANNEL_NAMES,
  DEFAULT_ALERT_SETTINGS,
} from '../alerts/alert-settings.ts';
import { MOST_ROWS } from '../plan/most-rows.ts';
import { DEFAULT_PLACEHOLDER } from '../text/placeholder.ts';
import { PAGE_DEFAULTS } from './page-settings.ts';
import {
  defaultsOf,
  type ReadSettings,
  readStored,
  type Setting,
  setting,
  type Values,
} from './table.ts';

/*
 * The one place where a setting is declared: its default, what it must be, its words, and its place in the rules file of
 * a repository. Types, stored and exported form, the options page, validation, the schema and the tables of the docs
 * follow from it. A new setting is one entry here and one place on the options page.
 */

const SWITCH = { kind: 'switch' } as const;
const LINE = /^[^\r\n]*$/;
const WORDS = /^(?=.*\S)[^\r\n]+$/;
const WORDS_OR_NOTHING = /^(?:(?=.*\S)[^\r\n]+)?$/;
const CLOSED = {
  kind: 'choice',
  choices: { leave: 'Leave the item unticked', tick: 'Tick the item' },
} as const;
const RHYTHM = {
  kind: 'choice',
  choices: { off: 'Never', daily: 'Every day', weekly: 'Every Monday' },
} as const;

/** Options of a generation. Each preview starts from them. */
const GENERATION = {
  /** Which items become issues. */
  levels: setting({
    form: {
      kind: 'choice',
      choices: {
        leaves: 'Items without sub-items',
        all: 'All items',
        top: 'Top-level items only',
      },
    },
    default: 'leaves',
    label: 'Items that become issues',
    help: 'With “Top-level items only”, their sub-items become the checklist of the issue.',
  }),
  /** Undefined: `[Test] ` where the checklist's title or a heading mentions tests, else none. */
  prefix: setting({
    form: {
      kind: 'text',
      most: 60,
      pattern: LINE,
      must: 'one line of at most 60 characters',
      automatic: 'Automatic',
    },
    default: undefined,
    label: 'Title prefix',
    help: "Put before each title. Automatic: “[Test]” when the checklist's title or headings mention tests.",
    rule: {
      path: ['generate', 'prefix'],
      about:
        'Put before each title. `""` for none. Without it, `[Test]` when the title or headings of the checklist mention tests.',
    },
  }),
  /** Adds `T-001`-like numbers in front of titles. */
  ids: setting({
    form: SWITCH,
    default: false,
    label: 'Number the titles',
    help: 'Starts each title with the next free number, such as T-001.',
  }),
  labels: setting({
    form: {
      kind: 'list',
      most: 100,
      each: { kind: 'text', most: 50, pattern: WORDS, must: 'a label of 1 to 50 characters' },
      must: 'a list of at most 100 labels, each of 1 to 50 characters',
    },
    default: [],
    label: 'Labels',
    help: 'Added to every issue. Separate labels with commas, for example: test-plan, ui.',
    rule: { path: ['generate', 'labels'], about: 'Labels added to every issue.' },
  }),
  /** Title of the milestone; undefined: the checklist's; '': none. */
  milestone: setting({
    form: {
      kind: 'text',
      most: 255,
      pattern: LINE,
      must: 'one line of at most 255 characters',
      automatic: "The checklist's milestone",
    },
    default: undefined,
    label: 'Milestone',
    help: 'Set on every issue.',
    rule: {
      path: ['generate', 'milestone'],
      about:
        'Title of the milestone set on every issue. `""` for none. Without it, the milestone of the checklist.',
    },
  }),
  assignees: setting({
    form: {
      kind: 'list',
      // GitHub takes at most ten.
      most: 10,
      each: {
        kind: 'text',
        most: 39,
        pattern: /^[A-Za-z\d][A-Za-z\d-]{0,38}$/,
        must: 'a GitHub username',
      },
      ignored: '@',
      must: 'a list of at most 10 GitHub usernames',
    },
    default: [],
    label: 'Assignees',
    help: 'GitHub usernames, separated by commas. GitHub emails everyone who is assigned.',
  }),
  /** A comment in each issue, or only the line in its body. Undefined: a comment up to 25 items. */
  comment: setting({
    form: { kind: 'switch', automatic: 'Up to 25 issues' },
    default: undefined,
    label: 'Comment on each issue',
    help: 'Each comment emails everyone who watches the repository. Without it, the line “Part of #12” in the issue links back.',
    rule: {
      path: ['generate', 'comment'],
      about:
        'Whether each issue gets a comment that links back to the checklist. Without it, only up to 25 issues.',
    },
  }),
  linkStyle: setting({
    form: {
      kind: 'choice',
      choices: {
        closes: 'Item text (closes #123)',
        parenthesis: 'Item text (#123)',
      },
      retired: { bare: 'parenthesis' },
    },
    default: 'closes',
    label: 'Link in the checklist',
    help: 'How an issue is linked after its item. Both styles are recognized.',
    rule: {
      path: ['link'],
      about: 'How the link to a new issue is written: `(closes #12)` or `(#12)`.',
    },
  }),
  /** Literal text; '' for none. */
  placeholder: setting({
    form: {
      kind: 'text',
      most: 100,
      pattern: WORDS_OR_NOTHING,
      must: 'one line of at most 100 characters',
    },
    default: DEFAULT_PLACEHOLDER,
    label: 'Pull request placeholder',
    help: 'Text in items that the number of the first pull request replaces. It is left out of titles.',
    rule: {
      path: ['placeholder'],
      about: 'Text in an item that the first pull request\'s number replaces. `""` for none.',
    },
  }),
  identity: setting({
    form: {
      kind: 'choice',
      choices: {
        links: 'Links in the text',
        block: 'Hidden comment in the checklist',
        title: 'Links, then identical titles',
      },
      meanings: {
        links:
          'An item belongs to the issue that its text links, such as (closes #123). Everyone can see it, and it still works when the text is edited.',
        block:
          'The text of the items is left alone: one hidden comment at the end of the checklist records which issue belongs to which item.',
        title:
          'Same as links, but an item without a link is also matched, without asking, to the only open issue with the same title.',
      },
    },
    default: 'links',
    label: 'How items are matched to issues',
    help: 'Where Masterlist records, and looks up, which issue belongs to which item.',
    rule: {
      path: ['generate', 'identity'],
      about:
        'How items are matched to issues: by links in their text, by one hidden comment at the end of the checklist (`block`), or by links and then by identical titles (`title`). Sync and Reconcile follow it, too.',
    },
  }),
  /** Where the issues are created; undefined: in the checklist's repository. */
  target: setting({
    form: { kind: 'repository', automatic: "The checklist's repository" },
    default: undefined,
    label: 'Repository for new issues',
    help: "Written as owner/repository. Leave it empty to use the checklist's repository.",
    rule: {
      path: ['generate', 'target'],
      about:
        'The repository in which issues are created, on the same host: `acme/app`. Without it, the repository of the checklist.',
    },
  }),
  includeTicked: setting({
    form: SWITCH,
    default: false,
    label: 'Include ticked items',
    help: 'Selects items that are already ticked, too.',
  }),
  /** `{item}`, `{group}` and `{master}` are filled in. */
  template: setting({
    form: {
      kind: 'text',
      // Leaves most of GitHub's 65,536 to the items.
      most: 20_000,
      pattern: /^/,
      must: 'text of at most 20,000 characters',
    },
    default: '{item}',
    label: 'Issue text',
    help: "{item} is the text of the item, {group} the heading above it, {master} the number of the checklist's issue. Notes below the item, the headings above it (unless {group} is used), “Part of #12” and a hidden marker are added automatically.",
    rule: {
      path: ['generate', 'template'],
      about:
        "Text of each issue. `{item}` is the text of the item, `{group}` the heading above it, `{master}` the number of the checklist's issue.",
    },
  }),
  missing: setting({
    form: { kind: 'choice', choices: { create: 'Create them', drop: 'Leave them out' } },
    default: 'create',
    label: 'Labels or milestone that do not exist',
    help: 'What to do when the repository for new issues does not have them yet.',
  }),
};

/** This browser's rules, for repositories without a rules file. */
const RULES = {
  notPlanned: setting({
    form: CLOSED,
    default: 'leave',
    label: 'Issues closed as not planned',
    help: 'If left unticked, the item shows “not planned”.',
    rule: {
      path: ['tick', 'not-planned'],
      about:
        'An item whose issue was closed as not planned stays as it is, or is ticked. Items whose issue was completed are always ticked.',
    },
  }),
  duplicate: setting({
    form: CLOSED,
    default: 'leave',
    label: 'Issues closed as duplicates',
    help: 'If left unticked, the item shows “duplicate”.',
    rule: {
      path: ['tick', 'duplicate'],
      about: 'The same for an issue closed as a duplicate.',
    },
  }),
  /** Whether the numbers of merged pull requests are written after the link. */
  pullRequests: setting({
    form: SWITCH,
    default: true,
    label: 'Write the numbers of merged pull requests',
    help: 'Added after the link to the issue that they close.',
    rule: {
      path: ['pull-requests'],
      about:
        'The numbers of merged pull requests are written after the link: `(closes #12) (#456)`.',
    },
  }),
  /** Beside the issue's and the checklist's; `*` stands for any characters: `acme/*`. */
  pullRequestsFrom: setting({
    form: {
      kind: 'list',
      most: 50,
      each: {
        kind: 'text',
        most: 140,
        pattern: /^[\w.*-]+\/[\w.*-]+$/,
        must: 'a repository such as acme/app or acme/*',
      },
      must: 'a list of at most 50 repositories such as [acme/app, acme/*]',
    },
    default: [],
    label: 'Other repositories whose pull requests count',
    help: "Besides the issue's and the checklist's repository, separated by commas, for example: acme/*. Anybody can say in a pull request of their own repository that it closes your issue.",
    rule: {
      path: ['pull-requests-from'],
      about:
        "Repositories whose merged pull requests count, besides the issue's and the checklist's, such as `[acme/app, acme/*]`; `*` stands for any characters. A pull request that closed the issue and belongs to the same owner always counts. Numbers in the text are never taken out.",
    },
  }),
  /** Beside the default branch; `*` stands for any characters: `release/*`. */
  baseBranches: setting({
    form: {
      kind: 'list',
      most: 50,
      each: {
        kind: 'text',
        most: 255,
        pattern: /[\s\S]/,
        must: 'a branch name of 1 to 255 characters',
      },
      must: 'a list of at most 50 branch names such as ["release/*"]',
    },
    default: [],
    label: 'Additional base branches',
    help: 'Besides the default branch, separated by commas, for example: release/*. A pull request merged into one of them counts when it names the issue with a closing keyword.',
    rule: {
      path: ['base-branches'],
      about:
        'Branches besides the default branch, such as `[release/*, next]`; `*` stands for any characters. GitHub closes no issue when a pull request is merged there. With this rule its number is written when its text names the issue with a closing keyword: `fixes #12`.',
    },
  }),
  /** Whether a merge into one of them ticks the item although its issue is open. */
  tickOnBaseBranches: setting({
    form: SWITCH,
    default: false,
    label: 'Tick when merged into an additional base branch',
    help: 'GitHub keeps the issue open in that case; without this the item is ticked when the issue is closed.',
    rule: {
      path: ['tick', 'base-branches'],
      about:
        'A merge into one of the additional base branches ticks the item although its issue is still open.',
    },
  }),
  /** Whether an item that groups others is ticked when all of them are. */
  parents: setting({
    form: SWITCH,
    default: false,
    label: 'Tick parent items',
    help: 'Ticks the parent when its last child is ticked.',
    rule: {
      path: ['tick', 'parents'],
      about:
        'An item that groups others, and links no issue itself, is ticked when all items in it are. It is never unticked.',
    },
  }),
  /** Apps whose hidden comments are believed, without the people who have rights anyway. */
  trustedAuthors: setting({
    form: {
      kind: 'list',
      most: 50,
      each: {
        kind: 'text',
        most: 60,
        pattern: /^[A-Za-z\d][\w-]*(?:\[bot\])?$/,
        must: 'the name of a GitHub App such as release-helper',
      },
      must: 'a list of at most 50 names of GitHub Apps such as [release-helper]',
    },
    default: [],
    label: 'Trusted Apps',
    help: 'GitHub Apps whose issues may say for which item they were made, separated by commas. People are trusted by their rights.',
    rule: {
      path: ['trusted-authors'],
      about:
        'GitHub Apps whose hidden comments in issues are believed, such as `[release-helper]`. People are believed by their rights: triage or more.',
    },
  }),
  /** Whether the panel names what Masterlist leaves out of a checklist. */
  remarks: setting({
    form: SWITCH,
    default: true,
    label: 'Remarks in the panel',
    help: 'Names lines that look like tasks but that GitHub does not treat as tasks. Only people who may edit the checklist see them.',
    rule: {
      path: ['remarks'],
      about:
        'Whether the panel names lines that look like tasks but that GitHub does not treat as tasks. `false` hides these remarks for everybody.',
    },
  }),
};

function wait(
  fallback: number,
  least: number,
  most: number,
  words: Pick<Setting, 'label' | 'help'>,
) {
  return setting({
    form: { kind: 'wait', least: least * 1_000, most: most * 1_000 },
    default: fallback,
    ...words,
  });
}

/** A wait that only tests change. */
function testWait(fallback: number) {
  const form = { kind: 'wait', least: 0, most: Number.MAX_VALUE } as const;
  return setting({ form, default: fallback, label: '', help: '', inFile: false });
}

/** Waits and paces in milliseconds: GitHub's documented limits with a margin, and what browsers allow. */
const TIMING = {
  /** Least time between two creations (issues and comments both count). */
  gapMs: wait(PAGE_DEFAULTS.gapMs, 1, 60, {
    label: 'Between issues',
    help: 'GitHub asks for one second between writes, and throttles anyone faster.',
  }),
  carefulGapMs: wait(PAGE_DEFAULTS.carefulGapMs, 1, 60, {
    label: 'Between issues at the careful pace',
    help: 'Used when “Careful pace” is on.',
  }),
  /** When an unknown outcome is looked up, counted from the request. */
  lookUpAfterMs: setting({
    form: { kind: 'waits' },
    default: [10_000, 30_000, 120_000, 600_000],
    label: '',
    help: '',
    inFile: false,
  }),
  /** How long after writing its claim a job checks whether another was first. */
  claimSettleMs: wait(5_000, 5, 120, {
    label: 'Before the first issue',
    help: 'Long enough to notice a run in another browser, so that the same issues are never created twice.',
  }),
  /** After so long without an issue or a write of its claim, a run writes its claim again before it creates anything. */
  claimSilentMs: testWait(600_000),
  /** After so long a silence, a run of the same account in another browser may be taken over. */
  takeOverOwnMs: testWait(1_800_000),
  /** The same for another person's run. */
  takeOverOtherMs: testWait(7_200_000),
  /** How long it counts that the checklist could be written; the time between two batches of links is shorter. */
  rightsAgainMs: testWait(60_000),
  /** How long after the last known write a job whose journal was lost may be recovered. */
  recoverAfterMs: wait(600_000, 600, 86_400, {
    label: 'Before a lost run is recovered',
    help: "GitHub's lists can be minutes behind; every created issue must be listed first.",
  }),
  /** First wait on a limit without `retry-after`; doubled each time. */
  limitWaitMs: testWait(60_000),
  /** A request is given up (outcome unknown) after this time; below the 30 s at which browsers kill workers. */
  requestTimeoutMs: wait(12_000, 11, 20, {
    label: 'Request timeout',
    help: 'After that, an issue counts as unconfirmed and is looked up. GitHub times out after 10 s.',
  }),
  /** How long a background script works before it lets an alarm or a message carry on. */
  sliceMs: testWait(15_000),
  /** Least time between two background writes to one checklist. */
  writeGapMs: wait(120_000, 120, 3_600, {
    label: 'Between background writes to a checklist',
    help: 'Changes in between are written together.',
  }),
  /** How long, and up to twice as long, a text rests after a write overwrote somebody's edit; at most three times in a row. */
  mendSettleMs: testWait(3_000),
};

/** Minutes between two refreshes of the tracked checklists. */
const POLL_MINUTES = setting({
  form: { kind: 'minutes', least: 1, most: 60 },
  default: 2,
  label: 'Minutes between refreshes',
  help: 'From 1 to 60. Each refresh sends GitHub one request per repository, and costs nothing while nothing changes.',
});

/** What the user sets in the options. No secrets here: content scripts may read it. */
export const PREFERENCES = {
  generation: GENERATION,
  careful: setting({
    form: SWITCH,
    default: PAGE_DEFAULTS.careful,
    label: 'Careful pace',
    help: 'Waits longer between issues. Turn it on when GitHub keeps asking you to slow down.',
  }),
  /** Lets a token act on a page where another user is signed in. */
  allowOtherUser: setting({
    form: SWITCH,
    default: false,
    label: 'Allow a token from a different user',
    help: 'By default nothing is written while github.com is signed in as someone else.',
  }),
  button: setting({
    form: {
      kind: 'choice',
      choices: { plans: 'Issues that look like plans', all: 'All issues with items' },
    },
    default: 'plans',
    label: 'Button above the text of',
    help: 'A plan has three items or more that do not come from an issue form or template, and you can edit it. Elsewhere the toolbar button and the keyboard shortcuts open the panel.',
  }),
  badges: setting({
    form: SWITCH,
    default: PAGE_DEFAULTS.badges,
    label: 'Badges next to items',
    help: "Shows the number and state of each item's issue on the checklist's page.",
  }),
  rules: RULES,
  pollMinutes: POLL_MINUTES,
  /** Whether tracked checklists are reconciled every night, and at which full hour of the local clock. */
  nightly: {
    on: setting({
      form: SWITCH,
      default: true,
      label: 'Find differences every night and resolve the safe ones',
      help: 'Safe changes are ticks, pull request numbers and links to transferred issues. Everything else is counted and left for you to decide.',
    }),
    hour: setting({
      form: { kind: 'hour', least: 0, most: 23 },
      default: 3,
      label: 'Find differences at',
      help: 'Local time. If the browser is closed then, it happens at the next start.',
    }),
  },
  /** Whether Sync now writes at once, without its preview. */
  skipSyncPreview: setting({
    form: SWITCH,
    default: PAGE_DEFAULTS.skipSyncPreview,
    label: 'Sync now without a preview',
    help: 'The button writes right away what a preview would have shown.',
  }),
  timing: TIMING,
};

/** What only the rules file of a repository says: no browser decides it for itself. */
export const REPOSITORY = {
  allowed: setting({
    form: {
      kind: 'choice',
      choices: {
        everyone: 'Everyone who can create issues',
        write: 'People with write access',
        off: 'Nobody',
      },
    },
    default: 'write',
    label: '',
    help: '',
    rule: {
      path: ['generate', 'allowed'],
      about:
        'Who may generate issues from the checklists of this repository: everyone who can create issues, people with write access, or nobody (`off`). In another repository issues are only generated by people with write access there.',
    },
  }),
  max: setting({
    form: { kind: 'count', least: 1, most: MOST_ROWS },
    default: MOST_ROWS,
    label: '',
    help: '',
    rule: {
      path: ['generate', 'max'],
      about: 'How many issues one run may create or link.',
    },
  }),
};

/** What the maintainers of a repository allow. */
export type Allowance = Values<typeof REPOSITORY>;

/** Where no rules file says otherwise. */
export const DEFAULT_ALLOWANCE: Allowance = /* @__PURE__ */ defaultsOf(REPOSITORY);

/** What the user set in the options. */
export type Preferences = Values<typeof PREFERENCES>;

/** Waits and paces, in milliseconds. Stored, so that tests run the production build at their own pace; only people are held to bounds. */
export type Timing = Preferences['timing'];

// The marks let the popup's script leave out what it does not read.

/** Settings that need no thought. */
export const DEFAULT_PREFERENCES: Preferences = /* @__PURE__ */ defaultsOf(PREFERENCES);

/** Reads what was stored of the preferences, whatever is there. Never throws. */
export function readPreferences(stored: unknown): ReadSettings<Preferences> {
  return readStored(PREFERENCES, stored);
}

/** The waits alone of what was stored, for the popup: its script then holds no other setting. Never throws. */
export function readWaits(stored: unknown): Pick<Preferences, 'timing' | 'pollMinutes'> {
  return readStored({ timing: TIMING, pollMinutes: POLL_MINUTES }, stored).value;
}

/** The place of a setting among the preferences, such as `generation.labels`. */
export type Place = {
  [Key in keyof typeof PREFERENCES]: (typeof PREFERENCES)[Key] extends Setting
    ? Key
    : `${Key}.${keyof (typeof PREFERENCES)[Key] & string}`;
}[keyof typeof PREFERENCES];

/** What the user is alerted to, and how. Its names and defaults are those of the channels and kinds of alerts. */
export const ALERTS = {
  on: each(CHANNEL_NAMES, (channel, label) =>
    setting({
      form: SWITCH,
      default: DEFAULT_ALERT_SETTINGS.on[channel],
      label,
      help: '',
      // The others need an address or a permission, which no file can bring.
      inFile: channel === 'mail-link',
    }),
  ),
  channels: each(ALERT_KINDS, (kind, [name, help]) =>
    setting({
      form: { kind: 'subset', choices: CHANNEL_NAMES },
      default: DEFAULT_ALERT_SETTINGS.channels[kind],
      label: `Alert “${name}”`,
      help,
    }),
  ),
  mailTo: setting({
    form: {
      kind: 'text',
      most: 400,
      pattern: /^(?:[^\s,@]+@[^\s,@]+(?:,\s*[^\s,@]+@[^\s,@]+){0,4})?$/,
      must: 'at most five email addresses, separated by commas, or empty',
    },
    default: DEFAULT_ALERT_SETTINGS.mailTo,
    label: 'Address for the email button',
    help: '',
  }),
  sendsForTeam: setting({
    form: SWITCH,
    default: DEFAULT_ALERT_SETTINGS.sendsForTeam,
    label: 'This browser sends alerts for the team',
    help: '',
    inFile: false,
  }),
  digests: each(DEFAULT_ALERT_SETTINGS.digests, (channel, rhythm) =>
    setting({
      form: RHYTHM,
      default: rhythm,
      label: `Summary: ${CHANNEL_NAMES[channel]}`,
      help: '',
    }),
  ),
};

/** Reads what was stored of the alerts' settings, whatever is there. Never throws. */
export function readAlertSettings(stored: unknown): ReadSettings<AlertSettings> {
  return readStored(ALERTS, stored);
}

/** Everything that the options page sets. */
export interface AllSettings {
  readonly preferences: Preferences;
  readonly alerts: AlertSettings;
}

function each<Key extends string, From, To>(
  from: Readonly<Record<Key, From>>,
  make: (key: Key, value: From) => To,
): Readonly<Record<Key, To>> {
  const keys = Object.keys(from) as Key[];
  const made = keys.map((key) => [key, make(key, from[key])] as const);
  return Object.fromEntries(made) as Readonly<Record<Key, To>>;
}

/**
 * What decides how a checklist is written. The rules belong to the checklist: they are read from
 * `.github/masterlist.yml` on the default branch where it is there and readable, else from this browser's settings.
 */
export type SyncRules = Preferences['rules'] &
  Pick<Preferences['generation'], 'linkStyle' | 'placeholder'>;

/** This browser's rules in one piece. */
export function rulesOf({ rules, generation }: Preferences): SyncRules {
  const { linkStyle, placeholder } = generation;
  return { ...rules, linkStyle, placeholder };
}

/** The rules where nobody has set any. */
export const DEFAULT_RULES: SyncRules = /* @__PURE__ */ rulesOf(DEFAULT_PREFERENCES);

/** Where the rules of a repository's checklists are. */
export const RULES_FILE = '.github/masterlist.yml';

/** Whether a file is likely meant as the rules file, and is not read: `.github/masterlist.yaml`, `Masterlist.yml`. */
export function isNearRulesFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return path !== RULES_FILE && NEAR_NAME.test(name);
}

const NEAR_NAME = /^\.?master[-_ ]?list\.(?:ya?ml|json)(?:\.txt)?$/i;
