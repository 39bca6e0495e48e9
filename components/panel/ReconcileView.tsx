import { useState } from 'preact/hooks';
import {
  type MadeChoice,
  type MadeChoices,
  readyChoices,
} from '../../lib/checklist-model/reconcile-choices.ts';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { ChosenMatch } from '../../lib/core/differences/chosen.ts';
import { describePlan } from '../../lib/core/differences/describe-kinds.ts';
import type { Difference, Match } from '../../lib/core/differences/difference.ts';
import type { ReconcilePreview } from '../../lib/core/differences/reconcile-preview.ts';
import { isUnread, type LeftDifference } from '../../lib/core/differences/reconcile-record.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { FoldingList } from '../ui/FoldingList.tsx';
import { RulesSource } from '../ui/RulesSource.tsx';
import { useGrowing } from '../ui/use-growing.ts';
import { DifferenceRow } from './DifferenceRow.tsx';
import type { SearchIssues } from './LinkSearch.tsx';
import { MatchTable } from './MatchTable.tsx';
import type { PreviewMatch } from './use-match-preview.ts';

interface ReconcileViewProps {
  readonly preview: ReconcilePreview;
  readonly choices: MadeChoices;
  /** The table of matches comes first, unfolded. */
  readonly matchesFirst?: boolean;
  /** A file that is almost named like the rules file. */
  readonly rulesNear?: string | undefined;
  readonly busy: boolean;
  /** What stood in the way of the last click. */
  readonly failure: Failure | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether the issue of a match is known to be open. */
  readonly hasOpenIssue: (match: Match) => boolean;
  /** This, the search and the preview of a match must do the same from render to render. */
  readonly onChoose: (difference: string, made: MadeChoice | undefined) => void;
  readonly onChooseSafe: () => void;
  readonly onClear: () => void;
  readonly onApply: () => void;
  readonly onSearch: SearchIssues;
  readonly onPreview: PreviewMatch;
  /** Makes one match by hand at once. */
  readonly onMatch: (chosen: ChosenMatch) => void;
  readonly onTurnBack: (items: readonly string[]) => void;
  readonly onShowAgain: (id: string) => void;
  readonly onAgain: () => void;
  readonly onCancel: () => void;
  readonly onOptions: () => void;
}

/** Every difference between a checklist and its issues, what may be done about each, and how items are matched to issues. */
export function ReconcileView(props: ReconcileViewProps) {
  const { preview, busy, failure } = props;
  const { plan, blocker, left } = preview;
  const unread = isUnread(plan, blocker);
  const matches = <Matches {...props} />;
  return (
    <section class="preview" aria-label="Differences">
      <h3 aria-live="polite">{unread ? 'Could not search for differences' : describePlan(plan)}</h3>
      {blocker && <FailureNote failure={blocker} onOptions={props.onOptions} />}
      {failure && (
        <FailureNote failure={failure} onOptions={props.onOptions}>
          <Button look="small" disabled={busy} onPress={props.onAgain}>
            Refresh preview
          </Button>
        </FailureNote>
      )}
      {!unread && <p class="muted">{describeLooked(preview.looked)}</p>}
      {props.matchesFirst && matches}
      <Differences {...props} />
      <Actions {...props} />
      {!props.matchesFirst && matches}
      <LeftList left={left} busy={busy} onShowAgain={props.onShowAgain} />
      <RulesSource from={preview.rulesFrom} near={props.rulesNear} />
    </section>
  );
}

function Matches({ preview, matchesFirst = false, ...props }: ReconcileViewProps) {
  const { id, plan, blocker } = preview;
  return (
    <MatchTable
      key={id}
      matches={plan.matches}
      from={plan.checklist.repo}
      now={props.now}
      busy={props.busy}
      isReadOnly={blocker !== undefined}
      startsOpen={matchesFirst}
      hasOpenIssue={props.hasOpenIssue}
      onSearch={props.onSearch}
      onPreview={props.onPreview}
      onMatch={props.onMatch}
      onTurnBack={props.onTurnBack}
    />
  );
}

