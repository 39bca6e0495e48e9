import { type ChecklistRef, issueChecklist, nameChecklist, parseIssueRef } from '../refs.ts';
import type { ItemLocator } from './checklist.ts';

/**
 * The marker is the last line of every issue that we create. It serves recovery and reconcile; the link in the
 * checklist's text is the identity.
 * `<!-- masterlist:v2 checklist=OWNER/REPO#12 item=KEY text=HASH typed=HASH alike=1 run=ULID -->`; undo rewrites `v2` to
 * `undone`. Version 1 has no `typed` and `alike`; no issue is edited to give it them.
 */
export interface Marker {
  readonly state: 'v1' | 'v2' | 'undone';
  readonly checklist: ChecklistRef;
  readonly item: string;
  readonly text: string;
  /** The item's text as it was typed; missing in version 1. */
  readonly typed?: TypedMark;
  readonly run: string;
}

/** What tells apart items with the same words: `hash` of the text as typed, and how many items of the checklist had it. */
export interface TypedMark {
  readonly hash: string;
  readonly alike: number;
}

/** The marker of the issue that a run creates for an item. */
export function markerFor(item: ItemLocator, checklist: ChecklistRef, run: string): Marker {
  const { key, textHash: text, typedHash: hash, alike = 1 } = item;
  const about = { checklist, item: key, text, run };
  return hash === undefined
    ? { state: 'v1', ...about }
    : { state: 'v2', ...about, typed: { hash, alike } };
}

/** When a run was begun, in milliseconds since 1970, by the clock of the browser that ran it. */
export function runTime(run: string): number {
  return [...run.slice(0, 10)].reduce((time, digit) => time * 32 + ULID_DIGITS.indexOf(digit), 0);
}

const ULID_DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Writes a marker. */
export function formatMarker({ state, checklist, item, text, typed, run }: Marker): string {
  const as = typed === undefined ? '' : ` typed=${typed.hash} alike=${typed.alike}`;
  const fields = `checklist=${nameChecklist(checklist)} item=${item} text=${text}${as} run=${run}`;
  return `<!-- masterlist:${state} ${fields} -->`;
}

/** Reads the marker that is the last line of a body; nothing when there is none or it is malformed. */
export function parseMarker(body: string, host: string): Marker | undefined {
  const [, state, place, item, text, hash, alike, run] = MARKER.exec(lastLine(body)) ?? [];
  const issue = place === undefined ? undefined : parseIssueRef(place, host);
  if (issue === undefined || item === undefined || text === undefined || run === undefined) {
    return undefined;
  }
  const version = hash === undefined ? 'v1' : 'v2';
  if (state !== 'undone' && state !== version) return undefined;
  return {
    state: state === 'undone' ? 'undone' : version,
    checklist: issueChecklist(issue),
    item,
    text,
    ...(hash !== undefined && { typed: { hash, alike: Number(alike) } }),
    run,
  };
}

/** The body with its last line's marker undone, or (`v1`) in force again in its own version; unchanged when it has none. */
export function setMarkerState(body: string, to: 'v1' | 'undone', host: string): string {
  const marker = parseMarker(body, host);
  if (marker === undefined) return body;
  const start = body.lastIndexOf('<!-- masterlist:');
  const written = formatMarker(marker);
  const state = to === 'undone' ? to : marker.typed === undefined ? 'v1' : 'v2';
  return (
    body.slice(0, start) + formatMarker({ ...marker, state }) + body.slice(start + written.length)
  );
}

/** Removes every comment of ours from text that is copied, malformed ones too. */
export function stripMarkers(text: string): string {
  // Taking one out may put another together, so it is done until nothing is left.
  let before = text;
  for (let after = stripOnce(before); ; after = stripOnce(before)) {
    if (after === before) return after;
    before = after;
  }
}

/** Exactly as it is written: one line, one blank between fields. Keys are hashes, runs are ULIDs. */
const MARKER =
  /^<!-- masterlist:(v1|v2|undone) checklist=(\S{3,200}) item=([\w-]{1,64}) text=([\w-]{1,64})(?: typed=([\w-]{1,64}) alike=([1-9]\d{0,4}))? run=([0-7][\dA-HJKMNP-TV-Z]{25}) -->$/;

const OPENER = /<!--[ \t\r\n]{0,100}masterlist:/gi;

function lastLine(body: string): string {
  const trimmed = body.trimEnd();
  const start = Math.max(trimmed.lastIndexOf('\n'), trimmed.lastIndexOf('\r')) + 1;
  return trimmed.slice(start);
}

/** One pass; a comment that is never closed goes with the rest of the text, which it hides on GitHub too. */
function stripOnce(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { index } of text.matchAll(OPENER)) {
    if (index < from) continue;
    parts.push(text.slice(from, index));
    const end = text.indexOf('-->', index + 4);
    from = end === -1 ? text.length : end + 3;
  }
  return parts.join('') + text.slice(from);
}
