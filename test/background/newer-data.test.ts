import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { issueChecklist } from '../../lib/core/refs.ts';
import { patiently, startWorker, useBackground } from './background-world.ts';

const NEWER = {
  code: 'newer-data',
  message: 'This version of Masterlist is older than the data in this browser.',
  action: 'Update Masterlist. Nothing was lost.',
};

// A rejection that nobody handles fails the whole run of tests.
const world = useBackground();

it('an extension that was put back to an older version says so everywhere, and touches nothing (case 53)', async () => {
  const newer = await openDB('masterlist', 99, { upgrade: (db) => db.createObjectStore('later') });
  await newer.put('later', 'kept', 'key');
  newer.close();
  await startWorker();
  for (const name of ['tick', 'prune', 'poll', 'token', 'deliver', 'digest', 'nightly']) {
    await world.ring(name);
  }
  const repo = { host: 'github.com', owner: 'ann', name: 'demo' };
  const checklist = issueChecklist({ repo, number: 1 });
  const query = { checklist, pageUser: undefined, known: false };
  expect(await world.ask('openChecklist', query)).toEqual({ ok: false, failure: NEWER });
  expect(await world.ask('checkAccount', { account: 'a', repo: undefined })).toEqual({
    ok: false,
    failure: NEWER,
  });
  expect(world.github.requests).toEqual([]);
  const again = await openDB('masterlist');
  expect([again.version, await again.get('later', 'key')]).toEqual([99, 'kept']);
  again.close();
});

it('the toolbar says that the extension is too old for its data', async () => {
  const newer = await openDB('masterlist', 99);
  newer.close();
  await startWorker();
  await patiently(async () => {
    expect(await fakeBrowser.action.getBadgeText({})).toBe('!');
    expect(await fakeBrowser.action.getTitle({})).toBe(
      `Masterlist: ${NEWER.message} ${NEWER.action}`,
    );
  });
});
