import type { LogEntry } from '../../lib/core/log/filter-entries.ts';
import type { RunEntry } from '../../lib/core/runs/run-entry.ts';
import { RunRow } from '../panel/RunRow.tsx';
import { Button } from '../ui/Button.tsx';
import { useGrowing } from '../ui/use-growing.ts';

interface LogRunProps {
  /** Undefined while it is not known, or where the lines are of a run that wrote nothing. */
  readonly run: RunEntry | undefined;
  /** All lines of the run, newest first. */
  readonly lines: readonly LogEntry[];
  /** Id of the line that is open. */
  readonly openId: number;
  readonly undoing: 'no' | 'busy' | 'started';
  readonly onUndo: (run: string) => void;
  readonly onOpen: (entry: LogEntry) => void;
}

/** The run of a line: all that it did, and the way back. */
export function LogRun({ run, lines, openId, undoing, onUndo, onOpen }: LogRunProps) {
  const shown = useGrowing(lines.length);
  if (run === undefined && lines.length < 2) return null;
  return (
    <section aria-label="The run">
      <h3>The run</h3>
      {run && (
        <ul class="texts">
          <RunRow run={run} disabled={undoing !== 'no'} onUndo={() => onUndo(run.run)} />
        </ul>
      )}
      <p role="status">
        {undoing === 'busy' && 'Starting to undo it…'}
        {undoing === 'started' && (
          <>
            The undo is running. <a href="#/">Watch it</a>
          </>
        )}
      </p>
      {lines.length > 1 && (
        <details class="group">
          <summary>{lines.length.toLocaleString('en')} entries of this run</summary>
          <ol class="plain">
            {lines.slice(0, shown).map((entry) => (
              <li key={entry.line.id}>
                {entry.line.id === openId ? (
                  <strong aria-current="true">{entry.words}</strong>
                ) : (
                  <Button look="small" onPress={() => onOpen(entry)}>
                    {entry.words}
                  </Button>
                )}
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}
