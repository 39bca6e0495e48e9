import { useEffect, useRef, useState } from 'preact/hooks';
import { ChecklistButton } from '../../components/ChecklistButton.tsx';
import { ChecklistPanel } from '../../components/ChecklistPanel.tsx';
import { GenerationPreview } from '../../components/GenerationPreview.tsx';
import { JobProgress } from '../../components/JobProgress.tsx';
import { RunSummary } from '../../components/RunSummary.tsx';
import type { ChecklistModel } from './checklist-model.ts';
import { type ChecklistState, isOpen } from './checklist-state.ts';
import type { Feature, FeatureProps } from './feature.ts';
import { panelPlace } from './page.ts';
import { useStore } from './store.ts';

/** The button above the text and the panel that it opens. */
export const checklistPanel: Feature = {
  id: 'checklist-panel',
  isolated: true,
  // An open panel stays when the last item goes: it may be showing a run.
  runsOn: (_, { items, open }) => items > 0 || open,
  anchor: (page) => [panelPlace(page)],
  View: Checklist,
};

function Checklist({ model }: FeatureProps) {
  const state = useStore(model.store);
  const { items, job, open } = state;
  const button = useRef<HTMLButtonElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const close = () => {
    model.toggle();
    button.current?.focus();
  };
  const focus = useFocus(open, state.busy, heading);
  return (
    <>
      <ChecklistButton
        items={items}
        job={job}
        open={open}
        onToggle={model.toggle}
        buttonRef={button}
      />
      {/* Hidden rather than removed: what the user typed in it stays. */}
      {(open || state.plan) && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape does what the close button does
        <div hidden={!open} {...focus} onKeyDown={(event) => event.key === 'Escape' && close()}>
          <ChecklistPanel
            counts={state.view?.counts}
            signedOut={state.view !== undefined && state.view.viewer === undefined}
            running={isOpen(job) || state.plan !== undefined}
            busy={state.busy}
            failure={state.plan ? undefined : (state.failure ?? state.view?.refused)}
            shownItems={shownItems(state)}
            headingRef={heading}
            onGenerate={() => model.preview({})}
            onReload={model.reload}
            onOptions={model.openOptions}
            onClose={close}
          >
            <Below model={model} state={state} />
          </ChecklistPanel>
        </div>
      )}
    </>
  );
}

/** What is going on: a preview, a run, or what a run left behind. */
function Below({
  model,
  state,
}: {
  readonly model: ChecklistModel;
  readonly state: ChecklistState;
}) {
  const { job, plan, busy } = state;
  const now = useNow(isOpen(job));
  if (plan && !isOpen(job))
    return (
      <GenerationPreview
        plan={plan}
        busy={busy}
        failure={state.failure}
        gapMs={state.gapMs}
        onOptionsChange={model.preview}
        onCreate={model.create}
        onCancel={model.closePreview}
        onOptions={model.openOptions}
      />
    );
  if (!job) return null;
  const actions = { busy, onResolve: model.resolve, onOptions: model.openOptions };
  return isOpen(job) ? (
    <JobProgress key={job.id} job={job} now={now} onControl={model.control} {...actions} />
  ) : (
    <RunSummary
      key={job.id}
      job={job}
      onUndo={model.undo}
      onDismiss={() => model.control('dismiss')}
      {...actions}
    />
  );
}

/** Items on the page where their number differs from the text's. */
function shownItems({ items, editing, view }: ChecklistState): number | undefined {
  return view && !editing && !view.refused && view.badges.length !== items ? items : undefined;
}

/** A panel that the user opens takes the focus, one that was open before does not; and what she pressed gives it back when its work is done. */
function useFocus(
  open: boolean,
  busy: boolean,
  heading: { readonly current: HTMLElement | null },
): { readonly onFocusIn: (event: FocusEvent) => void } {
  const wasOpen = useRef(open);
  const last = useRef<EventTarget | null>(null);
  useEffect(() => {
    if (open && !wasOpen.current) heading.current?.focus();
    wasOpen.current = open;
  }, [open, heading]);
  useEffect(() => {
    // A button that was disabled or removed under the focus loses it to the body.
    if (busy || !last.current || document.activeElement !== document.body) return;
    const pressed = last.current as HTMLButtonElement;
    (pressed.isConnected && !pressed.disabled ? pressed : heading.current)?.focus();
  }, [busy, heading]);
  return {
    onFocusIn: ({ target }) => {
      last.current = target;
    },
  };
}

/** The time, renewed every few seconds while it matters, in milliseconds since 1970. */
function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 2_000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
