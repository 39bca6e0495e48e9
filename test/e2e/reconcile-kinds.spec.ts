import type { Locator, Page } from '@playwright/test';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';
import type { LocalGitHub } from '../local-github/local-github.ts';
import { expect, FAST, REPO, test, USER } from './fixtures.ts';
import { openPanel } from './panel.ts';
import {
  generate,
  heading,
  issueOf,
  OTHER,
  openReconcile,
  snapshot,
  stateOf,
} from './reconcile.ts';

/** What every difference offers. */
const LEAVE = "Leave as is, don't show again";
const ALWAYS = [LEAVE, 'Not now'];

test('what people did to text, issues and pull requests is told with its proof, resolved, and undone', async ({
  github,
  maintainer,
}) => {
  const { tab, master } = await generate(github, maintainer, 9);
  const [one = 0, two = 0, three = 0, four = 0, five = 0, ...more] = stepsOf(github);
  const [six = 0, seven = 0, eight = 0, nine = 0] = more;
  const extra = github.addIssue(REPO, { title: 'Something else', author: USER });
  const merge = (title: string, issue: number) =>
    github.addPull(REPO, { title, body: `Closes #${issue}`, author: USER, merged: true });
  const [stray, reverted] = [merge('Else', extra), merge('Two', two)];
  const revert = github.revertPull(REPO, reverted, USER);
  github.editIssue(REPO, four, { state: 'closed', stateReason: 'duplicate' }, USER);
  github.editIssue(REPO, five, { state: 'closed', stateReason: 'not_planned' }, USER);
  github.editIssue(REPO, six, { title: 'Sixth step, said better' }, USER);
  const { title, body } = github.issue(REPO, eight);
  const double = github.addIssue(REPO, { title, body: body ?? '', author: USER });
  const text = (items: readonly string[]) =>
    ['## Plan  ', '', ...items, '', '```', '- [ ] no item', '```', '', 'Thänk you.\t'].join('\r\n');
  const drifted = text([
    `- [ ] Check step 1 (closes #${one}) (#${stray})`,
    `- [x] Check step 2 (closes #${two}) (#${reverted})\t`,
    `- [ ] Check step 3 (closes #${three})`,
    `- [ ] And the *third* again (closes #${three})  `,
    `- [ ] Check step 4 (closes #${four})`,
    `- [ ] Check step 5 (closes #${five})`,
    `- [ ] Check step 6 (closes #${six})`,
    `- [ ]  The seventh step (closes #${seven})`,
    `- [ ] Check step 8 (closes #${eight})`,
    `- [x] Check step 9 (closes #${nine})`,
  ]);
  github.editIssue(REPO, master, { body: drifted }, USER);
  const before = snapshot(github);
  await tab.reload();
  await openReconcile(tab);
  await expect(heading(tab, /^10 differences$/)).toBeVisible();

  await decide(tab, {
    says: `#${stray} closes #${extra}, not this item's issue`,
    choices: [`Remove #${stray}`],
    choice: `Remove #${stray}`,
    line: [
      `- [ ] Check step 1 (closes #${one}) (#${stray})`,
      `- [ ] Check step 1 (closes #${one})`,
    ],
  });
  await decide(tab, {
    says: new RegExp(`(?<!Ticked, but )#${reverted} was reverted by #${revert}`),
    choices: [`Remove #${reverted}`],
    choice: `Remove #${reverted}`,
    line: [
      `- [x] Check step 2 (closes #${two}) (#${reverted})\t`,
      `- [x] Check step 2 (closes #${two})\t`,
    ],
  });
  await decide(tab, {
    says: `Ticked, but #${reverted} was reverted by #${revert}`,
    choices: ['Untick this box', `Reopen #${two}`],
    choice: LEAVE,
  });
  await decide(tab, {
    says: `#${three} is linked by another item too: "Check step 3"`,
    choices: ['Remove the link', 'Link to…', 'Create the issue'],
    choice: 'Remove the link',
    line: [`- [ ] And the *third* again (closes #${three})  `, '- [ ] And the *third* again  '],
  });
  await decide(tab, {
    says: `Not ticked, but #${four} was closed as a duplicate`,
    choices: ['Tick this box', `Reopen #${four}`],
    choice: 'Tick this box',
    line: [`- [ ] Check step 4 (closes #${four})`, `- [x] Check step 4 (closes #${four})`],
  });
  await decide(tab, {
    says: `Not ticked, but #${five} was closed as not planned`,
    choices: ['Tick this box', `Reopen #${five}`],
    choice: `Reopen #${five}`,
    issue: [`#${five} closed as not planned`, `#${five} open`],
  });
  await decide(tab, {
    says: `#${six} was retitled to "Sixth step, said better"`,
    choices: ['Rename the item', `Retitle #${six}`],
    choice: `Retitle #${six}`,
    issue: [`#${six} Sixth step, said better`, `#${six} Check step 6`],
  });
  await decide(tab, {
    says: `The item was renamed since #${seven} was created as "Check step 7"`,
    choices: [`Retitle #${seven}`, 'Rename the item'],
    choice: 'Rename the item',
    line: [`- [ ]  The seventh step (closes #${seven})`, `- [ ]  Check step 7 (closes #${seven})`],
  });
  await decide(tab, {
    says: `#${double} was created for this item too, beside #${eight}`,
    choices: ['Close the double', `Link to #${double}`],
    choice: `Link to #${double}`,
    line: [`- [ ] Check step 8 (closes #${eight})`, `- [ ] Check step 8 (closes #${double})`],
    issue: [`#${eight} open`, `#${eight} closed as a duplicate`],
  });
  await decide(tab, {
    says: `Ticked, but #${nine} is open`,
    choices: [`Close #${nine}`, 'Untick this box'],
    choice: 'Untick this box',
    line: [`- [x] Check step 9 (closes #${nine})`, `- [ ] Check step 9 (closes #${nine})`],
  });
  expect(snapshot(github)).toEqual(before);
  await apply(tab, 10, 9);

  expect(github.issue(REPO, master).body).toBe(
    text([
      `- [ ] Check step 1 (closes #${one})`,
      `- [x] Check step 2 (closes #${two})\t`,
      `- [ ] Check step 3 (closes #${three})`,
      '- [ ] And the *third* again  ',
      `- [x] Check step 4 (closes #${four})`,
      `- [ ] Check step 5 (closes #${five})`,
      `- [ ] Check step 6 (closes #${six})`,
      `- [ ]  Check step 7 (closes #${seven})`,
      `- [ ] Check step 8 (closes #${double})`,
      `- [ ] Check step 9 (closes #${nine})`,
    ]),
  );
  expect(
    [one, two, three, four, five, six, seven, eight, nine, double].map((issue) =>
      stateOf(github, issue),
    ),
  ).toEqual([
    'open',
    'closed completed',
    'open',
    'closed duplicate',
    'open reopened',
    'open',
    'open',
    'closed duplicate',
    'open',
    'open',
  ]);
  expect(github.issue(REPO, six).title).toBe('Check step 6');
  await openReconcile(tab);
  await expect(heading(tab, /^No differences/)).toBeVisible();
  await undoLatest(tab);
  expect(snapshot(github)).toEqual(before);
});

