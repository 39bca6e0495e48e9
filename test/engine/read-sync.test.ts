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

it('asks for the numbers of before a transfer, once, and only where something is elsewhere', async () => {
  const there = issue(9, { ref: ref(9, 'octo/other') });
  const text = '- [ ] Parse dates (octo/other#9)\n- [ ] Ship when #5 is done\n- [ ] Docs (#6)';
  const history = [version(text, 3), version('- [ ] Parse dates (#2)\n- [ ] Read octo/more#8', 2)];
  const { master, rules } = buildFacts(text, { history, rules: { baseBranches: ['release/*'] } });
  const options = new Set<string>();
  const questions: (readonly string[])[] = [];
  const readFor = async (away: boolean) => {
    const known = { 'octo/other#9': away ? there : issue(9), 'octo/plan#2': there };
    const readFollowed = async (issues: readonly IssueRef[], asked: object) => {
      options.add(JSON.stringify(asked));
      const names = issues.map((one) => `${one.repo.owner}/${one.repo.name}#${one.number}`);
      questions.push(names);
      const found = names.map((name, index) => [
        issueKey(issues[index] ?? there.ref),
        known[name as keyof typeof known] ?? issue(issues[index]?.number ?? 0),
      ]);
      return succeed(Object.fromEntries(found));
    };
    const read = await readLinks(
      { github: { readFollowed } } as unknown as SyncPorts,
      {
        ...{ checklist: MASTER, identity: 'links', rules, rulesFrom: 'browser', mistakes: [] },
        ...{ blocker: undefined, master: { ...master, historyComplete: true } },
      } as unknown as Parameters<typeof readLinks>[1],
      'all',
      undefined,
    );
    return read.ok ? read.value.facts.followed : {};
  };
  const followed = await readFor(true);
  expect(questions).toEqual([
    ['octo/other#9', 'octo/plan#6'],
    ['octo/plan#5', 'octo/plan#2'],
  ]);
  expect(followed[issueKey(ref(2))]).toBe(there);
  // Read as the rest is: an item that links such a number is planned by it.
  expect([...options]).toEqual(['{"mentions":true}']);
  questions.length = 0;
  await readFor(false);
  expect(questions).toEqual([['octo/other#9', 'octo/plan#6']]);
});
