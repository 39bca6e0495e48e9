import type { ReadonlySignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import {
  type Account,
  type AccountCheck,
  cleanPasted,
  isSendable,
  type Keeping,
  type TokenKept,
} from '../../lib/core/account.ts';
import type { Failure, Result } from '../../lib/core/failures.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { isLimit } from '../ui/LimitLine.tsx';
import { UnlockNote } from '../ui/UnlockNote.tsx';
import { KeepingChange, KeepingFields, keepingIn, keptName } from './TokenKeeping.tsx';

/** An account as the options show it: never its token. */
export interface AccountEntry extends Omit<Account, 'checkedAt' | 'failure'> {
  /** The repository that was asked about last. */
  readonly repo: AccountCheck['repo'];
  /** Why the last try did not get through. */
  readonly failure: Failure | undefined;
}

/** State of the accounts and what the user can do with them. */
export interface AccountsProps {
  readonly accounts: ReadonlySignal<readonly AccountEntry[]>;
  readonly busy: ReadonlySignal<boolean>;
  /** Why a pasted token was thrown away. */
  readonly refused: ReadonlySignal<Failure | undefined>;
  readonly onAdd: (token: string, repo: string | undefined, keeping: Keeping) => unknown;
  readonly onKeep: (account: string, keeping: Keeping) => Promise<Result<void>>;
  readonly onUnlock: (account: string, passphrase: string) => Promise<Result<void>>;
  readonly onCheck: (account: string, repo: string | undefined) => unknown;
  readonly onRemove: (account: string) => unknown;
}

/** Signing in: the account there is, a field for a token, and how to get one. */
export function AccountSection(props: AccountsProps) {
  const accounts = props.accounts.value;
  const busy = props.busy.value;
  const refused = props.refused.value;
  const active = accounts.find(({ state }) => state === 'active');
  const signedIn = active !== undefined;
  return (
    <section aria-labelledby="account">
      <h2 id="account">Sign in to GitHub</h2>
      {accounts.map((account) => (
        <AccountCard
          key={account.id}
          account={account}
          busy={busy}
          onCheck={props.onCheck}
          onKeep={props.onKeep}
          onUnlock={props.onUnlock}
          onRemove={props.onRemove}
        />
      ))}
      {refused && <FailureNote failure={refused} />}
      <details open={!signedIn || active.lock === 'token-ended'}>
        <summary>{signedIn ? 'Use another token' : 'Add a token'}</summary>
        <TokenForm kept={active?.kept ?? 'sealed'} busy={busy} onAdd={props.onAdd} />
        <TokenHelp />
      </details>
      <p class="unseen" role="status">
        {busy
          ? 'Asking GitHub…'
          : active && !active.failure && !active.lock && !refused
            ? `Signed in as ${active.login}.`
            : ''}
      </p>
    </section>
  );
}

interface AccountCardProps
  extends Pick<AccountsProps, 'onCheck' | 'onKeep' | 'onUnlock' | 'onRemove'> {
  readonly account: AccountEntry;
  readonly busy: boolean;
}

/** One account: its user, what its token may do as far as GitHub says, and how to remove it. */
function AccountCard(props: AccountCardProps) {
  const { account, busy, onCheck, onRemove } = props;
  const { id, host, login, state, failure, lock } = account;
  const active = state === 'active';
  // What was to be tested when GitHub did not want to be asked is tested when it does.
  const asked = useRef<string | undefined>(undefined);
  const check: AccountsProps['onCheck'] = (account, repo) => {
    asked.current = repo;
    return onCheck(account, repo);
  };
  return (
    <article class="card" aria-label={active ? `${login} on ${host}` : `New token for ${host}`}>
      <h3>{active ? `Signed in to ${host} as ${login}` : 'New token, not verified yet'}</h3>
      {lock && (
        <UnlockNote
          lock={lock}
          login={login}
          onUnlock={(passphrase) => props.onUnlock(id, passphrase)}
        />
      )}
      {active && <Facts account={account} />}
      {failure && (
        <FailureNote
          failure={failure}
          onRetry={isLimit(failure) ? () => check(id, asked.current) : undefined}
          busy={busy}
        />
      )}
      {!lock && <RepoCheck account={account} busy={busy} onCheck={check} />}
      {!lock && (
        <KeepingChange
          kept={account.kept ?? 'sealed'}
          onKeep={(keeping) => props.onKeep(id, keeping)}
        />
      )}
      <div class="actions">
        <ConfirmButton
          label="Remove the token"
          consequence="The token is deleted from this browser; on GitHub it stays valid until you delete it there. Open runs wait for another token."
          confirm="Remove it"
          keep="Keep it"
          disabled={busy}
          onConfirm={() => onRemove(id)}
        />
      </div>
    </article>
  );
}

function Facts({ account }: { readonly account: AccountEntry }) {
  const { kind, scopes } = account;
  return (
    <dl>
      <dt>Kind</dt>
      <dd>{kind === 'classic' ? 'Classic token' : 'Fine-grained token'}</dd>
      {kind === 'classic' && (
        <>
          <dt>Scopes</dt>
          <dd>{scopes.length === 0 ? 'none' : scopes.join(', ')}</dd>
        </>
      )}
      <dt>Expires</dt>
      <dd>{describeExpiry(account)}</dd>
      <dt>Kept</dt>
      <dd>{keptName(account.kept)}</dd>
      <dt>Write access</dt>
      <dd>{describeWriting(account)}</dd>
    </dl>
  );
}

function describeExpiry({ expiresAt, kind }: AccountEntry): string {
  if (expiresAt !== undefined) {
    return new Date(expiresAt).toLocaleDateString([], { dateStyle: 'long' });
  }
  return kind === 'classic' ? 'never' : 'GitHub does not say';
}

/** GitHub tells a classic token's scopes, but nothing about a fine-grained one before it is used. */
function describeWriting({ kind, scopes }: AccountEntry): string {
  const writes = scopes.includes('repo') || scopes.includes('public_repo');
  if (kind === 'classic' && !writes) {
    return 'No: the token lacks the scope “repo”. Create one that has it.';
  }
  return 'Known after the first write. A preview shows your own rights before anything is written.';
}

function RepoCheck({
  account,
  busy,
  onCheck,
}: Pick<AccountCardProps, 'account' | 'busy' | 'onCheck'>) {
  const { id, repo } = account;
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const name = String(new FormData(event.currentTarget).get('repo') ?? '').trim();
    void onCheck(id, name || undefined);
  };
  return (
    <form class="inline" onSubmit={submit}>
      <label for={`repo-${id}`}>Test it on a repository</label>
      <input
        id={`repo-${id}`}
        name="repo"
        type="text"
        placeholder="owner/repo"
        spellcheck={false}
        defaultValue={repo?.name ?? ''}
      />
      <button type="submit" class="btn" aria-busy={busy}>
        Test
      </button>
      <div aria-live="polite">
        {repo?.readable && <p class="good">The token can read {repo.name}.</p>}
        {repo?.failure && <FailureNote failure={repo.failure} />}
      </div>
    </form>
  );
}

