import { useState } from 'preact/hooks';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { describeSummary } from '../../lib/core/plan/describe-reason.ts';
import type {
  Decision,
  GenerationOptions,
  GenerationPlan,
  PlanSummary,
  RowChoice,
} from '../../lib/core/plan/plan-generation.ts';
import { summarizePlan } from '../../lib/core/plan/summarize-plan.ts';
import { formatRepo } from '../../lib/core/refs.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { PreviewFoot } from './PreviewFoot.tsx';
import { PreviewGroup } from './PreviewGroup.tsx';
import { PreviewOptions } from './PreviewOptions.tsx';
import { withChoices } from './row-choices.ts';
import { standingBlockers } from './standing-blockers.ts';
import { useChoices } from './use-choices.ts';

interface GenerationPreviewProps {
  readonly plan: GenerationPlan;
  readonly busy: boolean;
  /** What stood in the way of the last click. */
  readonly failure: Failure | undefined;
  /** Least time between two creations, in milliseconds. */
  readonly gapMs: number;
  readonly onOptionsChange: (options: Partial<GenerationOptions>) => void;
  readonly onCreate: (choices: readonly RowChoice[], only: 'all' | 'first') => void;
  readonly onCancel: () => void;
  readonly onOptions: () => void;
}

/** The plan before it is carried out: what will happen to which row, and what that costs. */
export function GenerationPreview(props: GenerationPreviewProps) {
  const { plan, busy } = props;
  const [choices, choose] = useChoices(plan);
  const [dirty, setDirty] = useState(false);
  const summary = summarizePlan(withChoices(plan, choices), props.gapMs);
  const blockers = standingBlockers(plan, summary);
  const blocker = props.failure ?? blockers[0];
  const ready = !busy && !dirty && blockers.length === 0;
  const create = (only: 'all' | 'first') => props.onCreate([...choices.values()], only);
  return (
    <section class="preview" aria-label="Preview">
      <h3 aria-live="polite">{describeSummary(summary)}</h3>
      {blocker && (
        <FailureNote failure={blocker} onOptions={props.onOptions}>
          {blocker === props.failure && (
            <Button look="small" disabled={busy} onPress={() => props.onOptionsChange({})}>
              Refresh preview
            </Button>
          )}
        </FailureNote>
      )}
      {GROUPS.map(([decision, name]) => (
        <PreviewGroup
          key={`${plan.run}/${decision}`}
          name={name}
          rows={plan.rows.filter((row) => row.decision === decision)}
          startsOpen={decision === 'ask'}
          choices={choices}
          target={plan.target}
          onChoose={choose}
        />
      ))}
      <PreviewOptions
        key={plan.run}
        plan={plan}
        busy={busy}
        onDirty={() => setDirty(true)}
        onApply={(options) => {
          setDirty(false);
          props.onOptionsChange(options);
        }}
      />
      <PreviewFoot plan={plan} summary={summary} />
      <div class="actions">
        <Button
          look="primary"
          disabled={!ready || summary.create + summary.link === 0}
          onPress={() => create('all')}
        >
          {startOf(summary, plan)}
        </Button>
        {summary.create > 1 && (
          <Button disabled={!ready} onPress={() => create('first')}>
            Create the first one only
          </Button>
        )}
        <Button disabled={busy} onPress={props.onCancel}>
          Cancel
        </Button>
        {dirty && <span class="muted">The options changed: update the preview first.</span>}
      </div>
    </section>
  );
}

const GROUPS: readonly (readonly [Decision, string])[] = [
  ['ask', 'Needs attention: select what should become an issue'],
  ['create', 'Will be created'],
  ['link', 'Will be linked to their issues'],
  ['skip', 'Skipped'],
];

function startOf({ create, link }: PlanSummary, plan: GenerationPlan): string {
  const repo = formatRepo(plan.target);
  if (create === 0 && link > 0) return `Link ${countNoun(link, 'item')} to issues in ${repo}`;
  return `Create ${countNoun(create, 'issue')} in ${repo}`;
}
