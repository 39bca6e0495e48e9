import type { GenerationFacts } from '../plan/plan-generation.ts';
import { issueKey, sameIssue } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import { type Marker, parseMarker } from '../text/marker.ts';
import type { KnownIssue } from './issue.ts';

/** An issue with the marker that its body carries. */
export interface Known {
  readonly issue: KnownIssue;
  /** Only markers that count: one that was undone does not. */
  readonly marker: Marker | undefined;
}

/** All issues that planning knows, and what their markers say. Pull requests and the master itself are left out. */
export interface MarkedIssues {
  /** By `issueKey`. */
  readonly known: ReadonlyMap<string, Known>;
  /** Issues of this checklist by the item that their marker names. */
  readonly byItem: ReadonlyMap<string, readonly Known[]>;
  /** Issues of this checklist whose item is gone, by the hash of its text: the item was moved. */
  readonly orphans: ReadonlyMap<string, readonly Known[]>;
}

/** What is needed of the facts to tell whose markers count. */
type MarkerFacts = Pick<GenerationFacts, 'checklist' | 'referenced' | 'candidates'>;

/** Reads the markers of all known issues, once. */
export function readMarkers(facts: MarkerFacts, items: readonly Item[]): MarkedIssues {
  const known = knownIssues(facts);
  const keys = new Set(items.map(({ key }) => key));
  const byItem = new Map<string, Known[]>();
  const orphans = new Map<string, Known[]>();
  for (const one of known.values()) {
    if (one.marker === undefined || !isOurs(one.marker, facts)) continue;
    if (keys.has(one.marker.item)) append(byItem, one.marker.item, one);
    else append(orphans, one.marker.text, one);
  }
  return { known, byItem, orphans };
}

/** Whether a marker names this checklist. */
export function isOurs(marker: Marker, facts: Pick<GenerationFacts, 'checklist'>): boolean {
  return sameIssue(marker.checklist, facts.checklist);
}

const TRUSTED = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** Anybody can write a marker into an issue of theirs: by itself only those of people with a say are linked. */
export function isTrusted(issue: KnownIssue, { viewer }: Pick<GenerationFacts, 'viewer'>): boolean {
  const own = viewer !== undefined && issue.author.toLowerCase() === viewer.toLowerCase();
  return own || TRUSTED.has(issue.authorAssociation);
}

function knownIssues(facts: MarkerFacts): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  for (const issue of [...Object.values(facts.referenced), ...facts.candidates]) {
    if (issue === undefined || issue.kind !== 'issue') continue;
    const key = issueKey(issue.ref);
    if (known.has(key) || sameIssue(issue.ref, facts.checklist)) continue;
    const marker = parseMarker(issue.body, issue.ref.repo.host);
    known.set(key, { issue, marker: marker?.state === 'v1' ? marker : undefined });
  }
  return known;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
