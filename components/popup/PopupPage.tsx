import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { AlertMessage } from '../../lib/core/alerts/alert-message.ts';
import type { Failure, Result } from '../../lib/core/failures.ts';
import type { NewAnswers } from '../../lib/core/identity/answers.ts';
import type { Overview } from '../../lib/core/overview/overview.ts';
import {
  type ChecklistRef,
  checklistKey,
  checklistUrl,
  nameChecklist,
} from '../../lib/core/refs.ts';
import type { ReleasedChecklist } from '../../lib/core/sync/tracked.ts';
import { Button } from '../ui/Button.tsx';
import { runsTitle } from '../ui/describe-job.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { LimitLine, LimitShown } from '../ui/LimitLine.tsx';
import { NeedsList } from '../ui/NeedsList.tsx';
import { UnlockNote } from '../ui/UnlockNote.tsx';
import { useFocusLeft } from '../ui/use-focus-left.ts';
import { type PageChecklist, PopupChecklist } from './PopupChecklist.tsx';
import { type OnControl, type OnResolveRows, PopupJob } from './PopupJob.tsx';
import { PopupList } from './PopupList.tsx';
import type { ChecklistAct } from './TrackedRow.tsx';

/** Everything that the popup shows and can do. */
export interface PopupPageProps {
  /** Undefined until it is read. */
  readonly overview: ReadonlySignal<Overview | undefined>;
  /** Why what is stored could not be read. */
  readonly unreadable: ReadonlySignal<Failure | undefined>;
  /** The issue that the tab behind the popup shows, if it shows one. */
  readonly page: ReadonlySignal<PageChecklist | undefined>;
  /** What was done last, by checklist (`issueKey`) and by job. */
  readonly acts: ReadonlySignal<ReadonlyMap<string, ChecklistAct>>;
  /** What is being done to all of them. */
  readonly busy: ReadonlySignal<'refreshing' | 'pausing' | undefined>;
  readonly refused: ReadonlySignal<Failure | undefined>;
  /** The time, in milliseconds since 1970. */
  readonly now: ReadonlySignal<number>;
  /** The address that opens a prepared email. */
  readonly mailHref: (mail: AlertMessage) => string;
  readonly onSync: (checklist: ChecklistRef) => void;
  readonly onTrack: (checklist: ChecklistRef, tracked: boolean) => void;
  readonly onAnswer: (checklist: ChecklistRef, answers: NewAnswers) => void;
  readonly onControl: OnControl;
  readonly onResolve: OnResolveRows;
  readonly onRefreshAll: () => void;
  readonly onPause: (isPaused: boolean) => void;
  readonly onReload: () => void;
  /** Reads the page's checklist again. */
  readonly onRead: () => void;
  readonly onOptions: () => void;
  /** Opens the token of an account with its passphrase. */
  readonly onUnlock: (account: string, passphrase: string) => Promise<Result<void>>;
}

/** The popup: the checklist of the page behind it, what needs the user, and all that this browser keeps up to date. */
export function PopupPage(props: PopupPageProps) {
  const overview = props.overview.value;
  const unreadable = props.unreadable.value;
  const refused = props.refused.value;
  const heading = useFocusLeft<HTMLHeadingElement>(overview?.jobs.length ?? 0);
  const { limitedUntil = 0 } = overview ?? {};
  const isLimited = limitedUntil > props.now.value;
  return (
    <LimitShown.Provider value={isLimited ? 'top' : undefined}>
      <header>
        <h1 tabIndex={-1} ref={heading}>
          Masterlist
        </h1>
        <a class="btn small" href="dashboard.html#/" target="_blank" rel="noreferrer">
          Dashboard
        </a>
        <Button look="small" onPress={props.onOptions}>
          Options
        </Button>
      </header>
      <main aria-busy={overview === undefined && unreadable === undefined}>
        {isLimited && <LimitLine until={limitedUntil} paused={overview?.isPaused === true} />}
        {overview?.locked && <Unlock {...props} locked={overview.locked} />}
        {unreadable && <FailureNote failure={unreadable} onRetry={props.onReload} />}
        {refused && <FailureNote failure={refused} onOptions={props.onOptions} />}
        {overview && <OverviewView {...props} stored={overview} />}
      </main>
      {overview && <Foot {...props} stored={overview} />}
    </LimitShown.Provider>
  );
}

function Unlock({
  locked,
  onUnlock,
  onOptions,
}: PopupPageProps & { readonly locked: NonNullable<Overview['locked']> }) {
  return (
    <UnlockNote
      {...locked}
      onUnlock={(passphrase) => onUnlock(locked.id, passphrase)}
      onOptions={onOptions}
    />
  );
}

type StoredProps = PopupPageProps & { readonly stored: Overview };

