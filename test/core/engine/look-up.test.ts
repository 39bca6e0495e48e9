import { describe, expect, it } from 'vitest';
import { isIssueOf, lookUp, nextLookUpAt, recordLookUp } from '../../../lib/core/engine/look-up.ts';
import type { KnownIssue } from '../../../lib/core/identity/issue.ts';
import { issueChecklist } from '../../../lib/core/refs.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';
import { formatMarker } from '../../../lib/core/text/marker.ts';
import { CHECKLIST, generation, NOW, REPO, RUN } from './build-jobs.ts';

const TIMING = DEFAULT_PREFERENCES.timing;

const ATTEMPT = { sentAt: NOW, lookUps: 0, again: false };

describe('a clock that was set back', () => {
  const back = NOW - 86_400_000;

  it('does not add to the wait for a look-up', () => {
    expect(nextLookUpAt(ATTEMPT, back, TIMING)).toBe(back + (TIMING.lookUpAfterMs[0] ?? 0));
  });

  it('does not undo the look-ups that were made', () => {
    const job = generation([{ phase: 'uncertain', attempt: { ...ATTEMPT, lookUps: 2 } }]);
    expect(recordLookUp(job, [], back, TIMING).rows).toMatchObject([
      { phase: 'uncertain', attempt: { lookUps: 2 } },
    ]);
  });

  it('does not move where a list of issues begins', () => {
    const { header } = generation([], { startedAt: NOW, serverStartedAt: back });
    expect(lookUp(header).since).toBeLessThan(back);
  });
});

describe('an issue is the one of a row', () => {
  const { header, rows } = generation([{}]);
  const [row] = rows;
  if (row === undefined) throw new Error('no row');

  it.each<[boolean, string, Partial<KnownIssue>]>([
    [true, 'with its marker', {}],
    [true, 'by the same user in other case', { author: 'Ada' }],
    [false, 'by somebody else', { author: 'eve' }],
    [false, 'without a marker', { body: '' }],
    [false, 'of another run', { body: marker({ run: `${RUN.slice(0, -1)}B` }) }],
    [false, 'of another item', { body: marker({ item: 'k1' }) }],
    [false, 'of another checklist', { body: marker({ number: 13 }) }],
    [false, 'that is a pull request', { kind: 'pull-request' }],
  ])('%s %s', (expected, _, change) => {
    expect(isIssueOf({ ...issue(), ...change }, row, header)).toBe(expected);
  });
});

function issue(): KnownIssue {
  return {
    ref: { repo: REPO, number: 101 },
    kind: 'issue',
    title: 'Step 0',
    body: marker({}),
    state: 'open',
    stateReason: undefined,
    author: 'ada',
    authorAssociation: 'OWNER',
    createdAt: new Date(NOW).toISOString(),
  };
}

function marker({ run = RUN, item = 'k0', number = 12 }): string {
  const checklist = number === 12 ? CHECKLIST : issueChecklist({ repo: REPO, number });
  return formatMarker({ state: 'v1', checklist, item, text: 't', run });
}
