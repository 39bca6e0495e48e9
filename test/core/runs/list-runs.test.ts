import { describe, expect, it } from 'vitest';
import type { IssueChange } from '../../../lib/core/engine/change.ts';
import type { Cause } from '../../../lib/core/log/cause.ts';
import type { LogEvent } from '../../../lib/core/log/event.ts';
import { listRuns, NOTHING_BACK, type RunLog } from '../../../lib/core/runs/list-runs.ts';
import { MASTER, ref } from '../sync/build-sync.ts';
import { event, header, itemAt, mapOf, marked, OTHER_RUN, RUN, tick, write } from './build-runs.ts';

const TEXT = '- [ ] Parse dates\n- [ ] Write the docs (closes #12)\n';

function list(events: readonly LogEvent[], log: Partial<RunLog> = {}) {
  return listRuns({ checklist: MASTER, events, jobs: [], marked: undefined, ...log });
}

const made = (number: number, changes: Partial<LogEvent> = {}) =>
  event({
    kind: 'create-issue',
    cause: { by: 'click', what: 'generate' },
    issue: ref(number),
    ...changes,
  } as Partial<LogEvent>);

describe('runs of the log', () => {
  it('says of a sync what taking it back does, each item once', () => {
    const item = itemAt(TEXT, 1);
    const first = write(TEXT, [
      tick(TEXT),
      tick(TEXT, 1),
      { kind: 'append-pull-requests', item, pulls: [ref(456), ref(460)] },
    ]);
    expect(list([first.event, { ...first.event, at: 1_500 }])).toEqual([
      {
        run: RUN,
        kind: 'sync',
        at: 1_000,
        login: 'ada',
        byItself: false,
        origin: 'log',
        takesBack: { ...NOTHING_BACK, untick: 2, numbers: 2 },
        undone: false,
      },
    ]);
  });

  it.each<[Cause['by'], Cause['what'], string, boolean]>([
    ['click', 'sync', 'sync', false],
    ['background', 'sync', 'sync', true],
    ['night', 'sync', 'sync', true],
    ['night', 'resolve', 'resolve', true],
    ['click', 'resolve', 'resolve', false],
    ['click', 'undo', 'undo', false],
    ['click', 'undo-generation', 'undo', false],
    ['click', 'unlink', 'unlink', false],
    ['click', 'traces', 'traces', false],
    ['click', 'restore', 'restore', false],
    ['click', 'generate', 'generate', false],
  ])('knows %s: %s as %s', (by, what, kind, byItself) => {
    const cause = { by, what };
    expect(list([event({ cause })])).toMatchObject([{ kind, byItself }]);
  });

  it('leaves out what belongs to no run, and runs that wrote nothing', () => {
    expect(
      list([
        event({ run: '' }),
        event({ kind: 'remark', cause: { by: 'background', what: 'sync' } }),
        event({ kind: 'notice', run: OTHER_RUN }),
        event({ run: OTHER_RUN, cause: { by: 'background', what: 'verify' } }),
      ]),
    ).toEqual([]);
  });

  it('counts the changes of issues, and the changes of the text of all kinds', () => {
    const item = itemAt(TEXT, 1);
    const text = write(TEXT, [
      { kind: 'relink', item, from: ref(12), to: ref(13), style: 'closes' },
      { kind: 'retext', item: itemAt(TEXT), text: 'Read dates' },
    ]);
    const changed = (undo: IssueChange) => event({ kind: 'change-issue', undo });
    const events = [
      changed({ issue: ref(12), state: { to: 'open' } }),
      changed({ issue: ref(13), state: { to: 'closed' } }),
      changed({ issue: ref(14), title: { from: 'b', to: 'a' } }),
      changed({ issue: ref(14), title: { from: 'c', to: 'b' } }),
      changed({ issue: ref(15), marker: 'v1' }),
      text.event,
    ].map((one) => ({ ...one, cause: { by: 'click', what: 'resolve' } as const }));
    const takesBack = { ...NOTHING_BACK, reopen: 1, closeAgain: 1, retitle: 1, links: 1, words: 1 };
    expect(list(events)).toMatchObject([{ takesBack }]);
  });

  it('counts entries of the hidden block as links, unless they only follow a renamed item', () => {
    const [one, two] = [itemAt(TEXT), itemAt(TEXT, 1)];
    const before = write(TEXT, [mapOf(new Map([[one.key, ref(12)]]), [one])]).text;
    const after = new Map([
      [two.key, ref(14)],
      ['new', ref(12)],
    ]);
    const { event: line } = write(before, [mapOf(after, [two])], {
      cause: { by: 'click', what: 'resolve' },
    });
    expect(list([line])).toMatchObject([{ takesBack: { ...NOTHING_BACK, links: 1 } }]);
  });

  it('counts nothing for removed traces and for earlier texts that were put back', () => {
    const { event: line } = write(TEXT, [tick(TEXT), mapOf(new Map([['a', ref(12)]]), [])]);
    for (const what of ['traces', 'restore'] as const)
      expect(list([{ ...line, cause: { by: 'click', what } }])).toMatchObject([
        { takesBack: NOTHING_BACK },
      ]);
  });

  it('counts the issues that a generation made or found again, each once', () => {
    const events = [made(12), made(12, { kind: 'find-issue' }), made(13, { kind: 'find-issue' })];
    expect(
      list([event({ kind: 'create-label', cause: { by: 'click', what: 'generate' } }), ...events]),
    ).toMatchObject([{ kind: 'generate', takesBack: { ...NOTHING_BACK, close: 2 } }]);
  });

  it('gives the newest first, and leaves out what is still going on', () => {
    const events = [event(), event({ run: OTHER_RUN, at: 2_000 })];
    expect(list(events).map(({ run }) => run)).toEqual([OTHER_RUN, RUN]);
    const jobs = [header({ id: OTHER_RUN, endedAt: undefined })];
    expect(list(events, { jobs }).map(({ run }) => run)).toEqual([RUN]);
  });
});

