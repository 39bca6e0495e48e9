import type { ComponentChildren } from 'preact';
import type { Failure, FailureCode } from '../../lib/core/failure.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

interface FailureNoteProps {
  readonly failure: Failure;
  /** Opens the options; offered where the failure is mended there. */
  readonly onOptions?: (() => void) | undefined;
  /** Buttons of the caller, e.g. to open the preview again. */
  readonly children?: ComponentChildren;
}

/** Failures that a token or a setting mends. */
const MENDED_IN_OPTIONS: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'signed-out',
  'bad-token',
  'wrong-user',
  'read-only-token',
  'approval-pending',
]);

/** A failure as people read it: what happened, and the one thing that mends it. */
export function FailureNote({ failure, onOptions, children }: FailureNoteProps) {
  const options = MENDED_IN_OPTIONS.has(failure.code) ? onOptions : undefined;
  return (
    <div class="note" role="alert">
      <Icon name="alert" />
      <div>
        <p>
          <strong>{failure.message}</strong> {failure.action}
        </p>
        {options && (
          <Button look="small" onPress={options}>
            Open the options
          </Button>
        )}
        {failure.url?.startsWith('https://') && (
          <a class="btn small" href={failure.url} target="_blank" rel="noreferrer">
            Open the page
          </a>
        )}
        {children}
      </div>
    </div>
  );
}
