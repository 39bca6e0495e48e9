import { describe, expect, it } from 'vitest';
import type { IssueHistory } from '../../../lib/core/engine/job-facts.ts';
import type { RecordedChange } from '../../../lib/core/engine/mend.ts';
import { isTouchedSince } from '../../../lib/core/engine/touched-since.ts';

const REPO = { host: 'github.com', owner: 'octo', name: 'demo' };
const ISSUE = { repo: REPO, number: 101 };
const CREATED = Date.parse('2026-11-20T12:00:00Z');
/** When we closed it, in seconds after its creation. */
const CLOSED = 3_600;
const LINK = '<!-- masterlist:comment run=01K0000000000000000000000A item=k -->';

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
          event('added_to_project', 'eve', CLOSED + 60),
          event('cross-referenced', 'ada', CLOSED + 3_600),
        ],
        edits: [edit('eve', 60), edit('ada', CLOSED + 1)],
      }),
    ).toBe(false);
  });

  it.each<[string, Partial<IssueHistory>]>([
    ['somebody commented', { comments: [comment('eve', CLOSED + 60)] }],
    ['its changer commented by hand', { comments: [comment('ada', CLOSED + 60)] }],
    ['somebody forged our comment', { comments: [comment('eve', CLOSED + 60, LINK)] }],
    ['somebody did something in the same second', { events: [event('labeled', 'eve', CLOSED)] }],
    ['its changer labeled it by hand', { events: [event('labeled', 'ada', CLOSED + 60)] }],
    ['somebody mentioned it', { events: [event('cross-referenced', 'eve', CLOSED + 60)] }],
    ['something has no time', { events: [{ ...event('x', 'eve', 0), createdAt: '' }] }],
    ['somebody edited it', { edits: [edit('eve', CLOSED + 60)] }],
    ['its changer edited it by hand', { edits: [edit('ada', CLOSED + 3_600)] }],
    ['more was said than is read', { comments: Array(100).fill(comment('ci', 1, '', true)) }],
  ])('is touched when %s', (_, change) => {
    const { events = [], ...rest } = change;
    expect(touched({ ...rest, events: [event('closed', 'ada', CLOSED), ...events] })).toBe(true);
  });

  it('is touched by any other editor where nobody knows when', () => {
    const closed = [event('closed', 'ada', CLOSED)];
    expect(touched({ events: closed, editors: ['ada'] })).toBe(false);
    expect(touched({ events: closed, editors: ['ada', 'eve'] })).toBe(true);
  });
});

describe('an issue that we never changed', () => {
  it('is untouched as it was created, by its creator', () => {
    const events = [event('labeled', 'ada', 2), event('assigned', 'ada', 30)];
    expect(touched({ events })).toBe(false);
  });

  it('is touched by everything since', () => {
    expect(touched({ events: [event('labeled', 'ada', 61)] })).toBe(true);
    expect(touched({ events: [event('labeled', 'eve', 2)] })).toBe(true);
    expect(touched({ comments: [comment('eve', 2)] })).toBe(true);
  });
});

describe('a log', () => {
  const closings = [event('closed', 'ada', CLOSED), event('closed', 'ada', CLOSED + 86_400)];

  it('tells our changes from those by hand', () => {
    expect(touched({ events: closings })).toBe(false);
    expect(touched({ events: closings }, [recorded(CLOSED)])).toBe(true);
    expect(touched({ events: closings }, [recorded(CLOSED), recorded(CLOSED + 86_400)])).toBe(
      false,
    );
  });

  it('of other issues tells nothing', () => {
    const other = { ...recorded(CLOSED), issue: 'github.com/octo/demo#102' };
    expect(touched({ events: closings }, [other])).toBe(false);
  });
});

function touched(change: Partial<IssueHistory>, log: readonly RecordedChange[] = []): boolean {
  const history: IssueHistory = {
    ref: ISSUE,
    title: 'Do it',
    body: '',
    state: 'closed',
    comments: [],
    events: [],
    editors: [],
    createdAt: at(0),
    ...change,
  };
  const checklist = { repo: REPO, number: 12 };
  return isTouchedSince(history, { login: 'ada', checklist, recorded: log });
}

function recorded(seconds: number): RecordedChange {
  const change = { issue: ISSUE, state: { to: 'closed' } } as const;
  return { issue: 'github.com/octo/demo#101', at: Date.parse(at(seconds)) + 5_000, change };
}

function comment(author: string, seconds: number, body = 'Hi', isBot = false) {
  return { author, body, isBot, createdAt: at(seconds) };
}

function event(type: string, actor: string, seconds: number, isBot = false) {
  return { type, actor, isBot, createdAt: at(seconds) };
}

function edit(editor: string, seconds: number) {
  return { editor, editedAt: at(seconds) };
}

function at(seconds: number): string {
  return new Date(CREATED + seconds * 1_000).toISOString();
}