test('what is for information asks for nothing, writes nothing and counts for nothing', async ({
  github,
  maintainer,
}) => {
  const { tab, master } = await generate(github, maintainer, 4);
  const [one = 0, two = 0, three = 0, four = 0] = stepsOf(github);
  const pull = github.addPull(REPO, { title: 'Work', body: 'Later', author: USER });
  github.addRepo(OTHER, { collaborators: { [USER]: 'push' } });
  const moved = github.transferIssue(REPO, three, OTHER);
  const link = `[Check step 3](https://github.com/${REPO}/issues/${three})`;
  const body = [
    '## Plan',
    `- [ ] Check step 1 (closes #${one})`,
    `- [ ] ${link}`,
    `- [ ] Work goes on (#${pull})`,
    '',
    '## Later',
    `- [ ] Check step 2 (closes #${two})`,
    `- [ ] Check step 4 (closes #${four})`,
  ].join('\r\n');
  github.editIssue(REPO, master, { body, state: 'closed' }, USER);
  const before = snapshot(github);
  github.clearRequests();
  await tab.reload();
  await openReconcile(tab);
  // What cannot be written is said where it is missed.
  await expect(heading(tab, /^1 difference$/)).toBeVisible();
  const hindered = row(tab, `#${three} was transferred to ${OTHER}#${moved}`);
  expect(await choicesOf(hindered)).toEqual(ALWAYS);
  await tab.getByRole('button', { name: 'For information (5)' }).click();
  await expect(hindered).toBeHidden();
  for (const says of [
    `The link to #${three} can only be changed by hand: ${link}`,
    `Links the pull request #${pull} instead of an issue`,
    `Moved here from "Plan" since #${two} was created`,
    `Moved here from "Plan" since #${four} was created`,
    "The checklist's issue is closed, with 5 open items",
  ]) {
    await expect(row(tab, says)).toContainText('For information');
    expect(await choicesOf(row(tab, says))).toEqual(ALWAYS);
  }
  await row(tab, `since #${two}`).getByRole('radio', { name: LEAVE }).check();
  await tab.getByRole('button', { name: 'Apply 1 change' }).click();
  await expect(tab.getByText('1 is not shown again.')).toBeVisible();
  await expect
    .poll(() => maintainer.toolbar())
    .toEqual({ badge: '1', title: 'Masterlist: 1 item needs attention' });

  github.editIssue(REPO, master, { body: body.replace(link, 'Check step 3'), locked: true }, USER);
  await openReconcile(tab);
  await expect(heading(tab, /^No differences to resolve, 4 for information$/)).toBeVisible();
  await expect(row(tab, "The checklist's issue is locked, with 5 open items")).toBeVisible();
  await expect(tab.getByText('Unlock the conversation, then try again.')).toBeVisible();
  await expect(row(tab, /./).getByRole('radio')).toHaveCount(0);
  await expect(tab.getByRole('button', { name: /^Apply/ })).toHaveCount(0);
  github.editIssue(REPO, master, { body }, USER);
  expect(snapshot(github)).toEqual(before);
  expect(github.requests.filter(({ mutation }) => mutation)).toEqual([]);
});

