import { linesOf, QUICK_MS, type Version, wordsOf } from './replay-history.ts';

/**
 * Whether somebody's line was taken away by another hand within moments and is not in the text: it cannot be told
 * whether that was meant. Versions oldest first; only what was taken away from the version at `begin` on counts.
 */
export function mayHaveLost(versions: readonly Version[], text: string, begin = 1): boolean {
  // Ticks and numbers of ours on a line do not take its words away.
  const words = (one: string) => linesOf(wordsOf(one)).map((line) => line.trim());
  const kept = new Set(words(text));
  const added = new Map<string, Version>();
  for (const [index, version] of versions.entries()) {
    if (index === 0) continue;
    const before = words(versions[index - 1]?.text ?? '');
    const now = new Set(words(version.text));
    const gone = before.filter((line) => !now.has(line) && !kept.has(line));
    const isLoss = index >= begin && gone.some((line) => isHastyLoss(added.get(line), version));
    if (isLoss) return true;
    for (const line of now) if (!before.includes(line)) added.set(line, version);
  }
  return false;
}

/**
 * Whether a line that stood there for longer was taken away within the last moments, and is in the text again: whoever
 * took it away may have meant it. Versions oldest first.
 */
export function mayHaveRevived(versions: readonly Version[], text: string): boolean {
  const words = (one: string) => linesOf(wordsOf(one)).map((line) => line.trim());
  const there = new Set(words(text).filter((line) => line !== ''));
  const newest = versions.at(-1)?.at ?? 0;
  const first = new Map<string, number>();
  for (const [index, version] of versions.entries()) {
    const now = new Set(words(version.text));
    const gone = words(versions[index - 1]?.text ?? '').filter((line) => !now.has(line));
    const isOld = (line: string) =>
      version.at - (first.get(line) ?? Number.NEGATIVE_INFINITY) > QUICK_MS;
    const isRecent = newest - version.at <= QUICK_MS;
    if (isRecent && gone.some((line) => there.has(line) && isOld(line))) return true;
    for (const line of now) {
      if (!first.has(line)) first.set(line, index === 0 ? Number.NEGATIVE_INFINITY : version.at);
    }
  }
  return false;
}

function isHastyLoss(added: Version | undefined, removed: Version): boolean {
  if (added === undefined || added.editor === removed.editor) return false;
  return removed.at - added.at <= QUICK_MS;
}
