import type { ReadonlySignal } from '@preact/signals';
import type { Failure } from '../../lib/core/failures.ts';
import {
  type ChecklistRef,
  checklistKey,
  checklistUrl,
  formatRepo,
  nameChecklist,
  repoKey,
} from '../../lib/core/refs.ts';
import type { TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { LogExport, type LogForm } from '../log/LogExport.tsx';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { useFocusLeft } from '../ui/use-focus-left.ts';

/** The checklists that are kept up to date, and what the user can do about them. */
export interface TrackedProps {
  readonly tracked: ReadonlySignal<readonly TrackedChecklist[]>;
  /** Why a checklist could not be released, or the log not be downloaded. */
  readonly untrackFailure: ReadonlySignal<Failure | undefined>;
  readonly onUntrack: (checklist: ChecklistRef) => unknown;
  readonly onDownloadLog: (form: LogForm) => unknown;
}

/** The checklists that this browser keeps up to date, by repository, and the log of what it wrote. */
export function SettingsTracked(props: TrackedProps) {
  const { tracked, untrackFailure, onUntrack, onDownloadLog } = props;
  const failure = untrackFailure.value;
  const heading = useFocusLeft<HTMLHeadingElement>(tracked.value.length);
  const repos = Map.groupBy(tracked.value, ({ checklist }) => repoKey(checklist.repo));
  return (
    <section aria-labelledby="tracked">
      <h2 id="tracked" tabIndex={-1} ref={heading}>
        Checklists and repositories
      </h2>
      {failure && <FailureNote failure={failure} />}
      {repos.size === 0 && (
        <p class="muted">
          None yet: generate issues from a checklist, or press Track in its panel.
        </p>
      )}
      {[...repos].map(([key, checklists]) => (
        <Repository key={key} checklists={checklists} onUntrack={onUntrack} />
      ))}
      <LogExport onDownloadLog={onDownloadLog} />
    </section>
  );
}

interface RepositoryProps extends Pick<TrackedProps, 'onUntrack'> {
  readonly checklists: readonly TrackedChecklist[];
}

function Repository({ checklists, onUntrack }: RepositoryProps) {
  const [first] = checklists;
  return (
    <>
      <h3>{first && formatRepo(first.checklist.repo)}</h3>
      <ul class="tracked">
        {checklists.map(({ checklist, title, login }) => (
          <li key={checklistKey(checklist)}>
            <a href={checklistUrl(checklist)} target="_blank" rel="noreferrer">
              {title}
            </a>{' '}
            <span class="muted">
              {nameChecklist(checklist, checklist.repo)}, as {login}
            </span>{' '}
            <Button
              look="small"
              label={`Stop tracking: ${title}`}
              onPress={() => onUntrack(checklist)}
            >
              Stop tracking
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
