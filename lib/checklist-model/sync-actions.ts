import type { Result } from '../core/failures.ts';
import type { ChecklistRef } from '../core/refs.ts';
import type { SyncView } from '../core/sync/tracked.ts';
import {
  type ChecklistState,
  type FailurePlace,
  NO_PREVIEW,
  NO_RESULT,
} from './checklist-state.ts';
import type { Store } from './store.ts';
import type { Surroundings } from './surroundings.ts';

/** What the user can do to keep a checklist true, and to get an earlier text back. */
export interface SyncActions {
  /** Shows what a sync would write; writes it at once where the user wants no preview. */
  readonly sync: () => Promise<void>;
  readonly previewSync: () => Promise<void>;
  /** Writes what the preview shows. */
  readonly confirmSync: () => Promise<void>;
  readonly track: (tracked: boolean) => Promise<void>;
  /** Looks again how the checklist is kept up to date; nobody outside this browser is asked. */
  readonly refreshSync: () => Promise<void>;
  readonly dismissNewItems: () => Promise<void>;
  readonly listTexts: () => Promise<void>;
  readonly showDifference: (id: number) => Promise<void>;
  readonly hideDifference: () => void;
  /** Writes the text back whose difference is shown. */
  readonly restoreText: () => Promise<void>;
  /** Writes the corrections that the remarks show. */
  readonly correctText: () => Promise<void>;
}

/** What a click does, one after the other; refused when the page has moved on since. */
export type Act = <Value>(
  send: () => Promise<Result<Value>>,
  succeed: (value: Value) => void,
  failedAt?: FailurePlace,
) => Promise<void>;

/** What the actions of one checklist work with. */
export interface ActionContext {
  readonly checklist: ChecklistRef;
  readonly store: Store<ChecklistState>;
  readonly signal: AbortSignal;
  readonly ask: Surroundings['ask'];
  readonly isShown: () => boolean;
  /** The checklist, and who the page is shown to now. */
  readonly about: () => { readonly checklist: ChecklistRef; readonly pageUser: string | undefined };
  readonly act: Act;
  /** Looks soon what became of the checklist. */
  readonly soon: () => void;
}

/** The actions of one checklist. */
export function createSyncActions(context: ActionContext): SyncActions {
  const { checklist, store, signal, ask, isShown, about, act, soon } = context;
  const { get, set } = store;
  const showSync = (sync: SyncView) => set({ sync });
  const write = (preview: string | undefined) =>
    act(
      () => ask('syncChecklist', { ...about(), preview }),
      (synced) => {
        set({ ...NO_PREVIEW, synced });
        soon();
        if (get().texts) void listTexts();
      },
    );
  const previewSync = () =>
    act(
      () => ask('previewSync', about()),
      (syncPreview) => set({ ...NO_PREVIEW, syncPreview }),
    );
  const listTexts = () =>
    act(
      () => ask('listTexts', { checklist }),
      (texts) => set({ texts }),
      'textsFailure',
    );
  return {
    sync: async () => {
      if (get().busy) return;
      set(NO_RESULT);
      await (get().skipSyncPreview ? write(undefined) : previewSync());
    },
    previewSync,
    confirmSync: async () => {
      const { syncPreview, busy } = get();
      if (syncPreview && !busy) await write(syncPreview.id);
    },
    track: (tracked) => act(() => ask('trackChecklist', { ...about(), tracked }), showSync),
    refreshSync: async () => {
      const answer = isShown() ? await ask('getSync', { checklist }) : undefined;
      if (answer?.ok && !signal.aborted) showSync(answer.value);
    },
    dismissNewItems: () => act(() => ask('dismissNewItems', { checklist }), showSync),
    listTexts,
    showDifference: (id) =>
      act(
        () => ask('getText', { checklist, id }),
        (difference) => set({ difference: { ...difference, id }, restored: false }),
        'textsFailure',
      ),
    hideDifference: () => set({ difference: undefined }),
    restoreText: async () => {
      const { difference, busy } = get();
      if (!difference || busy) return;
      const { id, now } = difference;
      await act(
        () => ask('restoreText', { ...about(), id, now }),
        () => {
          set({ difference: undefined, restored: true });
          soon();
          void listTexts();
        },
        'textsFailure',
      );
    },
    correctText: async () => {
      const { view, busy } = get();
      const now = view?.remarks?.correction?.now;
      if (!now || busy) return;
      await act(
        () => ask('correctText', { ...about(), now }),
        () => {
          set({ corrected: now });
          soon();
          if (get().texts) void listTexts();
        },
      );
    },
  };
}