/** The rows, in the checklist's order. */
function Differences(props: ReconcileViewProps) {
  const { preview, choices } = props;
  const { differences, matches, checklist } = preview.plan;
  const [wanted, setFilter] = useState<FilterName>('all');
  // After another look there may be none of that sort any more.
  const filter = differences.some((one) => passes(one, wanted)) ? wanted : 'all';
  const rows = differences.filter((one) => passes(one, filter));
  const shown = useGrowing(rows.length);
  if (differences.length === 0) return null;
  const items = matches.filter(({ issue, how }) => issue === undefined && how === 'none');
  return (
    <>
      <ReconcileFilter differences={differences} shown={filter} onShow={setFilter} />
      <ul class="group differences">
        {rows.slice(0, shown).map((difference) => (
          <DifferenceRow
            key={difference.id}
            difference={difference}
            made={choices.get(difference.id)}
            items={items}
            from={checklist.repo}
            now={props.now}
            isReadOnly={preview.blocker !== undefined}
            onChoose={props.onChoose}
            onSearch={props.onSearch}
            onPreview={props.onPreview}
          />
        ))}
      </ul>
    </>
  );
}

function Actions({ preview, choices, busy, ...props }: ReconcileViewProps) {
  const { differences } = preview.plan;
  const ready = readyChoices(choices).length;
  const mayChoose =
    preview.blocker === undefined && differences.some((one) => one.choices.length > 0);
  const hasSafe = differences.some(({ safe }) => safe !== undefined);
  return (
    <div class="actions">
      {mayChoose && (
        <>
          <Button look="primary" writes disabled={busy || ready === 0} onPress={props.onApply}>
            Apply {countNoun(ready, 'change')}
          </Button>
          {hasSafe && (
            <Button disabled={busy} onPress={props.onChooseSafe}>
              Choose safe changes
            </Button>
          )}
          <Button disabled={busy} onPress={props.onClear}>
            Clear choices
          </Button>
        </>
      )}
      <Button disabled={busy} onPress={props.onAgain}>
        Refresh
      </Button>
      <Button disabled={busy} onPress={props.onCancel}>
        {ready > 0 ? 'Cancel' : 'Close'}
      </Button>
    </div>
  );
}

function describeLooked({ issues, complete }: ReconcileViewProps['preview']['looked']): string {
  if (!complete)
    return `Only the newest ${countNoun(issues, 'issue')} were searched for missing links.`;
  if (issues === 0) return 'No issues were created since this checklist.';
  const searched = issues === 1 ? 'was searched' : 'were searched';
  return `${countNoun(issues, 'issue')} created after this checklist ${searched} for missing links.`;
}

/** Which differences are shown. */
type FilterName = 'all' | 'safe' | 'asks' | 'info';

const FILTERS: readonly (readonly [FilterName, string])[] = [
  ['all', 'All'],
  ['safe', 'Can be resolved safely'],
  ['asks', 'Needs attention'],
  ['info', 'For information'],
];

/** Whether a difference is shown. */
function passes({ level, safe }: Difference, filter: FilterName): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'safe':
      return safe !== undefined;
    case 'asks':
      return level === 'action' && safe === undefined;
    case 'info':
      return level === 'info';
  }
}

interface ReconcileFilterProps {
  readonly differences: readonly Difference[];
  readonly shown: FilterName;
  readonly onShow: (filter: FilterName) => void;
}

/** Chooses which differences are shown, and says how many there are of each sort. Nothing where all are of one sort. */
function ReconcileFilter({ differences, shown, onShow }: ReconcileFilterProps) {
  const counts = FILTERS.map(([filter]) => differences.filter((one) => passes(one, filter)).length);
  if (counts.filter((count) => count > 0).length < 3) return null;
  return (
    <fieldset class="actions" aria-label="Which differences are shown">
      {FILTERS.map(([filter, words], index) => (
        <Button
          key={filter}
          look="small"
          pressed={filter === shown}
          disabled={counts[index] === 0}
          onPress={() => onShow(filter)}
        >
          {words} ({(counts[index] ?? 0).toLocaleString('en')})
        </Button>
      ))}
    </fieldset>
  );
}

interface LeftListProps {
  readonly left: readonly LeftDifference[];
  readonly busy: boolean;
  readonly onShowAgain: (id: string) => void;
}

/** What the user left as it is, and the way back. */
function LeftList({ left, busy, onShowAgain }: LeftListProps) {
  return (
    <FoldingList
      title={
        <>
          Left as is <span class="counter">{left.length}</span>
        </>
      }
      rows={left}
      startsOpen={false}
    >
      {({ id, what, text, at }) => (
        <li class="row" key={id}>
          <div class="head">
            <p>
              {text && <span class="text">{text}</span>}
              <span class="muted">
                {what} · left on {new Date(at).toLocaleDateString([], { dateStyle: 'medium' })}
              </span>
            </p>
            <Button
              look="small"
              disabled={busy}
              label={`Restore: ${text || what}`}
              onPress={() => onShowAgain(id)}
            >
              Restore
            </Button>
          </div>
        </li>
      )}
    </FoldingList>
  );
}
