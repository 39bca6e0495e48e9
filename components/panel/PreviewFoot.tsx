import { countNoun } from '../../lib/core/count-noun.ts';
import { formatDuration } from '../../lib/core/format-duration.ts';
import type { GenerationPlan, PlanSummary } from '../../lib/core/plan/plan-generation.ts';
import { formatRepo } from '../../lib/core/refs.ts';

interface PreviewFootProps {
  readonly plan: GenerationPlan;
  readonly summary: PlanSummary;
}

/** What the plan costs, and how far it looked. */
export function PreviewFoot({ plan, summary }: PreviewFootProps) {
  const { writes, seconds, mails } = summary;
  const { lookalikes, watchers } = plan;
  return (
    <ul class="foot muted">
      {writes > 0 && (
        <li>
          {countNoun(writes, 'write')} to {formatRepo(plan.target)}, {formatDuration(seconds)} under
          GitHub's limits. Emails: up to {mails} ×{' '}
          {watchers === undefined ? 'watchers' : countNoun(watchers, 'watcher')}.
        </li>
      )}
      {lookalikes.inCode > 0 && <li>{describeLookalikes(lookalikes.inCode, 'code')}</li>}
      {lookalikes.inComments > 0 && (
        <li>{describeLookalikes(lookalikes.inComments, 'in comments')}</li>
      )}
      <li>{describeLooked(plan.looked)}</li>
    </ul>
  );
}

function describeLookalikes(lines: number, what: string): string {
  const words = lines === 1 ? 'looks like a task but is' : 'look like tasks but are';
  return `${countNoun(lines, 'line')} ${words} ${what}.`;
}

function describeLooked({ issues, back, complete }: GenerationPlan['looked']): string {
  const since =
    back === undefined
      ? ''
      : `, back to ${new Date(back).toLocaleDateString([], { dateStyle: 'medium' })}`;
  const rest = complete ? '' : '; older ones were not compared';
  return `Compared with ${countNoun(issues, 'issue')}${since}${rest}.`;
}
