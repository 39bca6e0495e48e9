import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import {
  DashboardPicker,
  type PickedChecklist,
} from '../../components/dashboard/DashboardPicker.tsx';
import { Button } from '../../components/ui/Button.tsx';
import { countNoun } from '../../lib/core/count-noun.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import type { Batch } from './batch.ts';
import { keepFocus } from './keep-focus.ts';

interface SeveralPageProps {
  readonly entries: readonly PickedChecklist[];
  /** What it does with each, in one sentence. */
  readonly lead: string;
  /** `Sync 3 checklists now`. */
  readonly action: (checklists: string) => string;
  /** Work that can be stopped. */
  readonly batch: Pick<Batch<unknown>, 'busy' | 'stop'>;
  /** Other work holds the button up. */
  readonly busy?: boolean;
  /** How far it is, or what came of all. */
  readonly status: string;
  readonly onStart: (chosen: readonly ChecklistRef[]) => Promise<void>;
  /** More buttons, once there are results. */
  readonly buttons?: ComponentChildren;
  /** What came of one. */
  readonly children: (checklist: ChecklistRef) => ComponentChildren;
}

/** Work on several checklists: chosen, one after another, results as they come. */
export function SeveralPage(props: SeveralPageProps) {
  const { entries, batch } = props;
  // Those that come later are chosen too.
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const chosen = entries.filter(({ checklist }) => !refused.has(checklistKey(checklist)));
  const busy = batch.busy.value;
  const start = async () => {
    // Not disabled meanwhile: a button that is disabled under the focus loses it.
    if (busy || props.busy === true) return;
    await props.onStart(chosen.map(({ checklist }) => checklist));
    keepFocus();
  };
  return (
    <section aria-labelledby="several">
      <h2 id="several">Tracked in this browser</h2>
      <p class="muted">{props.lead}</p>
      <div class="actions">
        <Button
          look="primary"
          disabled={chosen.length === 0}
          busy={busy || props.busy === true}
          onPress={start}
        >
          {props.action(countNoun(chosen.length, 'checklist'))}
        </Button>
        {props.buttons}
        {busy && <Button onPress={batch.stop}>Stop after this one</Button>}
      </div>
      <p class="said" role="status">
        {props.status}
      </p>
      <DashboardPicker
        entries={entries}
        chosen={new Set(chosen.map(({ checklist }) => checklistKey(checklist)))}
        disabled={busy}
        onChoose={(next) => {
          const keys = entries.map(({ checklist }) => checklistKey(checklist));
          setRefused(new Set(keys.filter((key) => !next.has(key))));
        }}
      >
        {props.children}
      </DashboardPicker>
    </section>
  );
}