function OverviewView(props: StoredProps) {
  const { stored, acts, now, onOptions } = props;
  const page = props.page.value;
  const needs = stored.needs.filter(({ asks }) => asks);
  const isFirstUse = stored.entries.length === 0 && stored.jobs.length === 0;
  return (
    <>
      {stored.isPaused && (
        <p class="paused">
          <strong>Everything is paused in this browser.</strong> Runs, refreshes and alerts wait
          until you resume.
        </p>
      )}
      {page && (
        <PopupChecklist
          key={page.key}
          page={page}
          act={acts.value.get(page.key)}
          now={now}
          onSync={props.onSync}
          onTrack={props.onTrack}
          onAnswer={props.onAnswer}
          onRead={props.onRead}
          onOptions={onOptions}
        />
      )}
      {/* Signed in on an issue's page, the next step stands above. */}
      {isFirstUse && !(page && stored.isSignedIn) && (
        <FirstSteps isSignedIn={stored.isSignedIn} onOptions={onOptions} />
      )}
      {needs.length > 0 && (
        <Part name="needs" title="What needs attention">
          <NeedsList needs={needs} mailHref={props.mailHref} />
        </Part>
      )}
      {stored.jobs.length > 0 && (
        <Part name="running" title={runsTitle(stored.jobs.map(({ status }) => status))}>
          <ul class="list">
            {stored.jobs.map(({ status, title }) => (
              <PopupJob
                key={status.id}
                job={status}
                title={title}
                act={acts.value.get(status.id)}
                now={now}
                onControl={props.onControl}
                onResolve={props.onResolve}
                onOptions={onOptions}
              />
            ))}
          </ul>
        </Part>
      )}
      <PopupList
        entries={stored.entries.filter(({ key }) => key !== page?.key)}
        acts={acts}
        now={now}
        onSync={props.onSync}
        onOptions={onOptions}
      />
      {stored.released.length > 0 && (
        <Part name="released" title="No longer tracked">
          <Released released={stored.released} />
        </Part>
      )}
    </>
  );
}

interface PartProps {
  readonly name: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

function Part({ name, title, children }: PartProps) {
  return (
    <section aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{title}</h2>
      {children}
    </section>
  );
}

function Released({ released }: { readonly released: readonly ReleasedChecklist[] }) {
  return (
    <ul class="list">
      {released.map(({ tracked: { checklist, title }, gone }) => (
        <li key={checklistKey(checklist)} class="tracked">
          <a
            class="title"
            href={checklistUrl(checklist)}
            target="_blank"
            rel="noreferrer"
            title={title}
          >
            <strong>{title}</strong>
          </a>
          <p class="muted">
            {nameChecklist(checklist)} · {gone?.message ?? 'It has been closed for seven days.'}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** What concerns all of them; in sight wherever the list is scrolled to. */
function Foot({ stored, busy, onRefreshAll, onPause }: StoredProps) {
  const { entries, jobs, isPaused } = stored;
  const doing = busy.value;
  if (entries.length === 0 && jobs.length === 0 && !isPaused) return null;
  return (
    <footer>
      {entries.length > 0 && !isPaused && (
        <Button look="small" busy={doing !== undefined} onPress={onRefreshAll}>
          Refresh all now
        </Button>
      )}
      <Button
        look={isPaused ? 'primary' : 'small'}
        busy={doing !== undefined}
        onPress={() => onPause(!isPaused)}
      >
        {isPaused ? 'Resume everything' : 'Pause everything'}
      </Button>
      <span class="muted" role="status">
        {doing && DOING[doing]}
      </span>
    </footer>
  );
}

const DOING = { refreshing: 'Asking GitHub…', pausing: 'One moment…' } as const;

interface FirstStepsProps {
  readonly isSignedIn: boolean;
  readonly onOptions: () => void;
}

/** How to begin, while nothing is kept up to date yet. */
function FirstSteps({ isSignedIn, onOptions }: FirstStepsProps) {
  if (isSignedIn)
    return (
      <p>
        Nothing is tracked yet. Open a GitHub issue with a task list: the <b>Masterlist</b> button
        appears above its text.
      </p>
    );
  return (
    <section aria-labelledby="first-steps">
      <h2 id="first-steps">Turn a task list into issues</h2>
      <ol>
        <li>
          <b>Open a GitHub issue with a task list</b> and press <b>Generate issues</b>. The preview
          of a public issue needs no token.
        </li>
        <li>
          <b>Add a token</b>, so that issues can be created in your name.{' '}
          <Button look="small" onPress={onOptions}>
            Add a token
          </Button>
        </li>
        <li>
          <b>Press Create</b> in the preview. The list is tracked from then on.
        </li>
      </ol>
    </section>
  );
}
