import type { Edit } from './edit.ts';

/** A replacement in the original string; nothing else of it changes. */
export interface Splice {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** What one edit does, and the edit that takes it back. */
export interface Change {
  readonly splices: readonly Splice[];
  readonly inverse: Edit;
}

/** Makes all replacements; of two at one place the first given comes first. */
export function applySplices(markdown: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, remove, insert } of [...splices].sort((a, b) => a.at - b.at)) {
    parts.push(markdown.slice(from, at), insert);
    from = at + remove;
  }
  return parts.join('') + markdown.slice(from);
}
