import { describe, expect, it } from 'vitest';
import { DEFAULT_ALERT_SETTINGS } from '../../../lib/core/alerts/alert-settings.ts';
import { listNeeds } from '../../../lib/core/overview/needs.ts';
import { ALL_ON, alert, CAUSES, differences, jobDone, syncFailed } from '../alerts/samples.ts';

describe('what needs the user', () => {
  it('is one entry per cause, the most pressing first, each with one action', () => {
    const needs = listNeeds(
      [differences(3, 1), syncFailed(), differences(4, 2), alert(CAUSES[3] as never)],
      DEFAULT_ALERT_SETTINGS,
    );
    expect(needs.map(({ title }) => title)).toEqual([
      '2 items need attention: acme/app#12',
      'Sync failed: acme/app#12',
      '7 differences need attention in 2 checklists',
    ]);
    expect(needs.map(({ action }) => action.href)).toEqual([
      'dashboard.html#/reconcile?checklist=github.com%2Facme%2Fapp%2312',
      'dashboard.html#/sync?checklist=github.com%2Facme%2Fapp%2312',
      'dashboard.html#/reconcile',
    ]);
  });

  it('keeps its ids from reading to reading, so that nothing is drawn anew', () => {
    const ids = (count: number) => listNeeds([differences(count)], ALL_ON).map(({ id }) => id);
    expect(ids(3)).toEqual(ids(4));
  });

  it('has mere news apart, and no runs that are over: who stopped one knows it, and a finished one needs nobody', () => {
    const ended = (outcome: 'done' | 'stopped' | 'failed') => {
      const { cause } = jobDone(outcome);
      return alert({ ...cause, outcome } as never);
    };
    const asking = (...alerts: Parameters<typeof listNeeds>[0]) =>
      listNeeds(alerts, ALL_ON).map(({ asks }) => asks);
    expect(asking(ended('done'))).toEqual([]);
    expect(asking(ended('stopped'))).toEqual([]);
    expect(asking(ended('failed'))).toEqual([true]);
    expect(asking(alert({ kind: 'overridden', count: 2 }))).toEqual([false]);
    expect(asking(differences(1))).toEqual([true]);
  });

  it('offers a prepared email for the kinds that the user wants it for', () => {
    const [need] = listNeeds([differences(3)], DEFAULT_ALERT_SETTINGS);
    expect(need?.mail?.subject).toBe('3 differences need attention: acme/app#12');
    const off = { ...ALL_ON, on: { ...ALL_ON.on, 'mail-link': false } };
    expect(listNeeds([differences(3)], off)[0]?.mail).toBeUndefined();
    const others = { ...ALL_ON, channels: { ...ALL_ON.channels, differences: [] } };
    expect(listNeeds([differences(3)], others)[0]?.mail).toBeUndefined();
  });

  it('is described for every cause, with an action that leads somewhere', () => {
    const needs = listNeeds(
      CAUSES.map((cause) => alert(cause)),
      ALL_ON,
    );
    expect(needs.length).toBeGreaterThan(7);
    for (const { title, sentence, action } of needs) {
      expect(title).not.toBe('');
      expect(sentence).not.toBe('');
      expect(action.label).not.toBe('');
      expect(action.href).toMatch(/^(dashboard\.html#\/|options\.html$|https:\/\/github\.com\/)/);
    }
  });
});
