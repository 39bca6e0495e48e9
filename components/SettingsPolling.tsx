import type { ReadonlySignal } from '@preact/signals';
import type { Failure } from '../lib/core/failure.ts';
import type { Preferences } from '../lib/core/preferences.ts';
import { type ChecklistRef, formatIssueRef, issueKey, issueUrl } from '../lib/core/refs.ts';
import type { TrackedChecklist } from '../lib/core/sync/tracked.ts';
import { Button } from './Button.tsx';
import { FailureNote } from './FailureNote.tsx';
import { LogExport, type LogForm } from './LogExport.tsx';
import { SettingsCheckbox, SettingsNumber, SettingsSelect } from './SettingsField.tsx';
import type { SettingsChange } from './SettingsSection.tsx';

/** What keeps checklists up to date, and what the user can do about it. */
export interface PollingProps {
  readonly preferences: ReadonlySignal<Preferences>;
  readonly tracked: ReadonlySignal<readonly TrackedChecklist[]>;
  /** Why a checklist could not be released. */
  readonly untrackFailure: ReadonlySignal<Failure | undefined>;
  readonly onChange: (change: SettingsChange) => unknown;
  readonly onUntrack: (checklist: ChecklistRef) => unknown;
  readonly onDownloadLog: (form: LogForm) => unknown;
}

/** How checklists are kept up to date, which ones, and the log of it. */
export function SettingsPolling(props: PollingProps) {
  const { pollMinutes, skipSyncPreview, nightly } = props.preferences.value;
  const failure = props.untrackFailure.value;
  return (
    <section aria-labelledby="polling">
      <h2 id="polling">Keeping checklists up to date</h2>
      <SettingsNumber
        id="poll-minutes"
        label="Minutes between two checks"
        hint="Each check asks GitHub once per repository, and costs nothing while nothing changes: 1 to 60."
        least={1}
        most={60}
        value={pollMinutes}
        onChange={(value) => props.onChange({ pollMinutes: value })}
      />
      <SettingsCheckbox
        id="skip-sync-preview"
        label="Sync now without a preview"
        hint="The button writes at once what a preview would have shown."
        value={skipSyncPreview}
        onChange={(value) => props.onChange({ skipSyncPreview: value })}
      />
      <SettingsCheckbox
        id="nightly"
        label="Every night look for differences, and mend what is safe"
        hint="Safe are ticks, numbers of pull requests and links of transferred issues. The rest is counted and left to you."
        value={nightly.on}
        onChange={(on) => props.onChange({ nightly: { on } })}
      />
      <SettingsSelect
        id="nightly-hour"
        label="Time of the nightly look"
        hint="By the clock of this computer; if the browser is closed then, at its next start."
        value={String(nightly.hour)}
        choices={HOURS}
        onChange={(hour) => props.onChange({ nightly: { hour: Number(hour) } })}
      />
      <h3>Checklists kept up to date by this browser</h3>
      {failure && <FailureNote failure={failure} />}
      <Tracked tracked={props.tracked.value} onUntrack={props.onUntrack} />
      <LogExport onDownloadLog={props.onDownloadLog} />
    </section>
  );
}

const HOURS = Array.from(
  { length: 24 },
  (_, hour) => [String(hour), `${String(hour).padStart(2, '0')}:00`] as const,
);

interface TrackedProps extends Pick<PollingProps, 'onUntrack'> {
  readonly tracked: readonly TrackedChecklist[];
}

function Tracked({ tracked, onUntrack }: TrackedProps) {
  if (tracked.length === 0) {
    return (
      <p class="muted">
        None yet: generate issues from a checklist, or press Keep up to date in its panel.
      </p>
    );
  }
  return (
    <ul class="tracked">
      {tracked.map(({ checklist, title, login }) => (
        <li key={issueKey(checklist)}>
          <a href={issueUrl(checklist)} target="_blank" rel="noreferrer">
            {title}
          </a>{' '}
          <span class="muted">
            {formatIssueRef(checklist)}, as {login}
          </span>{' '}
          <Button
            look="small"
            label={`Stop keeping ${title} up to date`}
            onPress={() => onUntrack(checklist)}
          >
            Stop keeping up to date
          </Button>
        </li>
      ))}
    </ul>
  );
}
