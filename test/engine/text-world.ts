import type { BodyVersion } from '../../lib/core/engine/job-facts.ts';
import { type Failure, fail, type Result, succeed } from '../../lib/core/failures.ts';
import { type ChecklistText, textOnGitHub } from '../../lib/engine/checklist-text.ts';
import type { ChecklistPorts } from '../../lib/engine/write-checklist.ts';
import type { FakeClock } from './fake-clock.ts';
import type { MemoryStore } from './memory-store.ts';
import { createWorld } from './world.ts';

type Call = keyof ChecklistText;

/** A checklist's text somewhere, and all that writing it needs. */
export interface TextWorld {
  readonly clock: FakeClock;
  readonly store: MemoryStore;
  readonly ports: ChecklistPorts;
  /** The port itself: a test may put another function into it. */
  readonly port: ChecklistText;
  readonly calls: Readonly<Record<Call, number>>;
  text(): string;
  history(): readonly BodyVersion[];
  edit(change: (text: string) => string, editor?: string): void;
  /** Called before each call: a place for a test to interfere. Answer a failure to make the call fail. */
  before: (call: Call) => Failure | undefined;
}

/** What a world is made of. */
export interface TextWorldOptions {
  readonly text: string;
  /** Changes the ports. */
  readonly spoil?: (ports: ChecklistPorts) => ChecklistPorts;
}

/** The places where a text may be kept, each with how its world is made. */
export const PLACES: readonly (readonly [string, (options: TextWorldOptions) => TextWorld])[] = [
  ['in the body of an issue', (options) => createTextWorld(options, keepInIssue)],
  ['in a file with commits', (options) => createTextWorld(options, keepInFile)],
];

interface Kept extends Pick<TextWorld, 'text' | 'history' | 'edit'> {
  readonly port: ChecklistText;
}

function createTextWorld(
  { text, spoil }: TextWorldOptions,
  keep: (world: ReturnType<typeof createWorld>, text: string) => Kept,
): TextWorld {
  const around = createWorld({ text });
  const kept = keep(around, text);
  const calls = { read: 0, write: 0, history: 0 };
  const count = async <T>(call: Call, ask: () => Promise<Result<T>>): Promise<Result<T>> => {
    calls[call]++;
    const problem = world.before(call);
    return problem === undefined ? ask() : fail(problem);
  };
  const port: ChecklistText = {
    read: (checklist) => count('read', () => kept.port.read(checklist)),
    write: (checklist, body) => count('write', () => kept.port.write(checklist, body)),
    history: (checklist) => count('history', () => kept.port.history(checklist)),
  };
  const ports: ChecklistPorts = { ...around.ports, text: port };
  const world: TextWorld = {
    ...around,
    ...kept,
    port,
    ports: spoil?.(ports) ?? ports,
    calls,
    before: () => undefined,
  };
  return world;
}

function keepInIssue({ github }: ReturnType<typeof createWorld>): Kept {
  const { text, history, edit } = github;
  return { port: textOnGitHub(github), text, history, edit };
}

/** A file as Git keeps it: its first version is in the history from the start, and each write of other bytes is a commit. */
function keepInFile({ clock }: ReturnType<typeof createWorld>, first: string): Kept {
  const commits: BodyVersion[] = [];
  const commit = (text: string, editor: string) => {
    if (commits[0]?.text === text) return;
    const id = `commit-${commits.length}`;
    commits.unshift({ id, editedAt: new Date(clock.now()).toISOString(), editor, text });
  };
  commit(first, 'owner');
  const now = () => commits[0]?.text ?? '';
  const answer = async <T>(value: () => T): Promise<Result<T>> => {
    clock.advance(200);
    return succeed(value());
  };
  const facts = { title: 'PLAN.md', state: 'open', locked: false, viewerCanUpdate: true } as const;
  return {
    text: now,
    history: () => commits,
    edit: (change, editor = 'human') => commit(change(now()), editor),
    port: {
      read: () => answer(() => ({ ...facts, text: now(), history: commits.slice(0, 20) })),
      write: (_, text) =>
        answer(() => {
          commit(text, 'ada');
          return text;
        }),
      history: () => answer(() => commits.slice(0, 100)),
    },
  };
}
