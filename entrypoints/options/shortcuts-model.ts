import { signal } from '@preact/signals';
import type { Shortcut, ShortcutsProps } from '../../components/options/OptionsShortcuts.tsx';
import { type Failure, unforeseen } from '../../lib/core/failures.ts';

/** A command as `browser.commands.getAll` lists it. */
export interface BrowserCommand {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly shortcut?: string | undefined;
}

/** What the list of shortcuts depends on. */
export interface ShortcutsContext {
  readonly listCommands: () => Promise<readonly BrowserCommand[]>;
  /** Opens the browser's own page for shortcuts. */
  readonly openShortcuts: () => unknown;
  /** Told why the browser does not list them, and (undefined) that it does. */
  readonly onUnreadable: (problem: Failure | undefined) => void;
}

/** The keyboard shortcuts. */
export function shortcutsModel({
  listCommands,
  openShortcuts,
  onUnreadable,
}: ShortcutsContext): ShortcutsProps & {
  readonly reload: () => Promise<void>;
} {
  const shortcuts = signal<readonly Shortcut[]>([]);
  return {
    shortcuts,
    onChangeShortcuts: openShortcuts,
    reload: async () => {
      try {
        shortcuts.value = (await listCommands()).map(toShortcut);
        onUnreadable(undefined);
      } catch (error) {
        onUnreadable(unforeseen(error));
      }
    },
  };
}

/** The names that browsers give to the button's own command, which has no description. */
const OPENS_POPUP: ReadonlySet<string | undefined> = new Set([
  '_execute_action',
  '_execute_browser_action',
]);

function toShortcut({ name, description, shortcut }: BrowserCommand): Shortcut {
  const words = OPENS_POPUP.has(name) ? 'Open Masterlist' : (description ?? name ?? '');
  return { words, keys: shortcut ?? '' };
}
