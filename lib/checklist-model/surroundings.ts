import type { ChecklistRef } from '../core/refs.ts';
import type { Protocol } from '../messages.ts';
import type { ChecklistState } from './checklist-state.ts';

/** Asks the background; a failure to reach it is an answer too. */
export type Ask = <Name extends keyof Protocol>(
  name: Name,
  query: Parameters<Protocol[Name]>[0],
) => Promise<ReturnType<Protocol[Name]>>;

/** Everything outside a page that the model of a checklist uses, so that tests can stand in for it. */
export interface Surroundings {
  readonly ask: Ask;
  /** Whether the extension that the page belongs to is still there: it may be updated or switched off under it. */
  readonly isAlive: () => boolean;
  /** Whether this browser ever worked on the checklist: if not, nobody is asked about it. */
  readonly isKnown: (checklist: ChecklistRef) => Promise<boolean>;
  /** Calls back when anything about the checklist changed, until the signal aborts. */
  readonly watch: (checklist: ChecklistRef, onChange: () => void, signal: AbortSignal) => void;
  /** What of the user's settings matters here. */
  readonly preferences: () => Promise<Pick<ChecklistState, 'badges' | 'gapMs' | 'skipSyncPreview'>>;
}
