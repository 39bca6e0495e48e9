// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { ChecklistButton } from '../../components/panel/ChecklistButton.tsx';
import { ChecklistPanel } from '../../components/panel/ChecklistPanel.tsx';
import { ItemBadge } from '../../components/panel/ItemBadge.tsx';
import { JobProgress } from '../../components/panel/JobProgress.tsx';
import { RunSummary } from '../../components/panel/RunSummary.tsx';
import { FailureNote } from '../../components/ui/FailureNote.tsx';
import type { ChangeCause } from '../../lib/core/engine/change.ts';
import type { JobStatus, RowProblem, WaitReason } from '../../lib/core/engine/job-status.ts';
import { FAILURE_CODES, failure, isResolvedInOptions } from '../../lib/core/failures.ts';
import { show } from './render.ts';
import { endedJob, NOW, PROBLEMS, sampleJob, sampleView } from './samples.ts';

function progress(job: JobStatus, more: Partial<Parameters<typeof JobProgress>[0]> = {}) {
  return (
    <JobProgress
      job={job}
      now={NOW}
      busy={false}
      onControl={vi.fn()}
      onResolve={vi.fn()}
      onOptions={vi.fn()}
      {...more}
    />
  );
}

function summary(job: JobStatus, more: Partial<Parameters<typeof RunSummary>[0]> = {}) {
  return (
    <RunSummary
      job={job}
      busy={false}
      onUndo={vi.fn()}
      onDismiss={vi.fn()}
      onResolve={vi.fn()}
      onOptions={vi.fn()}
      {...more}
    />
  );
}

function changed(
  cause: ChangeCause,
  linked: number,
  total = linked,
  creates = 0,
  created = linked,
): JobStatus {
  const counts = { ...endedJob().counts, total, linked, created, left: 0, review: total - linked };
  const undoable = cause === 'traces' ? 0 : linked;
  return endedJob({ kind: 'change', counts, change: { cause, creates }, undoable });
}

