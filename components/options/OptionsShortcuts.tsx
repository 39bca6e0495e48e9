import type { ReadonlySignal } from '@preact/signals';
import { Button } from '../ui/Button.tsx';

/** A keyboard shortcut as the browser knows it. */
export interface Shortcut {
  /** What it does, in words. */
  readonly words: string;
  /** Such as `Alt+Shift+G`; '' when it has none. */
  readonly keys: string;
}

/** The shortcuts, and the way to the browser's own page where they are changed. */
export interface ShortcutsProps {
  readonly shortcuts: ReadonlySignal<readonly Shortcut[]>;
  readonly onChangeShortcuts: () => unknown;
}

/** Every keyboard shortcut. The browser keeps them, so they are changed there. */
export function OptionsShortcuts({ shortcuts, onChangeShortcuts }: ShortcutsProps) {
  return (
    <section aria-labelledby="shortcuts">
      <h2 id="shortcuts">Keyboard shortcuts</h2>
      <p class="muted">On a page without a checklist they open the dashboard.</p>
      <dl class="shortcuts">
        {shortcuts.value.map(({ words, keys }) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>{keys === '' ? <span class="muted">none</span> : <kbd>{keys}</kbd>}</dd>
          </div>
        ))}
      </dl>
      <Button onPress={() => onChangeShortcuts()}>Change in browser settings</Button>
    </section>
  );
}
