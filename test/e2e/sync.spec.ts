import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { LocalGitHub } from '../local-github/local-github.ts';
import { expect, type Maintainer, REPO, type Stage, test, USER } from './fixtures.ts';
import { create, openPanel, openPreview, untilDone } from './panel.ts';

/** A master whose items link issues of their own, as a run leaves it. */
interface Tracked {
  readonly master: number;
  readonly issues: readonly number[];
}

test.describe('a tracked checklist follows its issues', () => {
  for (const how of ['with the page open', 'with the page closed', 'with the worker killed']) {
    test(`a merged pull request ticks its item and stands beside it, ${how}`, async ({
      github,
      maintainer,
    }) => {
      const { master, issues } = addTracked(github, 3);
      const page = await track(maintainer, master);
      if (how === 'with the page closed') await page.close();
      if (how === 'with the worker killed') await maintainer.stopWorker();
      const pull = mergeClosing(github, issues[1]);
      await maintainer.poll();
      await expectText(github, master, [
        `- [ ] Item 1 (closes #${issues[0]})`,
        `- [x] Item 2 (closes #${issues[1]}) (#${pull})`,
        `- [ ] Item 3 (closes #${issues[2]})`,
      ]);
      if (how !== 'with the page open') return;
      // The page shows it without a reload: GitHub's own box and our badge.
      await expect(
        page.getByRole('link', { name: `Issue #${issues[1]}, completed` }),
      ).toBeVisible();
      await expect(page.getByRole('link', { name: `#${pull}` }).first()).toBeVisible();
      await expect(page.getByRole('checkbox').nth(1)).toBeChecked();
    });
  }

  test('generating issues starts it, and the checklist follows from then on', async ({
    github,
    maintainer,
  }) => {
    const body = '- [ ] Parse dates\r\n- [ ] Print dates';
    const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
    const page = await maintainer.openIssue(master);
    await openPreview(page, '2 will be created');
    await create(page, 2, REPO);
    await untilDone(page, 2);
    await expect(page.getByText(/Tracked in this browser/)).toBeVisible();
    const [first] = github.issues(REPO).filter(({ number }) => number !== master);
    const pull = mergeClosing(github, first?.number);
    await maintainer.poll();
    await expect
      .poll(() => github.issue(REPO, master).body)
      .toContain(`- [x] Parse dates (closes #${first?.number}) (#${pull})`);
  });

  test('a reopened issue is unticked, and a tick by hand stays', async ({ github, maintainer }) => {
    const { master, issues } = addTracked(github, 2);
    const [first = 0, second = 0] = issues;
    await track(maintainer, master);
    github.editIssue(REPO, first, { state: 'closed' }, USER);
    await maintainer.poll();
    await expectText(github, master, [
      `- [x] Item 1 (closes #${first})`,
      `- [ ] Item 2 (closes #${second})`,
    ]);
    // Whole seconds are all that GitHub tells: the reopening must be seen to come after the tick.
    await nextSecond();
    github.editIssue(REPO, first, { state: 'open' }, USER);
    await maintainer.poll();
    await expectText(github, master, [
      `- [ ] Item 1 (closes #${first})`,
      `- [ ] Item 2 (closes #${second})`,
    ]);
    const ticked = (github.issue(REPO, master).body ?? '').replaceAll('[ ]', '[x]');
    github.editIssue(REPO, master, { body: ticked }, USER);
    await settle(maintainer, github);
    expect(github.issue(REPO, master).body).toBe(ticked);
  });

  test('what a person takes back is not written again', async ({ github, maintainer }) => {
    const { master, issues } = addTracked(github, 1);
    const page = await track(maintainer, master);
    const pull = mergeClosing(github, issues[0]);
    await maintainer.poll();
    await expectText(github, master, [`- [x] Item 1 (closes #${issues[0]}) (#${pull})`]);
    const bare = `- [ ] Item 1 (closes #${issues[0]})`;
    github.editIssue(REPO, master, { body: bodyWith([bare]) }, USER);
    await settle(maintainer, github);
    expect(github.issue(REPO, master).body).toBe(bodyWith([bare]));
    await page.getByText('1 to review').click();
    await expect(page.getByText('somebody unticked it: it is not ticked again')).toBeVisible();
  });

  test('an idle hour of checks costs one 304 each and no points', async ({
    github,
    maintainer,
  }) => {
    const { master } = addTracked(github, 3);
    const page = await track(maintainer, master);
    await page.close();
    await settle(maintainer, github);
    github.clearRequests();
    for (let check = 1; check <= 30; check++) {
      await maintainer.poll();
      await expect.poll(() => github.requests.length, { intervals: [20] }).toBe(check);
      // The next alarm is for the next check, not for this one while it still notes what it saw.
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(github.requests.map(({ method, status }) => `${method} ${status}`)).toEqual(
      Array(30).fill('GET 304'),
    );
  });
});

test('Sync now shows what it would write and why, then writes it', async ({
  github,
  maintainer,
}) => {
  const { master, issues } = addTracked(github, 3);
  const [first = 0, second = 0, third = 0] = issues;
  const pull = mergeClosing(github, first);
  github.editIssue(REPO, second, { state: 'closed', stateReason: 'not_planned' }, USER);
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await expect(page.getByText('Not tracked in this browser')).toBeVisible();
  const before = github.issue(REPO, master).body;
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByRole('heading', { name: '1 item will be updated' })).toBeVisible();
  await expect(page.getByText(/was closed as not planned/)).toBeAttached();
  expect(github.issue(REPO, master).body).toBe(before);
  await page.getByRole('button', { name: 'Update 1 item' }).click();
  await expect(page.getByText('1 item updated').first()).toBeVisible();
  await expectText(github, master, [
    `- [x] Item 1 (closes #${first}) (#${pull})`,
    `- [ ] Item 2 (closes #${second})`,
    `- [ ] Item 3 (closes #${third})`,
  ]);
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByRole('heading', { name: /Nothing to update/ })).toBeVisible();
});

