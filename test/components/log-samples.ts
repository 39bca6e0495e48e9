import { signal } from '@preact/signals';
import type { DownloadFile } from '../../components/ui/download-file.ts';
import type { KnownChecklist } from '../../entrypoints/dashboard/known-checklists.ts';
import {
  createLogModel,
  type LogContext,
  type LogModel,
} from '../../entrypoints/dashboard/log-model.ts';
import type { Ask } from '../../lib/checklist-model/surroundings.ts';
import { succeed } from '../../lib/core/failures.ts';
import type { LogLine } from '../../lib/core/log/event.ts';
import { type ChecklistRef, checklistKey, issueChecklist } from '../../lib/core/refs.ts';
import { RUNS } from './reconcile-samples.ts';
import { issueAt, NOW, REPO } from './samples.ts';

/** Two checklists that the log knows, and what their keys are. */
export const PLAN: KnownChecklist = {
  checklist: issueChecklist(issueAt(1)),
  title: 'Release plan',
};
export const OTHER: KnownChecklist = {
  checklist: issueChecklist({ repo: { ...REPO, name: 'tool' }, number: 7 }),
  title: 'Tool chores',
};
export const PLAN_KEY = checklistKey(PLAN.checklist);
export const OTHER_KEY = checklistKey(OTHER.checklist);

const HOUR_MS = 3_600_000;

/** A line; a greater id is newer by an hour. What is given replaces the sample. */
export function sampleLine(id: number, change: Partial<LogLine> = {}): LogLine {
  return {
    id,
    at: NOW - 1_000 * HOUR_MS + id * HOUR_MS,
    kind: 'write-master',
    job: '',
    run: `run-${id}`,
    checklistKey: PLAN_KEY,
    cause: { by: 'background', what: 'sync' },
    login: 'ann',
    ...(change.kind === undefined && { rows: [stepRow(id)] }),
    ...change,
  } as LogLine;
}

function stepRow(id: number) {
  return { item: `item-${id}`, text: `Step ${id}`, what: 'tick', issue: issueAt(100 + id) };
}

/** Lines of every sort, newest first. */
export const LINES: readonly LogLine[] = [
  sampleLine(6, { kind: 'notice', notice: noticeOf('GitHub cannot be reached.') }),
  sampleLine(5, { login: 'bob', cause: { by: 'click', what: 'sync' }, run: 'r5', job: 'r5' }),
  sampleLine(4, {
    kind: 'change-issue',
    run: 'r5',
    job: 'r5',
    cause: { by: 'click', what: 'resolve' },
    issue: issueAt(12),
    change: { issue: issueAt(12), state: { to: 'closed', reason: 'not_planned' } },
  }),
  sampleLine(3, { checklistKey: OTHER_KEY, rows: [row('a', 'Parse DATES'), row('b', 'Ship')] }),
  sampleLine(2, {
    kind: 'create-issue',
    cause: { by: 'click', what: 'generate' },
    issue: issueAt(12),
  }),
  sampleLine(1),
];

function row(item: string, text: string) {
  return { item, text, what: 'tick', pulls: [issueAt(33)] } as const;
}

function noticeOf(message: string) {
  return { code: 'offline', message, action: 'Check the network.' } as const;
}

/** A model over these lines, and what it asked and handed out. */
export interface SampleLog {
  readonly model: LogModel;
  readonly asked: [name: string, query: unknown][];
  readonly files: DownloadFile[];
  readonly route: { value: { checklist: ChecklistRef | undefined; run: string | undefined } };
  /** Lines that are written from now on, oldest first. */
  readonly written: LogLine[];
}

/** Texts before the writes, by the line's id. */
export const TEXTS: Readonly<Record<number, string>> = {
  1: '- [ ] Step 1\n- [ ] Step 5\n',
  5: '- [x] Step 1\n- [ ] Step 5\n',
};

export function sampleLog(
  lines: readonly LogLine[] = LINES,
  answers: Readonly<Record<string, unknown>> = {},
  change: Partial<LogContext> = {},
): SampleLog {
  const asked: [string, unknown][] = [];
  const files: DownloadFile[] = [];
  const written: LogLine[] = [];
  const route = signal<SampleLog['route']['value']>({ checklist: undefined, run: undefined });
  const ask = async (name: string, query: unknown) => {
    asked.push([name, query]);
    return answers[name] ?? succeed(name === 'listRuns' ? RUNS : undefined);
  };
  const model = createLogModel({
    ask: ask as Ask,
    loadChecklists: async () =>
      new Map([
        [PLAN_KEY, PLAN],
        [OTHER_KEY, OTHER],
      ]),
    readLines: async (onLines, { after = 0 }) => {
      const all = [...written.toReversed(), ...lines].filter(({ id }) => id > after);
      onLines(all.slice(0, 3));
      onLines(all.slice(3));
    },
    loadBefore: async (id) => TEXTS[id],
    route,
    now: signal(NOW),
    download: (file) => void files.push(file),
    ...change,
  });
  return { model, asked, files, route, written };
}
