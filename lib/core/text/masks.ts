import type { Inline } from './inline.ts';
import { parseTarget } from './target.ts';

/** A field with 1 at every index that lies in one of the ranges. */
export function paint(length: number, ranges: readonly (readonly [number, number])[]): Uint8Array {
  const field = new Uint8Array(length);
  for (const [start, end] of ranges) field.fill(1, start, end);
  return field;
}

/** Stands for a character of code in masked text. */
export const CODE = '\ue002';

/** The visible text with code, addresses and links to issues blotted out, of the same length. */
export function maskCode(inline: Inline): string {
  const text = inline.text.replace(/[\ue000-\ue00f]/g, '\ufffd');
  const covered = [
    ...inline.runs.filter((run) => run.kind === 'code'),
    ...inline.links.filter((link) => link.bare || parseTarget(link.url) !== undefined),
  ].sort((a, b) => a.at - b.at);
  return covered.length === 0 ? text : blot(text, covered, ({ length }) => CODE.repeat(length));
}

/** The text with something of the same length in place of each range; ranges come in order and may overlap. */
export function blot<T extends { readonly at: number; readonly length: number }>(
  text: string,
  ranges: readonly T[],
  fill: (range: T) => string,
): string {
  const parts: string[] = [];
  let from = 0;
  for (const range of ranges) {
    const end = range.at + range.length;
    if (end <= from) continue;
    parts.push(text.slice(from, Math.max(from, range.at)));
    parts.push(fill(range).slice(Math.max(0, from - range.at)));
    from = end;
  }
  return parts.join('') + text.slice(from);
}
