/** Pages and the popup say these themselves: apart, so that they need not carry the words of all others. */
/** The failure `stale-page`, without the table of all others. */
export const STALE_PAGE: Failure = {
  code: 'stale-page',
  message: 'The page now shows another issue.',
  action: 'Reload the page.',
};

const DOUBLED_WORDS = [
  'GitHub created more than one issue for this item: {kept} is linked, {others} is not.',
  'Close {others} as a duplicate.',
] as const;
const INTERNAL_WORDS = [
  'Something went wrong in Masterlist: {reason}',
  'Try again; report it if it happens again.',
] as const;
const NEWER_DATA_WORDS = [
  'This version of Masterlist is older than the data in this browser.',
  'Update Masterlist. Nothing was lost.',
] as const;

/** Every way in which something can go wrong: what happened (with GitHub's real cause), and one action that helps. */
const SENTENCES = {
  'signed-out': ['You are not signed in to {host}.', 'Add a token in the options.'],
  'bad-token': ['GitHub rejected the token.', 'Paste a new token in the options.'],
  'token-unreadable': [
    'This token is no longer stored, or this browser can no longer read it.',
    'Paste it again in the options.',
  ],
  'token-malformed': [
    'The stored token contains an invalid character, so it was not sent.',
    'Copy it again, and paste it in the options.',
  ],
  'wrong-user': [
    'The token belongs to {tokenUser}, but this page is signed in as {pageUser}.',
    'Sign in to GitHub as {tokenUser}, or allow another user in the options.',
  ],
  'run-of-other': [
    'This run was started by {login}, but the token now belongs to {tokenUser}.',
    "Add {login}'s token in the options, or stop the run.",
  ],
  'sync-of-other': [
    'This checklist is tracked as {login}, but the token now belongs to {tokenUser}.',
    "Add {login}'s token in the options, or press Track to continue as {tokenUser}.",
  ],
  'read-only-token': [
    'The token can read {repo} but cannot write its issues.',
    'Give the token "Issues: read and write" for this repository, or paste another one in the options.',
  ],
  'token-cannot-read': [
    'The token lacks a permission to read {repo}: {reason}',
    'Give the token "Issues: read and write" and "Pull requests: read" on GitHub.',
  ],
  'scopes-missing': [
    'GitHub refused: {reason}',
    'Add what is missing to the token on GitHub, then try again.',
  ],
  'sso-required': [
    'The organization requires SSO authorization for this token.',
    'Authorize the token for the organization, then try again.',
  ],
  'ip-not-allowed': [
    'GitHub refused: {reason}',
    'Connect from a network that the organization allows, or ask an owner to allow yours.',
  ],
  suspended: [
    'GitHub refused: {reason}',
    "Contact GitHub Support, or the administrator of your company's server.",
  ],
  'token-lifetime': [
    'GitHub refused: {reason}',
    'Give the token a shorter lifetime on GitHub, then try again.',
  ],
  'classic-token-forbidden': [
    'GitHub refused: {reason}',
    'Paste a fine-grained token of the organization in the options.',
  ],
  'token-kind-forbidden': [
    'GitHub refused: {reason}',
    'Ask an owner of the organization which tokens it allows, and paste such a token in the options.',
  ],
  'app-not-approved': [
    'GitHub refused: {reason}',
    'Paste a personal access token in the options, or ask an owner of the organization to approve the app.',
  ],
  'email-unverified': [
    'GitHub refused: {reason}',
    'Verify your email address on GitHub, then try again.',
  ],
  'approval-pending': [
    'The token cannot see {repo}: an organization owner has not approved it yet, or the repository was not selected when it was created.',
    'Ask an owner to approve the token, or add the repository to it on GitHub.',
  ],
  forbidden: [
    'GitHub refused: {reason}',
    'Change on GitHub what it names, or ask an owner of {repo}; then try again.',
  ],
  'role-missing': ['GitHub refused: {reason}', 'Ask for the Triage role on {repo}.'],
  'interactions-limited': [
    'GitHub refused: {reason}',
    'Wait until the limit ends, or ask a maintainer of {repo}.',
  ],
  'repository-blocked': [
    'GitHub refused: {reason}',
    'Ask an owner of {repo}; nothing can be written until the block is lifted.',
  ],
  'cannot-create-issues': [
    'You cannot create issues in {repo}.',
    'Choose another repository, or ask for access.',
  ],
  'cannot-set-labels': [
    'You cannot set labels, milestones or assignees in {repo}, and GitHub would drop them silently.',
    'Remove them in the options of this preview, or ask for the Triage role.',
  ],
  archived: [
    '{repo} is archived, so nothing can be written.',
    'Unarchive the repository, then try again.',
  ],
  'issues-disabled': [
    'Issues are turned off in {repo}.',
    'Turn them on in the settings of the repository.',
  ],
  'cannot-edit-master': [
    'You cannot edit this issue, so links cannot be written into it.',
    'Ask for the Triage role on {repo}.',
  ],
  'not-found': [
    'GitHub does not show this issue to you: it was deleted, or the token cannot see {repo}.',
    'Make sure that the URL is right and that the token can read the repository.',
  ],
  gone: ['This issue was deleted.', 'Nothing to do.'],
  transferred: ['This issue was moved to {target}.', 'Open it there and start again.'],
  'is-pull-request': [
    'This is a pull request, not an issue.',
    'Move the checklist into an issue and start again.',
  ],
  locked: ['This issue is locked.', 'Unlock the conversation, then start again.'],
  'no-items': [
    'This issue has no task list.',
    'Add lines such as "- [ ] Write the tests", then start again.',
  ],
  'too-nested': [
    'The quotes or lists in this issue are nested too deeply to be read safely.',
    'Remove the deeply nested part, then start again.',
  ],
  'too-long': [
    'The text of this issue is longer than GitHub allows (65,536 characters).',
    'Shorten it, or split it into two issues.',
  ],
  'unclosed-fence': [
    'The code fence on line {line} is never closed, so GitHub shows the rest as code.',
    'Close the fence, then start again.',
  ],
  'not-text': [
    'The text of this issue contains control characters or invalid Unicode.',
    'Remove them, then start again.',
  ],
  'rules-invalid': [
    'The rules in .github/masterlist.yml cannot be used: {mistake}',
    'Correct the file; until then nothing is written.',
  ],
  'no-place-for-summary': [
    'The end of the text is inside code or HTML that is never closed, so a summary would not be shown.',
    'Close it, then post again.',
  ],
  'edits-collided': [
    'Several people changed the same lines of the text at the same moment, and the last change won.',
    "Look in the issue's edit history, and add what is missing.",
  ],
  'history-unreadable': [
    'Somebody changed the text while it was being written, and GitHub does not show the change.',
    "Look in the issue's edit history, and add what is missing.",
  ],
  'text-changed': ['The text has changed since you last saw it.', 'Refresh, then decide again.'],
  'text-expired': [
    'This version is no longer stored.',
    "Look in the issue's edit history on GitHub.",
  ],
  'nothing-selected': ['No item is selected.', 'Select the items that should become issues.'],
  'links-too-long': [
    'With all links the text would have {length} characters; GitHub allows 65,536.',
    'Unselect {excess} items, or split the checklist into two issues.',
  ],
  'too-many-rows': [
    '{count} issues are more than one run can create ({limit}).',
    'Unselect some items, then run again for the rest.',
  ],
  'editor-open': [
    'The text of this issue is being edited in a tab.',
    'Save or cancel the edit; work continues automatically.',
  ],
  'job-open': [
    'A run for this checklist is already in progress.',
    'Wait until it ends, or stop it in the panel.',
  ],
  claimed: [
    '{by} started creating issues for this checklist on another computer at {at}.',
    'Wait until that run has ended, then start again.',
  ],
  paused: [
    'Everything in this browser is paused.',
    'Press Resume everything in the popup or the dashboard, then try again.',
  ],
  'stale-page': [STALE_PAGE.message, STALE_PAGE.action],
  'stale-plan': ['The preview is out of date.', 'Refresh the preview.'],
  'written-just-now': [
    'The text was written a moment ago.',
    'Nothing to do. Masterlist retries automatically.',
  ],
  'journal-lost': [
    'The record of this run was lost when the browser stopped.',
    'Open the preview: it finds what was created and shows what is left.',
  ],
  'change-lost': [
    'These changes were interrupted, and their record was lost when the browser stopped.',
    'Open Reconcile: it shows what is left.',
  ],
  'nothing-to-undo': ['Nothing in this run is left to undo.', 'Nothing to do.'],
  'item-gone': [
    'The item is no longer in the checklist.',
    'Open the preview again; its issue stays.',
  ],
  'item-ambiguous': [
    'Two items now look the same, so it is not clear which one is meant.',
    'Give them different texts, then try again.',
  ],
  'item-linked': [
    'Somebody linked {link} to this item in the meantime.',
    'Nothing was created. Make sure that the link is right.',
  ],
  'link-removed': [
    'The link to {link} was removed from this item each time it was written.',
    'Link it yourself, or leave it; the issue stays.',
  ],
  'link-left': [
    'The checklist still links {link}: the link is in a form that Masterlist does not write, or somebody put it back.',
    'Remove it yourself, or leave it.',
  ],
  doubled: DOUBLED_WORDS,
  touched: ['Somebody has worked on {link}, so it was not changed.', 'Open it, then decide here.'],
  'changed-meanwhile': [
    'Somebody changed the title of {link} in the meantime, so it was not changed.',
    'Open Reconcile: it shows both titles.',
  ],
  'still-unknown': [
    'GitHub never confirmed an issue for this item, and has shown none for ten minutes.',
    'Look in the issue list; then create it again, enter its number, or skip it.',
  ],
  'still-unknown-comment': [
    'GitHub did not confirm the comment in this issue, and does not show it.',
    'Look at the issue; then try again, or skip the comment.',
  ],
  rejected: ['GitHub refused: {reason}', 'Change the item, then try again.'],
  'no-such-issue': [
    'Issue {issue} does not exist, or you cannot see it.',
    'Correct the number, or search by title.',
  ],
  'names-pull-request': [
    '{pull} is a pull request, not an issue.',
    'Enter the number of the issue that it closes, or words in its title.',
  ],
  'names-checklist': ['{issue} is this checklist itself.', 'Choose another issue.'],
  'cannot-match': [
    'This link cannot be written here: the line already has it, or has a link that Masterlist does not change.',
    'Choose another issue, or change the line by hand.',
  ],
  'rate-limited': [
    "GitHub's rate limit was reached.",
    'Nothing to do. Masterlist retries automatically.',
  ],
  'rate-limited-without-token': [
    'Without a token, GitHub allows 60 requests an hour, and that limit was reached.',
    'Add a token in the options.',
  ],
  'sign-in-refused': [
    'GitHub is not accepting sign-ins from this network right now: {reason}',
    'Nothing to do. Masterlist retries automatically.',
  ],
  offline: [
    'GitHub cannot be reached.',
    'Make sure that you are online; runs and refreshes continue automatically.',
  ],
  'server-error': ['GitHub returned an error ({status}).', 'Try again in a minute.'],
  'unknown-outcome': [
    'GitHub did not confirm whether the issue was created.',
    'Nothing to do; Masterlist looks for it before it tries again.',
  ],
  'write-unconfirmed': [
    'GitHub did not confirm whether the text was changed.',
    'Nothing to do; the text is read again before anything else is written.',
  ],
  internal: INTERNAL_WORDS,
  'newer-data': NEWER_DATA_WORDS,
  'channel-field': ['This {field} cannot be used: {reason}', '{repair}'],
  'host-not-allowed': [
    'The browser was not allowed to reach {host}, so nothing was saved.',
    'Press Save again, and choose Allow.',
  ],
  'notifications-not-allowed': [
    'The browser was not allowed to show notifications.',
    'Turn them on again, and choose Allow.',
  ],
  'message-refused': ['{channel} refused the message: {reason}', '{repair}'],
  'message-not-taken': [
    '{channel} cannot be reached, or accepts no messages right now.',
    'Make sure that you are online, then try again in a minute.',
  ],
  'message-delayed': [
    '{channel} has not confirmed the message yet.',
    'Nothing to do; it is sent again automatically.',
  ],
  'message-unconfirmed': [
    '{channel} did not confirm the message: it may or may not have arrived.',
    'See whether it arrived, then send it again or dismiss it.',
  ],
  'message-given-up': [
    '{channel} has not confirmed the message for three days, so it is not sent again automatically.',
    '{repair}',
  ],
} as const satisfies Record<string, readonly [message: string, action: string]>;

