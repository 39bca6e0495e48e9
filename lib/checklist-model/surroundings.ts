import type { ChecklistRef } from '../core/refs.ts';
import type { PageSettings } from '../core/settings/page-settings.ts';
import type { Protocol } from '../messages.ts';

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
  /** Calls back when anything about the checklist changed, or with the settings that hold from now on, until the signal aborts. */
  readonly watch: (
    checklist: ChecklistRef,
    onNews: (settings?: PageSettings) => void,
    signal: AbortSignal,
  ) => void;
}
