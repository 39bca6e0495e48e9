import { browser } from 'wxt/browser';
import type { ChecklistModel } from '../../lib/checklist-model/checklist-model.ts';
import { readShortcut, type Shortcut, type ShortcutMessage } from '../../lib/core/shortcut.ts';

/** Does what the user's keys ask for on an issue with a checklist, as long as it is shown: opens the panel and acts in it. Answers `true` where it does. */
export function followShortcuts(model: ChecklistModel): void {
  const { onMessage } = browser.runtime;
  const listener = (
    message: Partial<ShortcutMessage> | undefined,
    _sender: unknown,
    answer: (isDone: true) => void,
  ): undefined => {
    const shortcut = readShortcut(message?.shortcut);
    const { items, busy } = model.store.get();
    if (shortcut === undefined || items === 0) return;
    answer(true);
    // What it is busy with is seen in the panel.
    if (busy) model.store.set({ open: true });
    else void act(model, shortcut);
  };
  onMessage.addListener(listener);
  model.signal.addEventListener('abort', () => onMessage.removeListener(listener));
}

async function act(model: ChecklistModel, shortcut: Shortcut): Promise<void> {
  if (!model.store.get().open) {
    model.store.set({ open: true, wantsFocus: true });
    await model.reload();
  }
  if (model.signal.aborted) return;
  if (shortcut === 'generate') await model.preview({});
  else await model[shortcut]();
}