test('a setting skips the preview', async ({ github, maintainer }) => {
  await maintainer.setPreferences({ skipSyncPreview: true });
  const { master, issues } = addTracked(github, 1);
  github.editIssue(REPO, issues[0] ?? 0, { state: 'closed' }, USER);
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expectText(github, master, [`- [x] Item 1 (closes #${issues[0]})`]);
});

test.describe('every rule', () => {
  /** Each rule: its file, what happens, and the items' lines afterwards. */
  const RULES: readonly {
    readonly name: string;
    readonly file: string;
    act(github: LocalGitHub, issues: readonly number[]): number;
    lines(issues: readonly number[], pull: number): readonly string[];
  }[] = [
    {
      name: 'not planned ticks, duplicate does not',
      file: 'tick:\n  not-planned: tick\n',
      act: (github, [first = 0, second = 0]) => {
        github.editIssue(REPO, first, { state: 'closed', stateReason: 'not_planned' }, USER);
        github.editIssue(REPO, second, { state: 'closed', stateReason: 'duplicate' }, USER);
        return 0;
      },
      lines: ([first, second]) => [
        `- [x] Item 1 (closes #${first})`,
        `- [ ] Item 2 (closes #${second})`,
      ],
    },
    {
      name: 'duplicate ticks, not planned does not',
      file: 'tick:\n  duplicate: tick\n',
      act: (github, [first = 0, second = 0]) => {
        github.editIssue(REPO, first, { state: 'closed', stateReason: 'not_planned' }, USER);
        github.editIssue(REPO, second, { state: 'closed', stateReason: 'duplicate' }, USER);
        return 0;
      },
      lines: ([first, second]) => [
        `- [ ] Item 1 (closes #${first})`,
        `- [x] Item 2 (closes #${second})`,
      ],
    },
    {
      name: 'no numbers of pull requests',
      file: 'pull-requests: false\n',
      act: (github, [first]) => mergeClosing(github, first),
      lines: ([first, second]) => [
        `- [x] Item 1 (closes #${first})`,
        `- [ ] Item 2 (closes #${second})`,
      ],
    },
    {
      name: 'a merge into a release branch stands beside the item',
      file: 'base-branches: ["release/*"]\n',
      act: (github, [first]) => mergeClosing(github, first, 'release/2'),
      lines: ([first, second], pull) => [
        `- [ ] Item 1 (closes #${first}) (#${pull})`,
        `- [ ] Item 2 (closes #${second})`,
      ],
    },
    {
      name: 'a merge into a release branch ticks the item',
      file: 'base-branches: ["release/*"]\ntick:\n  base-branches: true\n',
      act: (github, [first]) => mergeClosing(github, first, 'release/2'),
      lines: ([first, second], pull) => [
        `- [x] Item 1 (closes #${first}) (#${pull})`,
        `- [ ] Item 2 (closes #${second})`,
      ],
    },
  ];

  for (const { name, file, act, lines } of RULES) {
    test(name, async ({ github, maintainer }) => {
      const { master, issues } = addTracked(github, 2);
      github.putFile(REPO, '.github/masterlist.yml', file);
      await track(maintainer, master);
      const pull = act(github, issues);
      await maintainer.poll();
      await expectText(github, master, lines(issues, pull));
    });
  }

  test('a parent is ticked when all its items are', async ({ github, maintainer }) => {
    const issue = github.addIssue(REPO, { title: 'Child', author: USER });
    const body = `- [ ] Group\r\n  - [ ] Child (closes #${issue})\r\n  - [x] Done by hand`;
    const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
    github.putFile(REPO, '.github/masterlist.yml', 'tick:\n  parents: true\n');
    await track(maintainer, master);
    github.editIssue(REPO, issue, { state: 'closed' }, USER);
    await maintainer.poll();
    await expect
      .poll(() => github.issue(REPO, master).body)
      .toBe(`- [x] Group\r\n  - [x] Child (closes #${issue})\r\n  - [x] Done by hand`);
  });

  test('a file full of mistakes stops all writing and says what is wrong', async ({
    github,
    maintainer,
  }) => {
    const { master, issues } = addTracked(github, 1);
    github.putFile(REPO, '.github/masterlist.yml', 'tick:\n  not-planned: maybe\nlinks: yes\n');
    github.editIssue(REPO, issues[0] ?? 0, { state: 'closed' }, USER);
    const before = github.issue(REPO, master).body;
    const page = await track(maintainer, master);
    await settle(maintainer, github);
    expect(github.issue(REPO, master).body).toBe(before);
    await expect(page.getByText(/masterlist\.yml/).first()).toBeVisible();
    await expect(page.getByText(/Line 2/).first()).toBeVisible();
    // Once it is resolved, the work goes on.
    github.putFile(REPO, '.github/masterlist.yml', 'tick:\n  not-planned: leave\n');
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.getByRole('button', { name: 'Update 1 item' }).click();
    await expectText(github, master, [`- [x] Item 1 (closes #${issues[0]})`]);
  });
});

