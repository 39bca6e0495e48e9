import { describe, expect, it } from 'vitest';
import type { IssueChange, MadeIssue, RecordedChange } from '../../../lib/core/engine/change.ts';
import { commentBody } from '../../../lib/core/engine/comment.ts';
import type { IssueHistory } from '../../../lib/core/engine/job-facts.ts';
import { isTouched, type OwnWork } from '../../../lib/core/engine/touched.ts';
import { issueChecklist } from '../../../lib/core/refs.ts';
import { formatMarker } from '../../../lib/core/text/marker.ts';

const REPO = { host: 'github.com', owner: 'octo', name: 'demo' };
const ISSUE = { repo: REPO, number: 101 };
const CHECKLIST = issueChecklist({ repo: REPO, number: 12 });
const RUN = '01K0000000000000000000000A';
const CREATED = Date.parse('2026-11-20T12:00:00Z');
/** When we closed it, in seconds after its creation. */
const CLOSED = 3_600;
const DAY = 86_400;
const MARKER = formatMarker({
  state: 'v1',
  checklist: CHECKLIST,
  item: 'k',
  text: 't',
  run: RUN,
});
const BODY = `Do it.\n\nPart of #12\n\n${MARKER}`;
const LINK = commentBody(
  { checklist: CHECKLIST, target: REPO, id: RUN },
  { item: { key: 'k', textHash: 't', groupHash: 'g', ordinal: 0 } },
);

/** What changes an issue is undone of: a run that our log knows, one that markers alone tell of, or a change of ours. */
const BASES = {
  log: {
    settings: { labels: ['test-plan'], milestone: undefined, assignees: [] },
    ran: { from: CREATED - 60_000, until: CREATED + 60_000 },
  },
  markers: { settings: undefined },
  change: undefined,
};
type Base = keyof typeof BASES;

interface Known {
  readonly log?: readonly RecordedChange[];
  readonly by?: string;
}

// One table for every base: what is there, and for which of them it counts as somebody's.
describe('an issue as we left it is touched', () => {
  it.each<[string, Partial<IssueHistory>, readonly Base[]]>([
    ['not by nothing', {}, []],
    ['not by our link comment', { comments: [comment('Ada', 60, LINK)] }, []],
    ['not by our link comment with other line ends', { comments: [crlf()] }, []],
    ['by a comment of somebody', { comments: [comment('eve', 60)] }, ['log', 'markers', 'change']],
    [
      'by a comment of ours by hand',
      { comments: [comment('ada', 60)] },
      ['log', 'markers', 'change'],
    ],
    [
      'by our link comment, forged',
      { comments: [comment('eve', 60, LINK)] },
      ['log', 'markers', 'change'],
    ],
    [
      'by words added to our link comment',
      { comments: [comment('ada', 60, `Wait!\n${LINK}`)] },
      ['log', 'markers', 'change'],
    ],
    ['not by a comment of a bot', { comments: [comment('ci', 60, 'Welcome', true)] }, []],
    [
      'by more comments than are read',
      { comments: Array(100).fill(comment('ci', 1, '', true)) },
      ['log', 'markers', 'change'],
    ],
    ['not by the label that it was created with', { events: [event('labeled', 'ada', 2)] }, []],
    [
      'by one label more than the run set',
      { events: [event('labeled', 'ada', 2), event('labeled', 'ada', 3)] },
      ['log'],
    ],
    [
      'by an assignment that the run did not make',
      { events: [event('assigned', 'ada', 30)] },
      ['log'],
    ],
    [
      'by a label that was set after the creation',
      { events: [event('labeled', 'ada', 61)] },
      ['log', 'markers', 'change'],
    ],
    [
      'by a label of somebody',
      { events: [event('labeled', 'eve', 2)] },
      ['log', 'markers', 'change'],
    ],
    ['not by a label of a bot', { events: [event('labeled', 'ci', DAY, true)] }, []],
    [
      'not by moves on a board',
      {
        events: [
          'added_to_project',
          'project_v2_item_status_changed',
          'moved_columns_in_project',
        ].map((type) => event(type, 'eve', DAY)),
      },
      [],
    ],
    ['not by what GitHub logs beside our writes', { events: sideEvents(-600, 60 + 600) }, []],
    ['by the same before its run', { events: sideEvents(-60 - 601) }, ['log']],
    ['by the same after its run', { events: sideEvents(60 + 601) }, ['log']],
    [
      'by a mention of somebody',
      { events: [event('cross-referenced', 'eve', DAY)] },
      ['log', 'markers', 'change'],
    ],
    [
      'by an event without a time',
      { events: [{ ...event('x', 'ada', 0), createdAt: '' }] },
      ['log', 'markers', 'change'],
    ],
    ['by an edit of somebody', { edits: [edit('eve', 60)] }, ['log', 'markers', 'change']],
    [
      'by an edit by hand, unless the body is as the run left it',
      { edits: [edit('ada', 30)] },
      ['markers', 'change'],
    ],
    ['not by the text that it was created with', { edits: [edit('ada', 0)] }, []],
    ['by another title than the run gave it', { title: 'Do it well' }, ['log', 'markers']],
    [
      'by another body than the run gave it',
      { body: BODY.replace('Do it', 'Do it well') },
      ['log', 'markers'],
    ],
    ['not by other line ends', { body: `${BODY.replaceAll('\n', '\r\n')}\r\n` }, []],
    ['by being closed since the run', { state: 'closed' }, ['log', 'markers']],
    [
      'by a renaming that we know nothing of',
      { events: [event('renamed', 'ada', 60)] },
      ['log', 'markers'],
    ],
  ])('%s', (_, change, by) => {
    const bases: readonly Base[] = ['log', 'markers', 'change'];
    expect(bases.filter((base) => touched(change, {}, base))).toEqual(by);
  });
});

