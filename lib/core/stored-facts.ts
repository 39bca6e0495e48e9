const HERE = 'In this browser.';
const SEALED =
  'In this browser, sealed: web pages, content scripts and exported files do not reach it. Whoever can read the files of your browser profile can open it.';
const TOKEN = `${SEALED} Or, as you choose, in this browser's memory until it closes; or under a passphrase, without which nobody can open it.`;
const ALWAYS = 'until you remove the extension';

/** What is kept, where and for how long, as the options page and `docs/privacy.md` say it. */
export const STORED: readonly (readonly [what: string, where: string, howLong: string])[] = [
  ['Your token', TOKEN, 'until you remove it'],
  ["The token's user, scopes and expiry", HERE, 'as long as the token'],
  [
    'Addresses and secrets of the alert channels',
    `${SEALED} Their hosts are kept in plain text.`,
    'until you remove them',
  ],
  ['Settings', 'In this browser, without secrets.', ALWAYS],
  [
    'Tracked checklists and their status',
    `${HERE} Their repositories and numbers, and the settings, also as a copy in case the browser loses the rest.`,
    'until you stop tracking, or seven days after the checklist was closed; a note of that is kept',
  ],
  [
    'Titles and addresses of the checklists that you worked on, and the counts of the last run of each',
    HERE,
    ALWAYS,
  ],
  ['Runs, their items and the outcome of each', HERE, '30 days after their end'],
  ['Text that was just written', HERE, 'until GitHub shows it'],
  [
    'A log of every write, with the text before it, and of every problem',
    HERE,
    '30 days, the newest 50,000 entries',
  ],
  [
    'Differences that you left as is',
    HERE,
    'until you restore them; the newest 500 of each checklist',
  ],
  ['Previews', HERE, 'one day, then until the next preview'],
  ["GitHub's dates of the issues, for the metrics", HERE, ALWAYS],
  ['Counts of requests by day, for the metrics', HERE, 'the last 31 days on which there were any'],
  ["When each repository was last refreshed, and your account's GitHub rate limits", HERE, ALWAYS],
  [
    'Messages to the alert channels',
    HERE,
    'seven days after delivery; undelivered ones until you dismiss them',
  ],
  ['Alerts already shown', HERE, 'as long as the alert lasts, plus one day'],
  [
    'Which texts are being edited, and failed nightly searches',
    "In this browser's memory.",
    'until you close it',
  ],
  [
    'Checklists, issues and links',
    'On GitHub. Hidden comments record which item each issue belongs to, the active run and, optionally, the links.',
    'as long as you keep them',
  ],
];
