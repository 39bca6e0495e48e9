import { describe, expect, it } from 'vitest';
import {
  DIGEST_HOUR,
  describeDigest,
  digestDueAt,
  dueDigests,
  rememberDigests,
  summarizeDigest,
} from '../../../lib/core/alerts/digest.ts';
import { EMPTY_MEMORY } from '../../../lib/core/alerts/notices.ts';
import type { LogEvent, Logged } from '../../../lib/core/log/event.ts';
import { issueChecklist } from '../../../lib/core/refs.ts';
import { ALL_ON, differences, jobDone, NOW, ref } from './samples.ts';

const DAY_MS = 86_400_000;
const SETTINGS = { ...ALL_ON, digests: { ...ALL_ON.digests, slack: 'daily' } } as const;
const CHECKLIST = { ref: issueChecklist(ref()), title: 'Release 2.0' };

describe('the time of a digest', () => {
  it('is the next morning', () => {
    const due = new Date(digestDueAt('daily', NOW) ?? 0);
    expect(due.getHours()).toBe(DIGEST_HOUR);
    expect(due.getTime() - NOW).toBeGreaterThan(0);
    expect(due.getTime() - NOW).toBeLessThanOrEqual(DAY_MS);
  });

  it('is the next Monday morning for a weekly one, also when the last was on a Monday', () => {
    const first = digestDueAt('weekly', NOW) ?? 0;
    const second = digestDueAt('weekly', first) ?? 0;
    for (const at of [first, second]) {
      expect(new Date(at).getDay()).toBe(1);
      expect(new Date(at).getHours()).toBe(DIGEST_HOUR);
    }
    expect(Math.round((second - first) / DAY_MS)).toBe(7);
  });

  it('is never, when it is off', () => {
    expect(digestDueAt('off', NOW)).toBeUndefined();
  });

  it('begins when the channel is switched on, and each period once', () => {
    const started = rememberDigests(EMPTY_MEMORY, SETTINGS, NOW);
    expect(dueDigests(started, SETTINGS, NOW)).toEqual([]);
    const later = NOW + 2 * DAY_MS;
    expect(dueDigests(started, SETTINGS, later)).toEqual([{ channel: 'slack', from: NOW }]);
    const sent = rememberDigests(started, SETTINGS, later);
    expect(dueDigests(sent, SETTINGS, later + 1)).toEqual([]);
  });

  it('is never in a browser that does not send for the team', () => {
    const started = rememberDigests(EMPTY_MEMORY, SETTINGS, NOW);
    const quiet = { ...SETTINGS, sendsForTeam: false };
    expect(dueDigests(started, quiet, NOW + 9 * DAY_MS)).toEqual([]);
    expect(rememberDigests(started, quiet, NOW).digests).toEqual({});
  });

  it('begins anew when the clock was set back', () => {
    const ahead = { ...EMPTY_MEMORY, digests: { slack: NOW + 99 * DAY_MS } };
    expect(rememberDigests(ahead, SETTINGS, NOW).digests).toEqual({ slack: NOW });
  });
});

describe('a digest', () => {
  const facts = [{ checklist: CHECKLIST, done: 3, items: 5 }];

  it('counts what happened in its time to its checklists', () => {
    const events = [
      written(NOW - 1, ['tick', 'tick', 'untick', 'add-pulls']),
      created(NOW - 2),
      created(NOW - DAY_MS - 1),
      created(NOW),
      { ...created(NOW - 1), checklistKey: 'github.com/acme/app#99' },
    ];
    const digest = summarizeDigest(facts, [differences(2)], events, NOW - DAY_MS, NOW);
    if (digest === undefined) throw new Error('no digest');
    expect(describeDigest(digest)).toEqual({
      kind: 'digest',
      subject: 'Daily summary: acme/app#12',
      text: [
        '"Release 2.0": 3 of 5 items done',
        'Since the last summary: 1 issue created, 2 items ticked, 1 item unticked, 1 item changed in other ways.',
        '- "Release 2.0" and its issues have 2 differences that Masterlist cannot resolve automatically. Open Reconcile and choose which side is right.',
        'https://github.com/acme/app/issues/12',
      ].join('\n'),
    });
  });

  it('is not sent when nothing happened and nothing needs anybody', () => {
    expect(summarizeDigest(facts, [jobDone('J1')], [], NOW - DAY_MS, NOW)).toBeUndefined();
  });
});

function event(at: number): Logged {
  const checklistKey = 'github.com/acme/app#12';
  const cause = { by: 'background', what: 'sync' } as const;
  return { at, job: 'J', run: 'R', checklistKey, cause, login: 'ada' };
}

function created(at: number): LogEvent {
  return { ...event(at), kind: 'create-issue', issue: ref(40) };
}

function written(at: number, whats: readonly ('tick' | 'untick' | 'add-pulls')[]): LogEvent {
  const rows = whats.map((what, index) => ({ item: `k${index}`, text: 'Write', what }));
  return { ...event(at), kind: 'write-master', rows };
}
