import { describe, expect, it } from 'vitest';
import type { JobHeader, JobRow } from '../../../lib/core/engine/job.ts';
import { commentBody } from '../../../lib/core/engine/job-comment.ts';
import type { IssueHistory } from '../../../lib/core/engine/job-facts.ts';
import { isUndone, isUntouched, undoneBody } from '../../../lib/core/engine/job-undo.ts';
import type { IssueChange, RecordedChange } from '../../../lib/core/engine/mend.ts';
import { formatMarker } from '../../../lib/core/text/marker.ts';

const REPO = { host: 'github.com', owner: 'octo', name: 'demo' };
const CHECKLIST = { repo: REPO, number: 12 };
const RUN = '01K0000000000000000000000A';
const START = Date.parse('2026-11-20T12:00:00Z');
const BODY = `Do it.\n\nPart of #12\n\n${marker('v1')}`;

const ROW: JobRow = {
  index: 0,
  item: { key: 'k', textHash: 't', groupHash: 'g', ordinal: 0 },
  text: 'Do it',
  title: 'Do it',
  body: BODY,
  phase: 'planned',
  own: true,
  issue: { number: 101, url: '' },
  linkKnown: false,
  attempts: 1,
  relinks: 0,
};

describe('an issue that a run made', () => {
  it('is untouched as the run left it, with its labels, its comment and what bots did', () => {
    expect(isUntouched(history(), ROW, undo())).toBe(true);
    const comments = [comment('Ada', commentBody(undo(), ROW)), comment('ci', 'Welcome!', true)];
    const events = [
      event('labeled', 'ada'),
      event('cross-referenced', 'ada'),
      event('labeled', 'ci', true),
    ];
    expect(isUntouched(history({ comments, events }), ROW, undo())).toBe(true);
  });

  it('is untouched when GitHub changed its line ends', () => {
    expect(
      isUntouched(history({ body: `${BODY.replaceAll('\n', '\r\n')}\r\n` }), ROW, undo()),
    ).toBe(true);
  });

  it.each<[string, Partial<IssueHistory>]>([
    ['another title', { title: 'Do it well' }],
    ['another body', { body: BODY.replace('Do it', 'Do it well') }],
    ['closed', { state: 'closed' }],
    ['edited by somebody', { editors: ['eve'] }],
    ['commented by somebody', { comments: [comment('eve', 'Hi')] }],
    ['commented by its maker by hand', { comments: [comment('ada', 'Hi')] }],
    ['our comment, forged by somebody', { comments: [forgedComment()] }],
    ['labeled by somebody', { events: [event('labeled', 'eve')] }],
    [
      'labeled by its maker by hand too',
      { events: [event('labeled', 'ada'), event('labeled', 'ada')] },
    ],
    [
      'assigned by its maker, where the run assigned nobody',
      { events: [event('assigned', 'ada')] },
    ],
    ['labeled by its maker a day later', { events: [event('labeled', 'ada', false, 86_400_000)] }],
    ['renamed', { events: [event('renamed', 'ada')] }],
  ])('is touched when it is %s', (_, change) => {
    expect(isUntouched(history(change), ROW, undo())).toBe(false);
  });
});

describe('an issue that our log knows more of', () => {
  const LATER = START + 86_400_000;
  const recorded = (change: Omit<IssueChange, 'issue'>): RecordedChange => ({
    issue: 'github.com/octo/demo#101',
    at: LATER,
    change: { issue: { repo: REPO, number: 101 }, ...change },
  });
  const eventLater = (type: string, actor = 'ada') => event(type, actor, false, 86_400_000);

  it('is untouched when nobody but a mending closed and retitled it', () => {
    const title = { from: 'Do it', to: 'Do it well' };
    const log = { ...undo(), recorded: [recorded({ state: { to: 'closed' }, title })] };
    const events = [eventLater('closed'), eventLater('renamed')];
    const mended = history({ state: 'closed', title: 'Do it well', events });
    expect(isUntouched(mended, ROW, log)).toBe(true);
    expect(isUntouched(mended, ROW, undo())).toBe(false);
    expect(isUntouched({ ...mended, title: 'Do it' }, ROW, log)).toBe(false);
    expect(isUntouched({ ...mended, state: 'open' }, ROW, log)).toBe(false);
    const byEve = [...events, eventLater('labeled', 'eve')];
    expect(isUntouched({ ...mended, events: byEve }, ROW, log)).toBe(false);
  });

  it('is untouched when a mending changed its marker, and nothing else of the body', () => {
    const log = { ...undo(), recorded: [recorded({ marker: 'undone' })] };
    const body = BODY.replace('masterlist:v1', 'masterlist:undone');
    expect(isUntouched(history({ body, editors: ['ada'] }), ROW, log)).toBe(true);
    const more = body.replace('Do it', 'Do it well');
    expect(isUntouched(history({ body: more, editors: ['ada'] }), ROW, log)).toBe(false);
  });

  it('is untouched by moves on a project board', () => {
    const types = [
      'added_to_project_v2',
      'project_v2_item_status_changed',
      'moved_columns_in_project',
    ];
    const events = types.map((type) => eventLater(type, 'eve'));
    expect(isUntouched(history({ events }), ROW, undo())).toBe(true);
  });
});