describe('runs that were taken back', () => {
  const undo = (changes: object = {}) =>
    header({ change: { cause: 'undo', creates: [], undoes: RUN }, ...changes });
  const isUndone = (jobs: RunLog['jobs']) =>
    list([event()], { jobs }).find(({ run }) => run === RUN)?.undone;

  it('are known by the change run that names them, while it stands', () => {
    expect(isUndone([])).toBe(false);
    expect(isUndone([undo()])).toBe(true);
    expect(isUndone([undo({ endedAt: undefined, outcome: undefined })])).toBe(true);
    expect(isUndone([undo({ outcome: 'stopped' })])).toBe(false);
    const again = header({
      id: 'later',
      change: { cause: 'undo', creates: [], undoes: OTHER_RUN },
    });
    expect(isUndone([undo(), again])).toBe(false);
  });

  it('are generations that an undo names; a stopped one leaves the rest to close', () => {
    const closing = made(12, {
      kind: 'change-issue',
      cause: { by: 'click', what: 'undo-generation' },
      run: OTHER_RUN,
      login: 'eve',
      at: 5_000,
      change: { issue: ref(12), state: { to: 'closed' }, marker: 'undone' },
    });
    const events = [made(12), made(13), closing];
    const done = undo();
    expect(list(events, { jobs: [done] })).toMatchObject([
      { run: OTHER_RUN, kind: 'undo', undone: false },
      { undone: true, login: 'ada', takesBack: { close: 2 } },
    ]);
    const stopped = undo({ outcome: 'stopped' });
    expect(list(events, { jobs: [stopped] })[1]).toMatchObject({
      undone: false,
      takesBack: { close: 1 },
    });
  });
});

describe('runs of other browsers', () => {
  const found = (...issues: ReturnType<typeof marked>[]) => list([], { marked: issues });

  it('are found by the markers of their issues', () => {
    const issues = [
      marked(14, TEXT, { run: OTHER_RUN }),
      marked(13, TEXT, { index: 1 }),
      marked(12, TEXT),
      marked(11, TEXT, { state: 'closed' }),
    ];
    expect(found(...issues)).toMatchObject([
      { run: OTHER_RUN, takesBack: { close: 1 } },
      {
        run: RUN,
        kind: 'generate',
        at: Date.parse('2026-11-05T12:00:11Z'),
        login: 'bob',
        byItself: false,
        origin: 'issues',
        takesBack: { ...NOTHING_BACK, close: 2 },
        undone: false,
      },
    ]);
  });

  it('do not come from markers that are undone, closed, of strangers or of other checklists', () => {
    const stranger = { author: 'eve', authorAssociation: 'NONE' };
    const elsewhere = marked(12, TEXT).body.replace('octo/plan#1 ', 'octo/plan#2 ');
    expect(
      found(
        marked(12, TEXT, { undone: true }),
        marked(13, TEXT, { state: 'closed' }),
        marked(14, TEXT, stranger),
        marked(15, TEXT, { body: elsewhere }),
        marked(16, TEXT, { kind: 'pull-request' }),
      ),
    ).toEqual([]);
    const own = list([], { marked: [marked(14, TEXT, stranger)], viewer: 'Eve' });
    expect(own).toMatchObject([{ login: 'eve' }]);
  });

  it('are told by the log where that knows them', () => {
    const issues = [marked(12, TEXT), marked(13, TEXT)];
    expect(list([made(12)], { marked: issues })).toMatchObject([
      { origin: 'log', takesBack: { close: 1 } },
    ]);
  });

  it('can be closed to the end where an undo was stopped here', () => {
    const stopped = header({
      change: { cause: 'undo-generation', creates: [], undoes: RUN },
      outcome: 'stopped',
    });
    const log = { jobs: [stopped], marked: [marked(12, TEXT, { undone: true }), marked(13, TEXT)] };
    expect(list([], log)).toMatchObject([
      { origin: 'issues', undone: false, takesBack: { close: 1 } },
    ]);
  });
});
