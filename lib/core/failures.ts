import {
  DOUBLED,
  INTERNAL,
  NEWER_DATA,
  SENTENCES,
  TOKEN_ENDED,
  TOKEN_LOCKED,
} from './failure-sentences.ts';

/** The code of each failure. A new one needs its sentences and its meaning before it compiles. */
export type FailureCode = keyof typeof SENTENCES;

/** What a failure means to everything that meets it. */
interface Meaning {
  /**
   * The smallest thing that it concerns, so that what does not depend on it may continue: `token` (GitHub does not
   * know it), `lock` (it is not at hand until its owner opens it), `account` (the token is somebody else's), `access` (what the token may do in a repository), `repository`,
   * `issue` (the one that was asked for), `checklist` (its text or its rules), `choice` (what is selected in a
   * preview), `run`, `item`, `request` (this one answer), `network` (no request is answered now), `message` (an alert's).
   */
  readonly scope:
    | 'token'
    | 'lock'
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
  'token-locked': { scope: 'lock', passes: 'here', resolveAt: 'options', run: 'hold' },
  'token-ended': { scope: 'lock', passes: 'here', resolveAt: 'options', run: 'hold' },
  'wrong-passphrase': { scope: 'lock', passes: 'never', resolveAt: 'view', run: 'hold' },
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
  'generate-off': { scope: 'repository', passes: 'never', resolveAt: 'github', run: 'unknown' },
  'generate-needs-write': {
    scope: 'repository',
    passes: 'never',
    resolveAt: 'github',
    run: 'unknown',
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
  claimed: { scope: 'run', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'claimed-elsewhere': { scope: 'run', passes: 'never', resolveAt: 'nowhere', run: 'unknown' },
  'claim-silent': { scope: 'run', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'taken-over': { scope: 'run', passes: 'never', resolveAt: 'nowhere', run: 'unknown' },
  'job-paused': { scope: 'run', passes: 'here', resolveAt: 'view', run: 'unknown' },
  recovering: { scope: 'run', passes: 'here', resolveAt: 'nowhere', run: 'unknown' },
  paused: { scope: 'run', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'stale-page': { scope: 'run', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'stale-plan': { scope: 'run', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'written-just-now': { scope: 'run', passes: 'here', resolveAt: 'nowhere', run: 'unknown' },
  'journal-lost': { scope: 'run', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'change-lost': { scope: 'run', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'nothing-to-undo': { scope: 'run', passes: 'never', resolveAt: 'nowhere', run: 'unknown' },
  'item-gone': { scope: 'item', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'made-item-gone': { scope: 'item', passes: 'never', resolveAt: 'view', run: 'unknown' },
  'item-renamed': { scope: 'item', passes: 'never', resolveAt: 'view', run: 'unknown' },
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
  /** When the view that asked asks again automatically, in milliseconds since 1970: of what only reads, and GitHub's limit held back. */
  readonly repeatAt?: number;
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
    const [message, action] = NEWER_DATA;
    return { code: 'newer-data', message, action };
  }
  return internalFailure(error instanceof Error ? error.message : 'unknown');
}

/** The failure `internal`, without the table of all others. */
export function internalFailure(reason: string): Failure {
  const [message, action] = INTERNAL;
  return { code: 'internal', message: fill(message, { reason }), action };
}

/** The answer of a background that was updated or stopped under a page of ours. */
export function unanswered(): { readonly ok: false; readonly failure: Failure } {
  return fail(internalFailure('its background process did not respond.'));
}

/** Why a token is not at hand: its passphrase was not entered since the browser started, or it was kept no longer. */
export type TokenLock = 'token-locked' | 'token-ended';

/** The failure of a lock, without the table of all others. */
export function lockFailure(lock: TokenLock): Failure {
  const [message, action] = lock === 'token-locked' ? TOKEN_LOCKED : TOKEN_ENDED;
  return { code: lock, message, action, resolveAt: 'options' };
}

/** The failure `doubled`, without the table of all others: the issue that is linked, and those that are not. */
export function doubledFailure(kept: string, others: string): Failure {
  const [message, action] = DOUBLED;
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

/** Whether the issue is gone for good, so that nothing more can be done in it. */
export function isForGood(code: FailureCode): boolean {
  const { scope, resolveAt } = MEANINGS[code];
  return scope === 'issue' && resolveAt === 'nowhere';
}

/** Whether GitHub does not know the token, whatever is asked with it. */
export function isOfToken(code: FailureCode): boolean {
  return MEANINGS[code].scope === 'token';
}

/** Whether the token is not at hand until its owner opens it: asked for where Masterlist is open, and never in an alert. */
export function isOfLock(code: FailureCode): boolean {
  return MEANINGS[code].scope === 'lock';
}

/** Whether the account gets no answer to any other question either. */
export function isOfAccount(code: FailureCode): boolean {
  return isOfToken(code) || isOfLock(code) || MEANINGS[code].scope === 'account';
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

/** Whether what is missing can come back: a deleted issue cannot, nor one that was turned into a discussion. */
export function mayReturn(code: FailureCode): boolean {
  return MEANINGS[code].resolveAt !== 'nowhere';
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
