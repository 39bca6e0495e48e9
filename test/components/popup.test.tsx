// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PopupPage } from '../../components/PopupPage.tsx';
import {
  createPopupModel,
  type PopupContext,
  type PopupModel,
} from '../../entrypoints/popup/popup-model.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failure.ts';
import type { ReconcileRecord } from '../../lib/core/reconcile/reconcile-record.ts';
import { issueKey } from '../../lib/core/refs.ts';
import type {
  ReleasedChecklist,
  SyncRecord,
  TrackedChecklist,
} from '../../lib/core/sync/tracked.ts';
import { type Rendered, settle, show } from './render.ts';

const MINUTE = 60_000;
const NOW = 100 * MINUTE;

describe('the popup', () => {
  let tracked: TrackedChecklist[];
  let records: Map<string, SyncRecord>;
  let looks: Map<string, ReconcileRecord>;
  let released: ReleasedChecklist[];
  let answer: Result<void>;
  let polls: number;
  const now = signal(NOW);
  const openOptions = vi.fn();

  beforeEach(() => {
    tracked = [];
    records = new Map();
    looks = new Map();
    released = [];
    answer = succeed(undefined);
    polls = 0;
    now.value = NOW;
    openOptions.mockClear();
  });

  it('says how to start when nothing is kept up to date', async () => {
    const { view } = await open();
    expect(view.text()).toContain('No checklist is kept up to date yet');
    expect(view.text()).toContain('Keep up to date');
    expect(view.root.querySelector('button')?.textContent).toBe('Options');
    await view.click(view.button('Options'));
    expect(openOptions).toHaveBeenCalledOnce();
  });

  it('shows each checklist: where it is, how far, when it was checked, what is new', async () => {
    track(1, {
      counts: { items: 10, followed: 7, done: 3 },
      checkedAt: NOW - 2 * MINUTE,
      newItems: 3,
    });
    const { view } = await open();
    const link = view.root.querySelector<HTMLAnchorElement>('li a');
    expect(link?.href).toBe('https://github.com/ann/demo/issues/1');
    expect(link?.target).toBe('_blank');
    expect(link?.textContent).toBe('Plan 1 ann/demo#1');
    expect(view.text()).toContain('3 of 10 done, 7 followed; checked 2 minutes ago');
    expect(view.text()).toContain('3 new items to generate.');
    now.value = NOW + 58 * MINUTE;
    await settle();
    expect(view.text()).toContain('checked 1 hour ago');
  });

  it('shows what fails, with what mends it, and first', async () => {
    track(1, { checkedAt: NOW });
    track(2, { checkedAt: NOW, failure: failure('bad-token'), failures: 3 });
    const { view } = await open();
    const rows = [...view.root.querySelectorAll('li')].map((row) => row.textContent ?? '');
    expect(rows[0]).toContain('Plan 2');
    expect(rows[0]).toContain(
      'GitHub does not accept the token. Paste a new token in the options.',
    );
    expect(rows[1]).not.toContain('token');
  });

  it('says for a week which checklists it let go, and why', async () => {
    const checklist = (number: number) => ({
      repo: { host: 'github.com', owner: 'ann', name: 'demo' },
      number,
    });
    const letGo = (number: number, at: number, gone?: ReturnType<typeof failure>) => ({
      tracked: { checklist: checklist(number), title: `Plan ${number}`, login: 'ann', since: 0 },
      at,
      gone,
    });
    track(9, { checkedAt: NOW });
    released = [
      letGo(1, NOW - MINUTE, failure('gone')),
      letGo(2, NOW - MINUTE),
      letGo(3, NOW - 8 * 24 * 60 * MINUTE),
      letGo(9, NOW - MINUTE),
    ];
    const { view } = await open();
    expect(view.text()).toContain('Not kept up to date any more');
    expect(view.text()).toContain('Plan 1 ann/demo#1This issue was deleted.');
    expect(view.text()).toContain('Plan 2 ann/demo#2It has been closed for seven days.');
    expect(view.text()).not.toContain('Plan 3');
    expect(view.text().match(/Plan 9/g)).toHaveLength(1);
  });

  it('shows what waits', async () => {
    track(1, { checkedAt: NOW, waiting: 'editor', pending: 'all' });
    const { view } = await open();
    expect(view.text()).toContain('waits for the editor in a tab to close');
  });

  it('names the differences that the last look left, once, and leads to the page', async () => {
    track(1, { checkedAt: NOW });
    const [key = ''] = [...records.keys()];
    looks.set(key, {
      key,
      checkedAt: NOW,
      nightlyAt: NOW,
      left: 7,
      kinds: { 'ticked-open': 5, 'issue-gone': 2 },
      failure: undefined,
    });
    const { view } = await open();
    const links = [...view.root.querySelectorAll<HTMLAnchorElement>('li a')];
    const link = links.find(({ textContent }) => textContent?.startsWith('7 differences'));
    expect(link?.textContent).toBe('7 differences: 5 ticked but open, 2 issues gone');
    expect(link?.href).toBe('https://github.com/ann/demo/issues/1');
    expect(view.text()).not.toContain('need you');
  });

  it('checks all at once, and shows what came of it', async () => {
    track(1, { checkedAt: NOW - 9 * MINUTE });
    const { view } = await open();
    const button = view.button('Check all now');
    track(1, { checkedAt: NOW });
    await view.click(button);
    expect(polls).toBe(1);
    expect(view.text()).toContain('checked just now');
    expect(button.disabled).toBe(false);
    answer = fail(failure('offline'));
    await view.click(button);
    expect(view.text()).toContain('GitHub cannot be reached');
  });

  it('shows five hundred checklists quickly', async () => {
    for (let number = 1; number <= 500; number += 1) track(number, { checkedAt: NOW });
    const began = performance.now();
    const { view } = await open();
    expect(view.root.querySelectorAll('li')).toHaveLength(500);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  function track(number: number, change: Partial<SyncRecord>) {
    const checklist = { repo: { host: 'github.com', owner: 'ann', name: 'demo' }, number };
    const key = issueKey(checklist);
    if (!records.has(key))
      tracked.push({ checklist, title: `Plan ${number}`, login: 'ann', since: 0 });
    records.set(key, { ...RECORD, key, ...change });
  }

  async function open(): Promise<{ model: PopupModel; view: Rendered }> {
    const context: PopupContext = {
      listTracked: async () => tracked,
      listReleased: async () => released,
      loadRecord: async (key) => records.get(key),
      loadReconcile: async (key) => looks.get(key),
      pollMinutes: async () => 2,
      pollNow: async () => {
        polls += 1;
        return answer;
      },
      openOptions,
      now,
    };
    const model = createPopupModel(context);
    await model.reload();
    return { model, view: show(<PopupPage {...model} />) };
  }
});

const RECORD: SyncRecord = {
  key: '',
  textHash: '',
  links: [],
  knownItems: [],
  newItems: 0,
  rows: [],
  counts: { items: 1, followed: 1, done: 0 },
  checkedAt: undefined,
  fullAt: undefined,
  wroteAt: undefined,
  pending: undefined,
  waiting: undefined,
  failure: undefined,
  failures: 0,
  notBefore: undefined,
  closedAt: undefined,
  ruleMistakes: [],
  rulesFrom: 'browser',
};
