import { capital } from '../capital.ts';
import { countNoun } from '../count-noun.ts';
import type { RunEntry } from './run-entry.ts';

/** A run in words. */
export interface RunWords {
  /** What it was: `Sync: 3 boxes, 2 pull request numbers`. */
  readonly title: string;
  /** What undoing it does: `Untick 3 boxes, remove 2 pull request numbers`; else why there is nothing to undo. */
  readonly undo: string;
  /** The same for a button: `Untick 3 boxes …`; undefined where there is nothing to undo. */
  readonly button: string | undefined;
}

/** Short words for a run and for what undoing it does. */
export function describeRun(run: RunEntry): RunWords {
  const title = titleOf(run);
  if (run.undone) return { title, undo: 'Reverted', button: undefined };
  const steps = stepsOf(run);
  const [first, ...more] = steps;
  if (first === undefined) return { title, undo: nothingToUndo(run), button: undefined };
  return {
    title,
    undo: sentence(run, steps),
    button: capital(more.length === 0 ? first : `${first} …`),
  };
}

/** What a run of each kind is called. */
export const RUN_NAMES: Readonly<Record<RunEntry['kind'], string>> = {
  generate: 'Generate',
  sync: 'Sync',
  resolve: 'Reconcile',
  undo: 'Undo',
  unlink: 'Unlink items and close their issues',
  traces: "Remove Masterlist's traces",
  restore: 'Restore an earlier text',
  correct: 'Correct lines',
};

function titleOf({ kind, byItself, takesBack }: RunEntry): string {
  const { close, reopen, closeAgain, retitle, untick, tick, numbers, links, words } = takesBack;
  const name = byItself ? `${RUN_NAMES[kind]} (automatic)` : RUN_NAMES[kind];
  const parts = [
    some(untick + tick, 'box', 'boxes'),
    some(numbers, 'pull request number'),
    some(links, 'link'),
    some(words, 'renamed item'),
    some(close + reopen + closeAgain + retitle, 'issue'),
  ].filter((part) => part !== '');
  return parts.length === 0 ? name : `${name}: ${parts.join(', ')}`;
}

/** What undoing a run does, in the order of a reader's interest. */
function stepsOf({ kind, takesBack }: RunEntry): readonly string[] {
  const { close, reopen, closeAgain, retitle, untick, tick, numbers, links, words } = takesBack;
  // Sync only adds numbers; other runs may have taken them away too.
  const ofNumbers: (what: string) => string =
    kind === 'sync' ? (what) => `remove ${what}` : putBack;
  return [
    step(close, 'issue', (what) => `close ${what}`),
    step(untick, 'box', (what) => `untick ${what}`),
    step(tick, 'box', (what) => `tick ${what}`),
    step(numbers, 'pull request number', ofNumbers),
    step(links, 'link', putBack),
    words === 0 ? '' : putBack(`the text of ${some(words, 'item')}`),
    step(reopen, 'issue', (what) => `reopen ${what}`),
    step(closeAgain, 'issue', (what) => `close ${what} again`),
    step(retitle, 'title', putBack),
  ].filter((one) => one !== '');
}

function sentence({ takesBack }: RunEntry, steps: readonly string[]): string {
  const all = capital(steps.join(', '));
  const { close } = takesBack;
  if (close === 0) return all;
  // GitHub has told everybody who watches, and that cannot be called back.
  return `${all} and remove ${close === 1 ? 'its link' : 'their links'}; sent emails cannot be recalled`;
}

function nothingToUndo({ kind }: RunEntry): string {
  switch (kind) {
    case 'traces':
      return 'Cannot be undone';
    case 'restore':
    case 'correct':
      return '"Earlier texts" has the version before it';
    default:
      return 'Nothing left to undo';
  }
}

function step(count: number, what: string, words: (counted: string) => string): string {
  if (count === 0) return '';
  return words(some(count, what, what === 'box' ? 'boxes' : undefined));
}

function putBack(what: string): string {
  return `restore ${what}`;
}

/** `1 box`, `3 boxes`; '' for none. */
function some(count: number, one: string, several?: string): string {
  return count === 0 ? '' : countNoun(count, one, several);
}
