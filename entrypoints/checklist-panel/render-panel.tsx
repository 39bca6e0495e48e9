import { render } from 'preact';
import reconcileStyle from '../../components/panel/reconcile.css?inline';
import style from '../../components/panel/style.css?inline';
import type { PanelScript } from '../../lib/checklist-model/panel-script.ts';
import { PanelView } from './panel-view.tsx';

/** Shows the panel of a checklist in a slot of the content script's shadow root, with its style. */
export const renderPanel: PanelScript['render'] = (slot, model, onClose) => {
  const sheet = document.createElement('style');
  sheet.textContent = style + reconcileStyle;
  const shadow = slot.getRootNode();
  // Before our root, behind the content script's own sheet.
  if (shadow instanceof ShadowRoot) shadow.insertBefore(sheet, shadow.lastChild);
  render(<PanelView model={model} onClose={onClose} />, slot);
  return () => {
    render(null, slot);
    sheet.remove();
  };
};