/** The code of each failure. A new one needs its sentences and its meaning before it compiles. */
export type FailureCode = keyof typeof SENTENCES;

/** What a failure means to everything that meets it. */
interface Meaning {
  /**
   * The smallest thing that it concerns, so that what does not depend on it may continue: `token` (GitHub does not
   * know it), `account` (the token is somebody else's), `access` (what the token may do in a repository), `repository`,
   * `issue` (the one that was asked for), `checklist` (its text or its rules), `choice` (what is selected in a
   * preview), `run`, `item`, `request` (this one answer), `network` (no request is answered now), `message` (an alert's).
   */
  readonly scope:
    | 'token'
    | 'account'
    | 'access'
    | 'repository'
    | 'issue'
    | 'checklist'
    | 'choice'
    | 'run'
    | 'item'
    | 'request'
    | 'network'
    | 'message';
  /**
   * Whether it passes while nobody does anything about it, so that it is retried, and a person hears of it only when it
   * lasts. `here`: this browser can tell when it is over, and retrying costs GitHub nothing. `there`: only another
   * request can tell, so retries are counted. A failure that nobody foresaw (`internal`) passes `there`: most are a
   * worker or a database that the browser stopped, and one that stays is reported when it has lasted.
   */
  readonly passes: 'here' | 'there' | 'never';
  /**
   * Where a person resolves it, and so where its button leads: the options only where a token, an account or a setting
   * is replaced there. A token that waits for approval is resolved on GitHub, by the owner who approves it or where its
   * repositories are chosen: no other token would help. `view`: in the view of Masterlist that shows it.
   */
  readonly resolveAt: 'options' | 'github' | 'view' | 'nowhere';
  /**
   * What it says of a request of a run. `limit`: not applied, and not before some time. `hold`: the user must sign in
   * again. `fatal`: the repository or the right is gone, so the run ends and keeps what it has. `editor`: the editor of
   * the checklist is open. `refused`: GitHub refused this one thing. `unknown`: a write may have been applied; also of
   * each failure that no request is answered with.
   */
  readonly run: 'limit' | 'hold' | 'fatal' | 'editor' | 'refused' | 'unknown';
}

