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

/** The same view, for a user who wants no preview of a sync. */
function withoutPreview(answer: Result<unknown>): Result<unknown> {
  if (!answer.ok || typeof answer.value !== 'object' || answer.value === null) return answer;
  if (!('settings' in answer.value)) return answer;
  const settings = { ...Object(answer.value.settings), skipSyncPreview: true };
  return { ok: true, value: { ...answer.value, settings } };
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
      const given = answer?.(query) ?? fail(failure('internal', { reason: name }));
      return (more.skipSyncPreview ? withoutPreview(given) : given) as never;
    },
    isAlive: more.isAlive ?? (() => true),
    offers: more.offers ?? ((_, __, onOffered) => onOffered(more.known ?? false)),
    watch: (_, onChange, signal) => {
      watchers.add(onChange);
      signal.addEventListener('abort', () => watchers.delete(onChange));
    },
    holdEditor: (checklist, signal) => {
      held.add(checklistKey(checklist));
      signal.addEventListener('abort', () => held.delete(checklistKey(checklist)));
    },
    loadPanel: more.loadPanel ?? (async () => ({ version: 'test', render: renderPanel })),
    trusts: more.trusts ?? (() => true),
  };
}
