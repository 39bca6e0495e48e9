import type { AnyFacts } from '../../lib/core/log/event.ts';
import { checklistKey, GITHUB_HOST } from '../../lib/core/refs.ts';
import { applyEdits } from '../../lib/core/text/apply-edits.ts';
import type { Edit } from '../../lib/core/text/edit.ts';
import { parseMarker } from '../../lib/core/text/marker.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { MASTER, type World } from './world.ts';

/** What came of a run, for the items that nobody touched. */
export interface Verdict {
  readonly duplicates: number;
  readonly missing: number;
  readonly wrongLinks: number;
  /** Whether the master differs from what people made of it by more than our links, and nobody was told. */
  readonly damaged: boolean;
}

/** Judges the end of a run; `pure` is the text as people alone would have made it, `keys` the items that must be tracked. */
export async function judge(world: World, pure: string, keys: readonly string[]): Promise<Verdict> {
  const text = world.github.text();
  const tracked = new Set(keys);
  const owners = new Map<number, string>();
  const counts = new Map<string, number>();
  for (const issue of world.github.issues) {
    const key = parseMarker(issue.body, GITHUB_HOST)?.item;
    if (key === undefined) continue;
    owners.set(issue.number, key);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const links = parseChecklist(text).items.flatMap(({ key, references }) =>
    references.filter(({ role }) => role !== 'mention').map(({ number }) => ({ key, number })),
  );
  const linked = new Set(links.map(({ key }) => key));
  // A renamed item has another key than its issue's marker says: it counts only as an item of nobody.
  const isWrong = ({ key, number }: (typeof links)[number]) => {
    const owner = owners.get(number);
    return owner !== key && (tracked.has(key) || owner === undefined || tracked.has(owner));
  };
  return {
    duplicates: [...counts.values()].reduce((sum, count) => sum + count - 1, 0),
    missing: keys.filter((key) => !linked.has(key)).length,
    wrongLinks: links.filter(isWrong).length,
    damaged: withoutLinks(text) !== pure && !(await wasTold(world)),
  };
}

// Two people on one line at one moment: the log says so.
async function wasTold(world: World): Promise<boolean> {
  const events = await world.store.listEvents(checklistKey(MASTER));
  return events.some(({ notice }: AnyFacts) => notice?.code === 'edits-collided');
}

/** A text without the links and the claim that we wrote. */
export function withoutLinks(text: string): string {
  const { items } = parseChecklist(text);
  const edits = items.flatMap((item): readonly Edit[] =>
    item.references
      .filter(({ role }) => role !== 'mention')
      .map(({ number }) => ({
        kind: 'unlink',
        item,
        issue: { repo: MASTER.repo, number },
        style: 'closes',
      })),
  );
  const claim: Edit = { kind: 'comment', name: 'claim', content: '' };
  return applyEdits(text, [...edits, claim], { repo: MASTER.repo }).markdown;
}
