// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { EarlierTexts } from '../../components/panel/EarlierTexts.tsx';
import { SyncPreviewView } from '../../components/panel/SyncPreviewView.tsx';
import { SyncResult } from '../../components/panel/SyncResult.tsx';
import { SyncRemarks } from '../../components/panel/SyncRowView.tsx';
import { SyncState } from '../../components/panel/SyncState.tsx';
import { describeAgo } from '../../components/ui/describe-ago.ts';
import { NewItems } from '../../components/ui/NewItems.tsx';
import { failure } from '../../lib/core/failures.ts';
import type { Cause } from '../../lib/core/log/cause.ts';
import { describeChange, describeRemark } from '../../lib/core/sync/describe-sync.ts';
import { patiently } from '../patiently.ts';
import { type Rendered, settle, show } from './render.ts';
import {
  CHANGES,
  DIFFERENCE,
  NOW,
  REMARKS,
  REPO,
  SAVED_TEXTS,
  sampleSync,
  sampleSyncPreview,
  sampleSyncRow,
} from './samples.ts';

type PreviewProps = Parameters<typeof SyncPreviewView>[0];

function preview(of: PreviewProps['preview'], more: Partial<PreviewProps> = {}) {
  return (
    <SyncPreviewView
      preview={of}
      busy={false}
      failure={undefined}
      onUpdate={vi.fn()}
      onAgain={vi.fn()}
      onCancel={vi.fn()}
      onOptions={vi.fn()}
      {...more}
    />
  );
}

