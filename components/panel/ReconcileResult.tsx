import { countNoun } from '../../lib/core/count-noun.ts';

interface ReconcileResultProps {
  /** Undefined before anything was applied. */
  readonly outcome:
    | {
        /** Choices that a run does. */
        readonly making: number;
        readonly changed: number;
        readonly kept: number;
      }
    | undefined;
  /** The run is not over yet. */
  readonly running: boolean;
}

/** What became of the choices that were applied; the run itself tells of what it does. It stands empty before, so that screen readers hear of it when it fills. */
export function ReconcileResult({ outcome, running }: ReconcileResultProps) {
  return (
    <div class="result" role="status">
      {outcome && outcomeOf(outcome, running)}
    </div>
  );
}

function outcomeOf(
  { making, changed, kept }: NonNullable<ReconcileResultProps['outcome']>,
  running: boolean,
) {
  const parts = [
    running && making > 0 && `${countNoun(making, 'change')} ${are(making)} being made`,
    changed > 0 &&
      `${changed.toLocaleString('en')} changed in the meantime and ${was(changed)} skipped: reconcile again`,
    kept > 0 && `${kept.toLocaleString('en')} ${are(kept)} not shown again`,
  ].filter((part) => part !== false);
  return parts.length > 0 && <p data-clean={changed === 0}>{parts.join('; ')}.</p>;
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}

function was(count: number): string {
  return count === 1 ? 'was' : 'were';
}
