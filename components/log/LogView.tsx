import { useRef } from 'preact/hooks';
import type { Failure } from '../../lib/core/failures.ts';
import type { LogEntry } from '../../lib/core/log/filter-entries.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { useAnnouncement } from '../ui/use-announcement.ts';
import { LogDetail, type OpenLine } from './LogDetail.tsx';
import { LogFilters } from './LogFilters.tsx';
import { LogGrid } from './LogGrid.tsx';

type FiltersProps = Parameters<typeof LogFilters>[0];

interface LogViewProps extends FiltersProps {
  /** How many lines are read so far. */
  readonly count: number;
  /** Those that the filter lets through, newest first. */
  readonly shown: readonly LogEntry[];
  readonly loading: boolean;
  /** Why the log could not be read. */
  readonly unread: Failure | undefined;
  readonly problem: Failure | undefined;
  readonly open: OpenLine | undefined;
  readonly undoing: 'no' | 'busy' | 'started';
  /** Only the lines of one run are shown; where the others are. */
  readonly allHref: string | undefined;
  readonly titleOf: (checklistKey: string) => string;
  readonly onReload: () => void;
  readonly onOpen: (entry: LogEntry) => void;
  readonly onClose: () => void;
  readonly onCompare: () => void;
  readonly onUndo: (run: string) => void;
  readonly onExport: (form: 'csv' | 'json') => void;
  readonly onOptions: () => void;
}

/** The log: what was written, when, why and by whom; each line with its text before and after, and its run with the way back. */
export function LogView(props: LogViewProps) {
  const { shown, loading, problem, open } = props;
  const list = useRef<HTMLDivElement>(null);
  const count = useAnnouncement(countOf(props), 1_000);
  const close = () => {
    props.onClose();
    list.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus();
  };
  return (
    <div class={`log ${open ? 'two' : ''}`}>
      <LogFilters {...props} />
      {props.unread && (
        <FailureNote
          failure={props.unread}
          onOptions={props.onOptions}
          onRetry={props.onReload}
          busy={loading}
        />
      )}
      {problem && <FailureNote failure={problem} onOptions={props.onOptions} />}
      {props.allHref && (
        <p>
          These are the entries of one run. <a href={props.allHref}>Show all entries</a>
        </p>
      )}
      <div class="log-foot">
        <p class="muted" role="status">
          {count}
        </p>
        <div class="actions">
          <Button disabled={shown.length === 0} onPress={() => props.onExport('csv')}>
            Download as CSV
          </Button>{' '}
          <Button disabled={shown.length === 0} onPress={() => props.onExport('json')}>
            Download as JSON
          </Button>
        </div>
      </div>
      <div class="log-panes" ref={list}>
        {shown.length > 0 ? (
          <LogGrid
            entries={shown}
            openId={open?.entry.line.id}
            titleOf={props.titleOf}
            onOpen={props.onOpen}
          />
        ) : (
          !props.unread && <p class="log-empty muted">{emptyWords(props.count, loading)}</p>
        )}
        {open && <LogDetail key={open.entry.line.id} {...props} open={open} onClose={close} />}
      </div>
    </div>
  );
}

function countOf({ shown, count, loading }: LogViewProps): string {
  if (count === 0) return loading ? 'Reading the log…' : '';
  const entries = `${shown.length.toLocaleString('en')} ${shown.length === 1 ? 'entry' : 'entries'}`;
  const all = shown.length === count ? entries : `${entries} of ${count.toLocaleString('en')}`;
  return loading ? `${all} so far` : all;
}

function emptyWords(count: number, loading: boolean): string {
  if (loading) return 'Reading the log…';
  if (count === 0)
    return 'Nothing has been written yet. Every write by this browser will be listed here.';
  return 'No entry matches: press Show all, or choose another checklist above.';
}
