import { countNoun } from '../../lib/core/count-noun.ts';
import type { Failure, Result } from '../../lib/core/failures.ts';
import type { AnswerPreview, GivenAnswers, NewAnswers } from '../../lib/core/identity/answers.ts';
import { describeSyncPlan } from '../../lib/core/sync/describe-sync.ts';
import type { SyncRow } from '../../lib/core/sync/sync-plan.ts';
import type { SyncPreview } from '../../lib/core/sync/sync-preview.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { FoldingList } from '../ui/FoldingList.tsx';
import { RulesSource } from '../ui/RulesSource.tsx';
import { NumbersQuestionView } from './NumbersQuestion.tsx';
import { SyncRowView } from './SyncRowView.tsx';

interface SyncPreviewViewProps {
  readonly preview: SyncPreview;
  /** A file that is almost named like the rules file. */
  readonly rulesNear?: string | undefined;
  readonly busy: boolean;
  /** What stood in the way of the last click. */
  readonly failure: Failure | undefined;
  /** Why the last answer to the question was not written. */
  readonly unanswered?: Failure | undefined;
  readonly onUpdate: () => void;
  readonly onAnswer?: ((answers: GivenAnswers) => void) | undefined;
  readonly onPreview?: ((answers: NewAnswers) => Promise<Result<AnswerPreview>>) | undefined;
  readonly onAgain: () => void;
  readonly onCancel: () => void;
  readonly onOptions: () => void;
}

/** As many rows to look at stand open; more are folded. */
const FEW = 20;

/** What a sync would write, and why, before it is written. */
export function SyncPreviewView(props: SyncPreviewViewProps) {
  const { preview, busy, failure } = props;
  const { id, plan, blocker } = preview;
  const changed = plan.rows.filter(({ changes }) => changes.length > 0);
  const remarked = plan.rows.filter(({ remarks }) => remarks.length > 0);
  const from = plan.checklist.repo;
  return (
    <section class="preview" aria-label="Preview of the sync">
      <h3 aria-live="polite">{describeSyncPlan(plan)}</h3>
      {blocker && <FailureNote failure={blocker} onOptions={props.onOptions} />}
      {failure && (
        <FailureNote failure={failure} onOptions={props.onOptions}>
          <Button look="small" disabled={busy} onPress={props.onAgain}>
            Refresh preview
          </Button>
        </FailureNote>
      )}
      <NumbersQuestionView
        question={plan.question}
        from={from}
        busy={busy}
        failure={props.unanswered}
        onAnswer={blocker ? undefined : props.onAnswer}
        onPreview={props.onPreview}
        onOptions={props.onOptions}
      />
      <FoldingList
        key={`${id}/changes`}
        title={<Title name="Will be updated" rows={changed} />}
        rows={changed}
        startsOpen
      >
        {(row) => <SyncRowView key={row.index} row={row} tells="changes" from={from} />}
      </FoldingList>
      <FoldingList
        key={`${id}/remarks`}
        title={<Title name="Remarks" rows={remarked} />}
        rows={remarked}
        startsOpen={remarked.length <= FEW}
      >
        {(row) => <SyncRowView key={row.index} row={row} tells="remarks" from={from} />}
      </FoldingList>
      <RulesSource from={preview.rulesFrom} near={props.rulesNear} />
      <div class="actions">
        {changed.length > 0 && !blocker && (
          <Button look="primary" writes disabled={busy} onPress={props.onUpdate}>
            Update {countNoun(changed.length, 'item')}
          </Button>
        )}
        <Button disabled={busy} onPress={props.onCancel}>
          {changed.length > 0 ? 'Cancel' : 'Close'}
        </Button>
      </div>
    </section>
  );
}

function Title({ name, rows }: { readonly name: string; readonly rows: readonly SyncRow[] }) {
  return (
    <>
      {name} <span class="counter">{rows.length}</span>
    </>
  );
}
