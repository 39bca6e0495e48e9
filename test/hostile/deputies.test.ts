import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { issueChecklist } from '../../lib/core/refs.ts';
import type { Protocol } from '../../lib/messages.ts';
import { given, useBackground } from '../background/background-world.ts';
import { useChecklists } from '../background/checklists.ts';
import { type Act, DEPUTIES, type Deputy, type Scene } from './deputies.ts';

/** The rights of Ann's token, used for somebody else. */
describe('a confused deputy', () => {
  const world = useBackground();
  const { ended } = useChecklists(world, 'unused');
  let made = 0;

  beforeAll(() => {
    for (const login of ['mallory', 'everyone']) world.github.addUser(login);
  });

  function setUp({ text, author = 'ann', prepare }: Deputy): Scene {
    made += 1;
    const [repo, theirs] = [`ann/deputy${made}`, `mallory/own${made}`];
    const { github } = world;
    github.addRepo(repo);
    github.addRepo(theirs);
    github.addIssue(theirs, { title: 'Theirs', author: 'mallory' });
    const body = text({ github, repo, theirs });
    const master = github.addIssue(repo, { title: 'Plan', body, author });
    const at = { host: 'github.com', owner: 'ann', name: `deputy${made}` };
    const scene: Scene = {
      github,
      repo,
      theirs,
      master,
      checklist: issueChecklist({ repo: at, number: master }),
      text: () => github.issue(repo, master).body ?? '',
      answers: [],
    };
    prepare?.(scene);
    return scene;
  }

  async function ask<Name extends keyof Protocol>(
    scene: Scene,
    name: Name,
    more: Partial<Parameters<Protocol[Name]>[0]>,
  ): Promise<Awaited<ReturnType<Protocol[Name]>>> {
    const query = { checklist: scene.checklist, pageUser: 'ann', ...more };
    const answer = await world.ask(name, query as never);
    scene.answers.push(answer);
    return answer as Awaited<ReturnType<Protocol[Name]>>;
  }

  /** All that a preview creates without a further question. */
  async function generate(scene: Scene): Promise<void> {
    const plan = await ask(scene, 'previewGeneration', { options: {} });
    if (!plan.ok) return;
    const { run } = plan.value;
    const started = await ask(scene, 'generateIssues', { run, choices: [], only: 'all' });
    if (started.ok) await ended(scene.checklist);
  }

  const ACTS: Readonly<Record<Act, (scene: Scene, deputy: Deputy) => Promise<unknown>>> = {
    sync: (scene, { pageUser = 'ann' }) =>
      ask(scene, 'syncChecklist', { pageUser, preview: undefined }),
    generate,
    preview: (scene, { options }) =>
      ask(scene, 'previewGeneration', { options: options?.(scene) ?? {} }),
    resolve: async (scene) => {
      const preview = given(await ask(scene, 'previewReconcile', {}));
      const chosen = preview.plan.differences.flatMap(({ id, safe }) =>
        safe === undefined ? [] : [{ kind: 'offered', difference: id, choice: safe } as const],
      );
      await ask(scene, 'applyReconcile', { preview: preview.id, chosen });
    },
    undo: async (scene) => {
      await generate(scene);
      const [ours] = scene.github.issues(scene.repo).filter(({ title }) => title === 'Write docs');
      const copy = { title: 'Copy', body: ours?.body ?? '', author: 'mallory' };
      scene.github.addIssue(scene.repo, copy);
      const [entry] = given(await ask(scene, 'listRuns', { everywhere: true }));
      given(await ask(scene, 'undoRun', { run: entry?.run ?? '' }));
      await ended(scene.checklist, 'change');
    },
    'remove traces': async (scene) => {
      given(await ask(scene, 'removeTraces', { bracket: false }));
      await ended(scene.checklist);
    },
  };

  it('is tried in at least 20 ways', () => {
    onTestFinished(({ task }) => {
      Object.assign(task.meta, { attacks: { deputies: DEPUTIES.length } });
    });
    expect(new Set(DEPUTIES.map(({ attack }) => attack)).size).toBeGreaterThanOrEqual(20);
  });

  it.each(DEPUTIES)('does nothing for $attack', async (deputy) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    await world.signIn();
    const scene = setUp(deputy);
    const before = { text: scene.text(), ours: numbersOf(scene), hers: writtenByHer(scene) };
    world.github.clearRequests();
    await ACTS[deputy.act](scene, deputy);
    expect(scene.text()).toEqual(deputy.ends?.(before.text) ?? before.text);
    expect(numbersOf(scene).length - before.ours.length).toBe(
      (deputy.creates ?? 0) + (deputy.act === 'undo' ? 1 : 0),
    );
    // What she wrote is neither changed nor closed, wherever it is.
    expect(writtenByHer(scene)).toMatchObject(before.hers);
    const writes = world.github.requests.filter(({ mutation }) => mutation);
    expect(writes.filter(({ url }) => url.includes('/mallory/'))).toEqual([]);
    expect(JSON.stringify(scene.answers)).not.toMatch(/"code":"internal"/);
    deputy.check?.(scene);
  });
});

function numbersOf({ github, repo }: Scene): readonly number[] {
  return github.issues(repo).map(({ number }) => number);
}

/** Issues and comments of Mallory by place. */
function writtenByHer({ github, repo, theirs, master }: Scene): Readonly<Record<string, unknown>> {
  const all = [repo, theirs].flatMap((name) =>
    github.issues(name).map((issue) => ({ name, issue })),
  );
  const hers = all.filter(
    ({ name, issue }) => issue.author === 'mallory' && !(name === repo && issue.number === master),
  );
  return Object.fromEntries(
    hers.map(({ name, issue: { number, title, body, state } }) => [
      `${name}#${number}`,
      { title, body, state, comments: github.comments(name, number).map((one) => one.body) },
    ]),
  );
}