describe('an issue that we changed', () => {
  it('is untouched by what came before, by bots, boards and links', () => {
    expect(
      touched({
        comments: [
          comment('eve', 60),
          comment('ci', CLOSED + 60, 'Welcome', true),
          comment('ada', CLOSED + 60, LINK),
        ],
        events: [
          event('labeled', 'eve', 60),
          event('closed', 'Ada', CLOSED),
          event('renamed', 'ada', CLOSED),
          event('labeled', 'ci', CLOSED + 60, true),
          event('project_v2_item_status_changed', 'eve', CLOSED + 60),
          event('cross-referenced', 'ada', CLOSED + 3_600),
        ],
        edits: [edit('eve', 60), edit('ada', CLOSED + 1)],
      }),
    ).toBe(false);
  });

  it.each<[string, Partial<IssueHistory>]>([
    ['somebody commented', { comments: [comment('eve', CLOSED + 60)] }],
    ['somebody did something in the same second', { events: [event('labeled', 'eve', CLOSED)] }],
    ['its changer labeled it by hand', { events: [event('labeled', 'ada', CLOSED + 60)] }],
    ['somebody mentioned it', { events: [event('cross-referenced', 'eve', CLOSED + 60)] }],
    ['something has no time', { events: [{ ...event('x', 'eve', 0), createdAt: '' }] }],
    ['somebody edited it', { edits: [edit('eve', CLOSED + 60)] }],
    ['its changer edited it by hand', { edits: [edit('ada', CLOSED + 3_600)] }],
  ])('is touched when %s', (_, change) => {
    const { events = [], ...rest } = change;
    expect(touched({ ...rest, events: [event('closed', 'ada', CLOSED), ...events] })).toBe(true);
  });
});

