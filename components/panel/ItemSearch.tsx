import { useState } from 'preact/hooks';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { Match } from '../../lib/core/differences/difference.ts';

interface ItemSearchProps {
  /** The issue's title. */
  readonly about: string;
  /** Names the group of radios; nothing else in the panel has it. */
  readonly name: string;
  /** Items that link no issue, in the checklist's order. */
  readonly items: readonly Match[];
  /** Key of the item that is chosen. */
  readonly picked: string | undefined;
  readonly onPick: (item: string) => void;
}

/** As many items are shown at once; words bring up the others. */
const MOST_SHOWN = 10;

/** Finds an item that is to link an issue. */
export function ItemSearch({ about, name, items, picked, onPick }: ItemSearchProps) {
  const [typed, setTyped] = useState('');
  const words = typed.trim().toLowerCase();
  const found = items.filter(({ text }) => text.toLowerCase().includes(words));
  const more = found.length - MOST_SHOWN;
  return (
    <div class="search">
      <label class="field">
        <span>Search items</span>
        <input
          type="text"
          aria-label={`Search items for: ${about}`}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      <p class="muted" role="status">
        {found.length === 0
          ? 'No item without an issue matches.'
          : `${countNoun(found.length, 'item')} without an issue${more > 0 ? `; the first ${MOST_SHOWN} are shown` : ''}.`}
      </p>
      {found.length > 0 && (
        <fieldset class="choices" aria-label="Items without an issue">
          {found.slice(0, MOST_SHOWN).map(({ item, text }) => (
            <label class="inline choice" key={item.key}>
              <input
                type="radio"
                name={name}
                checked={picked === item.key}
                onChange={() => onPick(item.key)}
              />
              <span>{text || '(no text)'}</span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
