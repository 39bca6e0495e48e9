import type { ReadonlySignal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { formatCount } from '../../lib/core/count-noun.ts';
import { searchEntries, type TrackedEntry } from '../../lib/core/overview/tracked-entries.ts';
import type { ChecklistRef } from '../../lib/core/refs.ts';
import { Button } from '../ui/Button.tsx';
import { useGrowing } from '../ui/use-growing.ts';
import { type ChecklistAct, TrackedRow } from './TrackedRow.tsx';

interface PopupListProps {
  readonly entries: readonly TrackedEntry[];
  readonly acts: ReadonlySignal<ReadonlyMap<string, ChecklistAct>>;
  /** The time, in milliseconds since 1970. */
  readonly now: ReadonlySignal<number>;
  readonly onSync: (checklist: ChecklistRef) => void;
  readonly onOptions: () => void;
}

/** A popup is at most 600 pixels high: more are out of sight when it opens. */
const FIRST_ROWS = 8;

/** Fewer are seen at a glance. */
const SEARCHED_FROM = 10;

/** The tracked checklists, with a search where there are many. */
export function PopupList({ entries, acts, now, onSync, onOptions }: PopupListProps) {
  const [search, setSearch] = useState('');
  const isSearched = entries.length >= SEARCHED_FROM;
  const found = isSearched ? searchEntries(entries, search) : entries;
  const shown = useGrowing(found.length, FIRST_ROWS);
  const field = useRef<HTMLInputElement>(null);
  const showAll = () => {
    setSearch('');
    // The button goes.
    field.current?.focus();
  };
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="tracked-title">
      <h2 id="tracked-title">
        Tracked <span class="muted">{formatCount(entries.length)}</span>
      </h2>
      {isSearched && (
        <>
          <input
            class="search"
            ref={field}
            type="search"
            placeholder="Title or repository"
            aria-label="Search the checklists"
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
          <p class="unseen" role="status">
            {search !== '' && `${found.length} of ${entries.length} checklists`}
          </p>
        </>
      )}
      {found.length === 0 ? (
        <p>
          No checklist has "{search}" in its title or repository.{' '}
          <Button look="small" onPress={showAll}>
            Show all
          </Button>
        </p>
      ) : (
        <ul class="list" aria-labelledby="tracked-title">
          {found.slice(0, shown).map((entry) => (
            <TrackedRow
              key={entry.key}
              entry={entry}
              act={acts.value.get(entry.key)}
              now={now}
              onSync={onSync}
              onOptions={onOptions}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
