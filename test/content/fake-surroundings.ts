import { renderPanel } from '../../entrypoints/checklist-panel/render-panel.tsx';
import type { PageSurroundings } from '../../entrypoints/github.content/page-surroundings.ts';
import { fail, failure, type Result } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import type { Protocol } from '../../lib/messages.ts';

/** What the fake background answers, per message. */
export type Answers = {
  readonly [Name in keyof Protocol]?: (
    query: Parameters<Protocol[Name]>[0],
  ) => ReturnType<Protocol[Name]>;
};

/** A background, a storage and a user that the tests play themselves. */
export interface FakeSurroundings extends PageSurroundings {
  /** Messages in order. */
  readonly asked: { readonly name: string; readonly query: unknown }[];
  /** Checklists whose editor is held right now. */
  readonly held: Set<string>;
  readonly answers: Answers;
  /** Says that the revision of a checklist changed. */
  readonly change: () => void;
}

/** Surroundings that answer as told. */
export function fakeSurroundings(
  answers: Answers,
  more: Partial<Pick<PageSurroundings, 'trusts' | 'loadPanel' | 'offers'>> & {
    readonly known?: boolean;
    readonly isAlive?: () => boolean;
    readonly skipSyncPreview?: boolean;
  } = {},
): FakeSurroundings {
  const asked: { name: string; query: unknown }[] = [];
  const held = new Set<string>();
  const watchers = new Set<() => void>();
  return {
    asked,
    held,
    answers,
    change: () => {
      for (const watcher of watchers) watcher();
    },
    ask: async (name, query) => {
      asked.push({ name, query });
      const answer = answers[name] as ((query: unknown) => Result<unknown>) | undefined;
      return (answer?.(query) ?? fail(failure('internal', { reason: name }))) as never;
    },
    isAlive: more.isAlive ?? (() => true),
    isKnown: async () => more.known ?? false,
    offers: more.offers ?? ((_, __, onOffered) => onOffered()),
    watch: (_, onChange, signal) => {
      watchers.add(onChange);
      signal.addEventListener('abort', () => watchers.delete(onChange));
    },
    preferences: async () => ({
      badges: true,
      gapMs: 1_000,
      skipSyncPreview: more.skipSyncPreview ?? false,
    }),
    holdEditor: (checklist, signal) => {
      held.add(checklistKey(checklist));
      signal.addEventListener('abort', () => held.delete(checklistKey(checklist)));
    },
    loadPanel: more.loadPanel ?? (async () => ({ version: 'test', render: renderPanel })),
    trusts: more.trusts ?? (() => true),
  };
}
