import { useState } from 'preact/hooks';
import type { MadeChoice } from '../../lib/checklist-model/reconcile-choices.ts';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { Chosen } from '../../lib/core/differences/chosen.ts';
import type { Difference, Match } from '../../lib/core/differences/difference.ts';
import type { RepoRef } from '../../lib/core/refs.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { LinkSearch, type SearchIssues } from './LinkSearch.tsx';
import { type PreviewMatch, useMatchPreview } from './use-match-preview.ts';

/** A match by hand that answers a difference. */
type LinkMatch = Extract<Chosen, { readonly kind: 'link' | 'adopt' }>;

interface LinkChoiceProps {
  readonly difference: Difference;
  readonly made: MadeChoice | undefined;
  /** Items that link no issue. */
  readonly items: readonly Match[];
  readonly from: RepoRef;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly onSearch: SearchIssues;
  readonly onPreview: PreviewMatch;
  readonly onMake: (made: MadeChoice) => void;
  /** "None of these". */
  readonly onUnpick: () => void;
}

/** "Link to…": the issue for an item, or the item for an issue that has none. */
export function LinkChoice(props: LinkChoiceProps) {
  const { difference, made, onMake } = props;
  const { id, finding, text } = difference;
  const [asked, preview] = useMatchPreview<LinkMatch>(props.onPreview, ({ chosen, answer }) =>
    answer.ok ? onMake({ chosen, consequence: answer.value }) : props.onUnpick(),
  );
  const picked = asked?.chosen ?? made?.chosen;
  const name = `found ${id}`;
  return (
    <>
      {finding.kind === 'orphan' ? (
        <ItemSearch
          about={finding.issue.title}
          name={name}
          items={props.items}
          picked={picked?.kind === 'adopt' ? picked.item : undefined}
          onPick={(item) => preview({ kind: 'adopt', difference: id, item })}
        />
      ) : (
        <LinkSearch
          about={text}
          name={name}
          picked={picked?.kind === 'link' ? picked.issue : undefined}
          from={props.from}
          now={props.now}
          onSearch={props.onSearch}
          onPick={(issue) => {
            preview(issue && { kind: 'link', difference: id, issue });
            if (issue === undefined) props.onUnpick();
          }}
        />
      )}
      {asked?.answer.ok === false && <FailureNote failure={asked.answer.failure} />}
    </>
  );
}

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
function ItemSearch({ about, name, items, picked, onPick }: ItemSearchProps) {
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
