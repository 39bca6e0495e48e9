import { diffArrays } from 'diff';

/** One line of a difference between an earlier text and the text of now. */
export interface ComparedLine {
  /** `gap` stands for lines that are left out because they are equal; its text says how many. */
  readonly kind: 'same' | 'comes-back' | 'goes' | 'gap';
  readonly text: string;
}

/** Equal lines that are shown before and after each change. */
const AROUND = 2;

/**
 * What would change if the earlier text were written back over that of now: lines that come back, lines that go, and up to
 * two equal lines around them. Lines that differ in their ends alone differ. Empty when the texts are equal.
 */
export function lineDifference(earlier: string, now: string): readonly ComparedLine[] {
  const parts = diffArrays(linesOf(now), linesOf(earlier)).filter(({ value }) => value.length > 0);
  if (parts.every(({ added, removed }) => !added && !removed)) return [];
  return parts.flatMap(({ value, added, removed }, index) => {
    if (removed) return value.map((line) => shown('goes', line));
    if (added) return value.map((line) => shown('comes-back', line));
    return excerpt(value, index === 0, index === parts.length - 1);
  });
}

/** Equal lines, as many as stand beside a change. */
function excerpt(
  lines: readonly string[],
  isFirst: boolean,
  isLast: boolean,
): readonly ComparedLine[] {
  const head = isFirst ? 0 : AROUND;
  const tail = isLast ? 0 : AROUND;
  const left = lines.length - head - tail;
  const same = lines.map((line) => shown('same', line));
  // A gap of one line would take as much room as the line.
  if (left <= 1) return same;
  return [
    ...same.slice(0, head),
    { kind: 'gap', text: `${left} equal lines` },
    ...same.slice(same.length - tail),
  ];
}

function shown(kind: ComparedLine['kind'], line: string): ComparedLine {
  return { kind, text: line.replace(/[\r\n]+$/, '') };
}

/** Lines with their ends, so that two texts that differ only there are not called equal. */
function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}
