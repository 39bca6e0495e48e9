import type { ChecklistModel } from '../../lib/checklist-model/checklist-model.ts';
import type { ChecklistState } from '../../lib/checklist-model/checklist-state.ts';
import type { Match } from '../../lib/core/differences/difference.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { issueUrl } from '../../lib/core/refs.ts';
import { ReconcileView } from './ReconcileView.tsx';

interface ReconcileTaskProps {
  readonly model: ChecklistModel;
  readonly state: ChecklistState;
  readonly failure: Failure | undefined;
  /** The table of matches stands first and unfolded. */
  readonly matchesFirst?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The differences, following the model. */
export function ReconcileTask(props: ReconcileTaskProps) {
  const { model, state, failure, matchesFirst = false, now } = props;
  const { reconcile, busy } = state;
  if (!reconcile) return null;
  return (
    <ReconcileView
      {...reconcile}
      matchesFirst={matchesFirst}
      busy={busy}
      failure={failure}
      now={now}
      hasOpenIssue={(match) => hasOpenIssue(match, state)}
      onChoose={model.choose}
      onChooseSafe={model.chooseSafe}
      onClear={model.clearChoices}
      onApply={model.applyChoices}
      onSearch={model.searchIssues}
      onPreview={model.previewMatch}
      onMatch={model.applyMatch}
      onTurnBack={model.turnBack}
      onShowAgain={model.showAgain}
      onAgain={model.reconcile}
      onCancel={model.closePreview}
      onOptions={model.openOptions}
    />
  );
}

/** As the badge of the item has it; when the text has changed since, there is none. */
function hasOpenIssue({ index, issue }: Match, { view }: ChecklistState): boolean {
  const badge = view?.badges[index];
  return issue !== undefined && badge?.state === 'open' && badge.url === issueUrl(issue);
}
