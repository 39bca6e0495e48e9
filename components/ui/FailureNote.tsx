import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { capital } from '../../lib/core/capital.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { isLimit, LimitShown, TimeLeft } from './LimitLine.tsx';
import { useNow } from './use-now.ts';
import { useRepeat } from './use-repeat.ts';

interface FailureNoteProps {
  readonly failure: Failure;
  /** Opens the options; offered where the failure is resolved there. */
  readonly onOptions?: (() => void) | undefined;
  /** Repeats what failed. */
  readonly onRetry?: (() => unknown) | undefined;
  /** Nothing can be repeated right now. */
  readonly busy?: boolean;
  /** Buttons of the caller, e.g. to open the preview again. */
  readonly children?: ComponentChildren;
}

/** A failure as people read it: what happened, and the one thing that helps. */
export function FailureNote(props: FailureNoteProps) {
  const { failure } = props;
  return isLimit(failure) && failure.retryAt !== undefined ? (
    <LimitNote {...props} until={failure.retryAt} />
  ) : (
    <Note {...props} />
  );
}

function Note(props: FailureNoteProps) {
  const { failure, onOptions, onRetry, busy = false, children } = props;
  return (
    <div class="note" role="alert">
      <Icon name="alert" />
      <div>
        <p>
          <strong>{failure.message}</strong> {failure.action}
        </p>
        <OptionsButton failure={failure} onOptions={onOptions} />
        {failure.url?.startsWith('https://') && (
          <a class="btn small" href={failure.url} target="_blank" rel="noreferrer">
            Open the page
          </a>
        )}
        {onRetry && (
          <Button look="small" disabled={busy} onPress={onRetry}>
            Retry
          </Button>
        )}
        {children}
      </div>
    </div>
  );
}

/** A limit of GitHub: how long it lasts, and what becomes of what was asked. What only reads is asked again automatically. */
function LimitNote(props: FailureNoteProps & { readonly until: number }) {
  const { failure, until, onOptions, onRetry, busy = false, children } = props;
  useRepeat(failure, onRetry);
  const now = useNow(true, 1_000);
  const isTold = useContext(LimitShown) !== undefined;
  const repeats = failure.repeatAt !== undefined;
  const then = repeats ? 'this is read again' : onRetry ? 'press Retry' : 'try again';
  const isOver = until <= now;
  // The line at the top, or that of the run, has the time.
  if (isTold && !isOver) {
    const words = `${capital(then)} when GitHub accepts requests again.`;
    return <p class="muted">{words}</p>;
  }
  return (
    <div class="note" role="status">
      <Icon name="alert" />
      <div>
        {isOver ? (
          <p>
            <strong>{repeats ? 'Reading again…' : 'GitHub accepts requests again.'}</strong>
            {!repeats && !onRetry && ' Try again.'}
          </p>
        ) : (
          <p>
            <strong>{failure.message}</strong> <TimeLeft until={until} now={now} then={then} />
          </p>
        )}
        <OptionsButton failure={failure} onOptions={onOptions} />
        {isOver && onRetry && !repeats && (
          <Button look="small" disabled={busy} onPress={onRetry}>
            Retry
          </Button>
        )}
        {children}
      </div>
    </div>
  );
}

/** The button to the options of a failure that is resolved there, where it is told without a note; else nothing. */
export function OptionsButton({
  failure,
  onOptions,
}: Pick<FailureNoteProps, 'failure' | 'onOptions'>) {
  if (failure.resolveAt !== 'options' || !onOptions) return null;
  return (
    <Button look="small" onPress={onOptions}>
      {failure.code === 'token-locked' ? 'Unlock' : 'Open the options'}
    </Button>
  );
}
