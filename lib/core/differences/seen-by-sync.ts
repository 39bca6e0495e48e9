import type { SyncRecord } from '../sync/tracked.ts';
import { hashText } from '../text/hash-text.ts';

/** What sync knows of a checklist's text and of what its items follow, in one word: another word means that something changed. */
export function seenBySync({ textHash, rows }: SyncRecord): string {
  return hashText(JSON.stringify([textHash, rows]));
}
