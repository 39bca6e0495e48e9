import { type ChecklistRef, issueChecklist, nameChecklist, parseIssueRef } from '../refs.ts';

/**
 * The marker is the last line of every issue that we create. It serves recovery and reconcile; the link in the
 * checklist's text is the identity.
 * `<!-- masterlist:v1 checklist=OWNER/REPO#12 item=KEY text=HASH run=ULID -->`; undo rewrites `v1` to `undone`.
 */
export interface Marker {
  readonly state: 'v1' | 'undone';
  readonly checklist: ChecklistRef;
  readonly item: string;
  readonly text: string;
  readonly run: string;
}

/** Writes a marker. */
export function formatMarker({ state, checklist, item, text, run }: Marker): string {
  const fields = `checklist=${nameChecklist(checklist)} item=${item} text=${text} run=${run}`;
  return `<!-- masterlist:${state} ${fields} -->`;
}

/** Reads the marker that is the last line of a body; nothing when there is none or it is malformed. */
export function parseMarker(body: string, host: string): Marker | undefined {
  const [, state, place, item, text, run] = MARKER.exec(lastLine(body)) ?? [];
  const issue = place === undefined ? undefined : parseIssueRef(place, host);
  if (issue === undefined || item === undefined || text === undefined || run === undefined) {
    return undefined;
  }
  return {
    state: state === 'undone' ? 'undone' : 'v1',
    checklist: issueChecklist(issue),
    item,
    text,
    run,
  };
}

/** The body with its last line's marker in another state; unchanged when it has none. */
export function setMarkerState(body: string, state: Marker['state'], host: string): string {
  const marker = parseMarker(body, host);
  if (marker === undefined) return body;
  const start = body.lastIndexOf('<!-- masterlist:');
  const written = formatMarker(marker);
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
  /^<!-- masterlist:(v1|undone) checklist=(\S{3,200}) item=([\w-]{1,64}) text=([\w-]{1,64}) run=([0-7][\dA-HJKMNP-TV-Z]{25}) -->$/;

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
