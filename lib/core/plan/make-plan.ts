import type { Checklist } from '../text/checklist.ts';
import { type LinkEdit, withoutPlace } from '../text/without-place.ts';
import { findBlockers, measureSpace } from './plan-blockers.ts';
import type {
  GenerationFacts,
  GenerationOptions,
  GenerationPlan,
  GenerationRow,
} from './plan-generation.ts';
import { planRows } from './plan-rows.ts';

/** Up to how many rows a comment in each issue is preselected: above, the line in the issue's body does, for half the writes and mails. */
const MOST_COMMENTS = 25;

/** Decides every item. Pure: facts, the parsed text of `facts.master.body`, options and run id are arguments. */
export function planGeneration(
  facts: GenerationFacts,
  checklist: Checklist,
  options: GenerationOptions,
  run: string,
): GenerationPlan {
  const planned = planRows(facts, checklist.items, options, run);
  const { question } = planned;
  const rows = withHiddenLinks(planned.rows, facts, checklist, options);
  const creations = rows.filter((row) => row.selected && row.decision === 'create').length;
  const labels = chooseLabels(facts, options);
  const milestone = chooseMilestone(facts, options);
  const space = measureSpace(facts, rows, options);
  const most = facts.allowance?.max;
  return {
    run,
    checklist: facts.checklist,
    target: facts.target.repo,
    masterTitle: facts.master.title,
    rows,
    blockers: findBlockers(facts, checklist, rows, options, { space, most }),
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
    ...(most !== undefined && { most }),
    ...(question && { question }),
  };
}

/** Marks the rows whose items can be linked in the hidden block only. */
function withHiddenLinks(
  rows: readonly GenerationRow[],
  { checklist: { repo }, master: { body } }: GenerationFacts,
  checklist: Checklist,
  { identity, linkStyle: style, placeholder }: GenerationOptions,
): readonly GenerationRow[] {
  if (identity === 'block') return rows;
  const links = rows
    .filter(({ selectable, decision }) => selectable || decision === 'link')
    .map(
      ({ item }): LinkEdit => ({ kind: 'link', item, issue: { repo, number: LONG_NUMBER }, style }),
    );
  const hidden = withoutPlace(body, links, { repo, placeholder, checklist });
  return rows.map((row) => (hidden.has(row.item.key) ? { ...row, hiddenLink: true } : row));
}

/** Stands for the number of an issue to come; no item links it already. */
const LONG_NUMBER = 9_999_999_999;

/** The labels that will be set, and which of the wanted ones the target lacks. Names compare without regard to case, as GitHub does. */
function chooseLabels(
  facts: GenerationFacts,
  options: GenerationOptions,
): Pick<GenerationPlan, 'labels' | 'missingLabels'> {
  const existing = new Set(facts.target.labels.map((name) => name.toLowerCase()));
  const wanted = new Map(
    options.labels
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => [name.toLowerCase(), name]),
  );
  const labels = [...wanted.values()];
  const missingLabels = labels.filter((name) => !existing.has(name.toLowerCase()));
  const dropped = new Set(options.missing === 'drop' ? missingLabels : []);
  return { labels: labels.filter((name) => !dropped.has(name)), missingLabels };
}

/** The milestone that will be set: the chosen one, else the master's; and whether the target lacks it. */
function chooseMilestone(
  facts: GenerationFacts,
  options: GenerationOptions,
): Pick<GenerationPlan, 'milestone' | 'milestoneMissing'> {
  const wanted = (options.milestone ?? facts.master.milestone ?? '').trim();
  if (wanted === '') return { milestone: undefined, milestoneMissing: false };
  const existing = facts.target.milestones.find(
    (title) => title.toLowerCase() === wanted.toLowerCase(),
  );
  const milestoneMissing = existing === undefined;
  const dropped = milestoneMissing && options.missing === 'drop';
  return { milestone: dropped ? undefined : (existing ?? wanted), milestoneMissing };
}
