import type { TargetedSubmitEvent } from 'preact';
import { useId, useState } from 'preact/hooks';
import { lockFailure, type Result, type TokenLock } from '../../lib/core/failures.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

interface UnlockNoteProps {
  readonly lock: TokenLock;
  /** Whose token it is. */
  readonly login: string | undefined;
  readonly onUnlock: (passphrase: string) => Promise<Result<void>>;
  /** Opens the options, where a token is pasted; missing in the options themselves. */
  readonly onOptions?: (() => void) | undefined;
}

/** That the token waits for its owner, and the one thing that ends it: its passphrase, or the token once more. */
export function UnlockNote({ lock, login, onUnlock, onOptions }: UnlockNoteProps) {
  const { message, action } = lockFailure(lock);
  const whose = login === undefined ? 'the token is unlocked' : `${login}'s token is unlocked`;
  return (
    <div class="note" role="status">
      <Icon name="alert" />
      {lock === 'token-locked' ? (
        <div>
          <p>
            <strong>{message}</strong> Runs and refreshes wait until {whose}.
          </p>
          <PassphraseForm onUnlock={onUnlock} />
        </div>
      ) : (
        <div>
          <p>
            <strong>{message}</strong> {action} Runs and refreshes wait until then.
          </p>
          {onOptions && (
            <Button look="small" onPress={onOptions}>
              Open the options
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** Takes the passphrase. It leaves the field as soon as it was right. */
function PassphraseForm({ onUnlock }: Pick<UnlockNoteProps, 'onUnlock'>) {
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const passphrase = String(new FormData(form).get('passphrase') ?? '');
    if (passphrase === '') return setProblem('Enter the passphrase first.');
    setProblem('');
    setBusy(true);
    const answer = await onUnlock(passphrase);
    setBusy(false);
    if (answer.ok) form.reset();
    else setProblem(`${answer.failure.message} ${answer.failure.action}`);
  };
  return (
    <form class="unlock" onSubmit={submit} autocomplete="off">
      <label>
        <span>Passphrase</span>{' '}
        <input
          name="passphrase"
          type="password"
          spellcheck={false}
          autocomplete="off"
          aria-describedby={`${id}-problem`}
          aria-invalid={problem !== ''}
        />
      </label>{' '}
      <Button look="primary" busy={busy}>
        {busy ? 'Unlocking…' : 'Unlock'}
      </Button>
      <p id={`${id}-problem`} class="problem" aria-live="polite">
        {problem}
      </p>
    </form>
  );
}
