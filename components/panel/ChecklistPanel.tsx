import type { ComponentChildren, Ref } from 'preact';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/Icon.tsx';

interface ChecklistPanelProps {
  /** Undefined while they are being read. */
  readonly counts:
    | { readonly items: number; readonly linked: number; readonly done: number }
    | undefined;
  readonly signedOut: boolean;
  /** Whether a run is open: then nothing new is started. */
  readonly running: boolean;
  /** A message to GitHub or the background is under way. */
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** Items on the page where their number differs from the text's; then there are no badges. */
  readonly shownItems: number | undefined;
  readonly headingRef?: Ref<HTMLHeadingElement>;
  readonly onGenerate: () => void;
  /** Undefined where it could do nothing. */
  readonly onSync: (() => void) | undefined;
  /** Undefined where it could do nothing. */
  readonly onReconcile: (() => void) | undefined;
  /** Repeats what failed; undefined while nobody looks. */
  readonly onRetry: (() => void) | undefined;
  readonly onOptions: () => void;
  readonly onClose: () => void;
  /** What is going on below: a preview, a run, a summary, and how the checklist is kept up to date. */
  readonly children?: ComponentChildren;
}

/** The panel below the button: what the checklist holds, what can be done, and what is going on. */
export function ChecklistPanel(props: ChecklistPanelProps) {
  const { counts, busy, failure, headingRef } = props;
  return (
    <section id="panel" class="panel" aria-labelledby="heading" aria-busy={busy}>
      <header>
        <h2 id="heading" tabIndex={-1} ref={headingRef ?? null}>
          Masterlist
        </h2>
        {counts ? <Counts {...counts} /> : !failure && <p class="muted">Reading the checklist…</p>}
        <Button look="icon" label="Close the panel" onPress={props.onClose}>
          ×
        </Button>
      </header>
      {props.signedOut && <SignedOut onOptions={props.onOptions} />}
      {failure && (
        <FailureNote
          failure={failure}
          onOptions={props.onOptions}
          onRetry={props.onRetry}
          busy={busy}
        />
      )}
      {counts && props.shownItems !== undefined && (
        <p class="muted">
          The page shows {countNoun(props.shownItems, 'item')}, the text has {counts.items}, so
          badges are hidden.
        </p>
      )}
      {!props.running && counts && (
        <div class="actions">
          <p class="inline">
            <Button look="primary" disabled={busy || counts.items === 0} onPress={props.onGenerate}>
              Generate issues
            </Button>
            <span class="muted">Shows a preview first.</span>
          </p>
          {props.onSync && (
            <p class="inline">
              <Button writes disabled={busy} onPress={props.onSync}>
                Sync now
              </Button>
              <span class="muted">Tick items whose issues are closed, add PR numbers.</span>
            </p>
          )}
          {props.onReconcile && (
            <p class="inline">
              <Button disabled={busy} onPress={props.onReconcile}>
                Reconcile
              </Button>
              <span class="muted">Find and resolve differences.</span>
            </p>
          )}
        </div>
      )}
      {props.children}
    </section>
  );
}

function Counts(counts: {
  readonly items: number;
  readonly linked: number;
  readonly done: number;
}) {
  return (
    <ul class="counts">
      <li>
        <b>{counts.items}</b> {counts.items === 1 ? 'item' : 'items'}
      </li>
      <li>
        <b>{counts.linked}</b> linked
      </li>
      <li>
        <b>{counts.done}</b> done
      </li>
    </ul>
  );
}

function SignedOut({ onOptions }: { readonly onOptions: () => void }) {
  return (
    <div class="note">
      <Icon name="alert" />
      <div>
        <p>
          <strong>Not signed in.</strong> Only the preview of a public issue works without a token.
        </p>
        <Button look="small" onPress={onOptions}>
          Add a token in the options
        </Button>
      </div>
    </div>
  );
}
