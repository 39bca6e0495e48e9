import { storage } from 'wxt/utils/storage';
import { checklistKey } from '../../lib/core/refs.ts';
import { type OwnAddress, type Sender, shownIssue } from './sender.ts';

/** How long an editor may stay open before the user is told that work waits for it, in milliseconds. */
export const LONG_EDIT_MS = 30 * 60 * 1_000;

/** A connection of a page, as far as we use it. */
export interface EditorPort {
  readonly name: string;
  readonly sender?: Sender | undefined;
  readonly onDisconnect: { addListener(listener: () => void): void };
  disconnect(): void;
}

/** Which checklists are being edited in GitHub's own editor right now. */
export interface Editors {
  /** Takes a page's port as long as its editor is open; a port of anybody else is closed. */
  hold(port: EditorPort): void;
  isOpen(checklistKey: string): boolean;
  /** Whether the work has waited so long for an editor that the user must hear of it. */
  isOpenLong(checklistKey: string): Promise<boolean>;
}

/** What editors depend on. */
export interface EditorsContext {
  readonly own: OwnAddress;
  readonly now: () => number;
  readonly onClosed: (checklistKey: string) => void;
}

/** Keeps the open editors in memory: the ports die with the worker, and the pages open them again at once. */
export function createEditors({ own, now, onClosed }: EditorsContext): Editors {
  const open = new Map<string, Set<EditorPort>>();
  const release = (key: string, port: EditorPort) => {
    const ports = open.get(key);
    if (!ports?.delete(port) || ports.size > 0) return;
    open.delete(key);
    void editedSince(key).removeValue();
    onClosed(key);
  };
  return {
    hold: (port) => {
      const shown = shownIssue(port.sender ?? {}, own);
      const key = shown && checklistKey(shown);
      if (key === undefined || port.name !== `editor:${key}`) return port.disconnect();
      open.set(key, (open.get(key) ?? new Set()).add(port));
      void rememberStart(key, now());
      // A tab that dies, crashes or goes elsewhere disconnects too.
      port.onDisconnect.addListener(() => release(key, port));
    },
    isOpen: (key) => open.has(key),
    isOpenLong: async (key) => {
      const since = await editedSince(key).getValue();
      return open.has(key) && since !== null && now() - since >= LONG_EDIT_MS;
    },
  };
}

/** Since when a checklist is edited, in milliseconds since 1970: outlives the worker, not the browser. */
function editedSince(checklistKey: string) {
  return storage.defineItem<number>(`session:editor:${checklistKey}`);
}

async function rememberStart(checklistKey: string, now: number): Promise<void> {
  const item = editedSince(checklistKey);
  if ((await item.getValue()) === null) await item.setValue(now);
}
