import { beforeEach, expect, it } from 'vitest';
import { type ChecklistRef, checklistKey, issueChecklist } from '../../lib/core/refs.ts';
import { runSlice } from '../../lib/engine/run.ts';
import type { JobPorts } from '../../lib/ports.ts';
import { connect } from '../../lib/store/db.ts';
import { createJobStore } from '../../lib/store/jobs.ts';
import type { JobStore } from '../../lib/store-ports.ts';
import { createFakeGitHub, type FakeGitHub, type FakeIssue } from '../engine/fake-github.ts';
import { createWorld, type World } from '../engine/world.ts';
import { loadStoredData } from '../stored-data.ts';

/** When Ann's runs made their issues. */
const CREATED = Date.parse('2026-11-20T11:10:00Z');
const PLAN = '# Plan\r\n\r\n- [ ] Step 0\r\n- [ ] Step 1\r\n- [ ] Step 2\r\n\r\nThank you.\r\n';
const LINKED = [2, 3, 4].reduce((text, n) => linked(text, `Step ${n - 2}`, n), PLAN);
const HALF = `# Half\r\n\r\n${[0, 1, 2, 3, 4, 5].map((part) => `- [ ] Part ${part}\r\n`).join('')}`;
const CLAIM =
  '\r\n<!-- masterlist:claim by=ann at=2026-11-20T11:00:00.110Z run=01M7W9SYW0FFCP2NC49VQQ158Z -->';

let store: JobStore;

beforeEach(async () => {
  await loadStoredData();
  store = createJobStore(connect());
});

it('an undo that an older version had open closes what is left, and unlinks it', async () => {
  const before = linked(PLAN, 'Step 2', 4);
  const { github, end } = await runToItsEnd('rec6', LINKED, (made) => {
    made.edit(() => before, 'ann');
    for (const number of [2, 3]) {
      Object.assign(issue(made, number), { state: 'closed', stateReason: 'not_planned' });
      issue(made, number).body = issue(made, number).body.replace(':v1 ', ':undone ');
    }
  });
  expect(end).toBe('ended');
  expect(github.text()).toBe(PLAN);
  expect(github.writes).toEqual(['4: state stateReason body']);
  expect(issue(github, 4)).toMatchObject({ state: 'closed', stateReason: 'not_planned' });
  expect(issue(github, 4).body).toContain('<!-- masterlist:undone checklist=ann/rec6#1 ');
  expect(await outcomeOf('rec6')).toEqual(['done', 'verified', 'verified', 'verified']);
  expect(await loggedChanges('rec6')).toEqual([2, 3, 4]);
});

it('an undo that an older version had open leaves an issue on which somebody has worked since', async () => {
  const before = linked(PLAN, 'Step 2', 4);
  const { github } = await runToItsEnd('rec6', LINKED, (made) => {
    made.edit(() => before, 'ann');
    made.comment(4, 'eve', 'I am on it');
  });
  expect(github.text()).toBe(before);
  expect(github.writes).toEqual([]);
  expect(await outcomeOf('rec6')).toEqual(['done', 'verified', 'verified', 'review']);
});

it('a change that an older version had open changes what is left, and nothing twice', async () => {
  const { github, end } = await runToItsEnd('rec7', LINKED, (made) => {
    Object.assign(issue(made, 2), { state: 'closed', stateReason: 'completed' });
  });
  expect(end).toBe('ended');
  expect(github.text()).toBe(LINKED);
  expect(github.requests.updateMaster).toBeUndefined();
  expect(github.writes).toEqual(['3: state stateReason']);
  expect(issue(github, 4).state).toBe('open');
  expect(await outcomeOf('rec7')).toEqual(['done', 'verified', 'verified']);
  expect(await loggedChanges('rec7')).toEqual([2, 3]);
});

