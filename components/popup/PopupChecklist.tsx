import type { ReadonlySignal } from '@preact/signals';
import { formatRoute } from '../../lib/core/alerts/alert-route.ts';
import { type Failure, isOfLock } from '../../lib/core/failures.ts';
import type { NewAnswers } from '../../lib/core/identity/answers.ts';
import type { TrackedEntry } from '../../lib/core/overview/tracked-entries.ts';
import { type ChecklistRef, nameChecklist } from '../../lib/core/refs.ts';
import { NumbersQuestionView } from '../panel/NumbersQuestion.tsx';
import { Button } from '../ui/Button.tsx';
import { ChecklistProgress, ProgressRoom } from '../ui/ChecklistProgress.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { TrackedState } from '../ui/TrackedState.tsx';
import { useFocusLeft } from '../ui/use-focus-left.ts';
import { ActResult, type ChecklistAct } from './TrackedRow.tsx';

/** The issue that the tab behind the popup shows. */
export interface PageChecklist {
  /** `issueKey` of the checklist. */
  readonly key: string;
  readonly checklist: ChecklistRef;
  readonly title: string;
  /** Undefined where it is not kept up to date. */
  readonly entry: TrackedEntry | undefined;
  /** What GitHub says that its text holds; undefined until it is read. */
  readonly counts:
    | { readonly items: number; readonly linked: number; readonly done: number }
    | undefined;
  /** Why it cannot be read or used. */
  readonly failure: Failure | undefined;
  /** Whether a run is open: then nothing new is started. */
  readonly isRunning: boolean;
  readonly isSignedIn: boolean;
}

interface PopupChecklistProps {
  readonly page: PageChecklist;
  /** Undefined where no button was pressed yet. */
  readonly act: ChecklistAct | undefined;
  /** The time, in milliseconds since 1970. */
  readonly now: ReadonlySignal<number>;
  readonly onSync: (checklist: ChecklistRef) => void;
  readonly onTrack: (checklist: ChecklistRef, tracked: boolean) => void;
  readonly onAnswer: (checklist: ChecklistRef, answers: NewAnswers) => void;
  /** Reads it again. */
  readonly onRead: () => void;
  readonly onOptions: () => void;
}

/** The checklist of the page behind the popup, with all that the panel on the page offers. */
export function PopupChecklist(props: PopupChecklistProps) {
  const { page, act, now, onOptions } = props;
  const { entry, failure, title } = page;
  const hasItems = failure?.code !== 'no-items';
  const question = entry?.view.question;
  const asked = question === undefined ? 0 : question.ends.length + question.old.length;
  const heading = useFocusLeft<HTMLHeadingElement>(asked);
  return (
    <section class="shown" aria-labelledby="shown-title">
      <h2 id="shown-title" class="title" title={title} tabIndex={-1} ref={heading}>
        {title}
      </h2>
      {entry ? (
        <TrackedState entry={entry} now={now} onOptions={onOptions} isAskedBelow />
      ) : (
        <UntrackedState page={page} />
      )}
      <NumbersQuestionView
        question={question}
        from={page.checklist.repo}
        // Not disabled: a button that is disabled under the focus loses it.
        busy={false}
        onAnswer={
          page.isSignedIn && !page.isRunning
            ? (answers) => props.onAnswer(page.checklist, answers)
            : undefined
        }
      />
      {/* What waits for its owner is said at the top. */}
      {failure && hasItems && !isOfLock(failure.code) && (
        <FailureNote failure={failure} onOptions={onOptions} onRetry={props.onRead} />
      )}
      {page.isRunning && <p class="muted">A run is in progress; see below.</p>}
      {hasItems && !page.isRunning && <PageActions {...props} />}
      <ActResult act={act} onOptions={onOptions} />
    </section>
  );
}

function UntrackedState({ page }: Pick<PopupChecklistProps, 'page'>) {
  return (
    <>
      <p class="muted">{nameChecklist(page.checklist)} · not tracked in this browser</p>
      <PageCounts {...page} />
    </>
  );
}

function PageCounts({ counts, failure }: Pick<PageChecklist, 'counts' | 'failure'>) {
  // A text without a list is no mishap.
  if (failure?.code === 'no-items') return <p>{`${failure.message} ${failure.action}`}</p>;
  if (counts !== undefined) return <ChecklistProgress {...counts} />;
  if (failure !== undefined) return null;
  return <ProgressRoom words="Reading the checklist…" />;
}

function PageActions({ page, act, onSync, onTrack }: PopupChecklistProps) {
  const { checklist, entry, isSignedIn } = page;
  // Not disabled: a button that is disabled under the focus loses it.
  const busy = act?.busy === true;
  return (
    <p class="links">
      <PageLink checklist={checklist} path="/generate" look="primary" words="Generate issues…" />
      {isSignedIn && (
        <>
          <Button busy={busy} onPress={() => onSync(checklist)}>
            Sync now
          </Button>
          <PageLink checklist={checklist} path="/reconcile" look="" words="Reconcile" />
          <Button busy={busy} onPress={() => onTrack(checklist, entry === undefined)}>
            {entry === undefined ? 'Track' : 'Stop tracking'}
          </Button>
        </>
      )}
    </p>
  );
}

interface PageLinkProps {
  readonly checklist: ChecklistRef;
  readonly path: '/generate' | '/reconcile';
  readonly look: 'primary' | '';
  readonly words: string;
}

/** Opens the dashboard, where there is room for it. */
function PageLink({ checklist, path, look, words }: PageLinkProps) {
  return (
    <a
      class={`btn ${look}`}
      href={formatRoute({ page: 'dashboard', path, checklist })}
      target="_blank"
      rel="noreferrer"
    >
      {words}
    </a>
  );
}
