import type { Cause } from '../log/cause.ts';
import type { LogEvent } from '../log/event.ts';

/** What taking a run back does, counted. */
export interface TakesBack {
  /** Issues that the run made, to be closed with their links removed. */
  readonly close: number;
  readonly reopen: number;
  /** Issues that a run reopened, to be closed again. */
  readonly closeAgain: number;
  readonly retitle: number;
  readonly untick: number;
  readonly tick: number;
  /** Numbers of pull requests that are removed or put back. */
  readonly numbers: number;
  /** Items whose link is removed or put back. */
  readonly links: number;
  /** Items that get their old words back. */
  readonly words: number;
}

/** What a run was for. */
export type RunKind =
  | 'generate'
  | 'sync'
  | 'resolve'
  | 'undo'
  | 'unlink'
  | 'traces'
  | 'restore'
  | 'correct';

/** One run as the list of runs shows it. */
export interface RunEntry {
  /** ULID. */
  readonly run: string;
  readonly kind: RunKind;
  /** When it began; milliseconds since 1970. */
  readonly at: number;
  readonly login: string;
  /** Whether it was started by nobody: by an alarm. */
  readonly byItself: boolean;
  /** `issues`: not in this browser's log, found by the markers of its issues. */
  readonly origin: 'log' | 'issues';
  readonly takesBack: TakesBack;
  /** A later run took it back. */
  readonly undone: boolean;
}

/** What the run of a log entry was for; undefined for what is no run of its own. */
export function runKind({ cause }: Pick<LogEvent, 'cause'>): RunEntry['kind'] | undefined {
  return KINDS[cause.what];
}

/** Whether a run of a kind is reverted entry by entry of its log. Generations are by their issues, the others not at all. */
export function hasInverse(kind: RunEntry['kind'] | undefined): boolean {
  return kind !== undefined && INVERSE[kind];
}

const KINDS: Readonly<Record<Cause['what'], RunEntry['kind'] | undefined>> = {
  generate: 'generate',
  'undo-generation': 'undo',
  sync: 'sync',
  resolve: 'resolve',
  undo: 'undo',
  unlink: 'unlink',
  traces: 'traces',
  restore: 'restore',
  correct: 'correct',
  answer: undefined,
  summary: undefined,
  release: undefined,
  verify: undefined,
};

const INVERSE: Readonly<Record<RunEntry['kind'], boolean>> = {
  generate: false,
  sync: true,
  resolve: true,
  undo: true,
  unlink: true,
  traces: false,
  restore: false,
  correct: false,
};
