/** Keys that the user may press on an issue's page, by the names that the manifest gives their commands. */
const SHORTCUTS = ['generate', 'sync', 'reconcile'] as const;

/** What a key does on an issue's page. */
export type Shortcut = (typeof SHORTCUTS)[number];

/** How the background tells a page of it. */
export interface ShortcutMessage {
  readonly shortcut: Shortcut;
}

/** Reads a command's name, or what came as a message; undefined when it is none of these. */
export function readShortcut(value: unknown): Shortcut | undefined {
  return SHORTCUTS.find((shortcut) => shortcut === value);
}