test('an item that links a pull request is ticked when it merges; one elsewhere is followed', async ({
  github,
  maintainer,
}) => {
  github.addRepo(`${USER}/other`);
  const elsewhere = github.addIssue(`${USER}/other`, { title: 'Elsewhere', author: USER });
  const pull = github.addPull(REPO, { title: 'Work', body: '', author: USER });
  const lines = [`- [ ] Item 1 (#${pull})`, `- [ ] Item 2 (closes ${USER}/other#${elsewhere})`];
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyWith(lines), author: USER });
  await track(maintainer, master);
  github.mergePull(REPO, pull, USER);
  const other = github.addPull(`${USER}/other`, {
    title: 'Fix',
    body: `Fixes #${elsewhere}`,
    author: USER,
  });
  github.mergePull(`${USER}/other`, other, USER);
  await maintainer.poll();
  await expectText(github, master, [
    `- [x] Item 1 (#${pull})`,
    `- [x] Item 2 (closes ${USER}/other#${elsewhere}) (${USER}/other#${other})`,
  ]);
});

test('a worker killed between write and verification restores what the write overwrote', async ({
  github,
  maintainer,
}) => {
  const { master, issues } = addTracked(github, 1);
  const page = await track(maintainer, master);
  await page.close();
  await settle(maintainer, github);
  github.editIssue(REPO, issues[0] ?? 0, { state: 'closed' }, USER);
  // Somebody saves between our read and our write; the answer to the write never comes.
  github.fault({
    method: 'PATCH',
    action: {
      hang: true,
      before: () => {
        const body = `${github.issue(REPO, master).body}\r\nA word in between.`;
        github.editIssue(REPO, master, { body }, USER);
      },
    },
  });
  await maintainer.poll();
  const isWritten = () => github.requests.some(({ method }) => method === 'PATCH');
  await expect.poll(isWritten, { intervals: [5] }).toBe(true);
  await maintainer.stopWorker();
  expect(github.issue(REPO, master).body).not.toContain('A word in between.');
  await expect
    .poll(
      async () => {
        await maintainer.poll();
        return github.issue(REPO, master).body;
      },
      { intervals: [400] },
    )
    .toBe(`${bodyWith([`- [x] Item 1 (closes #${issues[0]})`])}\r\nA word in between.`);
});

test('two browsers of two maintainers and a person editing lose no word and double no number', async ({
  github,
  maintainer,
  colleague,
}) => {
  const { master, issues } = addTracked(github, 8);
  await (await track(maintainer, master)).close();
  await (await track(colleague, master)).close();
  const merged = new Map<number, number>();
  const words: string[] = [];
  for (let round = 1; round <= 20; round++) {
    const issue = issues[round % issues.length] ?? 0;
    const kind = round % 3;
    if (kind === 0 && !merged.has(issue)) merged.set(issue, mergeClosing(github, issue));
    await Promise.all([maintainer.poll(), colleague.poll()]);
    // The person saves at some moment of the two checks.
    await new Promise((resolve) => setTimeout(resolve, (round * 37) % 400));
    words.push(`Word ${round} of a person.`);
    const body = `${github.issue(REPO, master).body}\r\nWord ${round} of a person.`;
    github.editIssue(REPO, master, { body }, USER);
  }
  const text = () => github.issue(REPO, master).body ?? '';
  const missing = () => [
    ...[...merged]
      .map(([issue, pull]) => `(closes #${issue}) (#${pull})`)
      .filter((written) => !text().includes(written)),
    ...words.filter((word) => !text().includes(word)),
  ];
  await expect
    .poll(
      async () => {
        await Promise.all([maintainer.poll(), colleague.poll()]);
        return missing();
      },
      { intervals: [700], timeout: 60_000 },
    )
    .toEqual([]);
  const converged = text();
  await settle(maintainer, github);
  await settle(colleague, github);
  expect(text()).toBe(converged);
  for (const word of words) expect(text().split(word)).toHaveLength(2);
  for (const [issue, pull] of merged) {
    expect(text()).toContain(`(closes #${issue}) (#${pull})`);
    expect(text().split(`#${pull}`)).toHaveLength(2);
  }
});

test('a browser whose database came back empty writes what it would have written', async ({
  github,
  maintainer,
  token,
}) => {
  const { master, issues } = addTracked(github, 2);
  const [first = 0, second = 0] = issues;
  await track(maintainer, master);
  const pull = mergeClosing(github, first);
  await maintainer.poll();
  const ticked = `- [x] Item 1 (closes #${first}) (#${pull})`;
  await expectText(github, master, [ticked, `- [ ] Item 2 (closes #${second})`]);
  // A person takes it back; nothing but GitHub's history knows that it was there.
  const back = [`- [ ] Item 1 (closes #${first})`, `- [ ] Item 2 (closes #${second})`];
  await nextSecond();
  github.editIssue(REPO, master, { body: bodyWith(back) }, USER);
  await maintainer.restart({ losingDatabase: true });
  await maintainer.signIn(token);
  // The copy of what was tracked only asks.
  const again = maintainer.extensionPage.getByRole('button', {
    name: `Track again: ${REPO}#${master}`,
  });
  await again.click();
  await expect(again).toHaveCount(0);
  const other = mergeClosing(github, second);
  await maintainer.poll();
  await expectText(github, master, [
    `- [ ] Item 1 (closes #${first})`,
    `- [x] Item 2 (closes #${second}) (#${other})`,
  ]);
});

test('the log can be downloaded, without the token', async ({ github, maintainer, token }) => {
  const { master, issues } = addTracked(github, 1);
  await track(maintainer, master);
  const pull = mergeClosing(github, issues[0]);
  await maintainer.poll();
  await expectText(github, master, [`- [x] Item 1 (closes #${issues[0]}) (#${pull})`]);
  const { extensionPage } = maintainer;
  await extensionPage.reload();
  const read = async (kind: string) => {
    const downloading = extensionPage.waitForEvent('download');
    await extensionPage.getByRole('button', { name: `Download the log as ${kind}` }).click();
    return readFile(await (await downloading).path(), 'utf8');
  };
  const rows = (await read('CSV')).split(/\r?\n/);
  const written = rows.filter((row) => row.includes('Sync (in the background)'));
  expect(written.some((row) => row.includes('tick'))).toBe(true);
  expect(written.some((row) => row.includes(`#${pull}`))).toBe(true);
  const json = await read('JSON');
  expect(JSON.parse(json)).not.toHaveLength(0);
  expect(json + rows.join()).not.toContain(token);
});

test('the write waits while the editor is open, and follows when it is closed', async ({
  github,
  maintainer,
}) => {
  const { master, issues } = addTracked(github, 1);
  const page = await track(maintainer, master);
  await page.getByRole('button', { name: 'Close the panel' }).click();
  await page.getByRole('button', { name: 'Issue body actions' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  github.editIssue(REPO, issues[0] ?? 0, { state: 'closed' }, USER);
  const before = github.issue(REPO, master).body;
  await settle(maintainer, github);
  expect(github.issue(REPO, master).body).toBe(before);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expectText(github, master, [`- [x] Item 1 (closes #${issues[0]})`]);
});

test('new items are noticed, and never created by themselves', async ({ github, maintainer }) => {
  const { master, issues } = addTracked(github, 1);
  const page = await track(maintainer, master);
  const lines = [`- [ ] Item 1 (closes #${issues[0]})`, '- [ ] New one', '- [ ] New two'];
  github.editIssue(REPO, master, { body: bodyWith(lines) }, USER);
  await maintainer.poll();
  await expect(page.getByText('2 new items')).toBeVisible();
  expect(github.issues(REPO)).toHaveLength(2);
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(page.getByText('2 new items')).toBeHidden();
});

test('an earlier text is shown against the text of now, and restored', async ({
  github,
  maintainer,
}) => {
  const { master, issues } = addTracked(github, 1);
  const before = github.issue(REPO, master).body;
  const page = await track(maintainer, master);
  github.editIssue(REPO, issues[0] ?? 0, { state: 'closed' }, USER);
  await maintainer.poll();
  await expectText(github, master, [`- [x] Item 1 (closes #${issues[0]})`]);
  await page.getByText('Earlier texts').click();
  await page.getByRole('button', { name: 'Show difference' }).first().click();
  await expect(page.getByText(`- [ ] Item 1 (closes #${issues[0]})`).first()).toBeVisible();
  await page.getByRole('button', { name: 'Restore this text' }).click();
  await page.getByRole('button', { name: /^Replace/ }).click();
  await expect.poll(() => github.issue(REPO, master).body).toBe(before);
});

test('the toolbar counts what needs the user, and says why checks fail', async ({
  github,
  maintainer,
  token,
}) => {
  const { master, issues } = addTracked(github, 2);
  await (await track(maintainer, master)).close();
  expect((await maintainer.toolbar()).badge).toBe('');
  github.deleteIssue(REPO, issues[0] ?? 0);
  // Lists never show a deletion: a change of the text has all links read.
  const body = `${github.issue(REPO, master).body}\r\nA word.`;
  github.editIssue(REPO, master, { body }, USER);
  await maintainer.poll();
  await expect.poll(async () => (await maintainer.toolbar()).badge).toBe('1');
  github.revokeToken(token);
  github.editIssue(REPO, issues[1] ?? 0, { state: 'closed' }, USER);
  await maintainer.poll();
  await expect.poll(async () => (await maintainer.toolbar()).badge).toBe('!');
  expect((await maintainer.toolbar()).title).toContain('GitHub rejected the token');
  expect(github.issue(REPO, master).body).toBe(body);
});

test('the popup lists the tracked checklists and checks them', async ({ github, maintainer }) => {
  const { master, issues } = addTracked(github, 2);
  await (await track(maintainer, master)).close();
  const popup = await maintainer.context.newPage();
  await popup.goto(`chrome-extension://${maintainer.extensionId}/popup.html`);
  const row = popup.getByRole('listitem').filter({ hasText: `${REPO}#${master}` });
  await expect(row).toContainText('refreshed just now');
  github.editIssue(REPO, issues[0] ?? 0, { state: 'closed' }, USER);
  await popup.getByRole('button', { name: 'Refresh all now' }).click();
  await expect
    .poll(() => github.issue(REPO, master).body)
    .toContain(`- [x] Item 1 (closes #${issues[0]})`);
});

/** A text with these items between words that are not ours. */
function bodyWith(lines: readonly string[]): string {
  return ['## Plan', '', ...lines, '', 'Thank you.'].join('\r\n');
}

function addTracked(github: LocalGitHub, count: number): Tracked {
  const issues = Array.from({ length: count }, (_, index) =>
    github.addIssue(REPO, { title: `Item ${index + 1}`, author: USER }),
  );
  const lines = issues.map((number, index) => `- [ ] Item ${index + 1} (closes #${number})`);
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyWith(lines), author: USER });
  return { master, issues };
}

/** Opens the issue and presses Track; the first check has come through when this returns. */
async function track(maintainer: Maintainer, master: number): Promise<Page> {
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await page.getByRole('button', { name: 'Track', exact: true }).click();
  await expect(page.getByText(/Tracked in this browser/)).toBeVisible();
  await expect(page.getByText(/· refreshed/).first()).toBeVisible();
  return page;
}

/** Merges a pull request that closes an issue; gives its number. */
function mergeClosing(github: LocalGitHub, issue: number | undefined, base?: string): number {
  const pull = github.addPull(REPO, {
    title: 'Work',
    body: `Closes #${issue}`,
    author: USER,
    ...(base !== undefined && { base }),
  });
  github.mergePull(REPO, pull, USER);
  return pull;
}

async function expectText(
  github: LocalGitHub,
  master: number,
  lines: readonly string[],
): Promise<void> {
  await expect.poll(() => github.issue(REPO, master).body).toBe(bodyWith(lines));
}

/** Lets two checks come and go: whatever they would write is written then. */
async function settle(maintainer: Maintainer, github: Stage['github']): Promise<void> {
  for (let check = 0; check < 2; check++) {
    const before = github.requests.length;
    await maintainer.poll();
    await expect.poll(() => github.requests.length).toBeGreaterThan(before);
    await new Promise((resolve) => setTimeout(resolve, 600));
  }
}

function nextSecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_100));
}
