import { describe, expect, it } from 'vitest';
import { type TrackedState, toolbarFace } from '../../entrypoints/background/toolbar.ts';
import { type FailureCode, failure } from '../../lib/core/failures.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import type { SyncView } from '../../lib/core/sync/tracked.ts';
import { sampleSync } from '../components/samples.ts';

const NOW = 60_000;

describe('the face of the toolbar button', () => {
  it('is plain when nothing needs the user', () => {
    const plain = { text: '', title: 'Masterlist', isAlarm: false };
    expect(toolbarFace([], NOW)).toEqual(plain);
    expect(toolbarFace([state({}), state({ newItems: 3 })], NOW)).toEqual(plain);
  });

  it('counts what needs the user over all checklists', () => {
    expect(toolbarFace([state({ needsYou: 1 })], NOW)).toEqual({
      text: '1',
      title: 'Masterlist: 1 item needs attention',
      isAlarm: false,
    });
    const many = toolbarFace([state({ needsYou: 2 }), state({}), state({ needsYou: 3 })], NOW);
    expect(many).toMatchObject({ text: '5', title: 'Masterlist: 5 items need attention' });
    expect(toolbarFace([state({ needsYou: 5_000 })], NOW).text).toBe('999+');
  });

  it.each(['bad-token', 'signed-out', 'sync-of-other'] as const)(
    'raises the alarm and says why when the checks fail with %s',
    (code) => {
      const face = toolbarFace([state({ needsYou: 2 }), failing(code), failing(code)], NOW);
      expect(face).toMatchObject({ text: '!', isAlarm: true });
      expect(face.title).toContain('ann/demo#1 (and 1 more)');
      expect(face.title).toContain(failing(code).view.failure?.message);
      expect(face.title).toMatch(/Last refreshed .*\.$/);
    },
  );

  it.each(['offline', 'server-error', 'rate-limited', 'sign-in-refused'] as const)(
    'says nothing of %s before refreshes have failed for a while, however long the computer slept (case 49)',
    (code) => {
      const nine = 9 * 60 * 60_000;
      expect(toolbarFace([failing(code, {}, 1)], nine).text).toBe('');
      expect(toolbarFace([failing(code, {}, 2)], nine).text).toBe('');
      expect(toolbarFace([failing(code, {}, 9)], 59 * 60_000).text).toBe('');
      const lasting = toolbarFace([failing(code, {}, 3)], 60 * 60_000);
      expect(lasting).toMatchObject({ text: '!', isAlarm: true });
    },
  );

  it('says nothing of a last refresh where there was none', () => {
    const { title } = toolbarFace([failing('offline', { checkedAt: undefined })], Date.UTC(2026));
    expect(title).toBe('Masterlist: ann/demo#1: GitHub cannot be reached.');
  });

  it.each(['rules-invalid', 'archived', 'locked', 'cannot-edit-master'] as const)(
    'counts %s as one more thing, because the checks go on',
    (code) => {
      expect(toolbarFace([failing(code, { needsYou: 1 })], NOW).text).toBe('1');
    },
  );
});

function failing(code: FailureCode, change: Partial<SyncView> = {}, failures = 3): TrackedState {
  const problem = failure(code, { host: 'github.com' });
  return state({ state: 'failing', failure: problem, ...change }, failures);
}

function state(change: Partial<SyncView>, failures = 0): TrackedState {
  const checklist = { repo: { host: 'github.com', owner: 'ann', name: 'demo' }, number: 1 };
  return {
    tracked: { checklist: issueChecklist(checklist), title: 'Plan', login: 'ann', since: 0 },
    record: { failure: undefined, checkedAt: 0, ...change, failures },
    view: sampleSync({ login: 'ann', checkedAt: 0, ...change }),
  };
}