test('a hidden block that disagrees with the text is written anew, byte for byte', async ({
  github,
  maintainer,
}) => {
  const { generation } = DEFAULT_PREFERENCES;
  await maintainer.setPreferences({
    timing: FAST,
    generation: { ...generation, identity: 'block' },
  });
  const { tab, master } = await generate(github, maintainer, 3);
  const [, two = 0] = stepsOf(github);
  const other = github.addIssue(REPO, { title: 'Parse the dates', author: USER });
  const generated = github.issue(REPO, master).body ?? '';
  const drifted = generated.replace('Check step 2', `Check step 2 (closes #${other})`);
  expect(drifted).toMatch(/<!-- masterlist:map ([\w.]+=\d+ ){2}[\w.]+=\d+ -->$/);
  github.editIssue(REPO, master, { body: drifted }, USER);
  await tab.reload();
  await openReconcile(tab);
  await decide(tab, {
    says: `The hidden block names #${two}, the text #${other}`,
    choices: ['Write the hidden block'],
    choice: 'Write the hidden block',
    line: [`hidden block: #${two}`, `hidden block: #${other}`],
  });
  await apply(tab, 1);
  const rewritten = drifted.replace(new RegExp(`=${two}(?= )`), `=${other}`);
  expect(rewritten).not.toBe(drifted);
  expect(github.issue(REPO, master).body).toBe(rewritten);
  // The issue that no item names any more is a double now: another question, and another answer.
  await openReconcile(tab);
  const double = row(tab, `#${two} was created for this item too, beside #${other}`);
  await expect(double.getByRole('radio', { name: 'Close the double' })).toBeVisible();
  await undoLatest(tab);
  expect(github.issue(REPO, master).body).toBe(drifted);
});

