import type { TargetedSubmitEvent } from 'preact';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import type { AccountEntry, AccountsProps } from './AccountSection.tsx';

interface AccountCardProps extends Pick<AccountsProps, 'onCheck' | 'onRemove'> {
  readonly account: AccountEntry;
  readonly busy: boolean;
}

/** One account: whose it is, what its token may do as far as GitHub tells, and how to be rid of it. */
export function AccountCard({ account, busy, onCheck, onRemove }: AccountCardProps) {
  const { id, host, login, state, failure } = account;
  const active = state === 'active';
  return (
    <article class="card" aria-label={active ? `${login} on ${host}` : `New token for ${host}`}>
      <h3>{active ? `Signed in to ${host} as ${login}` : 'A token that is not checked yet'}</h3>
      {active && <Facts account={account} />}
      {failure && <FailureNote failure={failure} />}
      <RepoCheck account={account} busy={busy} onCheck={onCheck} />
      <div class="actions">
        <ConfirmButton
          label="Remove the token"
          consequence="The token is deleted from this browser; on GitHub it stays valid until you delete it there. Running work waits for another."
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
    return 'No: the token lacks the scope “repo”. Make one that has it.';
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
    const name = String(new FormData(event.currentTarget).get('repo') ?? '').trim();
    void onCheck(id, name || undefined);
  };
  return (
    <form class="inline" onSubmit={submit}>
      <label for={`repo-${id}`}>Try it on a repository</label>
      <input
        id={`repo-${id}`}
        name="repo"
        type="text"
        placeholder="owner/repo"
        spellcheck={false}
        defaultValue={repo?.name ?? ''}
      />
      <button type="submit" class="btn" disabled={busy}>
        Check now
      </button>
      <div aria-live="polite">
        {repo?.readable && <p class="good">The token can read {repo.name}.</p>}
        {repo?.failure && <FailureNote failure={repo.failure} />}
      </div>
    </form>
  );
}
