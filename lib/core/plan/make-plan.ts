import type { Checklist } from '../text/checklist.ts';
import { chooseLabels, chooseMilestone } from './choose-labels.ts';
import { findBlockers, measureSpace } from './plan-blockers.ts';
import type { GenerationFacts, GenerationOptions, GenerationPlan } from './plan-generation.ts';
import { planRows } from './plan-rows.ts';

/** Up to how many rows a comment in each issue is preselected: above, the line in the body does, for half the writes and mails. */
const MOST_COMMENTS = 25;

/** Decides every item. Pure: facts, the parsed text of `facts.master.body`, options and run id are arguments. */
export function planGeneration(
  facts: GenerationFacts,
  checklist: Checklist,
  options: GenerationOptions,
  run: string,
): GenerationPlan {
  const rows = planRows(facts, checklist.items, options, run);
  const creations = rows.filter((row) => row.selected && row.decision === 'create').length;
  const labels = chooseLabels(facts, options);
  const milestone = chooseMilestone(facts, options);
  const space = measureSpace(facts, rows, options);
  return {
    run,
    checklist: facts.checklist,
    target: facts.target.repo,
    masterTitle: facts.master.title,
    rows,
    blockers: findBlockers(facts, checklist, rows, options, space),
    ...labels,
    ...milestone,
    assignees: options.assignees,
    comment: options.comment ?? creations <= MOST_COMMENTS,
    linkStyle: options.linkStyle,
    placeholder: options.placeholder,
    lookalikes: checklist.lookalikes,
    looked: facts.looked,
    options,
    watchers: facts.target.watchers,
    space,
  };
}
