import type { TargetedSubmitEvent } from 'preact';
import { useState } from 'preact/hooks';

interface TokenFormProps {
  readonly busy: boolean;
  readonly onAdd: (token: string, repo: string | undefined) => unknown;
}

/** Takes a token. It leaves the field as soon as it is handed on, and is never shown again. */
export function TokenForm({ busy, onAdd }: TokenFormProps) {
  const [problem, setProblem] = useState('');
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const token = String(data.get('token') ?? '').trim();
    const wrong = problemOf(token);
    setProblem(wrong);
    if (wrong !== '') return;
    form.reset();
    void onAdd(token, String(data.get('repo') ?? '').trim() || undefined);
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
      <button type="submit" class="btn primary" disabled={busy}>
        {busy ? 'Asking GitHub…' : 'Check and keep the token'}
      </button>
    </form>
  );
}

/** What can be told without asking GitHub. */
function problemOf(token: string): string {
  if (token === '') return 'Paste a token first.';
  if (/[^\x21-\x7e]/.test(token))
    return 'The token contains spaces or special characters. Copy it again.';
  return '';
}
