import type { ChecklistRef } from './refs.ts';

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
export function formatMarker(_marker: Marker): string {
  throw new Error('to be written');
}

/** Reads the marker that is the last line of a body; nothing when there is none or it is malformed. */
export function parseMarker(_body: string, _host?: string): Marker | undefined {
  throw new Error('to be written');
}

/** Removes every comment of ours from text that is copied. */
export function stripMarkers(_text: string): string {
  throw new Error('to be written');
}
