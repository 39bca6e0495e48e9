import {
  type Failure,
  fail,
  failure,
  lockFailure,
  passesByItself,
  type Result,
  succeed,
  type TokenLock,
} from './failures.ts';

/** What GitHub tells about a token. */
export interface TokenFacts {
  readonly login: string;
  readonly kind: 'classic' | 'fine-grained';
  /** Classic tokens only. */
  readonly scopes: readonly string[];
  /** ISO time; undefined when the token does not expire or GitHub does not say. */
  readonly expiresAt: string | undefined;
}

/** What a check of a token found out. */
export interface AccountCheck extends TokenFacts {
  /** Of the repository asked about. Write access is only known after the first write. */
  readonly repo:
    | { readonly name: string; readonly readable: boolean; readonly failure: Failure | undefined }
    | undefined;
}

/**
 * How a token is kept between two starts of the browser: sealed under the browser's own key, under a passphrase that
 * nobody has but its owner, or not at all.
 */
export const TOKEN_KEPT = ['sealed', 'session', 'passphrase'] as const;
export type TokenKept = (typeof TOKEN_KEPT)[number];

/** The same as somebody chose it. The passphrase is stored nowhere. */
export type Keeping =
  | { readonly kept: 'sealed' | 'session' }
  | { readonly kept: 'passphrase'; readonly passphrase: string };

/** The shortest passphrase that is taken, in characters. */
export const SHORTEST_PASSPHRASE = 8;

/** An account without its secret: what views and messages may know. */
export interface Account extends Pick<TokenFacts, 'scopes' | 'expiresAt'> {
  readonly id: string;
  readonly host: string;
  /** `pending` until GitHub has accepted the token. */
  readonly state: 'pending' | 'active';
  readonly login: string | undefined;
  readonly kind: TokenFacts['kind'] | undefined;
  /** When GitHub last accepted it, in milliseconds since 1970. */
  readonly checkedAt: number | undefined;
  /** Why the last check of a pending token did not get through; missing where none was made. */
  readonly failure?: Failure;
  /** Missing: sealed. */
  readonly kept?: TokenKept;
  /** Why the token is not at hand until its owner does something; missing where it is. */
  readonly lock?: TokenLock;
}

/**
 * What limits of GitHub are counted by: jobs and requests of one account share them. A token of which nobody knows yet
 * whose it is, and requests without one, count for themselves.
 */
export function accountKey(
  host: string,
  account: { readonly login?: string | undefined; readonly id?: string } | undefined,
): string {
  const name = account?.login ?? (account?.id === undefined ? '' : `#${account.id}`);
  return `${host}/${name}`.toLowerCase();
}

/** Whether a stored token is still to be checked: nobody did, or what was in the way passes. */
export function isToBeChecked({ state, failure, lock }: Account): boolean {
  if (lock !== undefined) return false;
  return state === 'pending' && (failure === undefined || passesByItself(failure.code));
}

/**
 * A token or an address as it was pasted, without what nobody sees: blanks around it, line ends, and the zero-width
 * characters and marks that chats and wikis copy along. What is left of a token may still be none (`isSendable`).
 */
export function cleanPasted(pasted: string): string {
  return pasted.replace(/[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu, '').trim();
}

/** Whether a token has only characters that tokens have, so that a request can carry it. */
export function isSendable(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token);
}

/** What somebody wants to do, which decides whose token it takes. */
export type Acting =
  /** Only ask, or act where nobody else can be meant. */
  | { readonly kind: 'ask' }
  /** A click on a page of GitHub; `pageUser` is who is signed in there, as far as known. */
  | {
      readonly kind: 'page';
      readonly pageUser: string | undefined;
      readonly allowOtherUser: boolean;
    }
  /** A run, a tracked checklist or a preview: bound to who started it, or was shown it (a preview without a token to nobody). */
  | { readonly kind: 'run' | 'sync'; readonly login: string }
  | { readonly kind: 'preview'; readonly login: string | undefined };

/**
 * The one rule of who may act: the user of the token on `host`, where she may do this, else why not. A run looks its
 * issues up by their creator, so it continues under who started it or not at all; a tracked checklist is never written as
 * somebody who did not ask for it; rights and page were checked for the user of a preview.
 */
export function actingUser(
  host: string,
  tokenUser: string | undefined,
  acting: Acting,
): Result<string> {
  if (tokenUser === undefined) return fail(failure('signed-out', { host }));
  const problem = refusalOf(tokenUser, acting);
  return problem === undefined ? succeed(tokenUser) : fail(problem);
}

/** The same for an account of the host: one whose token is not at hand acts for nobody. */
export function actingAccount(
  host: string,
  account: Pick<Account, 'login' | 'lock'> | undefined,
  acting: Acting,
): Result<string> {
  if (account?.lock !== undefined) return fail(lockFailure(account.lock));
  return actingUser(host, account?.login, acting);
}

/** Why the token of an account cannot be used, where it cannot be opened. */
export function whyNotOpen(account: Pick<Account, 'lock'> | undefined): Failure {
  return account?.lock === undefined ? failure('token-unreadable') : lockFailure(account.lock);
}

/** Whether two logins name one user: GitHub compares them without case. */
export function sameLogin(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function refusalOf(tokenUser: string, acting: Acting): Failure | undefined {
  if (acting.kind === 'ask') return undefined;
  if (acting.kind === 'page') return refusalOnPage(tokenUser, acting);
  if (acting.login !== undefined && sameLogin(acting.login, tokenUser)) return undefined;
  if (acting.kind === 'preview') return failure('stale-plan');
  const code = acting.kind === 'run' ? 'run-of-other' : 'sync-of-other';
  return failure(code, { login: acting.login, tokenUser });
}

function refusalOnPage(
  tokenUser: string,
  { pageUser, allowOtherUser }: Acting & { readonly kind: 'page' },
): Failure | undefined {
  // A page tells nothing, or an empty name, where nobody is known to be signed in; it is not ours, so nor is its answer.
  if (allowOtherUser || typeof pageUser !== 'string' || pageUser === '') return undefined;
  return sameLogin(pageUser, tokenUser)
    ? undefined
    : failure('wrong-user', { tokenUser, pageUser });
}
