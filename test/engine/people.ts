import type { GenerationPlan } from '../../lib/core/plan/plan-generation.ts';
import { withoutLinks } from './judge.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** What people do to the master while a job runs, and the text as they alone would have made it. */
export interface People {
  /** The text with all their edits and none of ours. */
  pure(): string;
  /** Keys of the items of a plan that nobody renamed or deleted. */
  undisturbed(plan: GenerationPlan): readonly string[];
}

/** Lets people edit the world's master now and then; with `rough` they also rename and delete items. */
export function inhabit(world: World, rough: boolean): People {
  const { random, github } = world;
  github.onStale = withoutLinks;
  let pure = github.text();
  let edits = 0;
  const disturbed = new Set<number>();
  github.onPeople = (edit) => {
    if (edits >= 12) return;
    const change = chooseEdit(random, rough, ++edits, disturbed);
    pure = change(pure);
    edit(change);
  };
  const isDisturbed = (text: string) =>
    [...disturbed].some((step) => text.includes(`number ${step} of`));
  return {
    pure: () => pure,
    undisturbed: (plan) =>
      plan.rows.flatMap(({ item, text, selected }) =>
        selected && !isDisturbed(text) ? [item.key] : [],
      ),
  };
}

type Change = (text: string) => string;

// Every edit has a place of its own, but for the items: there two people may meet.
function chooseEdit(random: Random, rough: boolean, edit: number, disturbed: Set<number>): Change {
  const step = random.whole(25);
  const line = new RegExp(`^.*number ${step} of.*\\r\\n(?:  some.*\\r\\n)?`, 'm');
  const kind = random.whole(rough ? 6 : 4);
  if (kind >= 4) disturbed.add(step);
  switch (kind) {
    case 0:
      return (text) => text.replace(line, (found) => found.replace('[ ]', '[x]'));
    case 1:
      return (text) => text.replace(`Remark ${edit}: keep calm.\r\n`, `$&Note ${edit}\r\n`);
    case 2:
      return (text) => text.replace(`Remark ${edit}: keep calm.`, `Remark ${edit}: go on.`);
    case 3:
      return (text) => text.replace(`## Part ${edit}\r\n`, `$&\r\n- [ ] Idea ${edit}\r\n`);
    case 4:
      return (text) => text.replace(`step number ${step} of`, `stage number ${step} of`);
    default:
      return (text) => text.replace(line, '');
  }
}
