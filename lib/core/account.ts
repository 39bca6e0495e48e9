import type { Failure } from './failures.ts';

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
}
