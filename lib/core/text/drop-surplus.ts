import { diffArrays } from 'diff';
import { wordsOf } from './replay-history.ts';

/**
 * Takes lines out of a merged text that it has more often than any version that anybody saw: what was lost cannot have
 * been there more often, so somebody else put it back already. Only lines that the merge added to `current` go; blank
 * lines stay. Ticks, links and numbers of ours do not make another line.
 */
export function dropSurplus(current: string, merged: string, seen: readonly string[]): string {
  const surplus = countLines(merged);
  for (const [line, times] of surplus) {
    const most = Math.max(...[current, ...seen].map((text) => countLines(text).get(line) ?? 0));
    surplus.set(line, Math.max(times - most, 0));
  }
  if ([...surplus.values()].every((times) => times === 0)) return merged;
  const parts = diffArrays(linesOf(current), linesOf(merged));
  return parts
    .flatMap(({ added, removed, value }) => {
      if (removed) return [];
      return added ? value.filter((line) => !takeOne(surplus, line)) : value;
    })
    .join('')
    .slice(1);
}

function takeOne(surplus: Map<string, number>, line: string): boolean {
  const words = keyOf(line);
  const left = surplus.get(words) ?? 0;
  if (left > 0) surplus.set(words, left - 1);
  return left > 0;
}

function countLines(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of linesOf(text)) {
    const words = keyOf(line);
    if (words !== '') counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return counts;
}

/** Lines, each with the line end before it. */
function linesOf(text: string): string[] {
  return `\n${text}`.match(/(?:\r\n|\n|\r)[^\r\n]*/g) ?? [];
}

function keyOf(line: string): string {
  return wordsOf(line.replace(/^[\r\n]+/, '')).trim();
}
