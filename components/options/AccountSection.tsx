import type { ReadonlySignal } from '@preact/signals';
import type { Account, AccountCheck } from '../../lib/core/account.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { AccountCard } from './AccountCard.tsx';
import { TokenForm } from './TokenForm.tsx';
import { TokenHelp } from './TokenHelp.tsx';

/** An account as the options show it: never its token. */
export interface AccountEntry extends Omit<Account, 'checkedAt'> {
  /** The repository that was asked about last. */
  readonly repo: AccountCheck['repo'];
  /** Why the last check did not get through. */
  readonly failure: Failure | undefined;
}

/** State of the accounts and what the user can do with them. */
export interface AccountsProps {
  readonly accounts: ReadonlySignal<readonly AccountEntry[]>;
  readonly busy: ReadonlySignal<boolean>;
  /** Why a pasted token was thrown away. */
  readonly refused: ReadonlySignal<Failure | undefined>;
  readonly onAdd: (token: string, repo: string | undefined) => unknown;
  readonly onCheck: (account: string, repo: string | undefined) => unknown;
  readonly onRemove: (account: string) => unknown;
}

/** Signing in: the account there is, a field for a token, and how to get one. */
export function AccountSection(props: AccountsProps) {
  const accounts = props.accounts.value;
  const busy = props.busy.value;
  const refused = props.refused.value;
  const signedIn = accounts.some(({ state }) => state === 'active');
  return (
    <section aria-labelledby="account">
      <h2 id="account">Sign in to GitHub</h2>
      {accounts.map((account) => (
        <AccountCard
          key={account.id}
          account={account}
          busy={busy}
          onCheck={props.onCheck}
          onRemove={props.onRemove}
        />
      ))}
      {refused && <FailureNote failure={refused} />}
      <details open={!signedIn}>
        <summary>{signedIn ? 'Use another token' : 'Add a token'}</summary>
        <TokenForm busy={busy} onAdd={props.onAdd} />
        <TokenHelp />
      </details>
      <p class="unseen" role="status">
        {busy ? 'Asking GitHub…' : ''}
      </p>
    </section>
  );
}
