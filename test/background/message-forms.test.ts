import { describe, expect, it } from 'vitest';
import { formOf, WRONG } from '../../entrypoints/background/message-forms.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import type { Protocol } from '../../lib/messages.ts';
import { CHOSEN, ISSUE, NUMBERS, SAMPLES, SPOILED } from '../hostile/messages.ts';
import { useBackground } from './background-world.ts';

describe('a message', () => {
  it.each(Object.entries(SAMPLES))('is read: %s', (name, sample) => {
    expect(formOf(name as keyof Protocol)({ ...sample, more: 'words' })).toEqual(sample);
  });

  it('is refused whole where any field of it is not what it must be', () => {
    expect(SPOILED.length).toBeGreaterThan(500);
    expect(SPOILED.filter(({ name, sent }) => formOf(name)(sent) !== WRONG)).toEqual([]);
  });

  it.each([undefined, null, 'x', 7, [], () => ({})])('is none: %s', (sent) => {
    for (const name of Object.keys(SAMPLES) as (keyof Protocol)[])
      expect(formOf(name)(sent)).toBe(WRONG);
  });

  it('may leave out what it need not say, also as null', () => {
    const answers = { own: NUMBERS, about: [] };
    expect(formOf('answerNumbers')({ ...answers, pageUser: null })).toEqual(answers);
    expect(formOf('syncChecklist')({ preview: null })).toEqual({});
    expect(formOf('syncChecklist')(JSON.parse('{"__proto__": {"preview": 7}}'))).toEqual({});
  });

  it.each<[string, unknown]>([
    ['an unknown kind', { kind: 'delete', item: 'key' }],
    ['no difference', { kind: 'offered', difference: '', choice: 0 }],
    ['no item', { kind: 'unmatch' }],
    ['no issue', { kind: 'match', item: 'key' }],
    ['zero', { kind: 'match', item: 'key', issue: { ...ISSUE, number: 0 } }],
    [
      'a path',
      { kind: 'match', item: 'key', issue: { ...ISSUE, repo: { ...ISSUE.repo, name: 'a/b' } } },
    ],
    [
      'another host',
      {
        kind: 'match',
        item: 'key',
        issue: { ...ISSUE, repo: { ...ISSUE.repo, host: 'evil.test' } },
      },
    ],
  ])('chooses nothing with %s', (_what, one) => {
    const query = { preview: 'P', chosen: [...CHOSEN, one] };
    expect(formOf('applyReconcile')(query)).toBe(WRONG);
    expect(formOf('previewMatch')({ preview: 'P', chosen: one })).toBe(WRONG);
  });
});

describe('the background', () => {
  const world = useBackground();

  it('answers no message with a wrong field, whoever sends it', async () => {
    const checklist = issueChecklist(ISSUE);
    const refused = { ok: false, failure: { code: 'stale-page' } };
    const wrong = { job: {}, indexes: 'all', resolution: { kind: 'use-number', number: '1' } };
    expect(await world.ask('resolveRows', { checklist, ...wrong } as never)).toMatchObject(refused);
    expect(await world.ask('getText', { checklist, id: {} } as never)).toMatchObject(refused);
    expect(await world.ask('settleMessage', { id: 7, send: true } as never)).toMatchObject(refused);
    expect(await world.ask('checkAccount', { account: [] } as never)).toMatchObject(refused);
  });
});