describe('the progress of a run', () => {
  it('is a bar with words and an honest time left', () => {
    const { root, text } = show(progress(sampleJob()));
    const bar = root.querySelector('[role="progressbar"]');
    expect(bar?.getAttribute('aria-valuenow')).toBe('12');
    expect(bar?.getAttribute('aria-valuemax')).toBe('54');
    expect(text()).toContain('12 of 54 created');
    expect(text()).toContain('About 3 min left.');
  });

  it.each<[ChangeCause, string]>([
    ['resolve', '3 of 8 changes made'],
    ['undo', '3 of 8 changes reverted'],
    ['unlink', '3 of 8 items unlinked'],
    ['traces', '3 of 8 traces removed'],
  ])('of a change run (%s) counts what is done: %s', async (cause, words) => {
    const { state: _ended, ...job } = changed(cause, 3, 8);
    const { root, text, button, click } = show(progress({ ...job, state: 'running' }));
    expect(root.querySelector('h3')?.textContent).toBe(words);
    expect(root.querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow')).toBe('3');
    await click(button('Stop'));
    expect(text()).toContain('What is done so far stays; the rest is not done.');
  });

  it('is read out only now and then', async () => {
    const { root, again } = show(progress(sampleJob()));
    const live = root.querySelector('[aria-live="polite"]');
    const counts = { ...sampleJob().counts, created: 13 };
    await again(progress(sampleJob({ counts })));
    expect(live?.textContent).toBe('13 of 54 created');
    await again(progress(sampleJob({ counts: { ...counts, created: 14 } })));
    expect(live?.textContent).toBe('13 of 54 created');
    expect(root.querySelector('h3')?.textContent).toBe('14 of 54 created');
  });

  const REASONS: readonly WaitReason[] = [
    'limit',
    'look-up',
    'offline',
    'editor',
    'claim',
    'recovery',
    'rights',
    'sign-in',
  ];
  it.each(REASONS)('says why it waits: %s', (why) => {
    const waiting = { until: NOW + 30_000, why };
    const { text } = show(progress(sampleJob({ state: 'waiting', waiting })));
    const words = show(progress(sampleJob())).text();
    expect(text()).not.toBe(words);
    // Of these the clock says nothing.
    const isTold = why !== 'editor' && why !== 'sign-in';
    const isTry = why === 'offline' || why === 'rights';
    expect(text().includes(isTry ? 'next try in 30 s' : '30 s more')).toBe(isTold);
  });

  it('that waits for a right says which, and can be tried at once', async () => {
    const onControl = vi.fn();
    const waiting = { until: NOW + 600_000, why: 'rights' } as const;
    const held = sampleJob({ state: 'waiting', waiting, failure: failure('locked') });
    const { text, button, click } = show(progress(held, { onControl }));
    expect(text()).toContain('This issue is locked. Unlock the conversation');
    expect(text()).toMatch(/Waiting until the links can be written again; next try at \d\d.\d\d/);
    await click(button('Retry'));
    expect(onControl).toHaveBeenCalledWith('resume');
  });

  it('says until when it waits', () => {
    const waiting = { until: NOW + 600_000, why: 'limit' } as const;
    const { text } = show(progress(sampleJob({ state: 'waiting', waiting })));
    expect(text()).toMatch(/Waiting until GitHub accepts requests again, until \d\d.\d\d/);
  });

  it('does not call the pace between two writes waiting', () => {
    const waiting = { until: NOW + 900, why: 'pace' } as const;
    expect(show(progress(sampleJob({ waiting }))).text()).toBe(show(progress(sampleJob())).text());
  });

  it('can be paused and resumed', async () => {
    const onControl = vi.fn();
    const running = show(progress(sampleJob(), { onControl }));
    await running.click(running.button('Pause'));
    const paused = show(progress(sampleJob({ state: 'paused' }), { onControl }));
    expect(running.text()).toContain('the run continues');
    expect(paused.text()).toContain('Paused.');
    // Closed or not, it does nothing until it is resumed.
    expect(paused.text()).not.toContain('the run continues');
    await paused.click(paused.button('Resume'));
    expect(onControl.mock.calls).toEqual([['pause'], ['resume']]);
  });

  it('says what it finishes before it pauses, and what holds that up', () => {
    const pausing = (why: 'limit' | 'offline' | 'editor' | 'rights' | 'sign-in') => {
      const waiting = { until: NOW + 20_000, why };
      return show(progress(sampleJob({ state: 'paused', waiting }))).text();
    };
    expect(pausing('offline')).toContain(
      'Pausing after the issues that were begun. GitHub is not answering; next try in 20 s.',
    );
    expect(pausing('limit')).toMatch(/were begun\. Waiting until GitHub accepts requests again/);
    expect(pausing('limit')).not.toContain(' left.');
    expect(pausing('editor')).toContain('Waiting until the text is no longer being edited.');
    expect(pausing('rights')).toContain('Paused.');
    expect(pausing('sign-in')).toContain('Paused.');
  });

  it('can be tried at once where it waits for somebody', async () => {
    const onControl = vi.fn();
    const waiting = { until: NOW, why: 'sign-in' } as const;
    const held = sampleJob({ state: 'waiting', waiting, failure: failure('sso-required') });
    const { text, button, click } = show(progress(held, { onControl }));
    expect(text()).toContain('Waiting until this is resolved.');
    await click(button('Retry'));
    expect(onControl.mock.calls).toEqual([['resume']]);
    // A new token is tried where it is given.
    const refused = show(progress({ ...held, failure: failure('bad-token') }, { onControl }));
    expect(refused.text()).toContain('Open the options');
    expect(refused.text()).not.toContain('Retry');
  });

  it('says what stays before it stops', async () => {
    const onControl = vi.fn();
    const counts = { ...sampleJob().counts, created: 43, linked: 43 };
    const { text, button, click } = show(progress(sampleJob({ counts }), { onControl }));
    await click(button('Stop'));
    expect(text()).toContain('43 created issues stay, linked. The rest is not created.');
    expect(document.activeElement).toBe(button('Keep going'));
    await click(button('Keep going'));
    expect(onControl).not.toHaveBeenCalled();
    await click(button('Stop'));
    await click(button('Stop this run'));
    expect(onControl).toHaveBeenCalledWith('stop');
  });
});

describe('rows that need the user', () => {
  it('each say what happened and what can be done', async () => {
    const onResolve = vi.fn();
    const { text, button, field, click, type } = show(
      progress(sampleJob({ problems: PROBLEMS }), { onResolve }),
    );
    expect(text()).toContain('3 items need attention');
    for (const { failure: problem } of PROBLEMS) {
      expect(text()).toContain(problem.message);
      expect(text()).toContain(problem.action);
    }
    await click(button(/^Retry: Add rate limiter/));
    await click(button(/^Create it again: A very long/));
    await click(button(/^Skip it: Keyboard/));
    expect(button('Use this issue').disabled).toBe(true);
    await type(field(/^Number of the issue for/), '#88');
    await click(button('Use this issue'));
    expect(onResolve.mock.calls).toEqual([
      [[3], { kind: 'retry' }],
      [[4], { kind: 'create-again' }],
      [[5], { kind: 'skip' }],
      [[4], { kind: 'use-number', number: 88 }],
    ]);
  });

  it('can all be tried again at once', async () => {
    const onResolve = vi.fn();
    const { button, click } = show(summary(endedJob({ problems: PROBLEMS }), { onResolve }));
    await click(button('Retry all 2'));
    expect(onResolve.mock.calls).toEqual([[[3, 5], { kind: 'retry' }]]);
  });

  const unknown = (index: number): RowProblem => ({
    index,
    text: `Step ${index}`,
    failure: failure('still-unknown'),
    choices: ['create-again', 'use-number', 'skip', 'retry'],
  });

  it('are not told by the reason of the first where each has its own', () => {
    const two = (
      code: 'rejected' | 'item-linked',
      ...words: readonly Readonly<Record<string, string>>[]
    ) => {
      const problems = words.map((details, index): RowProblem => {
        const choices = ['retry', 'skip'] as const;
        return { index, text: `Item ${index}`, failure: failure(code, details), choices };
      });
      const { root } = show(progress(sampleJob({ problems })));
      return root.querySelector('.problems .text')?.textContent;
    };
    const [long, odd] = [{ reason: 'title is too long' }, { reason: 'title is odd' }];
    expect(two('rejected', long, long)).toBe('2 items: GitHub refused: title is too long');
    expect(two('rejected', long, odd)).toBe('2 items, each for its own reason.');
    expect(two('item-linked', { link: '#4' }, { link: '#5' })).toBe(
      'Somebody linked 2 items in the meantime. Nothing was created for them.',
    );
  });

  it('are one question where one thing happened to all, each item folded inside', async () => {
    const onResolve = vi.fn();
    const twelve = Array.from({ length: 12 }, (_, index) => unknown(index));
    const view = show(summary(endedJob({ problems: twelve }), { onResolve }));
    expect(view.text()).toContain('12 items need attention');
    expect(view.text()).toContain('GitHub did not show 12 issues for ten minutes.');
    const fold = view.root.querySelector('details');
    expect(fold?.open).toBe(false);
    expect(fold?.querySelectorAll('li')).toHaveLength(12);
    await view.click(view.button('Create all 12'));
    await view.click(view.button('Look again'));
    await view.click(view.button('Skip all 12'));
    await view.click(view.button('Create it again: Step 3'));
    const all = twelve.map(({ index }) => index);
    expect(onResolve.mock.calls).toEqual([
      [all, { kind: 'create-again' }],
      [all, { kind: 'retry' }],
      [all, { kind: 'skip' }],
      [[3], { kind: 'create-again' }],
    ]);
  });

  it('are a question for each reason', () => {
    const problems = [unknown(1), unknown(2), ...PROBLEMS.slice(0, 1)];
    const view = show(summary(endedJob({ problems })));
    expect(view.root.querySelectorAll('ul.rows')[0]?.children).toHaveLength(2);
  });

  it('are never overruled all at once', () => {
    const failed = failure('touched', { link: '#12' });
    const touched = [1, 2].map((index): RowProblem => {
      return { index, text: `Step ${index}`, failure: failed, choices: ['force', 'skip'] };
    });
    const view = show(progress({ ...changed('undo', 1), problems: touched }));
    const own = [...view.root.querySelectorAll('ul.rows > li > .actions button')];
    expect(own[0]?.textContent).toBe('Leave all 2 as they are');
    expect(view.root.querySelector('details')?.textContent).toContain('Change it anyway');
  });
});

describe('an issue that somebody touched', () => {
  const problem: RowProblem = {
    index: 3,
    text: 'Add rate limiter',
    failure: failure('touched', { link: '#12' }),
    choices: ['force', 'skip'],
  };
  it.each<[string, JobStatus]>([
    ['Close it anyway', changed('undo-generation', 1)],
    ['Close it anyway', changed('unlink', 1)],
    ['Change it anyway', changed('undo', 1)],
    ['Change it anyway', changed('traces', 1)],
  ])('is decided on: %s', async (words, job) => {
    const onResolve = vi.fn();
    const { button, click } = show(progress({ ...job, problems: [problem] }, { onResolve }));
    await click(button(`${words}: Add rate limiter`));
    await click(button('Leave as is: Add rate limiter'));
    expect(onResolve.mock.calls).toEqual([
      [[3], { kind: 'force' }],
      [[3], { kind: 'skip' }],
    ]);
  });
});

describe('the end of a run', () => {
  const counts = { ...endedJob().counts, created: 43, linked: 43, left: 11 };
  const ENDS: readonly (readonly [string, JobStatus])[] = [
    ['Done: 54 issues created, all linked.', endedJob()],
    [
      'Done: 1 issue created, all linked.',
      endedJob({ counts: { ...counts, created: 1, linked: 1 } }),
    ],
    ['Done: 3 items linked.', endedJob({ counts: { ...counts, created: 0, linked: 3 } })],
    [
      'Nothing was created or linked.',
      endedJob({ outcome: 'failed', counts: { ...counts, created: 0, linked: 0 } }),
    ],
    [
      '8 issues created, 0 linked.',
      endedJob({ outcome: 'failed', counts: { ...counts, created: 8, linked: 0 } }),
    ],
    ['Stopped: 43 created issues stay, linked.', endedJob({ outcome: 'stopped', counts })],
    ['Stopped.', endedJob({ outcome: 'stopped', counts: { ...counts, created: 0, linked: 0 } })],
    [
      '43 issues created, 25 linked.',
      endedJob({ outcome: 'failed', counts: { ...counts, linked: 25 } }),
    ],
    ['54 issues created, all linked.', endedJob({ problems: PROBLEMS })],
    ['54 issues closed, their links removed.', changed('undo-generation', 54)],
    ['8 changes made.', changed('resolve', 8)],
    ['1 change made.', changed('resolve', 1)],
    ['7 of 8 changes made.', changed('resolve', 7, 8)],
    [
      'Stopped: 3 of 8 changes made.',
      endedJob({ ...changed('resolve', 3, 8), outcome: 'stopped' }),
    ],
    ['8 changes made, then 2 issues are created.', changed('resolve', 8, 8, 2)],
    ['Next, 1 issue is created.', changed('resolve', 0, 0, 1)],
    ['Reverted 8 changes.', changed('undo', 8)],
    ['Reverted 5 of 8 changes.', changed('undo', 5, 8)],
    ['3 items unlinked.', changed('unlink', 3)],
    ['1 item unlinked.', changed('unlink', 1)],
    ['1 of 3 items unlinked.', changed('unlink', 1, 3)],
    ["Masterlist's traces are removed from 12 issues.", changed('traces', 12)],
    ["Masterlist's traces are removed.", changed('traces', 1, 1, 0, 0)],
    ['4 of 12 traces removed.', changed('traces', 4, 12)],
    ['Interrupted.', endedJob({ kind: 'change', outcome: 'failed' })],
  ];
  it.each(ENDS)('is told: %s', (words, job) => {
    expect(show(summary(job)).root.querySelector('h3')?.textContent?.trim()).toBe(words);
  });

  it('says why it failed', () => {
    const problem = failure('bad-token');
    const { text } = show(summary(endedJob({ outcome: 'failed', failure: problem })));
    expect(text()).toContain(problem.message);
  });

  it('can be undone, after saying what that does', async () => {
    const onUndo = vi.fn();
    const { button, click, text } = show(summary(endedJob(), { onUndo }));
    await click(button('Undo this run'));
    expect(text()).toContain(
      'Close 54 issues and remove their links; sent emails cannot be recalled.',
    );
    expect(onUndo).not.toHaveBeenCalled();
    await click(button('Close 54 issues'));
    expect(onUndo).toHaveBeenCalledTimes(1);
  });

  it('of changes can be undone too', async () => {
    const onUndo = vi.fn();
    const { button, click, text } = show(summary(changed('resolve', 8), { onUndo }));
    await click(button('Undo these changes'));
    expect(text()).toContain('Revert 8 changes; sent emails cannot be recalled.');
    await click(button('Revert 8 changes'));
    expect(onUndo).toHaveBeenCalledTimes(1);
    for (const job of [changed('traces', 8), changed('resolve', 0, 8), endedJob()])
      expect(() => show(summary(job)).button('Undo these changes')).toThrow();
  });

  it('offers no undo where there is nothing to undo', () => {
    expect(() => show(summary(endedJob({ undoable: 0 }))).button('Undo this run')).toThrow();
    expect(() => show(summary(changed('traces', 8))).button('Undo this run')).toThrow();
  });
});

describe('a failure', () => {
  it('that the options resolve leads there, others do not', async () => {
    const onOptions = vi.fn();
    const { button, click } = show(
      <FailureNote failure={failure('signed-out', { host: 'github.com' })} onOptions={onOptions} />,
    );
    await click(button('Open the options'));
    expect(onOptions).toHaveBeenCalledTimes(1);
    const other = show(<FailureNote failure={failure('offline')} onOptions={onOptions} />);
    expect(other.root.querySelector('button')).toBeNull();
  });

  it.each(FAILURE_CODES)(
    'has a button to the options exactly where they resolve it: %s',
    (code) => {
      const { root } = show(<FailureNote failure={failure(code)} onOptions={vi.fn()} />);
      const buttons = [...root.querySelectorAll('button')].map(({ textContent }) => textContent);
      const label = code === 'token-locked' ? 'Unlock' : 'Open the options';
      expect(buttons).toEqual(isResolvedInOptions(code) ? [label] : []);
    },
  );

  it('links a page where it is resolved, but never a script', () => {
    const linkOf = (url: string) =>
      show(<FailureNote failure={failure('sso-required', {}, { url })} />).root.querySelector('a');
    expect(linkOf('https://github.com/orgs/o/sso')?.href).toBe('https://github.com/orgs/o/sso');
    expect(linkOf('javascript:alert(1)')).toBeNull();
  });
});

describe('a badge', () => {
  it('has the title of its issue as its tooltip, as far as it is known', () => {
    const [badge] = sampleView(8).badges.filter((each) => each !== undefined);
    if (badge === undefined) throw new Error('no badge');
    const tooltipOf = (title: string) =>
      show(<ItemBadge issue={{ ...badge, state: 'open', title }} />).root.querySelector('a')?.title;
    expect(tooltipOf('Parse dates')).toBe('Parse dates (open)');
    expect(tooltipOf('')).toBe('(open)');
  });

  it.each(sampleView(8).badges.filter((badge) => badge !== undefined))(
    'shows number and state: $state',
    (badge) => {
      const { root } = show(<ItemBadge issue={badge} />);
      const link = root.querySelector('a');
      expect(link?.textContent).toBe(badge.text);
      expect(link?.href).toBe(badge.url);
      expect(link?.getAttribute('aria-label')).toMatch(new RegExp(`^Issue ${badge.text}, \\w`));
    },
  );
});

describe('the panel', () => {
  function panel(more: Partial<Parameters<typeof ChecklistPanel>[0]>) {
    return (
      <ChecklistPanel
        counts={{ items: 57, linked: 3, done: 2 }}
        signedOut={false}
        running={false}
        busy={false}
        failure={undefined}
        shownItems={undefined}
        onGenerate={vi.fn()}
        onSync={undefined}
        onReconcile={undefined}
        onRetry={vi.fn()}
        onOptions={vi.fn()}
        onClose={vi.fn()}
        {...more}
      />
    );
  }

  it('shows items, linked and done', () => {
    expect(show(panel({})).text()).toMatch(/57 items.*3 linked.*2 done/);
  });

  it('generates nothing where there are no items, and not twice at once', () => {
    const empty = show(panel({ counts: { items: 0, linked: 0, done: 0 } }));
    expect(empty.button('Generate issues').disabled).toBe(true);
    expect(show(panel({ busy: true })).button('Generate issues').disabled).toBe(true);
    expect(() => show(panel({ running: true })).button('Generate issues')).toThrow();
  });

  it('offers to try again after a failure', async () => {
    const onRetry = vi.fn();
    const { text, button, click } = show(
      panel({ counts: undefined, failure: failure('offline'), onRetry }),
    );
    expect(text()).toContain(failure('offline').message);
    await click(button('Retry'));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  it('has a name for every control', () => {
    const { root } = show(panel({ signedOut: true, failure: failure('offline') }));
    for (const button of root.querySelectorAll('button'))
      expect(button.getAttribute('aria-label') ?? button.textContent).toMatch(/\w/);
  });
});

describe('the button', () => {
  it('counts items, then what a run has done', () => {
    const words = (job: JobStatus | undefined, items = 57) =>
      show(<ChecklistButton items={items} job={job} open={false} onToggle={vi.fn()} />).text();
    expect(words(undefined)).toBe('Masterlist: 57 items');
    expect(words(undefined, 1)).toBe('Masterlist: 1 item');
    expect(words(sampleJob())).toBe('Masterlist: 12 of 54 created');
    expect(words(endedJob())).toBe('Masterlist: 57 items');
  });
});
