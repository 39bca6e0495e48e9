import type { Result } from '../core/failures.ts';
import type { NewAnswers } from '../core/identity/answers.ts';
import type { ChecklistRef } from '../core/refs.ts';
import type { SyncView } from '../core/sync/tracked.ts';
import { type ChecklistState, NO_PREVIEW, NO_RESULT } from './checklist-state.ts';
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
  /** Writes whose the numbers in the items are, and shows the open preview anew. */
  readonly answer: (answers: NewAnswers) => Promise<void>;
}

/** What a click does, one after the other; refused when the page has moved on since. */
export type Act = <Value>(
  send: () => Promise<Result<Value>>,
  succeed: (value: Value) => void,
  failedAt?: ChecklistState['failedAt'],
) => Promise<void>;

/** What the actions of one checklist work with. */
export interface ActionContext {
  readonly checklist: ChecklistRef;
  readonly store: Store<ChecklistState>;
  readonly signal: AbortSignal;
  readonly surroundings: Surroundings;
  readonly isShown: () => boolean;
  readonly pageUser: () => string | undefined;
  readonly act: Act;
  /** Looks soon what became of the checklist. */
  readonly soon: () => void;
  /** Plans the generation again whose preview is shown. */
  readonly previewAgain: () => Promise<void>;
}

/** The actions of one checklist. */
export function createSyncActions(context: ActionContext): SyncActions {
  const { checklist, store, signal, surroundings, isShown, pageUser, act, soon, previewAgain } =
    context;
  const { ask } = surroundings;
  const { get, set } = store;
  const showSync = (sync: SyncView) => set({ sync });
  const write = (preview: string | undefined) =>
    act(
      () => ask('syncChecklist', { checklist, pageUser: pageUser(), preview }),
      (synced) => {
        set({ ...NO_PREVIEW, synced });
        soon();
        if (get().texts) void listTexts();
      },
    );
  const previewSync = () =>
    act(
      () => ask('previewSync', { checklist, pageUser: pageUser() }),
      (syncPreview) => set({ ...NO_PREVIEW, syncPreview }),
    );
  const listTexts = () =>
    act(
      () => ask('listTexts', { checklist }),
      (texts) => set({ texts }),
      'texts',
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
    track: (tracked) =>
      act(() => ask('trackChecklist', { checklist, tracked, pageUser: pageUser() }), showSync),
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
        'texts',
      ),
    hideDifference: () => set({ difference: undefined }),
    restoreText: async () => {
      const { difference, busy } = get();
      if (!difference || busy) return;
      const { id, now } = difference;
      await act(
        () => ask('restoreText', { checklist, id, now, pageUser: pageUser() }),
        () => {
          set({ difference: undefined, restored: true });
          soon();
          void listTexts();
        },
        'texts',
      );
    },
    answer: async (answers) => {
      if (get().busy) return;
      await act(
        () => ask('answerNumbers', { checklist, ...answers, pageUser: pageUser() }),
        () => {
          const { sync, syncPreview, plan } = get();
          if (sync) set({ sync: { ...sync, question: undefined } });
          soon();
          if (syncPreview) void previewSync();
          if (plan) void previewAgain();
        },
      );
    },
    correctText: async () => {
      const { view, busy } = get();
      const now = view?.remarks?.correction?.now;
      if (!now || busy) return;
      await act(
        () => ask('correctText', { checklist, now, pageUser: pageUser() }),
        () => {
          set({ corrected: true });
          soon();
          if (get().texts) void listTexts();
        },
      );
    },
  };
}
