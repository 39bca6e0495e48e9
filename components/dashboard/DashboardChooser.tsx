import { useId, useState } from 'preact/hooks';
import { type ChecklistRef, checklistKey, nameChecklist } from '../../lib/core/refs.ts';
import { Button } from '../ui/Button.tsx';
import type { PickedChecklist } from './DashboardPicker.tsx';

interface DashboardChooserProps {
  /** What is done with the issue: `Preview the issues`. */
  readonly action: string;
  /** The tracked ones; undefined where the page lists them itself: then this is the second thing on it. */
  readonly entries: readonly PickedChecklist[] | undefined;
  readonly hrefOf: (checklist: ChecklistRef) => string;
  /** Opens what was typed; answers a sentence where that names no issue. */
  readonly onOpen: (typed: string) => string | undefined;
}

/** Asks for the issue whose checklist is to be shown: by its address, or one of those that are kept up to date. */
export function DashboardChooser({ action, entries, hrefOf, onOpen }: DashboardChooserProps) {
  const [typed, setTyped] = useState('');
  const [mistake, setMistake] = useState<string>();
  const id = useId();
  const open = (event: Event) => {
    event.preventDefault();
    const wrong = onOpen(typed);
    setMistake(wrong);
    if (wrong !== undefined) document.getElementById(id)?.focus();
  };
  return (
    <>
      <form class="chooser" noValidate onSubmit={open}>
        <label for={id}>Issue URL</label>
        <div class="actions">
          <input
            id={id}
            type="text"
            value={typed}
            placeholder="https://github.com/owner/repo/issues/12"
            autocomplete="off"
            spellcheck={false}
            aria-invalid={mistake !== undefined}
            aria-describedby={`${id}-help`}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <Button {...(entries && { look: 'primary' })}>{action}</Button>
        </div>
        <div id={`${id}-help`} class="said" role="status">
          {mistake !== undefined ? (
            <p class="problem">{mistake}</p>
          ) : (
            <p class="muted">Or owner/repo#12.</p>
          )}
        </div>
      </form>
      {entries !== undefined && entries.length > 0 && (
        <section aria-labelledby={`${id}-kept`}>
          <h2 id={`${id}-kept`}>Tracked in this browser</h2>
          <ul class="list">
            {entries.map(({ checklist, title }) => (
              <li key={checklistKey(checklist)} class="picked">
                <a class="text" href={hrefOf(checklist)} title={title}>
                  {title}
                </a>
                <span class="muted">{nameChecklist(checklist)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