describe('the preview of a sync', () => {
  it('says what changes, why, and for which issue', () => {
    const { root, text } = show(preview(sampleSyncPreview(5)));
    expect(root.querySelector('h3')?.textContent).toContain('5 items will be updated');
    for (const [index, change] of CHANGES.entries())
      expect(text()).toContain(describeChange(change, REPO, sampleSyncRow(index).issue));
    for (const remark of REMARKS) expect(text()).toContain(describeRemark(remark, REPO));
    expect(root.querySelector('a')?.href).toBe('https://github.com/octo-org/octo-repo/issues/100');
    expect(text()).toContain('Rules: from .github/masterlist.yml');
  });

  it('shows boxes and numbers as they are written, to the eye alone', () => {
    const { root } = show(preview(sampleSyncPreview(5, { remarks: false })));
    const signs = [...root.querySelectorAll('code')].map((code) => code.textContent);
    expect(new Set(signs)).toEqual(
      new Set(['[ ] → [x]', '[x] → [ ]', '+ (#456, octo-org/other#460)']),
    );
    expect(root.querySelectorAll('code:not([aria-hidden])')).toHaveLength(0);
  });

  it('shows the line of the rules file that counts pull requests of another repository', async () => {
    const remarks = REMARKS.filter(({ kind }) => kind === 'pulls-elsewhere');
    const rows = [sampleSyncRow(0, { remarks })];
    const one = sampleSyncPreview(1);
    const { button, click, text } = show(preview({ ...one, plan: { ...one.plan, rows } }));
    await click(button('Count pull requests of stranger/theirs'));
    expect(text()).toContain('pull-requests-from: [octo/*, stranger/theirs]');
  });

  it('is confirmed or left', async () => {
    const [onUpdate, onCancel] = [vi.fn(), vi.fn()];
    const { button, click } = show(preview(sampleSyncPreview(5), { onUpdate, onCancel }));
    await click(button('Update 5 items'));
    await click(button('Cancel'));
    expect([onUpdate, onCancel].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it('of one item speaks of one', () => {
    expect(show(preview(sampleSyncPreview(1))).button('Update 1 item').disabled).toBe(false);
  });

  it('says when there is nothing to do, and offers nothing', () => {
    const { root, text } = show(preview(sampleSyncPreview(0, { remarks: false })));
    expect(text()).toContain('Nothing to update');
    expect(root.querySelectorAll('details')).toHaveLength(0);
    expect([...root.querySelectorAll('button')].map(({ textContent }) => textContent)).toEqual([
      'Close',
    ]);
  });

  it('that cannot be carried out says why, and offers no update', () => {
    const blocker = failure('cannot-edit-master', { repo: 'octo-org/octo-repo' });
    const { text, button } = show(preview(sampleSyncPreview(3, { blocker })));
    expect(text()).toContain(blocker.message);
    expect(() => button(/^Update/)).toThrow();
  });

  it('that failed can be made again', async () => {
    const onAgain = vi.fn();
    const problem = failure('stale-plan');
    const { text, button, click } = show(
      preview(sampleSyncPreview(3), { failure: problem, onAgain }),
    );
    expect(text()).toContain(problem.message);
    await click(button('Refresh preview'));
    expect(onAgain).toHaveBeenCalledTimes(1);
  });

  it('of 500 items shows the first at once and all of them soon, long titles too', async () => {
    const { root } = show(preview(sampleSyncPreview(500, { remarks: false })));
    const rows = () => root.querySelectorAll('.row').length;
    expect(rows()).toBeGreaterThan(0);
    expect(rows()).toBeLessThan(100);
    await patiently(() => expect(rows()).toBe(500));
  });

  it('folds many rows to look at', () => {
    const rows = Array.from({ length: 40 }, (_, index) =>
      sampleSyncRow(index, {
        remarks: [{ kind: 'tick-taken-back', because: { kind: 'children' } }],
      }),
    );
    const { plan, ...rest } = sampleSyncPreview(0);
    const { root } = show(preview({ ...rest, plan: { ...plan, rows } }));
    expect(root.querySelector('summary')?.textContent).toBe('Remarks 40');
    expect(root.querySelectorAll('.row')).toHaveLength(0);
  });
});

describe('what a sync has written', () => {
  const told = (updated: number, left = 0) =>
    show(<SyncResult outcome={{ updated, left, notice: undefined }} />)
      .text()
      .trim();

  it('is told', () => {
    expect(told(5)).toBe('5 items updated.');
    expect(told(1)).toBe('1 item updated.');
    expect(told(0)).toBe('Nothing to update.');
    expect(told(3, 2)).toBe(
      '3 items updated. 2 changed in the meantime and were skipped: press Sync now.',
    );
    expect(told(0, 1)).toBe('1 changed in the meantime and was skipped: press Sync now.');
  });

  it('is heard by screen readers: it fills a region that stood empty before', async () => {
    const { root, again } = show(<SyncResult outcome={undefined} />);
    const region = root.querySelector('[role="status"]');
    expect(region?.textContent).toBe('');
    await again(<SyncResult outcome={{ updated: 5, left: 0, notice: undefined }} />);
    expect(root.querySelector('[role="status"]')).toBe(region);
    expect(region?.textContent).toContain('5 items updated.');
  });

  it('comes with what needs a look', () => {
    const notice = failure('edits-collided');
    const { text } = show(<SyncResult outcome={{ updated: 5, left: 0, notice }} />);
    expect(text()).toContain(notice.message);
    expect(text()).toContain(notice.action);
  });
});

type StateProps = Parameters<typeof SyncState>[0];

function state(sync: StateProps['sync'], more: Partial<StateProps> = {}): Rendered {
  return show(
    <SyncState
      sync={sync}
      now={NOW}
      busy={false}
      signedOut={false}
      previewing={false}
      onTrack={vi.fn()}
      onReconcile={undefined}
      onOptions={vi.fn()}
      {...more}
    />,
  );
}

describe('the state of a checklist that is kept up to date', () => {
  it('names the account and the last refresh, and can be stopped', async () => {
    const onTrack = vi.fn();
    const { text, button, click } = state(sampleSync(), { onTrack });
    expect(text()).toContain('Tracked in this browser as monalisa · refreshed 2 minutes ago');
    expect(text()).toContain("Rules: from this browser's settings");
    await click(button(/^Stop/));
    expect(onTrack).toHaveBeenCalledWith(false);
  });

  it('says that no check came through yet', () => {
    expect(state(sampleSync({ checkedAt: undefined })).text()).toContain('not refreshed yet');
  });

  it.each([
    ['gap', 'enough time has passed'],
    ['editor', 'the editor is closed'],
    ['job', 'the run has ended'],
  ] as const)('says what the next write waits for: %s', (waiting, words) => {
    const { text } = state(sampleSync({ state: 'waiting', waiting }));
    expect(text()).toContain(`The next write waits until ${words}`);
  });

  it('says why checks fail, and leads to the options', async () => {
    const problem = failure('bad-token');
    const onOptions = vi.fn();
    const sync = sampleSync({ state: 'failing', failure: problem });
    const { text, button, click } = state(sync, { onOptions });
    expect(text()).toContain(problem.message);
    expect(text()).toContain(problem.action);
    await click(button('Open the options'));
    expect(onOptions).toHaveBeenCalledTimes(1);
  });

  it('can be bound to another account when the token is of another', async () => {
    const onTrack = vi.fn();
    const problem = failure('sync-of-other', { login: 'monalisa', tokenUser: 'hubot' });
    const sync = sampleSync({ state: 'failing', failure: problem });
    const { button, click } = state(sync, { onTrack });
    await click(button('Track'));
    expect(onTrack).toHaveBeenCalledWith(true);
  });

  it('lists the mistakes of the rules once', () => {
    const ruleMistakes = ['Line 2: a mistake.', 'Line 7: another mistake.'];
    const problem = failure('rules-invalid', { mistake: 'Line 2: a mistake.' });
    const { root, text } = state(
      sampleSync({ state: 'failing', failure: problem, ruleMistakes, rulesFrom: 'file' }),
    );
    expect([...root.querySelectorAll('li')].map((mistake) => mistake.textContent)).toEqual(
      ruleMistakes,
    );
    expect(text()).not.toContain(problem.message);
    expect(text()).toContain('Rules: from .github/masterlist.yml');
  });
});

describe('the state of another checklist', () => {
  const none = sampleSync({ tracked: false, login: undefined, state: 'released' });

  it('is one sentence and a button', async () => {
    const onTrack = vi.fn();
    const { text, button, click } = state(none, { onTrack });
    expect(text()).toBe('Not tracked in this browser.Track');
    await click(button('Track'));
    expect(onTrack).toHaveBeenCalledWith(true);
  });

  it('has no dead button without a token', () => {
    expect(state(none, { signedOut: true }).root.querySelector('button')).toBeNull();
  });

  it('tells nothing of what was remembered from before', () => {
    const problem = failure('offline');
    expect(state({ ...none, failure: problem, waiting: 'gap' }).text()).not.toContain('write');
    expect(state({ ...none, failure: problem }).text()).not.toContain(problem.message);
  });
});

describe('new items', () => {
  it('become issues only on a click, or are left', async () => {
    const [onGenerate, onDismiss] = [vi.fn(), vi.fn()];
    const { text, button, click } = show(
      <NewItems count={3} busy={false} onGenerate={onGenerate} onDismiss={onDismiss} />,
    );
    expect(text()).toContain('3 new items');
    await click(button('Generate…'));
    await click(button('Not now'));
    expect([onGenerate, onDismiss].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it('are not spoken of where there are none', () => {
    const { root } = show(
      <NewItems count={0} busy={false} onGenerate={vi.fn()} onDismiss={vi.fn()} />,
    );
    expect(root.children).toHaveLength(0);
  });
});

describe('what is left to look at', () => {
  it('is folded; unfolded it says why of each', async () => {
    const { root, text } = show(<SyncRemarks rows={sampleSyncPreview(3).plan.rows} from={REPO} />);
    expect(text()).toBe(`${REMARKS.length} to review`);
    await unfold(root);
    for (const remark of REMARKS) expect(text()).toContain(describeRemark(remark, REPO));
    expect(root.querySelectorAll('.row')).toHaveLength(REMARKS.length);
  });

  it('is not there without remarks', () => {
    const { root } = show(<SyncRemarks rows={[sampleSyncRow(0)]} from={REPO} />);
    expect(root.children).toHaveLength(0);
  });
});

type TextsProps = Parameters<typeof EarlierTexts>[0];

function texts(more: Partial<TextsProps>) {
  return (
    <EarlierTexts
      texts={SAVED_TEXTS}
      difference={undefined}
      busy={false}
      failure={undefined}
      restored={false}
      onList={vi.fn()}
      onShow={vi.fn()}
      onRetry={vi.fn()}
      onHide={vi.fn()}
      onRestore={vi.fn()}
      onDownload={vi.fn()}
      onOptions={vi.fn()}
      {...more}
    />
  );
}

describe('earlier texts', () => {
  it('are asked for when they are unfolded, once each time', async () => {
    const onList = vi.fn();
    const { root } = show(texts({ texts: undefined, onList }));
    expect(onList).not.toHaveBeenCalled();
    await unfold(root);
    expect(onList).toHaveBeenCalledTimes(1);
    expect(root.textContent).toContain('Loading');
  });

  it.each<[Cause['by'], Cause['what'], string]>([
    ['click', 'generate', 'before a run'],
    ['click', 'sync', 'before a sync on click'],
    ['background', 'sync', 'before a sync in the background'],
    ['night', 'sync', 'before a sync at night'],
    ['night', 'resolve', 'before differences were resolved'],
    ['click', 'undo', 'before a run was undone'],
    ['click', 'undo-generation', 'before a run was undone'],
    ['click', 'unlink', 'before items were unlinked and their issues closed'],
    ['click', 'traces', "before Masterlist's traces were removed"],
    ['click', 'summary', 'before a summary was posted'],
    ['background', 'verify', 'before an overwritten edit was restored'],
  ])('have words for %s: %s', async (by, what, words) => {
    const cause = { by, what };
    const saved = SAVED_TEXTS.map((text) => ({ ...text, cause }));
    const { root, text } = show(texts({ texts: saved }));
    await unfold(root);
    expect(text()).toContain(`${words}, by`);
  });

  it('are listed with when and why, and show how they differ', async () => {
    const onShow = vi.fn();
    const { root, text, button, click } = show(texts({ onShow }));
    await unfold(root);
    expect(root.querySelectorAll('.row')).toHaveLength(3);
    expect(text()).toContain('before a sync on click, by monalisa');
    expect(text()).toContain('before a run, by hubot');
    await click(button(/^Show difference/));
    expect(onShow).toHaveBeenCalledWith(3);
  });

  it('say of each line whether it comes back or goes, with signs and with words', async () => {
    const { root } = show(texts({ difference: { ...DIFFERENCE, id: 2 } }));
    await unfold(root);
    const lines = [...root.querySelectorAll('.difference li')];
    expect(lines.map((line) => line.textContent)).toEqual(
      DIFFERENCE.lines.map(({ kind, text }) => {
        if (kind === 'comes-back') return `+restored: ${text}`;
        if (kind === 'goes') return `−removed: ${text}`;
        return `${kind === 'gap' ? '⋯' : ' '}${text}`;
      }),
    );
    expect(lines[0]?.querySelector('[aria-hidden="true"]')?.textContent).toBe('⋯');
  });

  it('are restored only after a sentence that says what happens', async () => {
    const onRestore = vi.fn();
    const difference = { ...DIFFERENCE, id: 2 };
    const { root, text, button, click } = show(texts({ difference, onRestore }));
    await unfold(root);
    await click(button('Restore this text'));
    expect(text()).toContain('Replaces the whole text of the issue');
    expect(document.activeElement).toBe(button('Leave it as it is'));
    expect(onRestore).not.toHaveBeenCalled();
    await click(button('Replace the text'));
    expect(onRestore).toHaveBeenCalledTimes(1);
  });

  it('can be downloaded', async () => {
    const onDownload = vi.fn();
    const { root, button, click } = show(
      texts({ difference: { ...DIFFERENCE, id: 2 }, onDownload }),
    );
    await unfold(root);
    await click(button('Download'));
    expect(onDownload).toHaveBeenCalledWith(SAVED_TEXTS[1]);
  });

  it('that equal the text of now cannot be restored', async () => {
    const { root, text, button } = show(texts({ difference: { ...DIFFERENCE, lines: [], id: 2 } }));
    await unfold(root);
    expect(text()).toContain('Same as the current text');
    expect(() => button('Restore this text')).toThrow();
  });

  it('say when there are none, when they cannot be had, and when one is back', async () => {
    const none = show(texts({ texts: [] }));
    await unfold(none.root);
    expect(none.text()).toContain('Nothing was written here in the last 30 days');
    const problem = failure('text-changed');
    const refused = show(texts({ failure: problem }));
    await unfold(refused.root);
    expect(refused.text()).toContain(problem.message);
    expect(refused.text()).toContain(problem.action);
    const back = show(texts({ restored: true }));
    await unfold(back.root);
    expect(back.root.querySelector('[role="status"]')?.textContent).toContain('Text restored');
  });
});

describe('how long ago', () => {
  it.each([
    [0, 'just now'],
    [59_000, 'just now'],
    [60_000, '1 minute ago'],
    [3_599_000, '59 minutes ago'],
    [3_600_000, '1 hour ago'],
    [172_800_000, '2 days ago'],
    [13 * 86_400_000, '13 days ago'],
    [21 * 86_400_000, '3 weeks ago'],
    [61 * 86_400_000, '2 months ago'],
    [800 * 86_400_000, '2 years ago'],
    [-5_000, 'just now'],
  ])('%i ms is %s', (ms, words) => {
    expect(describeAgo(NOW - ms, NOW)).toBe(words);
  });
});

async function unfold(root: HTMLElement): Promise<void> {
  const details = root.querySelector('details');
  if (!details) throw new Error('nothing to unfold');
  details.open = true;
  details.dispatchEvent(new Event('toggle'));
  await settle();
}
