import type { ChangeCause } from '../core/engine/change.ts';
import type {
  ChangeHeader,
  ChangeRow,
  GenerateHeader,
  JobHeader,
  JobRow,
} from '../core/engine/job.ts';
import type { UnverifiedWrite } from '../core/engine/job-facts.ts';
import type { AnyFacts, ListedEvent } from '../core/log/event.ts';
import type { ItemLocator } from '../core/text/checklist.ts';

/** Up to the fourth version of the database all kinds of jobs shared one header, and the undo of a generation was a kind. */
export type OldHeader = Omit<GenerateHeader, 'id' | 'kind'> & {
  readonly id: string;
  readonly kind: 'generate' | 'undo' | 'mend';
  /** Of an undo the run that it undoes. */
  readonly run: string;
  readonly recorded?: ChangeHeader['recorded'];
  readonly undoes?:
    | {
        readonly startedAt: number;
        readonly endedAt: number;
        readonly from?: 'markers';
        readonly by?: string;
      }
    | undefined;
  readonly mend?: {
    readonly cause: keyof typeof CAUSES;
    readonly creates: readonly ItemLocator[];
    readonly undoes?: string;
  };
};

/** A row of such a job. */
export interface OldRow
  extends Pick<ChangeRow, 'index' | 'item' | 'text' | 'failure' | 'sent' | 'forced'> {
  readonly phase: string;
  readonly title: string;
  readonly body: string;
  readonly issue?: { readonly number: number } | undefined;
  readonly mend?: ChangeRow['change'];
}

const CAUSES = {
  reconcile: 'resolve',
  undo: 'undo',
  'undo-generation': 'undo-generation',
  plain: 'unlink',
  traces: 'traces',
} as const satisfies Readonly<Record<string, ChangeCause>>;

/** A job's header as today. */
export function withKindOfToday(old: OldHeader): JobHeader {
  const { kind, run, undoes: _undoes, mend, recorded, ...rest } = old;
  if (kind === 'generate') return { ...rest, kind };
  const {
    claim: _claim,
    claimedAt: _at,
    milestoneNumber: _number,
    planOptions: _plan,
    ...shared
  } = rest;
  const { linkStyle, placeholder, identity, careful } = rest.options;
  const change: ChangeHeader['change'] =
    mend === undefined
      ? { cause: 'undo-generation', creates: [], undoes: run }
      : { ...mend, cause: CAUSES[mend.cause] };
  const options = { linkStyle, placeholder, identity, careful };
  return { ...shared, kind: 'change', options, change, ...(recorded && { recorded }) };
}

/** A job's row as today; `header` is the job's as it was. */
export function rowOfToday(old: OldRow, header: OldHeader): JobRow {
  // Rows of generations are as they were.
  if (header.kind === 'generate') return old as unknown as JobRow;
  const { index, item, text, failure, sent, forced, mend } = old;
  return {
    index,
    item,
    text,
    phase: PHASES[old.phase] ?? 'review',
    change: mend ?? closing(old, header),
    failure,
    sent,
    ...(forced !== undefined && { forced }),
  };
}

const PHASES: Readonly<Record<string, ChangeRow['phase']>> = {
  planned: 'planned',
  // A worker that dies leaves it so; what is done already is not done again.
  intent: 'intent',
  closed: 'changed',
  unlinked: 'written',
  verified: 'verified',
  review: 'review',
  skipped: 'skipped',
};

function closing(
  { item, title, body, issue }: OldRow,
  { target, options, undoes }: OldHeader,
): ChangeRow['change'] {
  const { linkStyle: style, identity, labels, milestone, assignees } = options;
  const { from, by, startedAt, endedAt } = undoes ?? {};
  const isFound = from === 'markers';
  const settings = isFound ? undefined : { labels, milestone, assignees };
  const isTimed = !isFound && startedAt !== undefined && endedAt !== undefined;
  const guard = {
    title,
    body,
    settings,
    ...(isTimed && { ran: { from: startedAt, until: endedAt } }),
    ...(by !== undefined && { by }),
  };
  const ref = { repo: target, number: issue?.number ?? 0 };
  const isMapped = identity === 'block';
  return {
    choice: 'undo',
    changes: [
      { issue: ref, state: { to: 'closed', reason: 'not_planned' }, marker: 'undone', guard },
    ],
    edits: isMapped ? [] : [{ kind: 'unlink', item, issue: ref, style }],
    map: isMapped ? [[item.key, undefined]] : [],
  };
}

/** An event as today: the undo of a generation has a run of its own, and its closings can be undone. */
export function withOwnRun<Event extends ListedEvent>(event: Event): Event {
  if (event.cause.what !== 'undo-generation') return event;
  const own = { ...event, run: event.job };
  const { issue }: AnyFacts = event;
  if ((event.kind as string) !== 'close-issue' || issue === undefined) return own;
  return {
    ...own,
    kind: 'change-issue',
    change: { issue, state: { to: 'closed', reason: 'not_planned' }, marker: 'undone' },
    undo: { issue, state: { to: 'open' }, marker: 'v1', guard: 'untouched' },
  };
}

/** An unverified write whose events, also of the writes that it corrects, have runs of their own. */
export function withOwnRuns(write: UnverifiedWrite): UnverifiedWrite {
  const { event, restores } = write;
  return {
    ...write,
    event: event && withOwnRun(event),
    restores: restores && withOwnRuns(restores),
  };
}
