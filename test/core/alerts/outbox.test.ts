import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofTeam, type TeamChannel } from '../../../lib/core/alerts/alert-settings.ts';
import {
  FIRST_WAIT_MS,
  GIVE_UP_AFTER_MS,
  isPast,
  KEEP_SENT_MS,
  LONGEST_WAIT_MS,
  newMessage,
  nextDue,
  nextWakeAt,
  type OutboxMessage,
  recordOutcome,
  recoverMessage,
  type SendOutcome,
  sendAgain,
  startSending,
} from '../../../lib/core/alerts/outbox.ts';
import { NOW } from './samples.ts';

const PAYLOAD = { kind: 'alert', subject: 'Sync failed', text: 'Sync failed' } as const;
const relay = newMessage('R', 'relay', PAYLOAD, NOW);
const slack = newMessage('S', 'slack', PAYLOAD, NOW);
const NONE = new Set<TeamChannel>();
const KEYED = { sentenceName: 'The relay', knowsRepeats: true, repair: 'Check its address.' };
const UNKEYED = { sentenceName: 'Slack', knowsRepeats: false, repair: 'Make a new webhook.' };
const RECIPIENTS = ofTeam((channel) => (channel === 'relay' ? KEYED : UNKEYED));

describe('a message for a relay', () => {
  it.each(['unknown', 'later'] as const)('is tried again after "%s", each time later', (kind) => {
    const waits: number[] = [];
    let message: OutboxMessage = relay;
    let now = NOW;
    while (message.state === 'queued') {
      message = attempt(message, { kind }, now);
      waits.push(message.notBefore - now);
      now = message.notBefore;
    }
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8].map((times) => times * FIRST_WAIT_MS));
    expect(Math.max(...waits)).toBe(LONGEST_WAIT_MS);
    expect(message).toMatchObject({ state: 'failed', failure: { code: 'message-given-up' } });
    expect(now - NOW).toBeGreaterThanOrEqual(GIVE_UP_AFTER_MS);
    expect(now - NOW).toBeLessThan(GIVE_UP_AFTER_MS + 2 * LONGEST_WAIT_MS);
    expect(message.id).toBe('R');
  });

  it('waits for as long as the relay asks, up to the longest wait', () => {
    const asked = (ms: number) =>
      attempt(relay, { kind: 'later', retryAt: NOW + ms }, NOW).notBefore - NOW;
    expect(asked(1)).toBe(FIRST_WAIT_MS);
    expect(asked(30 * FIRST_WAIT_MS)).toBe(30 * FIRST_WAIT_MS);
    expect(asked(99 * LONGEST_WAIT_MS)).toBe(LONGEST_WAIT_MS);
  });

  it('is not lost by a computer that is off for weeks before its first attempt', () => {
    const late = NOW + 20 * GIVE_UP_AFTER_MS;
    expect(nextDue([relay], NONE, late)?.id).toBe('R');
    expect(attempt(relay, { kind: 'later' }, late).state).toBe('queued');
  });

  it('counts no attempt while the browser is offline', () => {
    const message = attempt(relay, { kind: 'offline' }, NOW);
    expect(message).toMatchObject({ state: 'queued', attempts: 0, firstSentAt: undefined });
  });

  it('ends when it is refused, and says why', () => {
    const message = attempt(relay, { kind: 'refused', reason: 'The token is wrong.' }, NOW);
    expect(message.state).toBe('failed');
    expect(message.failure?.message).toBe('The relay refused the message: The token is wrong.');
  });
});

describe('a message for Slack', () => {
  it('is never sent again by itself after an unknown outcome, nor after the death of its sender', () => {
    const unknown = attempt(slack, { kind: 'unknown' }, NOW);
    const orphan = recoverMessage(startSending(slack, NOW), RECIPIENTS.slack, NOW);
    for (const message of [unknown, orphan]) {
      expect(message).toMatchObject({ state: 'unknown', failure: { code: 'message-unconfirmed' } });
      expect(nextDue([message], NONE, NOW + GIVE_UP_AFTER_MS)).toBeUndefined();
    }
  });

  it('is tried again when Slack says that it did not take it', () => {
    expect(attempt(slack, { kind: 'later' }, NOW).state).toBe('queued');
  });

  it('is sent again when the user says so', () => {
    const again = sendAgain(attempt(slack, { kind: 'unknown' }, NOW), NOW + 5);
    expect(nextDue([again], NONE, NOW + 5)?.id).toBe('S');
    expect(sendAgain(startSending(slack, NOW), NOW).state).toBe('sending');
  });
});

describe('the outbox', () => {
  it('sends the oldest first, and nothing of a channel that rests', () => {
    const older = newMessage('A', 'slack', PAYLOAD, NOW - 1);
    expect(nextDue([relay, older], NONE, NOW)?.id).toBe('A');
    expect(nextDue([relay, older], new Set(['slack']), NOW)?.id).toBe('R');
  });

  it('does not wait for a time that was noted before the clock was set back', () => {
    const ahead = attempt(relay, { kind: 'later' }, NOW + 99 * LONGEST_WAIT_MS);
    expect(nextDue([ahead], NONE, NOW)?.id).toBe('R');
  });

  it('knows when to wake: at the earliest, and at once for what a dead worker left', () => {
    expect(nextWakeAt([], NOW)).toBeUndefined();
    const waiting = attempt(relay, { kind: 'later' }, NOW);
    expect(nextWakeAt([waiting], NOW)).toBe(NOW + FIRST_WAIT_MS);
    expect(nextWakeAt([waiting, startSending(slack, NOW)], NOW)).toBe(NOW);
    expect(nextWakeAt([attempt(relay, { kind: 'sent' }, NOW)], NOW)).toBeUndefined();
  });

  it('forgets what arrived after a week, and nothing else', () => {
    const after = NOW + KEEP_SENT_MS + 1;
    expect(isPast(attempt(relay, { kind: 'sent' }, NOW), after)).toBe(true);
    expect(isPast(attempt(relay, { kind: 'sent' }, NOW), NOW)).toBe(false);
    expect(isPast(attempt(slack, { kind: 'unknown' }, NOW), after)).toBe(false);
    expect(isPast(relay, after)).toBe(false);
  });

  it('ends every message in time, whatever the outcomes', () => {
    const outcomes = fc.array(
      fc.constantFrom<SendOutcome['kind']>('sent', 'refused', 'later', 'unknown'),
      { minLength: 60, maxLength: 60 },
    );
    fc.assert(
      fc.property(outcomes, fc.constantFrom(relay, slack), (kinds, start) => {
        let message: OutboxMessage = start;
        let now = NOW;
        for (const kind of kinds) {
          if (message.state !== 'queued') break;
          now = Math.max(now, message.notBefore);
          message = attempt(message, { kind, reason: 'no' } as SendOutcome, now);
        }
        expect(message.state).not.toBe('queued');
        expect(message.endedAt).toBe(now);
        expect(message.state === 'sent').toBe(message.failure === undefined);
      }),
    );
  });
});

function attempt(message: OutboxMessage, outcome: SendOutcome, now: number): OutboxMessage {
  return recordOutcome(startSending(message, now), outcome, RECIPIENTS[message.channel], now);
}
