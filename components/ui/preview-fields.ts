import type {
  GenerationOptions,
  GenerationPlan,
  Levels,
} from '../../lib/core/plan/plan-generation.ts';
import { formatRepo, parseRepo } from '../../lib/core/refs.ts';

/** The options of a generation as they stand in the fields. */
export interface PreviewFields {
  readonly levels: Levels;
  readonly prefix: string;
  readonly labels: string;
  readonly milestone: string;
  readonly missing: GenerationOptions['missing'];
  readonly assignees: string;
  readonly linkBack: 'line' | 'comment';
  readonly target: string;
}

/** What the plan uses, also where it chose by itself. */
export function fieldsOf(plan: GenerationPlan): PreviewFields {
  const { options, rows } = plan;
  // Undefined means that the plan chose: the titles show what it chose.
  const byItself = rows.some(({ draft }) => draft?.title.startsWith(TEST_PREFIX));
  return {
    levels: options.levels,
    prefix: options.prefix ?? (byItself ? TEST_PREFIX : ''),
    labels: plan.labels.join(', '),
    milestone: plan.milestone ?? '',
    missing: options.missing,
    assignees: plan.assignees.join(', '),
    linkBack: plan.comment ? 'comment' : 'line',
    target: formatRepo(plan.target),
  };
}

const TEST_PREFIX = '[Test] ';

/** The options that were changed in the fields, and only those. */
export function changedOptions(
  { labels, assignees, target, linkBack, ...same }: Partial<PreviewFields>,
  plan: GenerationPlan,
): Partial<GenerationOptions> {
  const repo = target === undefined ? undefined : parseRepo(target, plan.target.host);
  return {
    ...same,
    ...(labels !== undefined && { labels: listOf(labels) }),
    ...(assignees !== undefined && { assignees: listOf(assignees.replaceAll('@', '')) }),
    ...(linkBack && { comment: linkBack === 'comment' }),
    ...(repo && { target: repo }),
  };
}

/** The words between commas. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}