test('what the rules of the repository allow is chosen already, and "Link to…" says what a number is', async ({
  github,
  maintainer,
}) => {
  const { tab, master } = await generate(github, maintainer, 3);
  const [one = 0, two = 0, three = 0] = stepsOf(github);
  const pull = github.addPull(REPO, { title: 'Work', body: 'Later', author: USER });
  const free = github.addIssue(REPO, { title: 'Parse the dates', author: USER });
  const text = (items: readonly string[]) =>
    ['## Plan', '', ...items, '', 'Thank you.'].join('\r\n');
  const drifted = text([
    `- [ ] Check step 1 (closes #${one})`,
    `- [ ] Check step 2 (closes #${two})`,
    `- [ ] Check step 3 (closes #${two})`,
  ]);
  github.editIssue(REPO, master, { body: drifted }, USER);
  github.editIssue(REPO, one, { state: 'closed', stateReason: 'not_planned' }, USER);
  github.editIssue(REPO, three, { state: 'closed', stateReason: 'completed' }, USER);
  github.putFile(REPO, '.github/masterlist.yml', 'tick:\n  not-planned: maybe\n');
  await tab.reload();
  await openReconcile(tab);
  await expect(heading(tab, /^Could not search for differences$/)).toBeVisible();
  await expect(
    tab.getByText('Line 2: "not-planned" must be leave or tick, not "maybe".'),
  ).toBeVisible();
  await expect(tab.getByText('Correct the file; until then nothing is written.')).toBeVisible();
  await expect(tab.getByRole('button', { name: /^Apply/ })).toHaveCount(0);

  github.putFile(REPO, '.github/masterlist.yml', 'tick:\n  not-planned: tick\n');
  await openReconcile(tab);
  await expect(heading(tab, /^2 differences, 1 can be resolved safely$/)).toBeVisible();
  await expect(tab.getByText('Rules: from .github/masterlist.yml')).toBeVisible();
  const allowed = row(tab, `Not ticked, but #${one} was closed as not planned`);
  await expect(allowed.getByRole('radio', { name: 'Tick this box' })).toBeChecked();
  const shared = row(tab, `#${two} is linked by another item too: "Check step 2"`);
  await shared.getByRole('radio', { name: 'Link to…' }).check();
  const search = async (typed: string) => {
    await shared.getByRole('textbox', { name: /^Issue number, URL or words/ }).fill(typed);
    await shared.getByRole('button', { name: 'Search' }).click();
  };
  github.clearRequests();
  await search('9999');
  await expect(shared).toContainText(
    'Issue #9999 does not exist, or you cannot see it. Correct the number, or search by title.',
  );
  await search(`#${pull}`);
  await expect(shared).toContainText(
    `#${pull} is a pull request, not an issue. Enter the number of the issue that it closes, or words in its title.`,
  );
  await search(`${master}`);
  await expect(shared).toContainText(`#${master} is this checklist itself. Choose another issue.`);
  await search('nothing of the kind');
  await expect(shared).toContainText('No issue found. Try its number, or other words.');
  await search('PARSE dates');
  await shared.getByRole('radio', { name: `#${free} Parse the dates · open` }).check();
  await expect(tab.getByRole('button', { name: 'Apply 2 changes' })).toBeEnabled();
  // Looked for again, nothing is picked any more.
  await search(`${free}`);
  await expect(shared).toContainText('1 issue found.');
  await expect(tab.getByRole('button', { name: 'Apply 1 change' })).toBeEnabled();
  await shared.getByRole('radio', { name: `#${free} Parse the dates · open` }).check();
  expect(await sideOf(shared, 'Checklist')).toEqual([
    `- [ ] Check step 3 (closes #${two})`,
    `- [ ] Check step 3 (closes #${free})`,
  ]);
  expect(github.requests.filter(({ mutation }) => mutation)).toEqual([]);
  await apply(tab, 2);
  expect(github.issue(REPO, master).body).toBe(
    text([
      `- [x] Check step 1 (closes #${one})`,
      `- [ ] Check step 2 (closes #${two})`,
      `- [ ] Check step 3 (closes #${free})`,
    ]),
  );
  await openReconcile(tab);
  await expect(heading(tab, /^No differences/)).toBeVisible();
});

