import { expect } from 'vitest';
import type { ChecklistRef } from '../../lib/core/refs.ts';
import { formatMarker, markerFor } from '../../lib/core/text/marker.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { now } from '../clock.ts';
import type { LocalGitHub } from '../local-github/local-github.ts';

/** Where Ann's token is to be used for Mallory: Ann's repository with a checklist, and one of Mallory's own. */
export interface Scene {
  readonly github: LocalGitHub;
  readonly repo: string;
  readonly theirs: string;
  readonly checklist: ChecklistRef;
  /** Number of the checklist's issue. */
  readonly master: number;
  readonly text: () => string;
  /** Everything that `act` gave back. */
  readonly answers: unknown[];
}

/** What Ann does in good faith. */
export type Act = 'sync' | 'generate' | 'resolve' | 'undo' | 'remove traces' | 'preview';

export interface Deputy {
  /** What Mallory writes. */
  readonly attack: string;
  /** Makes issues first, and answers the checklist's text. */
  readonly text: (at: Pick<Scene, 'github' | 'repo' | 'theirs'>) => string;
  /** Who opened the checklist's issue; Ann unless given. */
  readonly author?: string;
  readonly prepare?: (scene: Scene) => void;
  readonly act: Act;
  /** The options that the page sends with a preview. */
  readonly options?: (scene: Scene) => object;
  /** Who is signed in on the page; Ann unless given. */
  readonly pageUser?: string;
  /** What Ann's text is afterward; as before unless given. */
  readonly ends?: (before: string) => string;
  /** How many issues it may create in Ann's repository; none unless given. */
  readonly creates?: number;
  readonly check?: (scene: Scene) => void;
}

const ANN = 'ann';
const MALLORY = 'mallory';
const RULES = '.github/masterlist.yml';

/** The number of an issue by Mallory in Ann's repository. */
function opened(
  { github, repo }: Pick<Scene, 'github' | 'repo'>,
  title: string,
  body = '',
): number {
  return github.addIssue(repo, { title, body, author: MALLORY });
}

function own({ github, repo }: Pick<Scene, 'github' | 'repo'>, title: string): number {
  return github.addIssue(repo, { title, author: ANN });
}

function close({ github, repo }: Scene, number: number, by: string): void {
  github.editIssue(repo, number, { state: 'closed', stateReason: 'completed' }, by);
}

/** The hidden comment that says an issue was made for the first item of the checklist. */
function markerOf({ checklist, text }: Scene, run = '01JD0000000000000000000000'): string {
  const [item] = parseChecklist(text()).items;
  if (item === undefined) throw new Error('no item');
  return `Part of it\n\n${formatMarker(markerFor(item, checklist, run))}`;
}

const LAST = /#(\d+)\D*$/;
const numberIn = (text: string) => Number(LAST.exec(text)?.[1]);

