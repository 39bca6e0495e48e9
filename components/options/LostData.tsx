import type { ReadonlySignal } from '@preact/signals';
import type { Failure } from '../../lib/core/failures.ts';
import {
  type ChecklistRef,
  checklistKey,
  checklistUrl,
  nameChecklist,
} from '../../lib/core/refs.ts';
import type { SettingChange } from '../../lib/core/settings/settings-file.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/Icon.tsx';
import { SettingChanges } from './SettingChanges.tsx';

/** What copies say of a database that the browser lost. Nothing of it is used before the user says so. */
export interface LostProps {
  readonly lostChecklists: ReadonlySignal<readonly ChecklistRef[]>;
  /** The settings that differ from those of now. */
  readonly lostSettings: ReadonlySignal<readonly SettingChange[]>;
  /** Why the last choice came to nothing. */
  readonly lostFailure: ReadonlySignal<Failure | undefined>;
  readonly lostBusy: ReadonlySignal<boolean>;
  readonly onTrackAgain: (checklist: ChecklistRef) => unknown;
  readonly onUseSettings: () => unknown;
  readonly onForgetLost: () => unknown;
}

/** Asks what becomes of what a lost database knew. Nothing where nothing was lost. */
export function LostData(props: LostProps) {
  const { lostChecklists, lostSettings, lostFailure, lostBusy } = props;
  const [checklists, settings] = [lostChecklists.value, lostSettings.value];
  if (checklists.length === 0 && settings.length === 0) return null;
  return (
    <section class="note" aria-labelledby="lost">
      <Icon name="alert" />
      <div>
        <h2 id="lost">This browser lost Masterlist's data</h2>
        <p>
          The token, the log and past runs cannot be brought back. Nothing below is used until you
          say so: check that it is yours.
        </p>
        {lostFailure.value && <FailureNote failure={lostFailure.value} />}
        {checklists.length > 0 && (
          <ul class="tracked">
            {checklists.map((checklist) => (
              <LostChecklist key={checklistKey(checklist)} checklist={checklist} {...props} />
            ))}
          </ul>
        )}
        {settings.length > 0 && (
          <>
            <SettingChanges changes={settings} source="Before the loss" />
            <Button look="small" busy={lostBusy.value} onPress={() => props.onUseSettings()}>
              {settings.length === 1
                ? 'Use this setting again'
                : `Use these ${settings.length} settings again`}
            </Button>{' '}
          </>
        )}
        <Button look="small" busy={lostBusy.value} onPress={() => props.onForgetLost()}>
          Discard
        </Button>
      </div>
    </section>
  );
}

function LostChecklist({
  checklist,
  lostBusy,
  onTrackAgain,
}: Pick<LostProps, 'lostBusy' | 'onTrackAgain'> & { readonly checklist: ChecklistRef }) {
  const name = nameChecklist(checklist);
  return (
    <li>
      <a href={checklistUrl(checklist)} target="_blank" rel="noreferrer">
        {name}
      </a>{' '}
      <Button
        look="small"
        label={`Track again: ${name}`}
        busy={lostBusy.value}
        onPress={() => onTrackAgain(checklist)}
      >
        Track again
      </Button>
    </li>
  );
}
