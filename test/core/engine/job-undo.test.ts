import { describe, expect, it } from 'vitest';
import type { JobHeader } from '../../../lib/core/engine/job.ts';
import type { IssueHistory } from '../../../lib/core/engine/job-facts.ts';
import { isUndone, undoneBody } from '../../../lib/core/engine/job-undo.ts';
import { formatMarker } from '../../../lib/core/text/marker.ts';

const REPO = { host: 'github.com', owner: 'octo', name: 'demo' };
const CHECKLIST = { repo: REPO, number: 12 };
const RUN = '01K0000000000000000000000A';
const START = Date.parse('2026-11-20T12:00:00Z');
const BODY = `Do it.\n\nPart of #12\n\n${marker('v1')}`;

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
    edits: [],
    createdAt: new Date(START).toISOString(),
    ...change,
  };
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
