import { describe, expect, it } from 'vitest';
import { connect } from '../../lib/store/db.ts';
import { hasSecret, openSecret, removeSecret, saveSecret } from '../../lib/store/secrets.ts';

const RELAY = { url: 'https://relay.example.org/v1/messages?key=CANARY', token: 'CANARY-token' };
const SLACK = { url: 'https://hooks.slack.com/services/T0/B0/CANARY' };

describe('addresses of relay and Slack', () => {
  it('come back whole, and are shown by their host alone', async () => {
    const db = connect();
    await saveSecret(db, 'relay', RELAY);
    await saveSecret(db, 'slack', SLACK);
    expect(await openSecret(db, 'relay')).toEqual(RELAY);
    expect(await openSecret(db, 'slack')).toEqual(SLACK);
    const { savedAt, ...shown } = (await hasSecret(db, 'relay')) ?? {};
    expect(shown).toEqual({ host: 'relay.example.org' });
    expect(savedAt).toBeGreaterThan(0);
  });

  it('leave no plain text in the database', async () => {
    const db = connect();
    await saveSecret(db, 'relay', RELAY);
    const records = await db.use((open) => open.getAll('secrets'));
    const bytes = records.map(({ sealed }) => new TextDecoder('latin1').decode(sealed)).join();
    expect(bytes + JSON.stringify(records)).not.toContain('CANARY');
    expect(bytes.length).toBeGreaterThan(10);
  });

  it('do not open when they are moved to another host or kind', async () => {
    const db = connect();
    await saveSecret(db, 'relay', RELAY);
    await db.use(async (open) => {
      const record = await open.get('secrets', 'relay');
      if (record !== undefined) await open.put('secrets', { ...record, kind: 'slack' });
      if (record !== undefined) await open.put('secrets', { ...record, host: 'evil.example' });
    });
    expect(await openSecret(db, 'relay')).toBeUndefined();
    expect(await openSecret(db, 'slack')).toBeUndefined();
  });

  it('are replaced by the next, and forgotten when removed', async () => {
    const db = connect();
    await saveSecret(db, 'slack', SLACK);
    await saveSecret(db, 'slack', { url: `${SLACK.url}2` });
    expect(await openSecret(db, 'slack')).toEqual({ url: `${SLACK.url}2` });
    await removeSecret(db, 'slack');
    expect(await hasSecret(db, 'slack')).toBeUndefined();
    expect(await openSecret(db, 'slack')).toBeUndefined();
  });
});
