import type { MadeChoice } from '../../lib/checklist-model/reconcile-choices.ts';
import type { Chosen } from '../../lib/core/differences/chosen.ts';
import type { Difference, Match } from '../../lib/core/differences/difference.ts';
import type { RepoRef } from '../../lib/core/refs.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { ItemSearch } from './ItemSearch.tsx';
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