describe('an issue of a run that is known by its markers alone', () => {
  const found: JobHeader = {
    ...undo(),
    options: { ...undo().options, labels: [] },
    undoes: { startedAt: START, endedAt: START, from: 'markers' },
  };

  it('is untouched with what it was created with', () => {
    const events = [
      event('labeled', 'ada'),
      event('milestoned', 'ada'),
      event('assigned', 'ada', false, 50_000),
      event('cross-referenced', 'ada', false, 7_200_000),
    ];
    const comments = [comment('ada', commentBody(undo(), ROW))];
    expect(isUntouched(history({ events, comments }), ROW, found)).toBe(true);
  });

  it.each<[string, Partial<IssueHistory>]>([
    ['edited, by whomever', { editors: ['ada'] }],
    ['renamed', { events: [event('renamed', 'ada')] }],
    ['labeled later', { events: [event('labeled', 'ada', false, 61_000)] }],
    ['labeled by somebody else', { events: [event('labeled', 'eve')] }],
  ])('is touched when it was %s', (_, change) => {
    expect(isUntouched(history(change), ROW, found)).toBe(false);
  });
});

describe('the marker of an undone issue', () => {
  it('says so, and nothing else of the body changes', () => {
    expect(undoneBody(BODY, undo())).toBe(BODY.replace('masterlist:v1', 'masterlist:undone'));
    expect(isUndone(history({ state: 'closed', body: undoneBody(BODY, undo()) }), undo())).toBe(
      true,
    );
    expect(isUndone(history({ state: 'closed' }), undo())).toBe(false);
  });

  it('of another run is left alone', () => {
    const other = { ...undo(), run: '01K0000000000000000000000B' };
    expect(undoneBody(BODY, other)).toBe(BODY);
  });
});

function marker(state: 'v1' | 'undone'): string {
  return formatMarker({ state, checklist: CHECKLIST, item: 'k', text: 't', run: RUN });
}

function history(change: Partial<IssueHistory> = {}): IssueHistory {
  return {
    ref: { repo: REPO, number: 101 },
    title: 'Do it',
    body: BODY,
    state: 'open',
    comments: [],
    events: [],
    editors: [],
    createdAt: new Date(START).toISOString(),
    ...change,
  };
}

function event(
  type: string,
  actor: string,
  isBot = false,
  later = 0,
): IssueHistory['events'][number] {
  return { type, actor, isBot, createdAt: new Date(START + 1_000 + later).toISOString() };
}

function forgedComment() {
  return comment('eve', commentBody(undo(), ROW));
}

function comment(author: string, body: string, isBot = false): IssueHistory['comments'][number] {
  return { author, body, isBot, createdAt: new Date(START + 2_000).toISOString() };
}

function undo(): JobHeader {
  return {
    id: '01K0000000000000000000000U',
    kind: 'undo',
    run: RUN,
    checklist: CHECKLIST,
    checklistKey: 'github.com/octo/demo#12',
    target: REPO,
    account: 'github.com/ada',
    login: 'ada',
    options: {
      labels: ['test-plan'],
      missingLabels: [],
      milestone: undefined,
      assignees: [],
      comment: true,
      linkStyle: 'closes',
      placeholder: '',
      identity: 'links',
      careful: false,
    },
    startedAt: START + 3_600_000,
    claim: 'none',
    endedRuns: [],
    recheck: false,
    unverified: false,
    failures: 0,
    undoes: { startedAt: START, endedAt: START + 60_000 },
  };
}
