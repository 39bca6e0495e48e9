import { diffArrays } from 'diff';

/** Answer of a three-way merge by line. `conflicts` counts places where both changed the same lines: theirs stays there. */
export interface MergeOutcome {
  readonly text: string;
  readonly conflicts: number;
}

/**
 * Merges by lines what two people made of one text. Where both changed the same lines `theirs` stays; where both only
 * added lines at one place, all of them stay. Line ends are kept byte for byte.
 */
export function mergeText(base: string, ours: string, theirs: string): MergeOutcome {
  if (ours === base || ours === theirs) return { text: theirs, conflicts: 0 };
  if (theirs === base) return { text: ours, conflicts: 0 };
  const lineEnd = /\r\n|\n|\r/.exec(base)?.[0] ?? '\n';
  const lines = linesOf(lineEnd + base);
  const mine = hunksOf(lines, linesOf(lineEnd + ours));
  const other = hunksOf(lines, linesOf(lineEnd + theirs));
  const { hunks, conflicts } = combine(lines, mine, other);
  return { text: patch(lines, hunks).replace(/^(?:\r\n|\n|\r)/, ''), conflicts };
}

/** Lines of the base that one side replaced; an insertion replaces none. */
interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** Lines, each with the line end before it: so a line added at the end does not change the one above. */
function linesOf(text: string): string[] {
  return text.match(/(?:\r\n|\n|\r)[^\r\n]*/g) ?? [];
}

/** More edits than this and the texts are taken as different from the first change to the last. */
const MOST_EDITS = 1_000;

function hunksOf(base: readonly string[], changed: readonly string[]): Hunk[] {
  const same = commonEnds(base, changed);
  const left = base.slice(same.start, base.length - same.end);
  const right = changed.slice(same.start, changed.length - same.end);
  const parts = diffArrays([...left], [...right], { maxEditLength: MOST_EDITS });
  if (parts === undefined) {
    return [{ start: same.start, end: same.start + left.length, lines: right }];
  }
  const hunks: Hunk[] = [];
  let at = same.start;
  for (const { added, removed, value } of parts) {
    if (added) addLines(hunks, at, at, value);
    else {
      if (removed) addLines(hunks, at, at + value.length, []);
      at += value.length;
    }
  }
  return hunks;
}

/** Adds a change, joined with the one before where they touch: a line replaced is removed and added. */
function addLines(hunks: Hunk[], start: number, end: number, lines: readonly string[]): void {
  const last = hunks.at(-1);
  if (last === undefined || last.end !== start) hunks.push({ start, end, lines });
  else hunks[hunks.length - 1] = { start: last.start, end, lines: [...last.lines, ...lines] };
}

function commonEnds(
  left: readonly string[],
  right: readonly string[],
): { readonly start: number; readonly end: number } {
  const most = Math.min(left.length, right.length);
  let start = 0;
  while (start < most && left[start] === right[start]) start++;
  let end = 0;
  while (end < most - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  return { start, end };
}

/** All of theirs, and of ours what touches none of it. What both added at one place stands once. */
function combine(
  base: readonly string[],
  ours: readonly Hunk[],
  theirs: readonly Hunk[],
): { readonly hunks: readonly Hunk[]; readonly conflicts: number } {
  const kept: Hunk[] = [];
  const replaced = new Set<Hunk>();
  let conflicts = 0;
  let index = 0;
  for (const hunk of ours) {
    while ((theirs[index]?.end ?? Number.POSITIVE_INFINITY) < hunk.start) index++;
    const met = theirs.slice(index).find((other) => touches(hunk, other));
    if (met !== undefined && holds(met, hunk)) continue;
    const both = met && blend(base, hunk, met);
    if (met === undefined || addsBeside(hunk, met)) kept.push(hunk);
    else if (both === undefined) conflicts++;
    else kept.push(both);
    const isWithin = met !== undefined && addsBeside(hunk, met) && holds(hunk, met);
    if (met !== undefined && (isWithin || both !== undefined)) replaced.add(met);
  }
  const others = theirs.filter((hunk) => !replaced.has(hunk));
  const hunks = [...others, ...kept].sort((a, b) => a.start - b.start || a.end - b.end);
  return { hunks, conflicts };
}

/** Whether both changed the same lines, or added lines at the same place. Lines side by side are not the same. */
function touches(a: Hunk, b: Hunk): boolean {
  if (a.start === b.start && (a.start === a.end) === (b.start === b.end)) return true;
  return a.start < b.end && b.start < a.end;
}

/** Both add lines at one place, and neither takes any away: both stay, theirs first. */
function addsBeside(ours: Hunk, theirs: Hunk): boolean {
  return isInsertion(ours) && isInsertion(theirs);
}

/** Changes of the very same lines, where on each line one side changed the box and the other the words. */
function blend(base: readonly string[], ours: Hunk, theirs: Hunk): Hunk | undefined {
  const { start, end } = theirs;
  const isSame = ours.start === start && ours.end === end && end > start;
  if (!isSame || ours.lines.length !== end - start || theirs.lines.length !== end - start) {
    return undefined;
  }
  const lines = base
    .slice(start, end)
    .map((line, at) => blendLine(line, ours.lines[at] ?? '', theirs.lines[at] ?? ''));
  return lines.includes(undefined)
    ? undefined
    : { start, end, lines: lines.filter((line) => line !== undefined) };
}

/** A task: what stands before its box's character, that character, and all behind it. */
const TASK = /^([\r\n]*[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[)([ \txX])(\][^\r\n]*)$/;

function blendLine(base: string, ours: string, theirs: string): string | undefined {
  const whole = pick(base, ours, theirs);
  if (whole !== undefined) return whole;
  const [from, mine, other] = [base, ours, theirs].map((line) => TASK.exec(line));
  if (!from || !mine || !other) return undefined;
  const parts = [1, 2, 3].map((at) => pick(from[at] ?? '', mine[at] ?? '', other[at] ?? ''));
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** What only one side changed, or both alike. */
function pick(base: string, ours: string, theirs: string): string | undefined {
  if (ours === base || ours === theirs) return theirs;
  return theirs === base ? ours : undefined;
}

function isInsertion({ start, end }: Hunk): boolean {
  return start === end;
}

/** Whether theirs does what ours does, and perhaps more. */
function holds(theirs: Hunk, ours: Hunk): boolean {
  if (theirs.start !== ours.start || theirs.end !== ours.end) return false;
  const [first] = ours.lines;
  if (first === undefined) return theirs.lines.length === 0;
  return theirs.lines.some(
    (line, at) =>
      line === first && ours.lines.every((own, index) => theirs.lines[at + index] === own),
  );
}

function patch(lines: readonly string[], hunks: readonly Hunk[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const hunk of hunks) {
    parts.push(...lines.slice(from, hunk.start), ...hunk.lines);
    from = hunk.end;
  }
  return [...parts, ...lines.slice(from)].join('');
}
