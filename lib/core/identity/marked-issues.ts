import { type ChecklistRef, holdsChecklist, issueKey, sameChecklist } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import { type Marker, parseMarker } from '../text/marker.ts';
import type { KnownIssue } from './issue.ts';

/** An issue with the marker that its body carries. */
export interface Known {
  readonly issue: KnownIssue;
  /** Only markers that count: one that was undone does not. */
  readonly marker: Marker | undefined;
}

/** All issues that are known, and what their markers say. Pull requests and the checklist's own issue are left out. */
export interface MarkedIssues {
  /** By `issueKey`. */
  readonly known: ReadonlyMap<string, Known>;
  /** Issues of this checklist by the item that their marker names. */
  readonly byItem: ReadonlyMap<string, readonly Known[]>;
  /** Issues of this checklist whose item is gone, by the hash of its text: the item was moved. */
  readonly orphans: ReadonlyMap<string, readonly Known[]>;
}

/** Reads the markers of all known issues, once. */
export function readMarkers(
  checklist: ChecklistRef,
  issues: readonly KnownIssue[],
  items: readonly Item[],
): MarkedIssues {
  const known = new Map<string, Known>();
  for (const issue of issues) {
    const key = issueKey(issue.ref);
    if (issue.kind !== 'issue' || known.has(key) || holdsChecklist(issue.ref, checklist)) continue;
    known.set(key, { issue, marker: ourMarker({ marker: markerOf(issue) }) });
  }
  const keys = new Set(items.map(({ key }) => key));
  const byItem = new Map<string, Known[]>();
  const orphans = new Map<string, Known[]>();
  for (const one of known.values()) {
    if (one.marker === undefined || !isOurs(one.marker, { checklist })) continue;
    if (keys.has(one.marker.item)) append(byItem, one.marker.item, one);
    else append(orphans, one.marker.text, one);
  }
  return { known, byItem, orphans };
}

/** The marker in an issue's body, whatever its state. */
export function markerOf({ body, ref }: KnownIssue): Marker | undefined {
  return parseMarker(body, ref.repo.host);
}

/** A marker that counts: one that was undone does not. */
export function ourMarker({ marker }: { readonly marker: Marker | undefined }): Marker | undefined {
  return marker?.state === 'v1' ? marker : undefined;
}

/** Whether a marker names this checklist. */
export function isOurs(marker: Marker, facts: { readonly checklist: ChecklistRef }): boolean {
  return sameChecklist(marker.checklist, facts.checklist);
}

const TRUSTED = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** Anybody can write a marker into an issue of theirs: only those of people with a say are linked automatically. */
export function isTrusted(
  issue: KnownIssue,
  { viewer }: { readonly viewer: string | undefined },
): boolean {
  const own = viewer !== undefined && issue.author.toLowerCase() === viewer.toLowerCase();
  return own || TRUSTED.has(issue.authorAssociation);
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
