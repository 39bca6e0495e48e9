import { describe, expect, it } from 'vitest';
import type { IssueChange } from '../../../lib/core/engine/change.ts';
import { bodyWith, joinChanges, leftOf } from '../../../lib/core/engine/issue-change.ts';
import type { IssueComment, IssueNow } from '../../../lib/core/engine/job-facts.ts';
import { type ChecklistRef, type IssueRef, issueChecklist } from '../../../lib/core/refs.ts';
import { formatMarker } from '../../../lib/core/text/marker.ts';

const REPO = { host: 'github.com', owner: 'octo', name: 'demo' };
const OTHER = { host: 'github.com', owner: 'octo', name: 'other' };
const CHECKLIST = issueChecklist({ repo: REPO, number: 12 });
const RUN = '01K0000000000000000000000A';
const HEADER = { login: 'ada', checklist: CHECKLIST };
const ISSUE: IssueRef = { repo: REPO, number: 101 };
const MARKER = marker('v1');

describe('a marker that goes', () => {
  it.each<[string, string, string]>([
    ['below other words', `Do it.\n\n${MARKER}`, 'Do it.\n'],
    ['with CRLF', `Do it.\r\n\r\n${MARKER}`, 'Do it.\r\n'],
    ['with a lone CR', `Do it.\r${MARKER}`, 'Do it.'],
    ['before a final line end', `Do it.\r\n${MARKER}\r\n`, 'Do it.\r\n'],
    ['before blanks and line ends', `Do it.\n${MARKER} \t\n\n`, 'Do it. \t\n\n'],
    ['below a line of blanks', `Do it.  \n \t\n${MARKER}`, 'Do it.  \n \t'],
    ['alone', MARKER, ''],
    ['alone, with a line end', `${MARKER}\n`, '\n'],
  ])('%s takes nothing else with it', (_, body, left) => {
    expect(bodyWith(body, 'none', CHECKLIST)).toBe(left);
  });

  it('stays where it names another checklist, is not the last line, or is malformed', () => {
    const others = [
      marker('v1', issueChecklist({ repo: REPO, number: 13 })),
      `${MARKER}\nSomebody's words`,
      MARKER.replace('item=', 'items='),
      'No marker at all',
    ];
    for (const body of others) {
      expect(bodyWith(body, 'none', CHECKLIST)).toBe(body);
      expect(bodyWith(body, 'undone', CHECKLIST)).toBe(body);
    }
  });
});

describe('what is left of a change', () => {
  const change: IssueChange = {
    issue: ISSUE,
    state: { to: 'closed', reason: 'not_planned' },
    title: { from: 'Old', to: 'New' },
    marker: 'undone',
  };

  it('is all of it on an issue as it was planned for, with what takes it back', () => {
    expect(left(change, now())).toEqual({
      change,
      undo: {
        issue: ISSUE,
        state: { to: 'open' },
        title: { from: 'New', to: 'Old' },
        marker: 'v1',
        guard: 'untouched',
      },
      patch: {
        state: 'closed',
        stateReason: 'not_planned',
        title: 'New',
        body: `Do it.\n\n${marker('undone')}`,
      },
      comments: [],
    });
  });

  it('is nothing once it is made, whatever the reason of the state', () => {
    const body = `Do it.\n\n${marker('undone')}`;
    const made = now({ state: 'closed', stateReason: 'completed', title: 'New', body });
    const nothing = { change: undefined, undo: undefined, patch: undefined, comments: [] };
    expect(left(change, made)).toEqual(nothing);
  });

  it('is only what is not there', () => {
    expect(left(change, now({ state: 'closed', title: 'New' })).patch).toEqual({
      body: `Do it.\n\n${marker('undone')}`,
    });
  });

  it('remembers why an issue was closed that is reopened', () => {
    const reopen: IssueChange = { issue: ISSUE, state: { to: 'open', reason: 'reopened' } };
    const closed = now({ state: 'closed', stateReason: 'duplicate' });
    expect(left(reopen, closed).undo).toEqual({
      issue: ISSUE,
      state: { to: 'closed', reason: 'duplicate' },
      guard: 'untouched',
    });
  });

  it('is refused where somebody gave it another title', () => {
    const result = leftOf(change, now({ title: 'Theirs' }), [], HEADER);
    expect(result).toMatchObject({ ok: false, failure: { code: 'changed-meanwhile' } });
  });

  it('is done where the issue stands now', () => {
    const ref = { repo: OTHER, number: 3 };
    const { change: made, undo } = left(change, now({ ref }));
    expect([made?.issue, undo?.issue]).toEqual([ref, ref]);
  });

  it('takes a marker away for good', () => {
    const { undo, patch } = left({ issue: ISSUE, marker: 'none' }, now());
    expect({ undo, patch }).toEqual({ undo: undefined, patch: { body: 'Do it.\n' } });
  });
});

describe('the comments that are deleted', () => {
  const words = 'This issue tracks an item of the checklist in';
  const mark = `<!-- masterlist:comment run=${RUN} item=k -->`;
  const deleted = (comments: readonly IssueComment[], ref = ISSUE, issue = ISSUE) =>
    left({ issue, comments: 'delete' }, now({ ref }), comments).comments;

  it('are ours, just as we wrote them', () => {
    expect(
      deleted([
        comment(1, `${words} #12.\n\n${mark}`),
        comment(2, `${words} octo/demo#12.\r\n\r\n${mark}\r\n`, 'Ada'),
      ]),
    ).toEqual([1, 2]);
  });

  it('are none with a word of a person, of another checklist, or by somebody else', () => {
    expect(
      deleted([
        comment(1, `${words} #12.\n\n${mark}`, 'eve'),
        comment(2, `${words} #13.\n\n${mark}`),
        comment(3, `${words} #12.\n\nI add this.\n\n${mark}`),
        comment(4, `${words} #12.\n\n${mark}\nI add this.`),
        comment(5, `${words} #12.`),
      ]),
    ).toEqual([]);
  });

  it('are found again on an issue that was transferred', () => {
    const ref = { repo: OTHER, number: 3 };
    const there = [comment(1, `${words} #12.\n\n${mark}`)];
    expect(deleted(there, ref)).toEqual([1]);
    expect(deleted(there, ref, ref)).toEqual([]);
  });
});

describe('changes that are joined', () => {
  it('keep the first word on each part', () => {
    const first: IssueChange = { issue: ISSUE, state: { to: 'closed', reason: 'duplicate' } };
    const second: IssueChange = { issue: ISSUE, state: { to: 'open' }, marker: 'v1' };
    expect(joinChanges([first, second])).toEqual({ ...first, marker: 'v1' });
    expect(joinChanges([undefined, second])).toEqual(second);
    expect(joinChanges([undefined, undefined])).toBeUndefined();
  });
});

function left(change: IssueChange, issue: IssueNow, comments: readonly IssueComment[] = []) {
  const result = leftOf(change, issue, comments, HEADER);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

function now(change: Partial<IssueNow> = {}): IssueNow {
  return {
    ref: ISSUE,
    title: 'Old',
    body: `Do it.\n\n${MARKER}`,
    state: 'open',
    stateReason: undefined,
    locked: false,
    ...change,
  };
}

function comment(id: number, body: string, author = 'ada'): IssueComment {
  return { id, author, body };
}

function marker(state: 'v1' | 'undone', checklist: ChecklistRef = CHECKLIST): string {
  return formatMarker({
    state,
    checklist,
    item: 'k',
    text: 't',
    run: RUN,
  });
}
