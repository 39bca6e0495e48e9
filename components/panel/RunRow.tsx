import { describeRun } from '../../lib/core/runs/describe-run.ts';
import type { RunEntry } from '../../lib/core/runs/run-entry.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';

interface RunRowProps {
  readonly run: RunEntry;
  readonly disabled: boolean;
  readonly onUndo: () => void;
}

/** One run: what it was, when and by whom, and the way back. */
export function RunRow({ run, disabled, onUndo }: RunRowProps) {
  const { title, undo, button } = describeRun(run);
  const when = new Date(run.at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  const where = run.origin === 'issues' ? ', found through its issues' : '';
  return (
    <li class="row run">
      <p>
        {title} <span class="muted">{`${when}, by ${run.login}${where}`}</span>
      </p>
      {button === undefined ? (
        <p class="muted">{undo}</p>
      ) : (
        <ConfirmButton
          label="Undo"
          about={`${title}, ${when}`}
          consequence={`${undo}. Anything changed since is left for you to decide.`}
          confirm={button}
          keep="Leave it as it is"
          disabled={disabled}
          onConfirm={onUndo}
        />
      )}
    </li>
  );
}
