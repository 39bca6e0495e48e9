import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { alertKey } from '../../../lib/core/alerts/alert-causes.ts';
import {
  type AlertSettings,
  DEFAULT_ALERT_SETTINGS,
} from '../../../lib/core/alerts/alert-settings.ts';
import {
  type AlertMemory,
  COOLDOWN_MS,
  EMPTY_MEMORY,
  type NoticePlan,
  planNotices,
} from '../../../lib/core/alerts/notices.ts';
import {
  ALL_ON,
  alert,
  CAUSES,
  differences,
  HOUR_MS,
  jobDone,
  NOW,
  syncFailed,
} from './samples.ts';

const DAY = COOLDOWN_MS.differences;

describe('notices', () => {
  it('tell of a cause once while it lasts', () => {
    const looks = [NOW, NOW + HOUR_MS, NOW + 9 * DAY].map((at) => [at, [differences(3)]] as const);
    const plans = follow(looks);
    expect(plans.map(({ raise }) => raise.length)).toEqual([1, 0, 0]);
    expect(plans.map(({ send }) => send.length)).toEqual([2, 0, 0]);
    expect(plans.map(({ show }) => show.length)).toEqual([1, 1, 1]);
  });

  it('tell again when there is more of it and the cooldown is over', () => {
    const plans = follow([
      [NOW, [differences(3)]],
      [NOW + DAY / 2, [differences(5)]],
      [NOW + DAY, [differences(5)]],
    ]);
    expect(plans.map(({ raise }) => raise.length)).toEqual([1, 0, 1]);
  });

  it('show what the user has looked at herself, and leave the telling to the next night', () => {
    const plans = follow([
      [NOW, [differences(3, 12, true)]],
      [NOW + DAY / 2, [differences(2, 12, false)]],
    ]);
    expect(plans.map(({ show }) => show.length)).toEqual([1, 1]);
    expect(plans.map(({ raise, send }) => [raise.length, send.length])).toEqual([
      [0, 0],
      [1, 2],
    ]);
  });

  it('tell of new differences after others were settled', () => {
    const plans = follow([
      [NOW, [differences(5)]],
      [NOW + 1, [differences(1)]],
      [NOW + DAY, [differences(4)]],
    ]);
    expect(plans.map(({ raise }) => raise.length)).toEqual([1, 0, 1]);
  });

  it('do not tell of what flickers', () => {
    const looks = Array.from({ length: 24 }, (_, hour) => {
      const alerts = hour % 2 === 0 ? [syncFailed()] : [];
      return [NOW + hour * HOUR_MS, alerts] as const;
    });
    const told = follow(looks).flatMap(({ raise }, hour) => (raise.length > 0 ? [hour] : []));
    expect(told).toEqual([0, 12]);
  });

  it('tell of what came back too soon and stayed, as soon as the cooldown is over', () => {
    const plans = follow([
      [NOW, [differences(3)]],
      [NOW + 1, []],
      [NOW + 2, [differences(3)]],
      [NOW + DAY, [differences(3)]],
      [NOW + DAY * 2, [differences(3)]],
    ]);
    expect(plans.map(({ raise }) => raise.length)).toEqual([1, 0, 0, 1, 0]);
    expect(plans.map(({ send }) => send.length)).toEqual([2, 0, 0, 2, 0]);
  });

  it('go by themselves when resolved, and only then', () => {
    const plans = follow([
      [NOW, [differences(3)]],
      [NOW + 1, [differences(2)]],
      [NOW + 2, []],
      [NOW + 3, []],
    ]);
    expect(plans.map(({ withdraw }) => withdraw)).toEqual([[], [], ['differences'], []]);
    expect(plans.map(({ refresh }) => refresh.length)).toEqual([0, 1, 0, 0]);
    expect(plans[2]?.show).toEqual([]);
  });

  it('gather the checklists of one cause, and send only those that are new', () => {
    const plans = follow([
      [NOW, [differences(3, 1), differences(2, 2)]],
      [NOW + 1, [differences(3, 1), differences(2, 2), differences(1, 3)]],
    ]);
    expect(plans[0]?.raise.map(({ alerts }) => alerts.length)).toEqual([2]);
    expect(plans[1]?.raise.map(({ alerts }) => alerts.length)).toEqual([3]);
    expect(plans[1]?.send[0]?.notices[0]?.alerts).toEqual([differences(1, 3)]);
  });

  it('send one message per channel, whatever the number of causes', () => {
    const alerts = CAUSES.map((cause) => alert(cause));
    const [plan] = follow([[NOW, alerts]]);
    expect(plan?.send.map(({ channel }) => channel)).toEqual(['relay', 'slack']);
  });

  it('show the most pressing first', () => {
    const [plan] = follow([[NOW, CAUSES.map((cause) => alert(cause))]]);
    const kinds = plan?.show.map(({ alerts: [first] }) => first.cause.kind) ?? [];
    expect([...new Set(kinds)]).toEqual([
      'decision',
      'sync-failed',
      'differences',
      'job-ended',
      'overridden',
    ]);
  });

  it('of a person who overrode something stay in the dashboard by default', () => {
    const [plan] = follow([[NOW, [alert({ kind: 'overridden', count: 2 })]]]);
    expect(plan).toMatchObject({ raise: [], send: [], show: [{ mailLink: false }] });
  });

  it('use no channel of the team in a browser that does not send for it', () => {
    const alerts = CAUSES.map((cause) => alert(cause));
    const [plan] = follow([[NOW, alerts]], { ...ALL_ON, sendsForTeam: false });
    expect(plan?.send).toEqual([]);
    expect(plan?.raise.length).toBeGreaterThan(0);
  });

  it('ask nothing of a browser whose channels are all off', () => {
    const alerts = CAUSES.map((cause) => alert(cause));
    const [plan] = follow([[NOW, alerts]], DEFAULT_ALERT_SETTINGS);
    expect(plan).toMatchObject({ raise: [], send: [] });
  });

  it('tell what stands to a channel that is switched on later', () => {
    const first = planNotices([differences(1)], EMPTY_MEMORY, DEFAULT_ALERT_SETTINGS, NOW);
    const second = planNotices([differences(1)], first.memory, ALL_ON, NOW + 1);
    expect(second.raise).toHaveLength(1);
  });

  it('take their notifications away when the channel is turned off', () => {
    const first = planNotices([differences(1)], EMPTY_MEMORY, ALL_ON, NOW);
    const off = { ...ALL_ON, on: { ...ALL_ON.on, browser: false } };
    expect(planNotices([differences(1)], first.memory, off, NOW + 1).withdraw).toEqual([
      'differences',
    ]);
  });

  it('tell of each run that ended', () => {
    const plans = follow([
      [NOW, [jobDone('J1')]],
      [NOW + 1, [jobDone('J1'), jobDone('J2')]],
    ]);
    expect(plans.map(({ raise }) => raise.length)).toEqual([1, 1]);
  });

  it('tell of a token seven days before its end, and on the last day', () => {
    const expiring = (days: number) =>
      alert({
        kind: 'decision',
        about: 'token-expiring',
        account: { host: 'github.com', login: 'ada' },
        days,
      });
    const looks = [6, 5, 4, 3, 2, 1, 0].map(
      (days, index) => [NOW + index * DAY, [expiring(days)]] as const,
    );
    expect(follow(looks).map(({ raise }) => raise.length)).toEqual([1, 0, 0, 0, 0, 0, 1]);
  });

  it('are not silenced for long by a clock that was set ahead', () => {
    const plans = follow([
      [NOW + 900 * DAY, [differences(1)]],
      [NOW, []],
      [NOW + 1, [differences(1)]],
    ]);
    expect(plans[2]?.raise).toHaveLength(1);
  });

  it('at any moment show all that stands, and keep exactly its notifications raised', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(arbitraryAlerts, fc.nat(DAY * 2)), { maxLength: 20 }),
        (steps) => {
          let memory: AlertMemory = EMPTY_MEMORY;
          let now = NOW;
          const open = new Set<string>();
          for (const [alerts, passed] of steps) {
            now += passed;
            const plan = planNotices(alerts, memory, ALL_ON, now);
            const standing = new Set(alerts.map(alertKey));
            expect(new Set(plan.show.flatMap((notice) => notice.alerts.map(alertKey)))).toEqual(
              standing,
            );
            for (const { id } of plan.raise) open.add(id);
            for (const id of plan.withdraw) open.delete(id);
            expect(new Set(plan.memory.raised.map(({ id }) => id))).toEqual(open);
            for (const id of open) expect(plan.show.map((notice) => notice.id)).toContain(id);
            memory = plan.memory;
          }
          // What is not told and does not stand is forgotten.
          expect(planNotices([], memory, ALL_ON, now + 2 * DAY).memory.told).toEqual([]);
        },
      ),
    );
  });
});

const arbitraryAlerts = fc.array(
  fc.oneof(
    fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }))
      .map((args) => differences(...args)),
    fc.integer({ min: 1, max: 3 }).map((number) => syncFailed('rules-invalid', number)),
    fc.constantFrom('J1', 'J2').map((job) => jobDone(job)),
  ),
  { maxLength: 5 },
);

/** Looks at times, one after the other, with what the look before remembered. */
function follow(
  looks: readonly (readonly [at: number, alerts: readonly Alert[]])[],
  settings: AlertSettings = ALL_ON,
): readonly NoticePlan[] {
  let memory: AlertMemory = EMPTY_MEMORY;
  return looks.map(([at, alerts]) => {
    const plan = planNotices(alerts, memory, settings, at);
    memory = plan.memory;
    return plan;
  });
}
