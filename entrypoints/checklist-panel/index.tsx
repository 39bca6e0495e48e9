import { browser } from 'wxt/browser';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { findPanelScript, type PanelHolder } from '../../lib/checklist-model/panel-script.ts';
import { guardPresses } from './press-guard.ts';
import { renderPanel } from './render-panel.tsx';

/** Leaves the panel for the content script to find; injected twice, the first one stays. */
export default defineUnlistedScript(() => {
  const { version } = browser.runtime.getManifest();
  if (!findPanelScript(version))
    (globalThis as PanelHolder).masterlistPanel = {
      version,
      render: (slot, model, onClose) => renderPanel(slot, model, onClose, guardPresses),
    };
});
