import { applyEdits } from './apply-edits.ts';
import type { Edit, EditContext } from './edit.ts';

/** An edit that writes a link behind an item's text, or makes one of a number that is there. */
export type LinkEdit = Extract<Edit, { readonly kind: 'link' | 'bracket' }>;

/**
 * The keys of the items whose text takes no link: wherever it stood, it would not be read again (an open `<kbd>` makes code
 * of it), or something else would mean something else. Their issues stand in the hidden block.
 */
export function withoutPlace(
  text: string,
  links: readonly LinkEdit[],
  context: EditContext,
): ReadonlySet<string> {
  if (links.length === 0) return new Set();
  const { applied } = applyEdits(text, links, context);
  return new Set(
    applied.flatMap(({ edit, refused, changed }) => {
      const isLeft = refused === true || (edit.kind === 'bracket' && !changed);
      return isLeft && 'item' in edit ? [edit.item.key] : [];
    }),
  );
}