describe('a log', () => {
  const closings = [event('closed', 'ada', CLOSED), event('closed', 'ada', CLOSED + DAY)];

  it('tells our changes from those by hand', () => {
    const [first, second] = [closedAt(CLOSED), closedAt(CLOSED + DAY)];
    expect(touched({ events: closings })).toBe(false);
    expect(touched({ events: closings }, { log: [first] })).toBe(true);
    expect(touched({ events: closings }, { log: [first, second] })).toBe(false);
  });

  it('of other issues tells nothing', () => {
    const other = { ...closedAt(CLOSED), issue: 'github.com/octo/demo#102' };
    expect(touched({ events: closings }, { log: [other] })).toBe(false);
  });

  it.each(['log', 'markers'] as const)(
    'tells what was done to an issue since its run (%s)',
    (base) => {
      const title = { from: 'Do it', to: 'Do it well' };
      const known = { log: [recorded(DAY, { state: { to: 'closed' }, title })] };
      const events = [event('closed', 'ada', DAY), event('renamed', 'ada', DAY)];
      const now = { state: 'closed', title: 'Do it well', events } as const;
      expect(touched(now, known, base)).toBe(false);
      expect(touched(now, {}, base)).toBe(true);
      expect(touched({ ...now, title: 'Do it' }, known, base)).toBe(true);
      expect(touched({ ...now, state: 'open' }, known, base)).toBe(true);
      const byEve = [...events, event('labeled', 'eve', DAY)];
      expect(touched({ ...now, events: byEve }, known, base)).toBe(true);
    },
  );

  it.each(['log', 'markers'] as const)(
    'tells of a change of the marker, and nothing else of the body may differ (%s)',
    (base) => {
      const known = { log: [recorded(DAY, { marker: 'undone' })] };
      const edits = [edit('ada', 0), edit('ada', DAY)];
      const body = BODY.replace('masterlist:v1', 'masterlist:undone');
      expect(touched({ body, edits }, known, base)).toBe(false);
      expect(touched({ body: body.replace('it', 'it well'), edits }, known, base)).toBe(true);
    },
  );
});

describe('a run of another user', () => {
  it('is undone like our own', () => {
    const events = [event('labeled', 'Bob', 2)];
    expect(touched({ events }, { by: 'bob' }, 'log')).toBe(false);
    expect(touched({ events }, {}, 'log')).toBe(true);
  });
});

function touched(
  change: Partial<IssueHistory>,
  { log = [], by }: Known = {},
  base: Base = 'change',
): boolean {
  const history: IssueHistory = {
    ref: ISSUE,
    title: 'Do it',
    body: BODY,
    state: 'open',
    comments: [],
    events: [],
    edits: [],
    createdAt: at(0),
    ...change,
  };
  const own: OwnWork = {
    login: 'ada',
    checklist: CHECKLIST,
    recorded: log,
  };
  const left: MadeIssue | undefined = BASES[base] && {
    title: 'Do it',
    body: BODY,
    ...BASES[base],
    ...(by !== undefined && { by }),
  };
  return isTouched(history, own, left);
}

function closedAt(seconds: number): RecordedChange {
  return recorded(seconds, { state: { to: 'closed' } });
}

function recorded(seconds: number, change: Omit<IssueChange, 'issue'>): RecordedChange {
  const time = CREATED + seconds * 1_000 + 5_000;
  return { issue: 'github.com/octo/demo#101', at: time, change: { issue: ISSUE, ...change } };
}

function comment(author: string, seconds: number, body = 'Hi', isBot = false) {
  return { author, body, isBot, createdAt: at(seconds) };
}

function crlf() {
  return comment('ada', 60, LINK.replaceAll('\n', '\r\n'));
}

function event(type: string, actor: string, seconds: number, isBot = false) {
  return { type, actor, isBot, createdAt: at(seconds) };
}

function sideEvents(...seconds: readonly number[]) {
  const types = ['commented', 'cross-referenced', 'mentioned', 'subscribed'];
  return seconds.flatMap((second) => types.map((type) => event(type, 'ada', second)));
}

function edit(editor: string, seconds: number) {
  return { editor, editedAt: at(seconds) };
}

function at(seconds: number): string {
  return new Date(CREATED + seconds * 1_000).toISOString();
}