test('a night that the browser slept through is made up for at its start, with one notice per checklist', async ({
  github,
  maintainer,
}) => {
  github.addRepo(OTHER, { collaborators: { [USER]: 'push' } });
  github.addIssue(OTHER, { title: 'Has the first number', author: USER });
  const plans: Plan[] = [];
  for (const name of ['First plan', 'Second plan']) {
    const [moved, dropped] = ['moves', 'is dropped'].map((what) =>
      github.addIssue(REPO, { title: `${name} ${what}`, author: USER }),
    );
    const body = `- [ ] ${name} moves (closes #${moved})\r\n- [ ] ${name} is dropped (closes #${dropped})`;
    const master = github.addIssue(REPO, { title: name, body, author: USER });
    const tab = await maintainer.openIssue(master);
    await openPanel(tab);
    await tab.getByRole('button', { name: 'Track', exact: true }).click();
    await expect(tab.getByText(/· refreshed/).first()).toBeVisible();
    plans.push({ name, master, body, moved: moved ?? 0, dropped: dropped ?? 0 });
  }
  await maintainer.trackedSinceYesterday();
  const expected = plans.map(({ body, moved, dropped }) => {
    github.editIssue(REPO, dropped, { state: 'closed', stateReason: 'not_planned' }, USER);
    const to = github.transferIssue(REPO, moved, OTHER);
    return body.replace(`#${moved}`, `${OTHER}#${to}`);
  });
  github.clearRequests();
  await maintainer.restart();
  // Only the night follows a transferred issue.
  await expect
    .poll(() => plans.map(({ master }) => github.issue(REPO, master).body))
    .toEqual(expected);
  await expect.poll(async () => (await maintainer.toolbar()).badge).toBe('2');
  const popup = await maintainer.context.newPage();
  await popup.goto(`chrome-extension://${maintainer.extensionId}/popup.html`);
  for (const { name } of plans) {
    const notice = popup.getByRole('link', {
      name: `1 difference: closed but not ticked: ${name}`,
    });
    await expect(notice).toHaveCount(1);
  }
  expect(github.requests.filter(({ mutation }) => mutation)).toHaveLength(2);
});

/** A checklist of which one issue is transferred and one is dropped. */
interface Plan {
  readonly name: string;
  readonly master: number;
  readonly body: string;
  readonly moved: number;
  readonly dropped: number;
}

/** What is expected of one difference, and what is chosen about it. */
interface Decision {
  readonly says: string | RegExp;
  /** All but the two that every difference has. */
  readonly choices: readonly string[];
  readonly choice: string;
  /** The checklist's side of the choice, now and then; it stays where that is not given. */
  readonly line?: readonly [now: string, then: string];
  readonly issue?: readonly [now: string, then: string];
}

/** Looks at a difference as a person would, and chooses. */
async function decide(tab: Page, { says, choices, choice, line, issue }: Decision): Promise<void> {
  const difference = row(tab, says);
  expect(await choicesOf(difference)).toEqual([...choices, ...ALWAYS]);
  await expect(difference.getByRole('radio', { checked: true })).toHaveCount(0);
  await difference.getByRole('radio', { name: choice, exact: true }).check();
  expect(await sideOf(difference, 'Checklist')).toEqual(line ?? []);
  expect(await sideOf(difference, 'Issue')).toEqual(issue ?? []);
}

/** The difference that says something. */
function row(tab: Page, says: string | RegExp): Locator {
  return tab
    .getByRole('region', { name: 'Differences' })
    .locator('.difference-row', { hasText: says });
}

function choicesOf(difference: Locator): Promise<readonly string[]> {
  return difference
    .getByRole('radio')
    .evaluateAll((radios) =>
      radios.map((radio) => (radio as HTMLInputElement).labels?.[0]?.textContent ?? ''),
    );
}

/** What one side is now and will be; nothing where it stays as it is. */
async function sideOf(
  difference: Locator,
  side: 'Checklist' | 'Issue',
): Promise<readonly string[]> {
  const said = difference.getByRole('list', { name: side }).getByRole('listitem');
  const lines = await said.allTextContents();
  return lines.map((line) => line.replace(/^.(?:now|then): /, ''));
}

/** Applies the choices; of those that leave something as it is no change is made. */
async function apply(tab: Page, count: number, made = count): Promise<void> {
  const changes = (many: number) => (many === 1 ? '1 change' : `${many} changes`);
  await tab.getByRole('button', { name: `Apply ${changes(count)}`, exact: true }).click();
  await expect(heading(tab, new RegExp(`^${changes(made)} made`))).toBeVisible();
  await tab.getByRole('button', { name: 'Dismiss' }).click();
}

/** Takes back the run that was last. */
async function undoLatest(tab: Page): Promise<void> {
  await tab.getByText('Earlier runs').click();
  const run = tab
    .getByRole('listitem')
    .filter({ hasText: /^Reconcile/ })
    .first();
  await run.getByRole('button', { name: /^Undo/ }).click();
  await run.getByRole('button').first().click();
  await expect(heading(tab, /^Reverted/)).toBeVisible();
}

/** Issues of the steps, in order. */
function stepsOf(github: LocalGitHub): readonly number[] {
  const steps = github.issues(REPO).filter(({ title }) => /^Check step \d+$/.test(title));
  return steps.map((_, index) => issueOf(github, `Check step ${index + 1}`));
}
