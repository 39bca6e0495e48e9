import { useState } from 'preact/hooks';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { Failure } from '../../lib/core/failures.ts';
import type { RunEntry } from '../../lib/core/runs/run-entry.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { useGrowing } from '../ui/use-growing.ts';
import { useUnfolding } from '../ui/use-unfolding.ts';
import { RunRow } from './RunRow.tsx';

interface RunListProps {
  /** Newest first; undefined while they are not known. `everywhere`: those of other browsers are among them. */
  readonly runs:
    | { readonly entries: readonly RunEntry[]; readonly everywhere: boolean }
    | undefined;
  /** How many issues carry a marker of this checklist, where that is known. */
  readonly marked: number | undefined;
  readonly busy: boolean;
  /** Whether something may be written now: signed in, and no run is open. */
  readonly mayWrite: boolean;
  readonly failure: Failure | undefined;
  readonly onList: (everywhere: boolean) => void;
  readonly onUndo: (run: string) => void;
  /** Repeats what failed. */
  readonly onRetry: () => void;
  /** `bracket`: bare numbers are written as `(#12)` first. */
  readonly onRemoveTraces: (bracket: boolean) => void;
  readonly onOptions: () => void;
}

/** What Masterlist did to the checklist, folded and asked for when unfolded: each run with the way back. */
export function RunList(props: RunListProps) {
  const { runs, busy, mayWrite, failure } = props;
  const folding = useUnfolding(() => props.onList(false));
  const [bracket, setBracket] = useState(false);
  const shown = useGrowing(folding.open ? (runs?.entries.length ?? 0) : 0);
  return (
    <details class="group" {...folding}>
      <summary>Earlier runs</summary>
      <div class="within">
        {failure && (
          <FailureNote
            failure={failure}
            onOptions={props.onOptions}
            onRetry={props.onRetry}
            busy={busy}
          />
        )}
        <p class="muted" role="status">
          {runs ? countOf(runs.entries.length, runs.everywhere) : !failure && 'Loading…'}
        </p>
      </div>
      <ul class="texts">
        {runs?.entries.slice(0, shown).map((run) => (
          <RunRow
            key={run.run}
            run={run}
            disabled={busy || !mayWrite}
            onUndo={() => props.onUndo(run.run)}
          />
        ))}
      </ul>
      {folding.open && (
        <div class="within actions">
          {!runs?.everywhere && (
            <Button disabled={busy} onPress={() => props.onList(true)}>
              Find runs of other browsers on GitHub
            </Button>
          )}
          {mayWrite && (
            <ConfirmButton
              label="Remove Masterlist's traces"
              consequence={`Removes Masterlist's hidden comments from this text and ${issuesOf(props.marked)}, and its link comments. Links, text and issues stay. This cannot be undone.`}
              confirm="Remove the traces"
              keep="Keep them"
              disabled={busy}
              onConfirm={() => props.onRemoveTraces(bracket)}
            >
              <label>
                <input
                  type="checkbox"
                  checked={bracket}
                  onChange={({ currentTarget }) => setBracket(currentTarget.checked)}
                />{' '}
                First write numbers that only these comments link as (#12), so that they stay links.
              </label>
            </ConfirmButton>
          )}
        </div>
      )}
    </details>
  );
}

function countOf(count: number, everywhere: boolean): string {
  if (count > 0) return `${countNoun(count, 'run')}${everywhere ? '' : ' in this browser'}.`;
  return everywhere ? 'None.' : 'No runs in this browser in the last 30 days.';
}

function issuesOf(marked: number | undefined): string {
  return marked === undefined ? 'its issues' : countNoun(marked, 'issue');
}
