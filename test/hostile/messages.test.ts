import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Protocol } from '../../lib/messages.ts';
import { given, OWN_PAGE, tabOf, useBackground } from '../background/background-world.ts';
import { type Checklist, useChecklists } from '../background/checklists.ts';
import { everythingStored } from './everything-stored.ts';
import { FORGED_CHECKLISTS, FORGED_ENVELOPES, MESSAGES, SAMPLES, SPOILED } from './messages.ts';
import { forgedSenders } from './senders.ts';

const OWN = { id: OWN_PAGE.id, pages: 'chrome-extension://test-extension-id/' };

/** Messages that only our own pages may send. */
const OF_OWN_PAGES = [
  'setPaused',
  'refreshDates',
  'postSummary',
  'testChannel',
  'settleMessage',
  'pollNow',
  'unlockAccount',
  'checkAccount',
] as const satisfies readonly (keyof Protocol)[];

interface Attack {
  readonly what: string;
  readonly message: unknown;
  readonly sender: unknown;
}

describe('a message that is not ours', () => {
  const world = useBackground();
  const { generate, preview } = useChecklists(world, 'victim');

  /** A checklist in full use: issues, an ended run, saved texts, and previews that wait to be confirmed. */
  async function victim() {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    await world.signIn();
    const made = await generate(2);
    made.edit((text) => `${text}\r\n- [ ] Step 3\r\n`);
    const { checklist } = made;
    const query = { checklist, pageUser: 'ann' };
    const { run } = given(await world.ask('previewGeneration', { ...query, options: {} }));
    const { id: reconcile } = await preview(checklist);
    const { id: sync } = given(await world.ask('previewSync', query));
    const job = given(await world.ask('getJob', { checklist }))?.id ?? '';
    const [text] = given(await world.ask('listTexts', { checklist }));
    return { made, real: { run, reconcile, sync, job, text: text?.id ?? 0 } };
  }

  type Victim = Awaited<ReturnType<typeof victim>>;

  /** Samples that would do something, sent by the right sender. */
  function harmful({ real }: Victim): Record<keyof Protocol, object> {
    return {
      ...SAMPLES,
      generateIssues: { run: real.run, choices: [], only: 'all' },
      controlJob: { job: real.job, action: 'dismiss' },
      undoRun: { run: real.job },
      turnBack: { pageUser: 'ann', preview: real.reconcile, items: ['key'] },
      applyReconcile: { pageUser: 'ann', preview: real.reconcile, chosen: [] },
      syncChecklist: { pageUser: 'ann', preview: real.sync },
      trackChecklist: { tracked: false, pageUser: 'ann' },
      getText: { id: real.text },
      removeTraces: { pageUser: 'ann', bracket: false },
    };
  }

  /** Nothing of it may be heard: neither an answer with a value, nor a trace in the browser or at GitHub. */
  async function expectNothing(attacks: readonly Attack[], count: number): Promise<void> {
    expect(attacks.length).toBeGreaterThanOrEqual(count);
    world.github.clearRequests();
    const before = await everythingStored();
    const heard: unknown[] = [];
    for (const { what, message, sender } of attacks) {
      const answer = await world.deliver(message, sender);
      if (!isRefusal(answer)) heard.push({ what, answer });
    }
    expect(heard).toEqual([]);
    expect(world.github.requests).toEqual([]);
    expect(await everythingStored()).toEqual(before);
  }

  /** The figure goes into the report of the torture. */
  function countAttacks(messages: number): void {
    onTestFinished(({ task }) => {
      Object.assign(task.meta, { attacks: { messages } });
    });
  }

  it('is refused whole where any of its fields is wrong, whoever sends it', async () => {
    const { made } = await victim();
    const attacks = SPOILED.flatMap(({ name, sent }, index) => {
      const data = { ...Object(sent), checklist: made.checklist };
      const sender = index % 2 === 0 ? OWN_PAGE : tabOf(made.checklist);
      return [{ what: `${name} ${index}`, message: wrapped(name, data), sender }];
    });
    countAttacks(attacks.length);
    await expectNothing(attacks, 500);
  });

  it('is refused whole where it has every right field and the wrong sender', async () => {
    const held = await victim();
    const samples = harmful(held);
    const { checklist } = held.made;
    const attacks = forgedSenders(OWN, checklist).flatMap(([who, sender]) =>
      MESSAGES.map((name) => ({
        what: `${name} of ${who}`,
        message: wrapped(name, { ...samples[name], checklist }),
        sender,
      })),
    );
    countAttacks(attacks.length);
    await expectNothing(attacks, 500);
  });

  it('is refused whole where no checklist can be read in it, also of our own pages', async () => {
    const held = await victim();
    const samples = harmful(held);
    const about = MESSAGES.filter((name) => !isWithoutChecklist(name));
    const attacks = FORGED_CHECKLISTS.flatMap(([what, checklist]) =>
      about.flatMap((name) =>
        [OWN_PAGE, tabOf(held.made.checklist)].map((sender) => ({
          what: `${name} with ${what}`,
          message: wrapped(name, { ...samples[name], checklist }),
          sender,
        })),
      ),
    );
    countAttacks(attacks.length);
    await expectNothing(attacks, 500);
  });

  it('is refused where only our own pages may send it', async () => {
    const { made } = await victim();
    const attacks = OF_OWN_PAGES.map((name) => ({
      what: name,
      message: wrapped(name, { ...SAMPLES[name], checklist: made.checklist }),
      sender: tabOf(made.checklist),
    }));
    countAttacks(attacks.length);
    await expectNothing(attacks, OF_OWN_PAGES.length);
  });

  it('is nothing where the protocol has no such name, also one that every object has', async () => {
    const { made } = await victim();
    const attacks = FORGED_ENVELOPES.map((message) => ({
      what: JSON.stringify(message),
      message,
      sender: tabOf(made.checklist),
    }));
    countAttacks(attacks.length);
    await expectNothing(attacks, 20);
    expect(await world.deliver({ type: 'constructor', timestamp: 0 }, OWN_PAGE)).toBeUndefined();
  });

  it("is refused where it names another checklist's run, preview, job or text", async () => {
    const theirs = await victim();
    const own = await generate(1);
    const { real } = theirs;
    const harm = harmful(theirs);
    const sent = {
      ...harm,
      getText: { id: real.text },
      restoreText: { id: real.text, now: 'hash', pageUser: 'ann' },
      resolveRows: { job: real.job, indexes: [0], resolution: { kind: 'create-again' } },
      previewMatch: { preview: real.reconcile, chosen: { kind: 'unmatch', item: 'key' } },
    };
    const names = [
      'generateIssues',
      'controlJob',
      'resolveRows',
      'undoRun',
      'getText',
      'restoreText',
      'turnBack',
      'syncChecklist',
      'previewMatch',
      'applyReconcile',
    ] as const;
    countAttacks(names.length);
    await expectRefused(
      own,
      names.map((name) => [name, sent[name]] as const),
    );
  });

  it('is refused where it names what there is not, or a text that is not that of now', async () => {
    const { made, real } = await victim();
    const sent = [
      ['generateIssues', { run: 'none', choices: [], only: 'all' }],
      ['generateIssues', { run: '__proto__', choices: [], only: 'all' }],
      ['controlJob', { job: 'none', action: 'resume' }],
      ['controlJob', { job: 'constructor', action: 'stop' }],
      ['resolveRows', { job: 'none', indexes: [0], resolution: { kind: 'force' } }],
      ['undoRun', { run: 'none' }],
      ['previewMatch', { preview: 'none', chosen: { kind: 'unmatch', item: 'key' } }],
      ['turnBack', { preview: 'none', items: ['key'] }],
      ['turnBack', { preview: real.reconcile, items: ['__proto__', 'toString'] }],
      ['syncChecklist', { preview: 'none' }],
      ['applyReconcile', { preview: 'none', chosen: [] }],
      ['getText', { id: 2 ** 52 }],
      ['restoreText', { id: real.text, now: 'hash' }],
      ['restoreText', { id: 2 ** 52, now: 'hash' }],
      ['correctText', { now: 'hash' }],
      ['answerNumbers', { own: [{ name: '__proto__', issue: other() }], about: [], now: 'hash' }],
    ] as const;
    countAttacks(sent.length);
    await expectRefused(made, sent);
  });

  /** The handlers refuse these after a look at GitHub: nothing of ours changes but counts of requests, and nothing there. */
  async function expectRefused(
    { checklist }: Checklist,
    sent: readonly (readonly [keyof Protocol, object | undefined])[],
  ): Promise<void> {
    const before = await decidingFacts();
    world.github.clearRequests();
    for (const [name, data] of sent) {
      const message = wrapped(name, { ...data, checklist });
      const answer = await world.deliver(message, tabOf(checklist));
      expect(isRefusal(answer), `${name}: ${JSON.stringify(answer)}`).toBe(true);
    }
    expect(world.github.requests.filter(({ mutation }) => mutation)).toEqual([]);
    expect(await decidingFacts()).toEqual(before);
  }
});

const UNDECIDING = /counters|paces|accounts/;

/** All that is stored but how much was asked, and when. */
async function decidingFacts(): Promise<unknown> {
  const text = JSON.stringify(await everythingStored());
  const { databases } = JSON.parse(text);
  return databases.map(([name, stores]: [string, [string][]]) => [
    name,
    stores.filter(([store]) => !UNDECIDING.test(store)),
  ]);
}

function other() {
  return { repo: { host: 'github.com', owner: 'bob', name: 'own' }, number: 1 };
}

function isWithoutChecklist(name: keyof Protocol): boolean {
  const without: readonly (keyof Protocol)[] = [
    'setPaused',
    'testChannel',
    'settleMessage',
    'pollNow',
    'unlockAccount',
    'checkAccount',
  ];
  return without.includes(name);
}

function wrapped(type: keyof Protocol, data: unknown) {
  return { id: 1, type, data, timestamp: 0 };
}

/** Nobody answers, or a failure in words that we wrote. */
function isRefusal(answer: unknown): boolean {
  if (answer === undefined) return true;
  const { res, err } = answer as { res?: unknown; err?: unknown };
  const { ok, failure } = Object(res);
  return err === undefined && ok === false && failure.code !== 'internal';
}
