import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { checklistUrl, nameChecklist } from '../../lib/core/refs.ts';
import type { OnResolve } from '../panel/JobProblems.tsx';
import { JobProgress } from '../panel/JobProgress.tsx';
import { RunSummary } from '../panel/RunSummary.tsx';
import { describeAgo } from '../ui/describe-ago.ts';
import { isClean, runsTitle } from '../ui/describe-job.ts';
import { FailureNote, OptionsButton } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { JobAction } from '../ui/JobControls.tsx';

/** A run, and the checklist that it is for. */
export interface DashboardRun {
  readonly status: JobStatus;
  readonly title: string;
  readonly busy: boolean;
  /** Why the last button pressed did nothing. */
  readonly failure: Failure | undefined;
}

interface RunningProps {
  readonly runs: readonly DashboardRun[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly onControl: (job: JobStatus, action: JobAction) => void;
  readonly onResolve: (job: JobStatus, ...chosen: Parameters<OnResolve>) => void;
  readonly onOptions: () => void;
}

/** Runs that are going on, each with its progress and its controls, and those that ended with something to decide; nothing where there are none. */
export function DashboardRunning(props: RunningProps) {
  const { runs, onOptions } = props;
  if (runs.length === 0) return null;
  return (
    <section aria-labelledby="running">
      <h2 id="running">{runsTitle(runs.map(({ status }) => status))}</h2>
      <ul class="cards running">
        {runs.map(({ status, title, busy, failure }) => (
          <li key={status.id} class="card">
            <RunTitle status={status} title={title} />
            {failure && <FailureNote failure={failure} onOptions={onOptions} />}
            {status.state === 'ended' ? (
              <RunSummary
                job={status}
                about={title}
                busy={busy}
                onDismiss={() => props.onControl(status, 'dismiss')}
                onResolve={(...chosen) => props.onResolve(status, ...chosen)}
                onOptions={onOptions}
              />
            ) : (
              <JobProgress
                job={status}
                now={props.now}
                busy={busy}
                onControl={(action) => props.onControl(status, action)}
                onResolve={(...chosen) => props.onResolve(status, ...chosen)}
                onOptions={onOptions}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface EndedProps {
  readonly runs: readonly DashboardRun[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Where the log shows a run. */
  readonly hrefOf: (job: JobStatus) => string;
  readonly onOptions: () => void;
}

/** Runs that ended in the last day with nothing to decide, newest first; nothing where there are none. */
export function DashboardEnded({ runs, now, hrefOf, onOptions }: EndedProps) {
  if (runs.length === 0) return null;
  return (
    <section aria-labelledby="ended">
      <h2 id="ended">Ended in the last day</h2>
      <ul class="list">
        {runs.map(({ status, title }) => (
          <li key={status.id} class="ended">
            <p data-clean={isClean(status)}>
              <Icon name={isClean(status) ? 'closed' : 'alert'} /> {status.words.outcome}
            </p>
            <RunTitle status={status} title={title} />
            {status.failure && (
              <p>
                <strong>{status.failure.message}</strong> {status.failure.action}{' '}
                <OptionsButton failure={status.failure} onOptions={onOptions} />
              </p>
            )}
            <p class="muted">
              {status.endedAt !== undefined && `${describeAgo(status.endedAt, now)} · `}
              <a
                href={hrefOf(status)}
                aria-label={`Show in the log: ${nameChecklist(status.checklist)}, ${status.words.outcome}`}
              >
                Show in the log
              </a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RunTitle({ status, title }: Pick<DashboardRun, 'status' | 'title'>) {
  return (
    <p>
      <a
        class="text"
        href={checklistUrl(status.checklist)}
        target="_blank"
        rel="noreferrer"
        title={title}
      >
        {title === '' ? nameChecklist(status.checklist) : title}
      </a>{' '}
      {title !== '' && <span class="muted">{nameChecklist(status.checklist)}</span>}
    </p>
  );
}
