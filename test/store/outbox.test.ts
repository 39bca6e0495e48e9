import { describe, expect, it } from 'vitest';
import type { AlertMemory } from '../../lib/core/alerts/notices.ts';
import { newMessage } from '../../lib/core/alerts/outbox.ts';
import { connect } from '../../lib/store/db.ts';
import { createOutboxStore } from '../../lib/store/outbox.ts';

const PAYLOAD = { kind: 'alert', subject: 'Sync failed', text: 'Open Sync.' } as const;
const ONE = newMessage('A', 'relay', PAYLOAD, 1);
const TWO = newMessage('B', 'slack', PAYLOAD, 2);
const MEMORY: AlertMemory = {
  told: [],
  raised: [{ id: 'differences', words: '2 differences' }],
  digests: { slack: 5 },
};

describe('the outbox', () => {
  it('keeps what was told and the messages that tell it together', async () => {
    const store = createOutboxStore(connect());
    await store.saveMemory(MEMORY, [ONE, TWO]);
    const later = createOutboxStore(connect());
    expect(await later.loadMemory()).toEqual(MEMORY);
    expect(await later.list()).toEqual([ONE, TWO]);
  });

  it('remembers nothing of a telling whose message cannot be kept', async () => {
    const store = createOutboxStore(connect());
    const broken = { ...ONE, payload: { ...PAYLOAD, text: (() => '') as never } };
    await expect(store.saveMemory(MEMORY, [TWO, broken])).rejects.toThrow();
    expect((await store.loadMemory()).raised).toEqual([]);
    expect(await store.list()).toEqual([]);
  });
});