interface TokenFormProps {
  /** How the token before was kept. */
  readonly kept: TokenKept;
  readonly busy: boolean;
  readonly onAdd: (token: string, repo: string | undefined, keeping: Keeping) => unknown;
}

/** Takes a token. It leaves the field as soon as it is handed on, and is never shown again. */
function TokenForm({ kept, busy, onAdd }: TokenFormProps) {
  const [problem, setProblem] = useState('');
  const [isShort, setShort] = useState(false);
  const [round, setRound] = useState(0);
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const data = new FormData(form);
    const token = cleanPasted(String(data.get('token') ?? ''));
    const wrong = problemOf(token);
    const keeping = keepingIn(data);
    setProblem(wrong);
    setShort(keeping === undefined);
    if (wrong !== '' || keeping === undefined) return;
    form.reset();
    setRound((before) => before + 1);
    void onAdd(token, String(data.get('repo') ?? '').trim() || undefined, keeping);
  };
  return (
    <form onSubmit={submit} autocomplete="off">
      <div class="field">
        <label for="token">Token</label>
        <input
          id="token"
          name="token"
          type="password"
          spellcheck={false}
          autocomplete="off"
          aria-describedby="token-hint"
          aria-invalid={problem !== ''}
        />
        <p id="token-hint" class={problem === '' ? 'muted' : 'problem'} aria-live="polite">
          {problem || 'Begins with github_pat_ (fine-grained) or ghp_ (classic).'}
        </p>
      </div>
      <div class="field">
        <label for="token-repo">Repository to try it on (optional)</label>
        <input
          id="token-repo"
          name="repo"
          type="text"
          placeholder="owner/repo"
          spellcheck={false}
          aria-describedby="token-repo-hint"
        />
        <p id="token-repo-hint" class="muted">
          Reads it once to see whether the token has access.
        </p>
      </div>
      <KeepingFields key={`${kept} ${round}`} kept={kept} isShort={isShort} />
      <button type="submit" class="btn primary" aria-busy={busy}>
        {busy ? 'Asking GitHub…' : 'Verify and save the token'}
      </button>
    </form>
  );
}

/** What can be told without asking GitHub. */
function problemOf(token: string): string {
  if (token === '') return 'Paste a token first.';
  if (isSendable(token)) return '';
  if (/\s/.test(token))
    return 'The token contains a space, so it cannot be a token. Copy it again.';
  return 'The token contains an invalid character. Copy it again.';
}

const FINE_GRAINED = 'https://github.com/settings/personal-access-tokens/new';
const CLASSIC = 'https://github.com/settings/tokens/new?scopes=repo&description=Masterlist';

/** Where tokens come from, and what exactly they must allow. */
function TokenHelp() {
  return (
    <div class="help">
      <h3>Which token</h3>
      <p>
        We recommend a <External href={FINE_GRAINED}>fine-grained token</External> for the
        repositories with your checklists, with only these permissions:
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Repository permission</th>
            <th scope="col">Access</th>
            <th scope="col">Used for</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Issues</th>
            <td>Read and write</td>
            <td>reading checklists, creating issues, writing links</td>
          </tr>
          <tr>
            <th scope="row">Pull requests</th>
            <td>Read</td>
            <td>telling pull requests from issues</td>
          </tr>
          <tr>
            <th scope="row">Metadata</th>
            <td>Read</td>
            <td>GitHub adds it automatically</td>
          </tr>
        </tbody>
      </table>
      <p>
        Or a <External href={CLASSIC}>classic token</External> with the scope <code>repo</code> (
        <code>public_repo</code> is enough for public repositories). Repositories where you are an
        outside collaborator need a classic one.
      </p>
      <ul>
        <li>
          A fine-grained token for an organization may need an owner's approval. Until then it can
          read only public repositories; private ones look as if they did not exist.
        </li>
        <li>
          If the organization uses SSO, authorize the token for it: “Configure SSO” next to the
          token in your GitHub settings.
        </li>
      </ul>
    </div>
  );
}

function External({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
