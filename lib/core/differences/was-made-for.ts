import { isOurs } from '../identity/marked-issues.ts';
import type { ItemContext, ReconcileContext } from './reconcile-context.ts';

/**
 * Whether the issue that an item follows was made for it, also if the item was renamed or moved since: its marker names
 * the item, or one that is gone.
 */
export function wasMadeFor({ item, link }: ItemContext, context: ReconcileContext): boolean {
  const marker = link?.now.marker;
  if (marker?.state !== 'v1' || !isOurs(marker, context.facts)) return false;
  if (marker.item === item.key) return true;
  return !context.items.some(
    ({ item: other }) =>
      other !== item && (other.key === marker.item || other.textHash === marker.text),
  );
}
