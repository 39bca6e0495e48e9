import { describe, expect, it } from 'vitest';
import { type ChecklistRef, issueChecklist, issueOfChecklist } from '../../lib/core/refs.ts';
import { BODY_LIMIT } from '../../lib/core/text/body-limit.ts';
import { readSummary, removeSummary } from '../../lib/core/text/summary-block.ts';
import { connect } from '../../lib/store/db.ts';
import { listAllEvents } from '../../lib/store/events.ts';
import { issueDatesReadAt, listIssueDates, saveIssueDates } from '../../lib/store/issue-dates.ts';
import { given, OWN_PAGE, tabOf, useBackground } from './background-world.ts';

describe('the summary of a checklist', () => {
  const world = useBackground();
  let made = 0;

  /** A checklist with three issues, of which one is done and one refused; line ends and blanks as people leave them. */
  async function plan(
    more = '',
  ): Promise<{ checklist: ChecklistRef; text: () => string; name: string }> {
    await world.signIn();
    made += 1;
    const name = `ann/summary${made}`;
    world.github.addRepo(name);
    const issues = ['One', 'Two', 'Three'].map((title) =>
      world.github.addIssue(name, { title, author: 'ann' }),
    );
    const close = (index: number, stateReason: 'completed' | 'not_planned') =>
      world.github.editIssue(name, issues[index] ?? 0, { state: 'closed', stateReason }, 'ann');
    close(0, 'completed');
    close(1, 'not_planned');
    const items = issues.map((number) => `- [ ] Step  (closes #${number}) \r\n`).join('');
    const body = `# Plan\r\n\r\n${items}\r\nThank you.\t\r\n${more}`;
    const number = world.github.addIssue(name, { title: 'Plan', body, author: 'ann' });
    const repo = { host: 'github.com', owner: 'ann', name: `summary${made}` };
    const text = () => world.github.issue(name, number).body ?? '';
    return { checklist: issueChecklist({ repo, number }), text, name };
  }

  const post = (checklist: ChecklistRef, wanted = true) =>
    world.ask('postSummary', { checklist, post: wanted }, OWN_PAGE);

  it('is one block, replaced when posted again, and every other byte stays', async () => {
    const { checklist, text } = await plan();
    const before = text();
    given(await post(checklist));
    expect(readSummary(text())).toMatch(/^\| Progress on \d{4}-\d\d-\d\d \|/);
    expect(readSummary(text())).toContain('| Issues closed | 2 of 3 (66 %) |');
    expect(removeSummary(text())).toBe(before);
    world.github.editIssue(checklistName(checklist), 3, { state: 'closed' }, 'ann');
    await saveIssueDates(connect(), keyOf(checklist), [], 0);
    given(await post(checklist));
    expect(readSummary(text())).toContain('3 of 3 (100 %)');
    expect(text().match(/masterlist:summary /g)).toHaveLength(1);
    expect(removeSummary(text())).toBe(before);
    const writes = (await listAllEvents(connect())).filter(({ kind }) => kind === 'write-master');
    expect(writes.map(({ cause }) => cause)).toEqual(
      Array(2).fill({ by: 'click', what: 'summary' }),
    );
    given(await post(checklist, false));
    expect(text()).toBe(before);
  });

  it('is not written again where it says the same already', async () => {
    const { checklist } = await plan();
    const writes = () => world.github.requests.filter(({ method }) => method === 'PATCH').length;
    given(await post(checklist));
    expect(writes()).toBe(1);
    given(await post(checklist));
    expect(writes()).toBe(1);
  });

  it('is refused where GitHub would not show it, or take it', async () => {
    const fenced = await plan('```\r\nnever closed');
    const before = fenced.text();
    expect(await post(fenced.checklist)).toMatchObject({
      failure: { code: 'no-place-for-summary' },
    });
    expect(fenced.text()).toBe(before);
    const long = await plan();
    const filled = long.text() + 'x'.repeat(BODY_LIMIT - long.text().length - 20);
    world.github.editIssue(
      long.name,
      issueOfChecklist(long.checklist).number,
      { body: filled },
      'ann',
    );
    expect(await post(long.checklist)).toMatchObject({ failure: { code: 'too-long' } });
    expect(long.text()).toBe(filled);
  });

  it('is posted by our own pages alone, and not while everything is paused', async () => {
    const { checklist, text } = await plan();
    const before = text();
    const query = { checklist, post: true };
    expect(await world.ask('postSummary', query, tabOf(checklist))).toMatchObject({
      failure: { code: 'stale-page' },
    });
    given(await world.ask('setPaused', { paused: true }));
    expect(await post(checklist)).toMatchObject({ failure: { code: 'paused' } });
    expect(text()).toBe(before);
  });

  it('goes with all other traces', async () => {
    const { checklist, text } = await plan();
    const before = text();
    given(await post(checklist));
    given(await world.ask('removeTraces', { checklist, pageUser: 'ann', bracket: false }));
    await expect.poll(text).toBe(before);
  });

  it('leaves the dates of the issues, which are read again after ten minutes, or when somebody asks for it', async () => {
    const { checklist, name } = await plan();
    const refresh = (isAsked = false) =>
      world.ask('refreshDates', { checklist, isAsked }, OWN_PAGE);
    given(await refresh());
    const dates = await listIssueDates(connect(), keyOf(checklist));
    expect(dates.map(({ issue, reason }) => [issue.number, reason])).toEqual([
      [1, 'completed'],
      [2, 'not-planned'],
      [3, undefined],
    ]);
    expect(await listIssueDates(connect(), 'github.com/ann/other#1')).toEqual([]);
    world.github.clearRequests();
    given(await refresh());
    expect(world.github.requests).toEqual([]);
    const readAt = (await issueDatesReadAt(connect(), keyOf(checklist))) ?? 0;
    await saveIssueDates(connect(), keyOf(checklist), dates, readAt - 10 * 60_000);
    world.github.editIssue(name, 3, { state: 'closed' }, 'ann');
    given(await refresh());
    expect(world.github.requests.map(({ operation }) => operation)).toEqual([
      'graphql:query:Batch',
      'graphql:query:Batch',
    ]);
    const after = await listIssueDates(connect(), keyOf(checklist));
    expect(after.filter(({ closedAt }) => closedAt === undefined)).toEqual([]);
    world.github.clearRequests();
    given(await refresh(true));
    expect(world.github.requests).toHaveLength(2);
    given(await world.ask('setPaused', { paused: true }));
    given(await refresh());
    expect(await refresh(true)).toMatchObject({ failure: { code: 'paused' } });
    expect(world.github.requests).toHaveLength(2);
  });
});

function checklistName({ repo }: ChecklistRef): string {
  return `${repo.owner}/${repo.name}`;
}

function keyOf(checklist: ChecklistRef): string {
  const { repo, number } = issueOfChecklist(checklist);
  return `github.com/${repo.owner}/${repo.name}#${number}`;
}
