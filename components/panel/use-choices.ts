import { useState } from 'preact/hooks';
import type { GenerationPlan } from '../../lib/core/plan/plan-generation.ts';
import { chooseRow, keepChoices, type RowChange, type RowChoices } from './row-choices.ts';

type Choose = (change: RowChange) => void;

/** The user's choices for the rows of a plan, and how to change one; a new plan keeps those that still mean the same rows. */
export function useChoices(plan: GenerationPlan): readonly [RowChoices, Choose] {
  const [made, setMade] = useState<{ readonly plan: GenerationPlan; readonly choices: RowChoices }>(
    { plan, choices: new Map() },
  );
  const choices = made.plan === plan ? made.choices : keepChoices(made.choices, made.plan, plan);
  if (made.plan !== plan) setMade({ plan, choices });
  // The same function from render to render, so that rows need not render again.
  const [choose] = useState<Choose>(() => (change: RowChange) => {
    setMade((now) => ({ ...now, choices: chooseRow(now.choices, change) }));
  });
  return [choices, choose];
}
