import { createContext } from 'preact';
import { capital } from '../../lib/core/capital.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { Icon } from './Icon.tsx';
import { timeLeft } from './time-left.ts';
import { useNow } from './use-now.ts';

/** Where the view says already how long GitHub wants to be left alone, so that nothing else in it says it again. */
export const LimitShown = createContext<'top' | 'run' | undefined>(undefined);

/** Whether a failure is a limit of GitHub, and so has one line for all that it holds back. */
export function isLimit({ code }: Failure): boolean {
  return code.startsWith('rate-limited');
}

/** Whether a failure of earlier is a limit that is not over yet; `now` in milliseconds since 1970. */
export function isLimited(failure: Failure | undefined, now: number): boolean {
  return failure !== undefined && isLimit(failure) && (failure.retryAt ?? 0) > now;
}

interface LimitLineProps {
  /** When it is over, in milliseconds since 1970. */
  readonly until: number;
  /** Everything is paused in this browser: nothing continues when it is over. */
  readonly paused?: boolean;
}

/** That GitHub wants to be left alone by the account, and for how long, where nothing was refused in the view itself. */
export function LimitLine({ until, paused = false }: LimitLineProps) {
  const now = useNow(true, 1_000);
  if (until <= now) return null;
  return (
    <div class="note" role="status">
      <Icon name="alert" />
      <p>
        <strong>GitHub's rate limit was reached.</strong>{' '}
        <TimeLeft until={until} now={now} then={paused ? '' : 'runs and refreshes continue'} />
      </p>
    </div>
  );
}

interface TimeLeftProps {
  readonly until: number;
  readonly now: number;
  /** What happens then; '' says nothing. */
  readonly then: string;
}

/** The time counts down for the eye only: to the ear it would be told each second. */
export function TimeLeft({ until, now, then }: TimeLeftProps) {
  const left = timeLeft(until, now) || '1 s more';
  return (
    <>
      <span role="timer" aria-live="off">
        {capital(left)}
      </span>
      {then && `, then ${then}`}.
    </>
  );
}