const MEANINGS: Readonly<Record<FailureCode, Meaning>> = {
  'signed-out': { scope: 'token', passes: 'never', resolveAt: 'options', run: 'hold' },
  'bad-token': { scope: 'token', passes: 'never', resolveAt: 'options', run: 'hold' },
  'token-unreadable': { scope: 'token', passes: 'never', resolveAt: 'options', run: 'hold' },
  'token-malformed': { scope: 'token', passes: 'never', resolveAt: 'options', run: 'hold' },
  'wrong-user': { scope: 'account', passes: 'never', resolveAt: 'options', run: 'hold' },
  'run-of-other': { scope: 'account', passes: 'never', resolveAt: 'options', run: 'hold' },
  'sync-of-other': { scope: 'account', passes: 'never', resolveAt: 'options', run: 'unknown' },
  'read-only-token': { scope: 'access', passes: 'never', resolveAt: 'options', run: 'fatal' },
  'token-cannot-read': { scope: 'access', passes: 'never', resolveAt: 'github', run: 'fatal' },
  'scopes-missing': { scope: 'access', passes: 'never', resolveAt: 'github', run: 'hold' },
  'sso-required': { scope: 'access', passes: 'never', resolveAt: 'github', run: 'hold' },
  'ip-not-allowed': { scope: 'access', passes: 'there', resolveAt: 'nowhere', run: 'hold' },
  suspended: { scope: 'account', passes: 'never', resolveAt: 'github', run: 'hold' },
  'token-lifetime': { scope: 'access', passes: 'never', resolveAt: 'github', run: 'hold' },
  'classic-token-forbidden': {
    scope: 'access',
    passes: 'never',
    resolveAt: 'options',
    run: 'hold',
  },
  'token-kind-forbidden': { scope: 'access', passes: 'never', resolveAt: 'options', run: 'hold' },
  'app-not-approved': { scope: 'access', passes: 'never', resolveAt: 'options', run: 'hold' },
  'email-unverified': { scope: 'access', passes: 'never', resolveAt: 'github', run: 'hold' },
  'approval-pending': { scope: 'access', passes: 'never', resolveAt: 'github', run: 'fatal' },
  forbidden: { scope: 'access', passes: 'never', resolveAt: 'github', run: 'fatal' },
  'role-missing': { scope: 'issue', passes: 'never', resolveAt: 'github', run: 'fatal' },
  'interactions-limited': {
    scope: 'repository',
    passes: 'never',
    resolveAt: 'github',
    run: 'fatal',
  },
  'repository-blocked': {
    scope: 'repository',
    passes: 'never',
    resolveAt: 'github',
    run: 'fatal',
  },
  'cannot-create-issues': {
    scope: 'repository',
    passes: 'never',
    resolveAt: 'github',
    run: 'fatal',
  },
  'cannot-set-labels': {
    scope: 'repository',
    passes: 'never',
    resolveAt: 'view',
    run: 'fatal',
  },
  archived: { scope: 'repository', passes: 'never', resolveAt: 'github', run: 'fatal' },
  'issues-disabled': {
    scope: 'repository',
    passes: 'never',
    resolveAt: 'github',
    run: 'fatal',
  },
  'cannot-edit-master': { scope: 'issue', passes: 'never', resolveAt: 'github', run: 'fatal' },
  'not-found': { scope: 'issue', passes: 'never', resolveAt: 'github', run: 'fatal' },
  gone: { scope: 'issue', passes: 'never', resolveAt: 'nowhere', run: 'fatal' },
  transferred: { scope: 'issue', passes: 'never', resolveAt: 'view', run: 'fatal' },
  'is-pull-request': { scope: 'issue', passes: 'never', resolveAt: 'github', run: 'fatal' },
  locked: { scope: 'issue', passes: 'never', resolveAt: 'github', run: 'fatal' },
  'no-items': { scope: 'checklist', passes: 'never', resolveAt: 'github', run: 'unknown' },
  'too-nested': { scope: 'checklist', passes: 'never', resolveAt: 'github', run: 'fatal' },
  'too-long': { scope: 'checklist', passes: 'never', resolveAt: 'github', run: 'fatal' },
  'unclosed-fence': {
    scope: 'checklist',
    passes: 'never',
    resolveAt: 'github',
    run: 'unknown',
  },
  'not-text': { scope: 'checklist', passes: 'never', resolveAt: 'github', run: 'unknown' },
  'rules-invalid': { scope: 'checklist', passes: 'never', resolveAt: 'github', run: 'unknown' },
  'no-place-for-summary': {
    scope: 'checklist',
    passes: 'never',
    resolveAt: 'github',
    run: 'unknown',
  },
  'edits-collided': {
    scope: 'checklist',
    passes: 'never',
    resolveAt: 'github',
    run: 'unknown',
  },
  'history-unreadable': {
    scope: 'checklist',
    passes: 'never',
    resolveAt: 'github',
    run: 'unknown',
  },
  'text-changed': { scope: 'checklist', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'text-expired': { scope: 'checklist', passes: 'never', resolveAt: 'github', run: 'unknown' },
  'nothing-selected': { scope: 'choice', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'links-too-long': { scope: 'choice', passes: 'never', resolveAt: 'view', run: 'fatal' },
  'too-many-rows': { scope: 'choice', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'editor-open': { scope: 'run', passes: 'here', resolveAt: 'github', run: 'editor' },
  'job-open': { scope: 'run', passes: 'here', resolveAt: 'view', run: 'unknown' },
  claimed: { scope: 'run', passes: 'never', resolveAt: 'nowhere', run: 'unknown' },
  paused: { scope: 'run', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'stale-page': { scope: 'run', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'stale-plan': { scope: 'run', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'written-just-now': { scope: 'run', passes: 'here', resolveAt: 'nowhere', run: 'unknown' },
  'journal-lost': { scope: 'run', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'change-lost': { scope: 'run', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'nothing-to-undo': { scope: 'run', passes: 'never', resolveAt: 'nowhere', run: 'unknown' },
  'item-gone': { scope: 'item', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'item-ambiguous': { scope: 'item', passes: 'never', resolveAt: 'github', run: 'unknown' },
  'item-linked': { scope: 'item', passes: 'never', resolveAt: 'github', run: 'unknown' },
  'link-removed': { scope: 'item', passes: 'never', resolveAt: 'github', run: 'unknown' },
  'link-left': { scope: 'item', passes: 'never', resolveAt: 'github', run: 'unknown' },
  doubled: { scope: 'item', passes: 'never', resolveAt: 'github', run: 'unknown' },
  touched: { scope: 'item', passes: 'never', resolveAt: 'view', run: 'refused' },
  'changed-meanwhile': { scope: 'item', passes: 'never', resolveAt: 'view', run: 'refused' },
  'still-unknown': { scope: 'item', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'still-unknown-comment': {
    scope: 'item',
    passes: 'never',
    resolveAt: 'view',
    run: 'unknown',
  },
  rejected: { scope: 'item', passes: 'never', resolveAt: 'view', run: 'refused' },
  'no-such-issue': { scope: 'item', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'names-pull-request': { scope: 'item', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'names-checklist': { scope: 'item', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'cannot-match': { scope: 'item', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'rate-limited': { scope: 'network', passes: 'there', resolveAt: 'nowhere', run: 'limit' },
  'rate-limited-without-token': {
    scope: 'network',
    passes: 'there',
    resolveAt: 'options',
    run: 'limit',
  },
  'sign-in-refused': { scope: 'network', passes: 'there', resolveAt: 'nowhere', run: 'limit' },
  offline: { scope: 'network', passes: 'here', resolveAt: 'nowhere', run: 'unknown' },
  'server-error': { scope: 'request', passes: 'there', resolveAt: 'nowhere', run: 'unknown' },
  'unknown-outcome': {
    scope: 'request',
    passes: 'there',
    resolveAt: 'nowhere',
    run: 'unknown',
  },
  'write-unconfirmed': {
    scope: 'request',
    passes: 'there',
    resolveAt: 'nowhere',
    run: 'unknown',
  },
  'newer-data': { scope: 'request', passes: 'never', resolveAt: 'nowhere', run: 'unknown' },
  internal: { scope: 'request', passes: 'there', resolveAt: 'nowhere', run: 'unknown' },
  'channel-field': { scope: 'message', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'host-not-allowed': { scope: 'message', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'notifications-not-allowed': {
    scope: 'message',
    passes: 'never',
    resolveAt: 'view',
    run: 'unknown',
  },
  'message-refused': {
    scope: 'message',
    passes: 'never',
    resolveAt: 'options',
    run: 'unknown',
  },
  'message-not-taken': { scope: 'message', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'message-delayed': {
    scope: 'message',
    passes: 'there',
    resolveAt: 'nowhere',
    run: 'unknown',
  },
  'message-unconfirmed': {
    scope: 'message',
    passes: 'never',
    resolveAt: 'view',
    run: 'unknown',
  },
  'message-given-up': {
    scope: 'message',
    passes: 'never',
    resolveAt: 'options',
    run: 'unknown',
  },
};

/** All codes, in the order of the table. */
export const FAILURE_CODES = /* @__PURE__ */ Object.keys(MEANINGS) as readonly FailureCode[];

/**
 * A failure as data: it crosses messages, jobs and the log, where error classes would not survive. `message` and
 * `action` are complete sentences for people.
 */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  readonly action: string;
  /** Set where the options resolve it: views, which cannot carry the table, show a button to them. */
  readonly resolveAt?: 'options';
  /** When trying again makes sense (rate limits), in milliseconds since 1970. */
  readonly retryAt?: number;
  /** A page where it can be resolved (single sign-on, a moved issue). */
  readonly url?: string;
}

/** An answer: a value, or the failure that stood in its way. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

/** Builds the failure of a code; `details` fill the `{placeholders}` of its sentences. */
export function failure(
  code: FailureCode,
  details: Readonly<Record<string, string | number>> = {},
  more: { readonly retryAt?: number; readonly url?: string } = {},
): Failure {
  const [message, action] = SENTENCES[code];
  const where = isResolvedInOptions(code) && ({ resolveAt: 'options' } as const);
  return {
    code,
    message: fill(message, details),
    action: fill(action, details),
    ...where,
    ...more,
  };
}

/**
 * The failure of work that threw: what nobody foresaw, but for a database of a newer version, which the browser refuses
 * to open (`VersionError`). Without the table of all others.
 */
export function unforeseen(error: unknown): Failure {
  if (error instanceof Error && error.name === 'VersionError') {
    const [message, action] = NEWER_DATA_WORDS;
    return { code: 'newer-data', message, action };
  }
  return internalFailure(error instanceof Error ? error.message : 'unknown');
}

/** The failure `internal`, without the table of all others. */
export function internalFailure(reason: string): Failure {
  const [message, action] = INTERNAL_WORDS;
  return { code: 'internal', message: fill(message, { reason }), action };
}

/** The answer of a background that was updated or stopped under a page of ours. */
export function unanswered(): { readonly ok: false; readonly failure: Failure } {
  return fail(internalFailure('its background process did not respond.'));
}

/** The failure `doubled`, without the table of all others: the issue that is linked, and those that are not. */
export function doubledFailure(kept: string, others: string): Failure {
  const [message, action] = DOUBLED_WORDS;
  const details = { kept, others };
  return { code: 'doubled', message: fill(message, details), action: fill(action, details) };
}

/** Wraps a value as a success. */
export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps a failure as an answer. */
export function fail(problem: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: problem };
}

/** Whether it is retried automatically: a person hears of it only when it lasts. */
export function passesByItself(code: FailureCode): boolean {
  return MEANINGS[code].passes !== 'never';
}

/** Whether this browser can tell that it is over, so that waiting for it does not count as a try. */
export function passesHere(code: FailureCode): boolean {
  return MEANINGS[code].passes === 'here';
}

/** Whether a token, an account or a setting in the options resolves it. */
export function isResolvedInOptions(code: FailureCode): boolean {
  return MEANINGS[code].resolveAt === 'options';
}

/** Whether GitHub does not know the token, whatever is asked with it. */
export function isOfToken(code: FailureCode): boolean {
  return MEANINGS[code].scope === 'token';
}

/** Whether the account gets no answer to any other question either. */
export function isOfAccount(code: FailureCode): boolean {
  return isOfToken(code) || MEANINGS[code].scope === 'account';
}

/** Whether the account, or what its token may do, is at fault. */
export function isOfAccess(code: FailureCode): boolean {
  return isOfAccount(code) || MEANINGS[code].scope === 'access';
}

/** Whether nothing else is to be asked of the account now. */
export function stopsAccount(code: FailureCode): boolean {
  return isOfAccount(code) || MEANINGS[code].scope === 'network';
}

/** Whether somebody must grant a right on GitHub, or choose another account or token in the options. */
export function needsRights(code: FailureCode): boolean {
  const { scope, resolveAt } = MEANINGS[code];
  const isOfPlace = scope === 'repository' || scope === 'issue';
  return isOfAccess(code) || (isOfPlace && resolveAt === 'github');
}

/** Whether only one repository or issue is not there, or hidden from the token: others may still answer. */
export function isOfPlace(code: FailureCode): boolean {
  const { scope } = MEANINGS[code];
  return scope === 'access' || scope === 'repository' || scope === 'issue';
}

/** Whether only one issue is concerned, where the request is about one that exists. */
export function isOfIssue(code: FailureCode): boolean {
  return MEANINGS[code].scope === 'issue';
}

/** Whether the checklist cannot be written until somebody changes it, though it may still be read. */
export function blocksWriting(code: FailureCode): boolean {
  const { scope } = MEANINGS[code];
  return scope === 'repository' || scope === 'issue' || scope === 'checklist';
}

/** Whether it follows from what is selected in a preview, and is worked out again with each choice. */
export function isOfChoice(code: FailureCode): boolean {
  return MEANINGS[code].scope === 'choice';
}

/** What it says of a request of a run that failed so. */
export function meaningForRun(code: FailureCode): Meaning['run'] {
  return MEANINGS[code].run;
}

/** Whether GitHub asks to be left alone for some time: nobody's hurry ends that. */
export function asksToWait(code: FailureCode): boolean {
  return meaningForRun(code) === 'limit';
}

/** Whether a write that failed so may have been applied, or may still be. */
export function mayHaveArrived(code: FailureCode): boolean {
  return meaningForRun(code) === 'unknown';
}

function fill(sentence: string, details: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? `(${name})`));
}
