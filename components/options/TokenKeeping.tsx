import type { TargetedSubmitEvent } from 'preact';
import { useId, useState } from 'preact/hooks';
import {
  type Keeping,
  SHORTEST_PASSPHRASE,
  TOKEN_KEPT,
  type TokenKept,
} from '../../lib/core/account.ts';
import type { Result } from '../../lib/core/failures.ts';
import { FailureNote } from '../ui/FailureNote.tsx';

/** Each way to keep a token: its name, and what it does and does not. */
const WAYS: Readonly<Record<TokenKept, readonly [name: string, hint: string]>> = {
  sealed: [
    'Sealed in this browser',
    'Opens automatically. Anyone who can read the files of your browser profile can open it, too.',
  ],
  session: [
    'Until the browser closes',
    'Never written to the disk. Paste the token again after each start of the browser.',
  ],
  passphrase: [
    'Under a passphrase',
    'Enter it once after each start of the browser. If you forget it, paste the token again.',
  ],
};

/** How a token is kept, in few words. */
export function keptName(kept: TokenKept = 'sealed'): string {
  const [name] = WAYS[kept];
  return name;
}

/** What was chosen in the fields; undefined where the passphrase is too short. */
export function keepingIn(data: FormData): Keeping | undefined {
  const kept = TOKEN_KEPT.find((one) => one === data.get('kept')) ?? 'sealed';
  if (kept !== 'passphrase') return { kept };
  const passphrase = String(data.get('passphrase') ?? '');
  return [...passphrase].length < SHORTEST_PASSPHRASE ? undefined : { kept, passphrase };
}

interface KeepingFieldsProps {
  /** Chosen at first. */
  readonly kept: TokenKept;
  /** Submitted with a passphrase that is too short. */
  readonly isShort: boolean;
}

/** The ways to keep a token, and the passphrase where one is wanted. Made anew (`key`) they hold nothing that was typed. */
export function KeepingFields({ kept, isShort }: KeepingFieldsProps) {
  const id = useId();
  const [chosen, setChosen] = useState(kept);
  return (
    <fieldset class="keeping">
      <legend>How it is kept</legend>
      {TOKEN_KEPT.map((one) => (
        <div class="field check" key={one}>
          <input
            type="radio"
            name="kept"
            id={`${id}-${one}`}
            value={one}
            checked={chosen === one}
            aria-describedby={`${id}-${one}-hint`}
            onChange={() => setChosen(one)}
          />
          <label for={`${id}-${one}`}>{WAYS[one][0]}</label>
          <p class="muted" id={`${id}-${one}-hint`}>
            {WAYS[one][1]}
          </p>
        </div>
      ))}
      {chosen === 'passphrase' && (
        <div class="field">
          <label for={`${id}-new`}>New passphrase</label>
          <input
            id={`${id}-new`}
            name="passphrase"
            type="password"
            spellcheck={false}
            autocomplete="off"
            aria-describedby={`${id}-new-hint`}
            aria-invalid={isShort}
          />
          <p id={`${id}-new-hint`} class={isShort ? 'problem' : 'muted'} aria-live="polite">
            At least {SHORTEST_PASSPHRASE} characters; several words are better.
          </p>
        </div>
      )}
    </fieldset>
  );
}

interface KeepingChangeProps {
  readonly kept: TokenKept;
  readonly onKeep: (keeping: Keeping) => Promise<Result<void>>;
}

/** Keeps a token that is at hand in another way, without pasting it again. */
export function KeepingChange({ kept, onKeep }: KeepingChangeProps) {
  const [round, setRound] = useState(0);
  const [isShort, setShort] = useState(false);
  const [answer, setAnswer] = useState<Result<void>>();
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const keeping = keepingIn(new FormData(event.currentTarget));
    setShort(keeping === undefined);
    setAnswer(undefined);
    if (keeping === undefined) return;
    setAnswer(await onKeep(keeping));
    setRound((before) => before + 1);
  };
  return (
    <details>
      <summary>Change how it is kept</summary>
      <form onSubmit={submit} autocomplete="off">
        <KeepingFields key={`${kept} ${round}`} kept={kept} isShort={isShort} />
        <button type="submit" class="btn">
          Save how it is kept
        </button>
        <p class="good" role="status">
          {answer?.ok && `Kept: ${keptName(kept)}.`}
        </p>
        {answer?.ok === false && <FailureNote failure={answer.failure} />}
      </form>
    </details>
  );
}