export const DEPUTIES: readonly Deputy[] = [
  {
    attack: 'a merged pull request of her own repository that says it closes the issue',
    text: (at) => `- [ ] Crash (closes #${own(at, 'Crash')})`,
    prepare: (scene) => {
      const issue = numberIn(scene.text());
      mergedElsewhere(scene, `Closes ${scene.repo}#${issue}`);
      close(scene, issue, ANN);
    },
    act: 'sync',
    ends: (before) => before.replace('[ ]', '[x]'),
  },
  {
    attack: 'the same while the issue is open, where merges into further branches tick',
    text: (at) => {
      at.github.putFile(at.repo, RULES, 'base-branches: [main]\ntick:\n  base-branches: true\n');
      return `- [ ] Crash (closes #${own(at, 'Crash')})`;
    },
    prepare: (scene) => mergedElsewhere(scene, `Closes ${scene.repo}#${numberIn(scene.text())}`),
    act: 'sync',
  },
  {
    attack: 'a merged pull request of her own that says it reverts ours',
    text: (at) => `- [x] Crash (closes #${own(at, 'Crash')})`,
    prepare: (scene) => {
      close(scene, numberIn(scene.text()), ANN);
      mergedElsewhere(scene, `Reverts ${scene.repo}#${numberIn(scene.text())}`);
    },
    act: 'sync',
  },
  {
    attack: "an item's marker in one of its two issues, which she closes",
    text: (at) => `- [ ] #${own(at, 'Docs')} Write docs (closes #${opened(at, 'Mine')})`,
    prepare: (scene) => {
      const mine = numberIn(scene.text());
      scene.github.editIssue(scene.repo, mine, { body: markerOf(scene) }, MALLORY);
      close(scene, mine, MALLORY);
    },
    act: 'sync',
  },
  {
    attack: 'an issue that names the checklist, and whose number an item ends in',
    text: (at) => `- [ ] Talk about it #${opened(at, 'Other')}`,
    prepare: (scene) => {
      const mine = numberIn(scene.text());
      const body = `Part of ${scene.repo}#${scene.master}`;
      scene.github.editIssue(scene.repo, mine, { body }, MALLORY);
      close(scene, mine, MALLORY);
    },
    act: 'sync',
  },
  {
    attack: 'an issue with the marker of an item that links none',
    text: () => '- [ ] Write docs',
    prepare: (scene) => void opened(scene, 'Write docs', markerOf(scene)),
    act: 'sync',
  },
  {
    attack: 'an answer about numbers in a comment below the checklist',
    text: (at) => `- [ ] Talk about it #${opened(at, 'Other')}`,
    prepare: (scene) => {
      const mine = numberIn(scene.text());
      const words = `<!-- masterlist:numbers own=${mine}@Talk -->`;
      scene.github.addComment(scene.repo, scene.master, words, MALLORY);
      close(scene, mine, MALLORY);
    },
    act: 'sync',
  },
  {
    attack: 'a map of items in a comment below the checklist',
    text: () => '- [ ] Write docs',
    prepare: (scene) => {
      const mine = opened(scene, 'Mine');
      const [item] = parseChecklist(scene.text()).items;
      const words = `<!-- masterlist:map ${item?.key}=${mine} -->`;
      scene.github.addComment(scene.repo, scene.master, words, MALLORY);
      close(scene, mine, MALLORY);
    },
    act: 'sync',
  },
  {
    attack: 'an issue of hers that an item links, closed as not planned',
    text: (at) => `- [ ] Crash (closes #${opened(at, 'Crash')})`,
    prepare: ({ github, repo, text }) => {
      const change = { state: 'closed', stateReason: 'not_planned' } as const;
      github.editIssue(repo, numberIn(text()), change, MALLORY);
    },
    act: 'sync',
  },
  {
    attack: 'a pull request of hers that an item links, closed unmerged',
    text: ({ github, repo }) => {
      const pull = { title: 'Crash', author: MALLORY, state: 'closed' } as const;
      return `- [ ] Crash (closes #${github.addPull(repo, pull)})`;
    },
    act: 'sync',
  },
  {
    attack: 'a link that only looks like one to an issue of ours',
    text: (at) => {
      const issue = own(at, 'Crash');
      at.github.editIssue(at.repo, issue, { state: 'closed', stateReason: 'completed' }, ANN);
      const path = `${at.repo}/issues/${issue}`;
      return [
        `- [ ] Crash https://github.com.evil.test/${path}`,
        `- [ ] Crash again https://github.com@evil.test/${path}`,
        `- [ ] [Crash](javascript:location='https://github.com/${path}')`,
        `- [ ] Crash http://github.com:8080/${path}`,
      ].join('\r\n');
    },
    act: 'sync',
  },
  {
    attack: 'a page on which she is signed in, where Ann forgot whose browser it is',
    text: (at) => `- [ ] Crash (closes #${own(at, 'Crash')})`,
    prepare: (scene) => close(scene, numberIn(scene.text()), ANN),
    pageUser: MALLORY,
    act: 'sync',
    check: ({ answers }) => expect(answers.at(-1)).toMatchObject(failed('wrong-user')),
  },
  {
    attack: 'an issue with the marker of the item that is generated',
    text: () => '- [ ] Write docs',
    prepare: (scene) => void opened(scene, 'Mine', markerOf(scene)),
    act: 'generate',
  },
  {
    attack: 'an issue with the title of the item that is generated',
    text: () => '- [ ] Write docs',
    prepare: (scene) => void opened(scene, 'Write docs'),
    act: 'generate',
  },
  {
    attack: 'a claim in a checklist that she opened, as if another browser were at work',
    text: () =>
      `- [ ] Write docs\r\n\r\n<!-- masterlist:claim by=mallory at=${new Date(now()).toISOString()} run=01JD00000000000000000000AB -->`,
    author: MALLORY,
    act: 'generate',
    creates: 1,
    ends: () => expect.stringMatching(/^- \[ \] Write docs \(closes #\d+\)/),
  },
  {
    attack: 'an item that mentions people and imitates our marker',
    text: ({ theirs }) =>
      `- [ ] Ask @bob and @everyone <!-- masterlist:v2 checklist=${theirs}#1 item=a text=b run=c -->`,
    author: MALLORY,
    act: 'generate',
    creates: 1,
    ends: () => expect.stringContaining('(closes #'),
    check: ({ github, repo, theirs, master }) => {
      const made = github.issues(repo).find(({ number }) => number > master);
      expect(made?.body).not.toMatch(/@(bob|everyone)/);
      expect(made?.body).not.toContain(`${theirs}#1`);
      expect(made?.body?.match(/masterlist:/g)).toHaveLength(1);
    },
  },
  {
    attack: 'rules in a repository of hers',
    text: ({ github, theirs }) => {
      github.putFile(theirs, RULES, `generate:\n  target: ${theirs}\n  prefix: "[EVIL] "\n`);
      return '- [ ] Write docs';
    },
    act: 'generate',
    creates: 1,
    ends: () => expect.stringContaining('(closes #'),
    check: ({ github, repo }) =>
      expect(github.issues(repo).map(({ title }) => title)).toContain('Write docs'),
  },
  {
    attack: 'rules that name a target on another host',
    text: ({ github, repo }) => {
      github.putFile(repo, RULES, 'generate:\n  target: https://evil.test/ann/demo\n');
      return '- [ ] Write docs';
    },
    act: 'generate',
    check: ({ answers }) => expect(answers.at(-1)).toMatchObject(failed('rules-invalid')),
  },
  {
    attack: 'options of a page that name a target on another host',
    text: () => '- [ ] Write docs',
    options: () => ({ target: { host: 'evil.test', owner: ANN, name: 'demo' } }),
    act: 'preview',
    check: ({ answers, repo }) => {
      const { owner, name, host } = Object(answers.at(-1)).value.target;
      expect(`${host}/${owner}/${name}`).toBe(`github.com/${repo}`);
    },
  },
  {
    attack: 'options of a page with fields that are none',
    text: () => '- [ ] Write docs',
    options: () => ({ target: '../../user', labels: [{}], template: 7, linkStyle: 'constructor' }),
    act: 'preview',
    check: ({ answers }) => expect(Object(answers.at(-1)).value.labels).toEqual([]),
  },
  {
    attack: 'an issue with a copy of our marker, before Ann takes the run back',
    text: () => '- [ ] Write docs',
    act: 'undo',
    creates: 1,
    check: ({ github, repo }) => {
      const states = github.issues(repo).map(({ author, state, title }) => [author, title, state]);
      expect(states).toContainEqual([MALLORY, 'Copy', 'open']);
      expect(states).toContainEqual([ANN, 'Write docs', 'closed']);
    },
  },
  {
    attack: 'a marker in an issue and in a comment of hers, before our traces are removed',
    text: () => '- [ ] Write docs',
    prepare: (scene) => {
      const mine = opened(scene, 'Mine', markerOf(scene));
      scene.github.addComment(scene.repo, mine, markerOf(scene), MALLORY);
    },
    act: 'remove traces',
    check: ({ github, repo }) => {
      const mine = github.issues(repo).find(({ title }) => title === 'Mine');
      expect(mine?.body).toContain('masterlist:');
      expect(github.comments(repo, mine?.number ?? 0)).toHaveLength(1);
    },
  },
  {
    attack: 'an issue with the marker of an item that is gone from the text',
    text: () => '- [ ] Write docs',
    prepare: (scene) => {
      opened(scene, 'Mine', markerOf(scene));
      scene.github.editIssue(scene.repo, scene.master, { body: '- [ ] Other' }, ANN);
    },
    act: 'resolve',
    ends: () => '- [ ] Other',
  },
  {
    attack: 'an answer that leads a write to another host',
    text: ({ github }) => {
      redirect(github, /^\/repos\/.*\/issues$/);
      return '- [ ] Write docs';
    },
    act: 'generate',
    check: ({ github }) =>
      expect(github.requests.filter(({ status }) => status === 307)).toHaveLength(1),
  },
  {
    attack: 'an answer that leads a read to another host',
    text: ({ github }) => {
      redirect(github, /./);
      return '- [ ] Write docs';
    },
    act: 'preview',
    check: ({ answers }) => expect(answers.at(-1)).toMatchObject({ ok: false }),
  },
  {
    attack: 'a refusal that leads to another host for a sign-on',
    text: ({ github }) => {
      const headers = { 'x-github-sso': 'required; url=https://evil.test/sso' };
      const body = { message: 'Resource protected by organization SAML enforcement.' };
      github.fault({ times: 99, path: /.*/, action: { status: 403, headers, body } });
      return '- [ ] Write docs';
    },
    act: 'preview',
    check: ({ answers }) => {
      expect(answers.at(-1)).toMatchObject(failed('sso-required'));
      expect(JSON.stringify(answers)).not.toContain('evil.test');
    },
  },
];

function failed(code: string) {
  return { ok: false, failure: { code } };
}

function mergedElsewhere({ github, theirs }: Scene, body: string): void {
  const pull = github.addPull(theirs, { title: 'Take over', body, author: MALLORY });
  github.mergePull(theirs, pull, MALLORY);
}

/** Every answer to these leads on to another host. */
function redirect(github: LocalGitHub, path: RegExp): void {
  const headers = { location: 'https://evil.test/repos/ann/demo/issues' };
  github.fault({ method: 'POST', path, times: 99, action: { status: 307, headers, body: {} } });
}
