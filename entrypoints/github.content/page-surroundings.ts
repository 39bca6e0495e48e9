import type { PanelScript } from '../../lib/checklist-model/panel-script.ts';
import type { Surroundings } from '../../lib/checklist-model/surroundings.ts';
import type { ChecklistRef } from '../../lib/core/refs.ts';

/** What the features use on GitHub's page besides. */
export interface PageSurroundings extends Surroundings {
  /** Calls back where the button belongs on the page of an issue with so many items: with whether this browser worked on its checklist before. */
  readonly offers: (
    checklist: ChecklistRef,
    items: number,
    onOffered: (known: boolean) => void,
  ) => void;
  /** Tells the background that the text is being edited, until the signal aborts or the tab dies. */
  readonly holdEditor: (checklist: ChecklistRef, signal: AbortSignal) => void;
  /** The panel's script, injected if it is not here yet; undefined when it cannot come. */
  readonly loadPanel: (checklist: ChecklistRef) => Promise<PanelScript | undefined>;
  /** Whether an event comes from a person. */
  readonly trusts: (event: Event) => boolean;
}