it('a generation that an older version had open creates what is left, and nothing twice', async () => {
  const sofar = [2, 3, 4].reduce((text, n) => linked(text, `Part ${n - 2}`, n), HALF);
  const { github, end } = await runToItsEnd('half', `${HALF}${CLAIM}`, (made) => {
    made.edit(() => `${sofar}${CLAIM}`, 'ann');
  });
  expect(end).toBe('ended');
  const made = [101, 102, 103];
  expect(github.issues.map(({ number }) => number)).toEqual([2, 3, 4, ...made]);
  expect(github.issues.map(({ comments }) => comments.length)).toEqual(Array(6).fill(1));
  expect(github.text()).toBe(
    made.reduce((text, number, at) => linked(text, `Part ${at + 3}`, number), sofar),
  );
  expect(await outcomeOf('half')).toEqual(['done', ...Array(6).fill('verified')]);
});

/** Continues the open job of a checklist, with its issues as the older version left them, at a GitHub in memory. */
async function runToItsEnd(name: string, text: string, since: (github: FakeGitHub) => void) {
  const world = createWorld();
  const master = checklist(name);
  const github = createFakeGitHub({ clock: world.clock, master, text, login: 'ann' });
  const ports: JobPorts = { ...world.ports, github, store };
  const job = await store.loadOpenJob(checklistKey(master));
  if (job === undefined) throw new Error('no open job');
  for (const { title, body, number } of await madeIn(name)) {
    const events = ['labeled', 'commented', 'cross-referenced'].map((type) => eventAt(type));
    const at = { createdAt: CREATED, visibleAt: CREATED };
    github.addIssue({ number, title, body, labels: ['task'], events, ...at });
    github.comment(number, 'ann', linkComment(body));
  }
  since(github);
  const { id } = job.header;
  await store.setControl(id, { action: 'run', at: world.clock.now() });
  return { github, end: await untilItRests(ports, world, id) };
}

async function untilItRests(ports: JobPorts, { clock }: World, id: string): Promise<string> {
  for (let slices = 0; slices < 100; slices++) {
    const end = await runSlice(ports, id, clock.now() + ports.timing.sliceMs);
    if (end.kind === 'waiting') clock.reach(end.until);
    else if (end.kind !== 'more') return end.kind;
  }
  throw new Error('The job does not end');
}

/** The issues that the generation of a checklist has made so far. */
async function madeIn(name: string) {
  const jobs = await store.listJobs(checklistKey(checklist(name)));
  const generation = jobs.find(({ kind }) => kind === 'generate');
  const job = generation && (await store.loadJob(generation.id));
  return (job?.rows ?? []).flatMap((row) =>
    'title' in row && row.issue !== undefined
      ? [{ title: row.title, body: row.body, number: row.issue.number }]
      : [],
  );
}

async function outcomeOf(name: string) {
  const job = await store.loadLastJob(checklistKey(checklist(name)));
  return [job?.header.outcome, ...(job?.rows.map(({ phase }) => phase) ?? [])];
}

/** The numbers of the issues whose change is in the log. */
async function loggedChanges(name: string) {
  const log = await store.listEvents(checklistKey(checklist(name)));
  return log.flatMap((event) => (event.kind === 'change-issue' ? [event.issue.number] : []));
}

function checklist(name: string): ChecklistRef {
  return issueChecklist({ repo: { host: 'github.com', owner: 'ann', name }, number: 1 });
}

function issue({ issues }: FakeGitHub, number: number): FakeIssue {
  const found = issues.find((one) => one.number === number);
  if (found === undefined) throw new Error(`no issue ${number}`);
  return found;
}

/** The comment by which that version linked an issue back, as its marker says. */
function linkComment(body: string): string {
  const [item] = /item=\S+/.exec(body) ?? [];
  const [run] = /run=\S+/.exec(body) ?? [];
  const marker = `<!-- masterlist:comment ${run} ${item} -->`;
  return `This issue tracks an item of the checklist in #1.\n\n${marker}`;
}

function eventAt(type: string): FakeIssue['events'][number] {
  return { type, actor: 'ann', isBot: false, createdAt: new Date(CREATED).toISOString() };
}

function linked(text: string, item: string, number: number): string {
  return text.replace(item, `${item} (closes #${number})`);
}
