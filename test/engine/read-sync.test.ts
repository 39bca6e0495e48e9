import { expect, it } from 'vitest';
import { succeed } from '../../lib/core/failures.ts';
import { type IssueRef, issueKey } from '../../lib/core/refs.ts';
import { newRecord } from '../../lib/core/sync/sync-record.ts';
import { hashText } from '../../lib/core/text/hash-text.ts';
import { readLinks } from '../../lib/engine/read-sync.ts';
import type { SyncPorts } from '../../lib/ports.ts';
import { buildFacts, closed, day, issue, MASTER, ref, version } from '../core/sync/build-sync.ts';

it('reads a whole list whose numbers prove each other for news of one of them', async () => {
  const items = ['A b c - #2', 'D e f - #3', 'Odd - #4'].map((one) => `- [ ] ${one}`);
  const text = [...items, '', '# Other', '- [ ] J k l - #7'].join('\n');
  const known = [
    issue(2, { title: 'A b c', createdAt: day(1) }),
    issue(3, { title: 'D e f', createdAt: day(1) }),
    closed(4, { title: 'Something', createdAt: day(1) }),
    issue(7, { createdAt: day(1) }),
  ];
  const { master, rules } = buildFacts(text, { history: [version(text, 2)] });
  const asked: number[] = [];
  const readFollowed = async (issues: readonly IssueRef[]) => {
    asked.push(...issues.map(({ number }) => number));
    const keys = new Set(issues.map(issueKey));
    const found = known.filter((one) => keys.has(issueKey(one.ref)));
    return succeed(Object.fromEntries(found.map((one) => [issueKey(one.ref), one])));
  };
  const reading = {
    ...{ checklist: MASTER, identity: 'links', rules, rulesFrom: 'browser', mistakes: [] },
    ...{ blocker: undefined, master: { ...master, historyComplete: true } },
  };
  const record = { ...newRecord('k'), textHash: hashText(text) };
  const news = [issueKey(ref(4))];
  const read = await readLinks(
    { github: { readFollowed } } as unknown as SyncPorts,
    reading as unknown as Parameters<typeof readLinks>[1],
    news,
    record,
  );
  const { plan } = read.ok ? read.value : {};
  expect(asked).toEqual([2, 3, 4]);
  expect(plan?.question).toBeUndefined();
  expect(plan?.rows.map((row) => [row.text, row.changes.map(({ kind }) => kind)])).toEqual([
    ['Odd - #4', ['tick']],
  ]);
});
