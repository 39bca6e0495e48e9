import type { ReadonlySignal } from '@preact/signals';
import { formatRoute } from '../../lib/core/alerts/alert-route.ts';
import { countNoun } from '../../lib/core/count-noun.ts';
import { describeKinds } from '../../lib/core/differences/describe-kinds.ts';
import type { Failure } from '../../lib/core/failures.ts';
import type { TrackedEntry } from '../../lib/core/overview/tracked-entries.ts';
import { nameChecklist } from '../../lib/core/refs.ts';
import { countItems, type NumbersQuestion } from '../../lib/core/sync/ask-numbers.ts';
import { ChecklistProgress, ProgressRoom } from './ChecklistProgress.tsx';
import { describeAgo } from './describe-ago.ts';
import { OptionsButton } from './FailureNote.tsx';
import { Icon } from './Icon.tsx';
import { isLimited } from './LimitLine.tsx';

interface TrackedStateProps {
  readonly entry: TrackedEntry;
  /** The time, in milliseconds since 1970. */
  readonly now: ReadonlySignal<number>;
  readonly onOptions: () => void;
  /** The dashboard itself: its own pages open in place. */
  readonly isDashboard?: boolean;
  /** The question about its numbers stands below. */
  readonly isAskedBelow?: boolean;
}

/** How a tracked checklist stands: when it was refreshed, how far it is, and what is the matter with it. */
export function TrackedState(props: TrackedStateProps) {
  const { entry, now, onOptions } = props;
  const { tracked, view, counts } = entry;
  // A limit is told once, at the top.
  const told = (failure: Failure | undefined) =>
    isLimited(failure, now.value) ? undefined : failure;
  const failing = told(view.state === 'failing' ? view.failure : undefined);
  const unlooked = told(view.reconcile?.failure);
  return (
    <>
      <p class="muted">
        {nameChecklist(tracked.checklist)} · <Refreshed entry={entry} now={now} />
      </p>
      {counts ? (
        <ChecklistProgress items={counts.items} linked={counts.followed} done={counts.done} />
      ) : (
        <ProgressRoom words="Counts appear after the first refresh." />
      )}
      {failing && (
        <p class="problem">
          <Icon name="alert" /> <strong>{failing.message}</strong> {failing.action}{' '}
          <OptionsButton failure={failing} onOptions={onOptions} />
        </p>
      )}
      {unlooked && (
        <p class="problem">
          <Icon name="alert" /> <strong>The last search for differences failed.</strong>{' '}
          {`${unlooked.message} ${unlooked.action} `}
          <OptionsButton failure={unlooked} onOptions={onOptions} />
        </p>
      )}
      <Matters {...props} />
    </>
  );
}

/** What there is to do, each a link to where it is done. */
function Matters({ entry, isDashboard = false, isAskedBelow = false }: TrackedStateProps) {
  const { tracked, view, reconcile } = entry;
  const { checklist, title } = tracked;
  const left = reconcile?.left ?? 0;
  const { question } = view;
  const needs = view.needsYou - (question === undefined ? 0 : 1);
  const matters = [
    question !== undefined && !isAskedBelow && ([describeQuestion(question), '/sync'] as const),
    view.newItems > 0 &&
      ([`Generate ${countNoun(view.newItems, 'new item')}`, '/generate'] as const),
    reconcile !== undefined && left > 0 && ([describeKinds(reconcile), '/reconcile'] as const),
    // What sync cannot settle is among the differences, once they were looked for.
    needs > left && ([describeNeeds(needs), '/reconcile'] as const),
  ].filter((matter) => matter !== false);
  return (
    <>
      {matters.map(([words, path]) => (
        <p key={words}>
          <a
            href={formatRoute({ page: 'dashboard', path, checklist })}
            {...(!isDashboard && NEW_TAB)}
            aria-label={`${words}: ${title}`}
          >
            {words}
          </a>
        </p>
      ))}
    </>
  );
}

const NEW_TAB = { target: '_blank', rel: 'noreferrer' } as const;

function describeQuestion({ ends, old }: NumbersQuestion): string {
  const count = countItems([...ends, ...old]);
  return count === 1
    ? 'Say what the number in 1 item means'
    : `Say what the numbers in ${count} items mean`;
}

function describeNeeds(count: number): string {
  return count === 1 ? '1 item needs attention' : `${count} items need attention`;
}

/** Only this part draws itself anew as time goes by. */
function Refreshed({ entry: { view }, now }: Pick<TrackedStateProps, 'entry' | 'now'>) {
  const { checkedAt } = view;
  const when =
    checkedAt === undefined
      ? 'not refreshed yet'
      : `refreshed ${describeAgo(checkedAt, now.value)}`;
  return <>{`${when}${WAITING[view.waiting ?? 'nothing']}`}</>;
}

const WAITING = {
  gap: '; next write soon',
  editor: '; waits for the editor in a tab to close',
  job: '; waits for the run to end',
  nothing: '',
} as const;
