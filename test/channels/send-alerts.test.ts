import { describe, expect, it } from 'vitest';
import { webLocks } from '../../entrypoints/background/web-locks.ts';
import { browserNotification, noticeIdOf } from '../../lib/channels/browser.ts';
import { type AlertPorts, sendAlerts } from '../../lib/channels/send-alerts.ts';
import type { Alert } from '../../lib/core/alerts/alert.ts';
import { EMPTY_MEMORY } from '../../lib/core/alerts/notices.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import { ALL_ON, differences, NOW, ref, syncFailed } from '../core/alerts/samples.ts';
import { createOutboxWorld } from './outbox-world.ts';

const DAY_MS = 86_400_000;

describe('sending alerts', () => {
  it('queues one message per channel with all that is new, and answers all that there is', async () => {
    const { ports, messages } = world();
    const shown = await sendAlerts(ports, async () => current([differences(3), syncFailed()]));
    expect(shown.map(({ id }) => id)).toEqual(['sync-failed rules-invalid', 'differences']);
    const [mail] = await messages();
    expect(await messages()).toHaveLength(2);
    expect(mail?.payload).toEqual({
      kind: 'alert',
      subject: 'Sync failed: acme/app#12 (and 1 more)',
      text: [
        'Sync failed: acme/app#12',
        '"Release 2.0": The rules in .github/masterlist.yml cannot be used: line 3',
        'https://github.com/acme/app/issues/12',
        'Correct the file; until then nothing is written.',
        '',
        '3 differences need attention: acme/app#12',
        '"Release 2.0" and its issues have 3 differences that Masterlist cannot resolve automatically.',
        'https://github.com/acme/app/issues/12',
        'Open Reconcile and choose which side is right.',
      ].join('\n'),
    });
  });

  it('reads the alerts when the sending before it is over', async () => {
    const ports = { ...world().ports, locks: webLocks };
    const told: number[] = [];
    const read = async () => {
      told.push((await ports.outbox.loadMemory()).told.length);
      return current([differences(3)]);
    };
    await Promise.all([sendAlerts(ports, read), sendAlerts(ports, read)]);
    expect(told).toEqual([0, 1]);
  });

  it('writes nothing when nothing is new', async () => {
    const { ports, saves } = world();
    await sendAlerts(ports, async () => current([differences(3)]));
    const before = saves();
    await sendAlerts(ports, async () => current([differences(3)]));
    expect(saves()).toBe(before);
  });

  it('queues its messages also where the browser refuses notifications', async () => {
    const { ports, messages } = world();
    const notifications = {
      ...ports.notifications,
      show: async () => Promise.reject(new Error('no permission')),
    };
    await sendAlerts({ ...ports, notifications }, async () => current([differences(3)]));
    expect(await messages()).toHaveLength(2);
  });

  it('queues a digest once per period, and none when nothing happened', async () => {
    const { ports, messages, pass } = world();
    const settings = { ...ALL_ON, digests: { ...ALL_ON.digests, slack: 'daily' } } as const;
    const line = {
      checklist: { ref: issueChecklist(ref()), title: 'Release 2.0' },
      ...{ done: 1, items: 2, created: 1, ticked: 0, unticked: 0, changed: 0, needsYou: [] },
    };
    const happened = {
      alerts: [],
      settings,
      digestSince: async (from: number, to: number) => ({ from, to, checklists: [line] }),
    };
    await sendAlerts(ports, async () => happened);
    expect(await messages()).toHaveLength(0);
    pass(DAY_MS);
    await sendAlerts(ports, async () => happened);
    await sendAlerts(ports, async () => happened);
    expect((await messages()).map(({ payload }) => payload.kind)).toEqual(['digest']);
    pass(DAY_MS);
    await sendAlerts(ports, async () => ({ ...happened, digestSince: async () => undefined }));
    expect(await messages()).toHaveLength(1);
  });
});

describe("a browser's notification", () => {
  it('carries the words of its notice and leads to where it is resolved', async () => {
    const { ports } = world();
    const [notice] = await sendAlerts(ports, async () => current([differences(3)]));
    if (notice === undefined) throw new Error('no notice');
    const shown = browserNotification(notice, 'icon/128.png');
    expect(shown).toEqual({
      id: 'masterlist differences',
      options: {
        type: 'basic',
        iconUrl: 'icon/128.png',
        title: '3 differences need attention: acme/app#12',
        message:
          '"Release 2.0" and its issues have 3 differences that Masterlist cannot resolve automatically.',
      },
      href: 'dashboard.html#/reconcile?checklist=github.com%2Facme%2Fapp%2312',
    });
    expect(noticeIdOf(shown.id)).toBe(notice.id);
    expect(noticeIdOf('of another extension')).toBeUndefined();
  });
});

function current(alerts: readonly Alert[]) {
  return { alerts, settings: ALL_ON, digestSince: async () => undefined };
}

function world() {
  const { store } = createOutboxWorld([]);
  let now = NOW;
  let saves = 0;
  let ids = 0;
  const ports: AlertPorts = {
    outbox: {
      ...store,
      loadMemory: async () => (saves === 0 ? EMPTY_MEMORY : store.loadMemory()),
      saveMemory: (memory, messages) => {
        saves++;
        return store.saveMemory(memory, messages);
      },
    },
    clock: { now: () => now },
    locks: { withLock: (_, run) => run(), tryLock: (_, run) => run() },
    notifications: {
      isAllowed: () => true,
      show: async () => {},
      update: async () => {},
      clear: async () => {},
    },
    newId: () => `ULID${ids++}`,
  };
  return {
    ports,
    saves: () => saves,
    messages: () => store.list(),
    pass: (ms: number) => {
      now += ms;
    },
  };
}
