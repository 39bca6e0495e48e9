import { describe, expect, it } from 'vitest';
import { DEFAULT_ALERT_SETTINGS } from '../../../lib/core/alerts/alert-settings.ts';
import type { AlertFacts } from '../../../lib/core/alerts/list-alerts.ts';
import { failure } from '../../../lib/core/failures.ts';
import { overviewOf } from '../../../lib/core/overview/overview.ts';
import type { ReleasedChecklist } from '../../../lib/core/sync/tracked.ts';
import { MINUTE_MS, NO_FACTS, NOW, trackedFacts } from './samples.ts';

const DAY_MS = 24 * 60 * MINUTE_MS;

describe('the overview', () => {
  it('shows for a week what was let go, unless it is tracked again', () => {
    const released = [letGo(1, 0), letGo(2, 6 * DAY_MS), letGo(3, 8 * DAY_MS), letGo(9, 0)];
    const overview = at({ checklists: [trackedFacts(9)], released });
    expect(overview.released.map(({ tracked }) => tracked.title)).toEqual(['Plan 1', 'Plan 2']);
  });

  it('does not ask of a checklist that was let go and is tracked again', () => {
    const gone = { ...letGo(9, 0), gone: failure('gone') };
    expect(at({ released: [gone] }).needs).toHaveLength(1);
    expect(at({ checklists: [trackedFacts(9)], released: [gone] }).needs).toEqual([]);
  });

  it('knows whether there is a token', () => {
    expect(at({}).isSignedIn).toBe(false);
    const account = { id: 'A', host: 'github.com', login: 'ann', expiresAt: undefined };
    expect(at({ accounts: [account] }).isSignedIn).toBe(true);
  });

  it('asks what to do with alerts that nobody may have got', () => {
    expect(at({}).needs).toEqual([]);
    expect(at({ stuckMessages: 2 }).needs).toMatchObject([
      {
        asks: true,
        title: '2 alerts may not have arrived',
        action: { href: 'options.html#alerts' },
      },
    ]);
  });

  function at(facts: Partial<AlertFacts>) {
    return overviewOf(
      {
        facts: { ...NO_FACTS, ...facts },
        settings: DEFAULT_ALERT_SETTINGS,
        everyMinutes: 2,
        isPaused: false,
      },
      NOW,
    );
  }

  function letGo(number: number, ago: number): ReleasedChecklist {
    return { tracked: trackedFacts(number).tracked, at: NOW - ago, gone: undefined };
  }
});
