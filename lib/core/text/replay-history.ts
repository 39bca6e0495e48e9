import { mergeText } from './merge.ts';

/** What people meant with the versions of a text, one after the other. */
export interface Replay {
  readonly text: string;
  /** Places where two people changed the same lines: the latest hand stays. */
  readonly conflicts: number;
}

/** A version of a text, who made it and when (milliseconds, by GitHub's clock, whole seconds). */
export interface Version {
  readonly text: string;
  readonly editor: string;
  readonly at: number;
}

/** A write sent from what was read: no longer ago than a request may take, in milliseconds. */
export const QUICK_MS = 15_000;

/**
 * Our own write from an older version comes sooner than this after what it overwrites: it takes two requests. A restoring write
 * takes words away as well, and means it, but has let the text rest for longer (`mendSettleMs`).
 */
const HASTY_MS = 3_000;

/**
 * Makes the changes of versions again, oldest first, on a text that should have stood in place of `start`, and puts back
 * what a write from an older version overwrote: another browser's, or a bot's. `older` are versions from before the
 * start from which such a write may have come; `account` is the one that runs this program here, and perhaps elsewhere.
 */
export function replayHistory(
  start: Version,
  versions: readonly Version[],
  older: readonly Version[],
  { onto = start.text, account }: { readonly onto?: string; readonly account?: string } = {},
): Replay {
  const known = [...older, start];
  let text = onto;
  let conflicts = 0;
  for (const version of versions) {
    const before = known.at(-1) ?? start;
    const from = findBlindBase(version, known, account);
    // Ticks and numbers of a blind write are derived anew where a person touched the line.
    const merged =
      from === undefined
        ? mergeText(before.text, text, version.text)
        : mergeText(from, version.text, text);
    if (from === undefined) conflicts += merged.conflicts;
    text = merged.text;
    known.push(version);
  }
  return { text, conflicts };
}

/**
 * The text that a write was made from, if that was not the version before it: all that came between is gone, and only
 * ticks and numbers are new. Who takes changes back, and writes nothing new of that kind, means it; but our own account
 * does not take the words of others back within moments.
 */
function findBlindBase(
  version: Version,
  known: readonly Version[],
  account: string | undefined,
): string | undefined {
  const before = known.at(-1);
  if (before === undefined || before.text === version.text) return undefined;
  const words = wordsOf(version.text);
  // A write changes something: it was not made from its own text.
  const others = known.filter(({ text }) => text !== version.text);
  const from = nearest(version.text, others, words);
  if (from === undefined) return findRestoredBase(version, known);
  if (from.text === before.text) return undefined;
  const isSame = words === wordsOf(before.text);
  const isBack = others.length < known.length;
  const isOurs = version.editor.toLowerCase() === account?.toLowerCase();
  const isHasty = isOurs && isQuick(version, known.slice(known.indexOf(from) + 1));
  if (isHasty) return from.text;
  if (isBack) return undefined;
  if (!addsTo(version.text, before.text, from.text)) return undefined;
  return !isSame || turnsBack(version.text, before.text, from.text) ? from.text : undefined;
}

/**
 * The text that a restoring write was made from, if that was not the version before it: it brings back lines that were
 * there once, adds none that is new, and lacks only what came moments before it. Nobody types like that.
 */
function findRestoredBase(version: Version, known: readonly Version[]): string | undefined {
  const seen = new Set(known.flatMap(({ text }) => linesOf(wordsOf(text))));
  const now = linesOf(wordsOf(version.text));
  const before = new Set(linesOf(wordsOf(known.at(-1)?.text ?? '')));
  const bringsBack = now.some((line) => !before.has(line));
  if (!bringsBack || !now.every((line) => seen.has(line))) return undefined;
  const keepsAll = ({ text }: Version) => isWithin(linesOf(wordsOf(text)), now);
  const at = known.findLastIndex(keepsAll);
  const [from, next] = [known[at], known[at + 1]];
  return next !== undefined && version.at - next.at < HASTY_MS ? from?.text : undefined;
}

/** Whether a text has all lines of another in their order. */
function isWithin(lines: readonly string[], text: readonly string[]): boolean {
  let at = 0;
  for (const line of text) if (line === lines[at]) at++;
  return at === lines.length;
}

/** Of the versions with the same words the one with the most lines in common; of equal ones the latest. */
function nearest(text: string, known: readonly Version[], words: string): Version | undefined {
  const lines = linesOf(text);
  const differing = (other: string) => {
    const theirs = linesOf(other);
    return lines.filter((line, at) => line !== theirs[at]).length;
  };
  let best: { readonly version: Version; readonly differs: number } | undefined;
  for (const version of known) {
    if (wordsOf(version.text) !== words) continue;
    const differs = differing(version.text);
    if (best === undefined || differs <= best.differs) best = { version, differs };
  }
  return best?.version;
}

/** Whether all that is gone came moments before, and some of it from somebody else. */
function isQuick({ editor, at }: Version, gone: readonly Version[]): boolean {
  const [first] = gone;
  if (first === undefined || at - first.at >= HASTY_MS) return false;
  return gone.some((one) => one.editor !== editor);
}

/** Whether it has a line that neither of the others has. */
function addsTo(version: string, before: string, from: string): boolean {
  const there = new Set([...linesOf(before), ...linesOf(from)]);
  return linesOf(version).some((line) => !there.has(line));
}

/** Where only ticks and numbers differ: whether every line that changed since the older one is as it was there. */
function turnsBack(version: string, before: string, from: string): boolean {
  const [now, last, old] = [linesOf(version), linesOf(before), linesOf(from)];
  const changed = now.map((_, at) => at).filter((at) => last[at] !== old[at]);
  return changed.length > 0 && changed.every((at) => now[at] === old[at]);
}

/** The lines of a text, without their ends. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** A text without what this program writes into it: ticks, links, numbers and its hidden comments. */
export function wordsOf(text: string): string {
  return text
    .replace(/^([ \t>]*(?:[-*+]|\d+[.)])[ \t]+)\[[xX]\]/gm, '$1[ ]')
    .replace(/[ \t]*\([^()\r\n]*#[^()\s]+\)/g, '')
    .replace(/[ \t]*<?(?:https:\/\/[^\s<>]+\/(?:issues|pull)\/\d+|(?:[\w-]+\/[\w.-]+)?#\d+)>?/g, '')
    .replace(/(?:\r\n|\n|\r)<!-- masterlist:[^\r\n]*-->/g, '');
}
