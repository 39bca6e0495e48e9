import { useEffect, useRef } from 'preact/hooks';
import { describeCause } from '../../lib/core/log/cause.ts';
import { describeWhat } from '../../lib/core/log/describe-entry.ts';
import type { AnyFacts, LoggedRow } from '../../lib/core/log/event.ts';
import type { LogEntry } from '../../lib/core/log/filter-entries.ts';
import { type ChecklistRef, issueOfChecklist, type RepoRef } from '../../lib/core/refs.ts';
import type { RunEntry } from '../../lib/core/runs/run-entry.ts';
import { RunRow } from '../panel/RunRow.tsx';
import { Button } from '../ui/Button.tsx';
import { IssueLink } from '../ui/IssueLink.tsx';
import { useGrowing } from '../ui/use-growing.ts';
import { LogDifference, type LogDifferenceState } from './LogDifference.tsx';

/** The line that is open, with what is known of it. */
export interface OpenLine {
  readonly entry: LogEntry;
  readonly checklist: { readonly checklist: ChecklistRef; readonly title: string } | undefined;
  readonly difference: LogDifferenceState;
  /** All lines of its run, newest first; empty where it belongs to none. */
  readonly runLines: readonly LogEntry[];
  readonly run: RunEntry | undefined;
}

interface LogDetailProps {
  readonly open: OpenLine;
  readonly undoing: 'no' | 'busy' | 'started';
  readonly onClose: () => void;
  readonly onCompare: () => void;
  readonly onUndo: (run: string) => void;
  readonly onOpen: (entry: LogEntry) => void;
  readonly onOptions: () => void;
}

/** One line of the log in full, with its run. It takes the focus; Escape closes it. */
export function LogDetail(props: LogDetailProps) {
  const { entry, checklist } = props.open;
  const { line, words } = entry;
  const { issue, notice, rows = [] }: AnyFacts = line;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [line.id]);
  return (
    <section
      class="log-detail"
      aria-label="Log entry"
      onKeyDown={({ key }) => key === 'Escape' && props.onClose()}
    >
      <div class="head">
        <h2 ref={heading} tabIndex={-1}>
          {words}
        </h2>
        <Button look="small" label="Close this entry" onPress={props.onClose}>
          Close
        </Button>
      </div>
      <dl>
        <dt>When</dt>
        <dd>{new Date(line.at).toLocaleString([], { dateStyle: 'full', timeStyle: 'medium' })}</dd>
        <dt>Why</dt>
        <dd>{describeCause(line.cause)}</dd>
        <dt>Who</dt>
        <dd>{line.login}</dd>
        <dt>Checklist</dt>
        <dd>
          {checklist?.title}{' '}
          {checklist ? (
            <IssueLink issue={issueOfChecklist(checklist.checklist)} from={NOWHERE} />
          ) : (
            line.checklistKey
          )}
        </dd>
        {issue && (
          <>
            <dt>Issue</dt>
            <dd>
              <IssueLink issue={issue} from={checklist?.checklist.repo ?? NOWHERE} />
            </dd>
          </>
        )}
      </dl>
      {notice && (
        <p>
          <strong>{notice.message}</strong> {notice.action}
        </p>
      )}
      <Items rows={rows} from={checklist?.checklist.repo ?? NOWHERE} />
      <LogDifference
        difference={props.open.difference}
        onCompare={props.onCompare}
        onOptions={props.onOptions}
      />
      <LogRun
        run={props.open.run}
        lines={props.open.runLines}
        openId={line.id}
        undoing={props.undoing}
        onUndo={props.onUndo}
        onOpen={props.onOpen}
      />
    </section>
  );
}

/** Issues are named in full where the checklist is not known. */
const NOWHERE: RepoRef = { host: '', owner: '', name: '' };

function Items({ rows, from }: { readonly rows: readonly LoggedRow[]; readonly from: RepoRef }) {
  const shown = useGrowing(rows.length);
  if (rows.length === 0) return null;
  return (
    <section aria-label="Items">
      <h3>{rows.length === 1 ? 'Item' : `${rows.length.toLocaleString('en')} items`}</h3>
      <ul class="plain">
        {rows.slice(0, shown).map((row) => (
          <li key={`${row.item} ${row.what} ${row.issue?.number}`}>
            <span class="muted">{`${describeWhat(row)}: `}</span>
            {row.text}{' '}
            {[...(row.issue ? [row.issue] : []), ...(row.pulls ?? [])].map((issue) => (
              <span key={issue.number}>
                <IssueLink issue={issue} from={from} />{' '}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface LogRunProps {
  /** Undefined while it is not known, or where the lines are of a run that wrote nothing. */
  readonly run: RunEntry | undefined;
  /** All lines of the run, newest first. */
  readonly lines: readonly LogEntry[];
  /** Id of the line that is open. */
  readonly openId: number;
  readonly undoing: 'no' | 'busy' | 'started';
  readonly onUndo: (run: string) => void;
  readonly onOpen: (entry: LogEntry) => void;
}

/** The run of a line: all that it did, and the way back. */
function LogRun({ run, lines, openId, undoing, onUndo, onOpen }: LogRunProps) {
  const shown = useGrowing(lines.length);
  if (run === undefined && lines.length < 2) return null;
  return (
    <section aria-label="The run">
      <h3>The run</h3>
      {run && (
        <ul class="texts">
          <RunRow run={run} disabled={undoing !== 'no'} onUndo={() => onUndo(run.run)} />
        </ul>
      )}
      <p role="status">
        {undoing === 'busy' && 'Starting to undo it…'}
        {undoing === 'started' && (
          <>
            The undo is running. <a href="#/">See its progress</a>
          </>
        )}
      </p>
      {lines.length > 1 && (
        <details class="group">
          <summary>{lines.length.toLocaleString('en')} entries of this run</summary>
          <ol class="plain">
            {lines.slice(0, shown).map((entry) => (
              <li key={entry.line.id}>
                {entry.line.id === openId ? (
                  <strong aria-current="true">{entry.words}</strong>
                ) : (
                  <Button look="small" onPress={() => onOpen(entry)}>
                    {entry.words}
                  </Button>
                )}
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}
