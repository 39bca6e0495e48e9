import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ChecklistButton } from '../../components/panel/ChecklistButton.tsx';
import { Button } from '../../components/ui/Button.tsx';
import type { PanelScript } from '../../lib/checklist-model/panel-script.ts';
import { useStore } from '../../lib/checklist-model/store.ts';
import type { ChecklistRef } from '../../lib/core/refs.ts';
import type { Feature, FeatureProps } from './feature.ts';
import { panelPlace } from './page.ts';

/** The button above the text, and the place of the panel that it opens. */
export const checklistPanel: Feature = {
  id: 'checklist-panel',
  isolated: true,
  // An open panel stays when the last item goes: it may be showing a run.
  runsOn: (_, { items, open, offered, view }) => open || (items > 0 && (offered || !!view)),
  anchor: (page) => [panelPlace(page)],
  View: Checklist,
};

function Checklist({ model, loadPanel }: FeatureProps) {
  const { items, job, open, cutOff, view } = useStore(model.store);
  const button = useRef<HTMLButtonElement>(null);
  const slot = useRef<HTMLDivElement>(null);
  const script = usePanelScript(model.checklist, open, loadPanel);
  useLayoutEffect(() => {
    if (typeof script !== 'object' || !slot.current) return;
    return script.render(slot.current, model, () => {
      model.toggle();
      button.current?.focus();
    });
  }, [script, model]);
  return (
    <>
      <ChecklistButton
        // The text's number, as the panel has it; until that is read, the page's.
        items={view && !view.refused ? view.counts.items : items}
        job={job}
        cutOff={cutOff}
        open={open}
        busy={open && script === 'awaited'}
        onToggle={model.toggle}
        buttonRef={button}
      />
      {/* Hidden rather than removed: what the user typed in it stays. */}
      <div hidden={!open} ref={slot} />
      {open && script === 'missing' && (
        <p role="alert">
          {'Masterlist was updated or turned off. '}
          <Button onPress={() => location.reload()}>Reload the page</Button>
        </p>
      )}
    </>
  );
}

/** The panel's script once it is here; asked for when the panel is opened, and again when it did not come. */
function usePanelScript(
  checklist: ChecklistRef,
  open: boolean,
  loadPanel: FeatureProps['loadPanel'],
): PanelScript | 'awaited' | 'missing' {
  const [script, setScript] = useState<PanelScript | 'awaited' | 'missing'>('awaited');
  const loaded = typeof script === 'object';
  useEffect(() => {
    if (!open || loaded) return;
    setScript('awaited');
    void loadPanel(checklist).then((found) => setScript(found ?? 'missing'));
  }, [open, loaded, checklist, loadPanel]);
  return script;
}
