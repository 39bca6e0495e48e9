import type { ChecklistModel } from './checklist-model.ts';

/**
 * The panel's own script (`entrypoints/checklist-panel`). It is injected when a panel is first opened, into the world
 * that this script runs in, and leaves itself there; so the pages on which nobody opens a panel never load it.
 */
export interface PanelScript {
  /** Of the extension that it belongs to. */
  readonly version: string;
  /** Shows the panel of a checklist in a node of ours; gives what takes it away again. */
  readonly render: (slot: HTMLElement, model: ChecklistModel, onClose: () => void) => () => void;
}

/** Where the panel's script leaves itself. */
export interface PanelHolder {
  masterlistPanel?: PanelScript;
}

/** The panel's script, if it was injected before and belongs to this version: after an update an old page may hold an old one. */
export function findPanelScript(version: string): PanelScript | undefined {
  const { masterlistPanel: found } = globalThis as PanelHolder;
  // An element of the page may have this name too.
  return found?.version === version && typeof found.render === 'function' ? found : undefined;
}
