import { describe, expect, it } from 'vitest';
import { formatRoute } from '../../../lib/core/alerts/alert-route.ts';
import {
  ALERT_TITLE_LIMIT,
  describeAlert,
  describeAlerts,
} from '../../../lib/core/alerts/describe-alert.ts';
import type { RunPurpose } from '../../../lib/core/engine/job-status.ts';
import { failure } from '../../../lib/core/failures.ts';
import { issueChecklist } from '../../../lib/core/refs.ts';
import { alert, CAUSES, differences, ref, syncFailed } from './samples.ts';

describe('an alert in words', () => {
  it('reads so for each cause', () => {
    const lines = CAUSES.map((cause) => {
      const { title, sentence, advice, action } = describeAlert(alert(cause));
      return `${title} | ${sentence} | ${advice} | [${action.label}](${action.href})`;
    });
    expect(lines).toMatchInlineSnapshot(`
      [
        "Sync failed: acme/app#12 | The rules in .github/masterlist.yml cannot be used: line 3 | Correct the file; until then nothing is written. | [Open Sync](dashboard.html#/sync?checklist=github.com%2Facme%2Fapp%2312)",
        "3 differences need attention: acme/app#12 | "Release 2.0" and its issues have 3 differences that Masterlist cannot resolve automatically. | Open Reconcile and choose which side is right. | [Review 3 differences](dashboard.html#/reconcile?checklist=github.com%2Facme%2Fapp%2312)",
        "1 item was reverted: acme/app#12 | Somebody reverted what Masterlist wrote in 1 item of "Release 2.0"; Masterlist leaves it that way. | Nothing to do, unless it was a mistake. | [Show what was reverted](dashboard.html#/sync?checklist=github.com%2Facme%2Fapp%2312)",
        "2 items need attention: acme/app#12 | 2 items of "Release 2.0" link several issues, or one that GitHub does not show. | Open Reconcile and choose an issue for each item. | [Choose the issues](dashboard.html#/reconcile?checklist=github.com%2Facme%2Fapp%2312)",
        "Sync is missing access: acme/app#12 | The token can read acme/app but cannot write its issues. | Give the token "Issues: read and write" for this repository, or paste another one in the options. | [Update the token](options.html)",
        "GitHub rejected the token: acme/app#12 | GitHub rejected the token. | Paste a new token in the options. | [Replace the token](options.html)",
        "The token expires in 5 days: acme/app#12 | In 5 days the token of ada on github.com expires, and Sync stops. | Create a new token and paste it in the options. | [Replace the token](options.html)",
        "Run needs your decision: acme/app#12 | 2 items of "Release 2.0" cannot be finished without your decision. | Open the run and decide. | [Decide](dashboard.html#/generate?checklist=github.com%2Facme%2Fapp%2312)",
        "Creating issues finished: acme/app#12 | "Release 2.0": 5 issues created, 3 linked. | Nothing to do. | [Show what was done](dashboard.html#/log?checklist=github.com%2Facme%2Fapp%2312)",
        "Creating issues stopped: acme/app#12 | "Release 2.0": 5 issues created, 3 linked. | Open the preview to finish the rest. | [Finish the rest](dashboard.html#/generate?checklist=github.com%2Facme%2Fapp%2312)",
        "Creating issues failed: acme/app#12 | "Release 2.0": 5 issues created, 3 linked. | Open the preview to finish the rest. | [Finish the rest](dashboard.html#/generate?checklist=github.com%2Facme%2Fapp%2312)",
      ]
    `);
  });

  it('leads to where the rest of a run is done, whatever it was for', () => {
    const ended = { kind: 'job-ended', job: 'J1', outcome: 'stopped', result: '' } as const;
    const leads = (of: RunPurpose) => {
      const words = describeAlert(alert({ ...ended, of, failure: undefined }));
      const path = /#([/a-z]+)/.exec(words.action.href)?.[1];
      return `${words.title.split(':')[0]} | ${words.advice} | ${words.action.label} ${path}`;
    };
    expect((['resolve', 'undo', 'unlink', 'traces'] as const).map(leads)).toEqual([
      'Reconcile stopped | Open Reconcile to finish the rest. | Finish the rest /reconcile',
      'Undo stopped | Open Sync and undo the rest. | Undo the rest /sync',
      'Unlinking items stopped | Open Matches and unlink the rest. | Unlink the rest /matches',
      'Removing traces stopped | Open Sync and remove the rest. | Remove the rest /sync',
    ]);
  });

  it('leads to what was done where nothing more can be done', () => {
    const gone = failure('gone');
    const ended = { kind: 'job-ended', job: 'J1', of: 'generate', outcome: 'failed' } as const;
    for (const cause of [
      { ...ended, result: '', failure: gone },
      { kind: 'sync-failed', failure: gone } as const,
    ]) {
      const { action } = describeAlert(alert(cause));
      expect([action.label, action.href]).toEqual([
        'Show what was done',
        'dashboard.html#/log?checklist=github.com%2Facme%2Fapp%2312',
      ]);
    }
  });

  it('does not ask for a decision about a run that waits for something else', () => {
    const waiting = {
      kind: 'decision',
      about: 'run',
      job: 'J1',
      of: 'generate',
      count: 0,
    } as const;
    const { title, action } = describeAlert(alert({ ...waiting, failure: failure('archived') }));
    expect([title, action.label]).toEqual(['A run is waiting: acme/app#12', 'Show the run']);
  });

  it('fits its title into a notification, however long the names are', () => {
    const long = {
      ref: issueChecklist(ref(1_234_567_890, 'n'.repeat(100), 'o'.repeat(39))),
      title: 't'.repeat(300),
    };
    for (const cause of CAUSES) {
      for (const words of [
        describeAlert({ cause, checklist: long }),
        describeAlerts([{ cause, checklist: long }, alert(cause)]),
      ]) {
        expect(words.title.length).toBeLessThanOrEqual(ALERT_TITLE_LIMIT);
        expect(words.sentence.length).toBeLessThan(700);
      }
      expect(describeAlert({ cause, checklist: long }).title).toContain('#1234567890');
    }
  });

  it('lets no line break or hidden direction of other people into its one line', () => {
    const words = describeAlert(
      alert({ kind: 'differences', count: 1, isSeen: false }, 12, 'Ship\r\nBcc: a@b.c\u202Etxt'),
    );
    expect(words.sentence).toContain('"Ship Bcc: a@b.ctxt"');
  });

  it('names several checklists of one cause, and counts the rest', () => {
    const group = [1, 2, 3, 4, 5].map((number) => differences(2, number));
    const [first, ...others] = group;
    if (first === undefined) throw new Error('empty');
    const words = describeAlerts([first, ...others]);
    expect(words.title).toBe('10 differences need attention in 5 checklists');
    expect(words.sentence).toBe(
      'Affected checklists: acme/app#1, acme/app#2, acme/app#3 and 2 more.',
    );
    expect(words.action.href).toBe('dashboard.html#/reconcile');
  });

  it('gives the reason of a group once where it is the same', () => {
    const words = describeAlerts([
      syncFailed('issues-disabled', 1),
      syncFailed('issues-disabled', 2),
    ]);
    expect(words.sentence).toBe('Issues are turned off in (repo): acme/app#1 and acme/app#2.');
  });

  it('leads to the options only where they resolve it', () => {
    const rights = (code: 'sync-of-other' | 'archived') =>
      describeAlert(alert({ kind: 'decision', about: 'rights', failure: failure(code) })).action
        .href;
    expect(rights('sync-of-other')).toBe('options.html');
    expect(rights('archived')).toBe('https://github.com/acme/app/issues/12');
  });
});

describe('a route', () => {
  it('names its checklist so that the address can be read back', () => {
    const href = formatRoute({
      page: 'dashboard',
      path: '/sync',
      checklist: issueChecklist(ref()),
    });
    expect(href).toBe('dashboard.html#/sync?checklist=github.com%2Facme%2Fapp%2312');
  });
});
