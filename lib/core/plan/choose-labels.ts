import type { GenerationFacts, GenerationOptions, GenerationPlan } from './plan-generation.ts';

/** The labels that will be set, and which of the wanted ones the target lacks. Names compare without regard to case, as GitHub does. */
export function chooseLabels(
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
export function chooseMilestone(
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
