import type { ComponentChildren } from 'preact';
import { type ChecklistRef, checklistKey, nameChecklist } from '../../lib/core/refs.ts';

/** A checklist that can be chosen. */
export interface PickedChecklist {
  readonly checklist: ChecklistRef;
  readonly title: string;
}

interface DashboardPickerProps {
  readonly entries: readonly PickedChecklist[];
  /** `issueKey`s. */
  readonly chosen: ReadonlySet<string>;
  readonly disabled: boolean;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  /** What came of one, below its name. */
  readonly children: (checklist: ChecklistRef) => ComponentChildren;
}

/** Chooses several checklists, and shows below each what came of the work on it. */
export function DashboardPicker(props: DashboardPickerProps) {
  const { entries, chosen, disabled, onChoose } = props;
  const keys = entries.map(({ checklist }) => checklistKey(checklist));
  const count = keys.filter((key) => chosen.has(key)).length;
  return (
    <fieldset class="picker" aria-label="Checklists">
      {entries.length > 1 && (
        <label class="inline all">
          <input
            type="checkbox"
            checked={count === entries.length}
            indeterminate={count > 0 && count < entries.length}
            disabled={disabled}
            onChange={() => onChoose(new Set(count === entries.length ? [] : keys))}
          />
          <span>All {entries.length.toLocaleString('en')} checklists</span>
        </label>
      )}
      <ul class="list">
        {entries.map(({ checklist, title }) => (
          <li key={checklistKey(checklist)} class="picked">
            <label class="inline">
              <input
                type="checkbox"
                checked={chosen.has(checklistKey(checklist))}
                disabled={disabled}
                onChange={() => onChoose(toggled(chosen, checklistKey(checklist)))}
              />
              <span>
                <span class="text" title={title}>
                  {title}
                </span>{' '}
                <span class="muted">{nameChecklist(checklist)}</span>
              </span>
            </label>
            {props.children(checklist)}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function toggled(chosen: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(key)) next.add(key);
  return next;
}
