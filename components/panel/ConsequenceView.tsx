import type { Consequence } from '../../lib/core/differences/choice.ts';
import { DifferenceLine } from '../ui/DifferenceLine.tsx';
import { changedPart } from './changed-part.ts';

/** What a choice writes, side by side: the checklist's line and the issue, before and after. */
export function ConsequenceView({ consequence }: { readonly consequence: Consequence }) {
  const { choice, line, issues, issueLines } = consequence;
  if (choice.kind === 'link-to') return null;
  if (choice.kind === 'leave')
    return <p class="muted">Nothing is written. It moves to "Left as is", below the list.</p>;
  const creates = issues.some(({ kind }) => kind === 'create');
  return (
    <div class="sides">
      <Side
        name="Checklist"
        changes={line ? [line] : []}
        otherwise={creates ? 'Gets the link once the issue is created.' : 'No change.'}
      />
      <Side name="Issue" changes={issueLines} otherwise="No change." />
    </div>
  );
}

interface Change {
  readonly before: string;
  readonly after: string;
}

interface SideProps {
  readonly name: string;
  readonly changes: readonly Change[];
  /** Said where nothing changes. */
  readonly otherwise: string;
}

function Side({ name, changes, otherwise }: SideProps) {
  return (
    <div>
      <p class="muted">{name}</p>
      {changes.length === 0 ? (
        <p>{otherwise}</p>
      ) : (
        <ul class="difference" aria-label={name}>
          {changes.flatMap((change, index) => linesOf(change, index))}
        </ul>
      )}
    </div>
  );
}

/** A side that is empty before or after has no line there. */
function linesOf(change: Change, index: number) {
  const part = changedPart(change.before, change.after);
  return [
    change.before !== '' && (
      <DifferenceLine key={`${index}/before`} kind="goes" said="now: ">
        <Marked {...part} middle={part.before} />
      </DifferenceLine>
    ),
    change.after !== '' && (
      <DifferenceLine key={`${index}/after`} kind="comes-back" said="then: ">
        <Marked {...part} middle={part.after} />
      </DifferenceLine>
    ),
  ];
}

interface MarkedProps {
  readonly start: string;
  readonly middle: string;
  readonly end: string;
}

function Marked({ start, middle, end }: MarkedProps) {
  return (
    <>
      {start}
      {middle && <mark>{middle}</mark>}
      {end}
    </>
  );
}
