import { describe, expect, it } from 'vitest';
import type { JobHeader, JobRow } from '../../../lib/core/job/job.ts';
import { commentBody } from '../../../lib/core/job/job-comment.ts';
import type { IssueHistory } from '../../../lib/core/job/job-facts.ts';
import { isUndone, isUntouched, undoneBody } from '../../../lib/core/job/job-undo.ts';
import { formatMarker } from '../../../lib/core/marker.ts';

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
    const comments = [
      { author: 'Ada', body: commentBody(undo(), ROW), isBot: false },
      { author: 'ci', body: 'Welcome!', isBot: true },
    ];
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
    ['commented by somebody', { comments: [{ author: 'eve', body: 'Hi', isBot: false }] }],
    ['commented by its maker by hand', { comments: [{ author: 'ada', body: 'Hi', isBot: false }] }],
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
  return { author: 'eve', body: commentBody(undo(), ROW), isBot: false };
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
