import type { ComponentChildren } from 'preact';
import type { Failure } from '../../lib/core/failures.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

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

/** The button to the options of a failure that is resolved there, where it is told without a note; else nothing. */
export function OptionsButton({
  failure,
  onOptions,
}: Pick<FailureNoteProps, 'failure' | 'onOptions'>) {
  if (failure.resolveAt !== 'options' || !onOptions) return null;
  return (
    <Button look="small" onPress={onOptions}>
      Open the options
    </Button>
  );
}
