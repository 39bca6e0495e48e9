import { render } from 'preact';
import reconcileStyle from '../../components/panel/reconcile.css?inline';
import style from '../../components/panel/style.css?inline';
import type { PanelScript } from '../../lib/checklist-model/panel-script.ts';
import { PanelView } from './panel-view.tsx';
import type { guardPresses } from './press-guard.ts';

/** Shows the panel of a checklist in a slot of the content script's shadow root, with its style; `guard` judges presses that start writes. */
export const renderPanel = (
  ...[slot, model, onClose, guard]: [
    ...Parameters<PanelScript['render']>,
    guard?: typeof guardPresses,
  ]
): ReturnType<PanelScript['render']> => {
  const sheet = document.createElement('style');
  sheet.textContent = style + reconcileStyle;
  const shadow = slot.getRootNode();
  // Before our root, behind the content script's own sheet.
  if (shadow instanceof ShadowRoot) shadow.insertBefore(sheet, shadow.lastChild);
  const ended = new AbortController();
  if (shadow instanceof ShadowRoot) guard?.(shadow, model.notePress, ended.signal);
  render(<PanelView model={model} onClose={onClose} />, slot);
  return () => {
    ended.abort();
    render(null, slot);
    sheet.remove();
  };
};
