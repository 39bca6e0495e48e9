import { useState } from 'preact/hooks';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { ChosenMatch } from '../../lib/core/differences/chosen.ts';
import type { Match } from '../../lib/core/differences/difference.ts';
import type { RepoRef } from '../../lib/core/refs.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { useGrowing } from '../ui/use-growing.ts';
import type { SearchIssues } from './LinkSearch.tsx';
import type { MatchEdit } from './MatchEditor.tsx';
import { MatchRow } from './MatchRow.tsx';
import type { PreviewMatch } from './use-match-preview.ts';

interface MatchTableProps {
  readonly matches: readonly Match[];
  /** The checklist's repository: its issues are named without it. */
  readonly from: RepoRef;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly busy: boolean;
  /** Nothing can be written. */
  readonly isReadOnly: boolean;
  /** It is what the user came for. */
  readonly startsOpen?: boolean;
  /** Whether the issue of a match is known to be open. */
  readonly hasOpenIssue: (match: Match) => boolean;
  readonly onSearch: SearchIssues;
  readonly onPreview: PreviewMatch;
  /** Makes one match by hand at once. */
  readonly onMatch: (chosen: ChosenMatch) => void;
  readonly onTurnBack: (items: readonly string[]) => void;
}

/** How each item found its issue, folded unless told: change or clear a match, or turn items back into plain ones. */
export function MatchTable(props: MatchTableProps) {
  const { matches, busy, isReadOnly } = props;
  const [open, setOpen] = useState(props.startsOpen === true);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [edit, setEdit] = useState<MatchEdit>();
  const shown = useGrowing(open ? matches.length : 0);
  if (matches.length === 0) return null;
  const tick = (key: string) => {
    const next = new Set(ticked);
    if (!next.delete(key)) next.add(key);
    setTicked(next);
  };
  return (
    <details
      class="group"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>How items are matched to issues</summary>
      {open && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard */}
          <section class="matches" aria-label="Items and their issues" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Item</th>
                  <th scope="col">Issue</th>
                  <th scope="col">Pull requests</th>
                  <th scope="col">Matched by</th>
                  <th scope="col">{isReadOnly ? '' : 'Change'}</th>
                </tr>
              </thead>
              <tbody>
                {matches.slice(0, shown).map((match) => (
                  <MatchRow
                    {...props}
                    key={match.item.key}
                    match={match}
                    isTicked={ticked.has(match.item.key)}
                    edit={edit?.key === match.item.key ? edit : undefined}
                    onTick={tick}
                    onEdit={setEdit}
                  />
                ))}
              </tbody>
            </table>
          </section>
          {ticked.size > 0 && (
            <div class="within">
              <ConfirmButton
                label={`Unlink ${countNoun(ticked.size, 'item')} and close ${ticked.size === 1 ? 'its issue' : 'their issues'}`}
                consequence={`Closes ${countNoun(ticked.size, 'issue')} as not planned and removes ${ticked.size === 1 ? 'its link' : 'their links'}.`}
                confirm={`Close ${countNoun(ticked.size, 'issue')}`}
                keep={ticked.size === 1 ? 'Keep it' : 'Keep them'}
                disabled={busy}
                onConfirm={() => props.onTurnBack([...ticked])}
              />
            </div>
          )}
        </>
      )}
    </details>
  );
}
