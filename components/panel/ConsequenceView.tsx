import type { Consequence } from '../../lib/core/differences/choice.ts';
import { DifferenceLine } from '../ui/DifferenceLine.tsx';

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

/** Two texts taken apart where they differ. */
interface ChangedPart {
  /** What both begin with. */
  readonly start: string;
  readonly before: string;
  readonly after: string;
  /** What both end with. */
  readonly end: string;
}

/** The shortest part in which two texts differ, in whole characters; both parts are empty where the texts are equal. */
export function changedPart(before: string, after: string): ChangedPart {
  const [was, is] = [[...before], [...after]];
  const most = Math.min(was.length, is.length);
  let start = 0;
  while (start < most && was[start] === is[start]) start += 1;
  let end = 0;
  while (end < most - start && was.at(-1 - end) === is.at(-1 - end)) end += 1;
  const middle = (text: readonly string[]) => text.slice(start, text.length - end).join('');
  return {
    start: was.slice(0, start).join(''),
    before: middle(was),
    after: middle(is),
    end: was.slice(was.length - end).join(''),
  };
}
