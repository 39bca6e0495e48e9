import { describe, expect, it } from 'vitest';
import { failure, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import type { Edit } from '../../lib/core/text/edit.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { writeChecklist } from '../../lib/engine/write-checklist.ts';
import { KillSignal } from './kill.ts';
import { PLACES, type TextWorld } from './text-world.ts';
import { MASTER } from './world.ts';

const TEXT = '# List\r\n\r\n- [ ] One  \r\n- [ ] Two\r\n\r\nSome prose.\r\n';
const LINKED = '# List\r\n\r\n- [ ] One (closes #7)  \r\n- [ ] Two\r\n\r\nSome prose.\r\n';

describe.each(PLACES)('writing a checklist %s', (_, createWorld) => {
  it('changes the bytes of the edit and no other', async () => {
    const world = createWorld({ text: TEXT });
    await linkOne(world);
    expect(world.text()).toBe(LINKED);
  });

  it('sends nothing when nothing changes', async () => {
    const world = createWorld({ text: LINKED });
    const answer = await linkOne(world);
    expect(answer).toMatchObject({ ok: true, value: { wrote: false } });
    expect(world.calls.write).toBe(0);
  });

  it('puts back what somebody wrote between our read and our write', async () => {
    const world = createWorld({ text: TEXT });
    betweenReadAndWrite(world, (text) =>
      text.replace('prose', 'fine prose').replace('[ ] One', '[x] One'),
    );
    await linkOne(world);
    expect(world.text()).toBe(LINKED);
    await look(world);
    expect(world.text()).toBe(LINKED.replace('prose', 'fine prose').replace('[ ] One', '[x] One'));
  });

  it('does so too when it was we ourselves, in another browser', async () => {
    const world = createWorld({ text: TEXT });
    betweenReadAndWrite(world, (text) => text.replace('- [ ] Two', '- [x] Two'), 'ada');
    await linkOne(world);
    await look(world);
    expect(world.text()).toBe(LINKED.replace('- [ ] Two', '- [x] Two'));
  });

  it('lets the text rest before it restores, and leaves it to whoever restored it meanwhile', async () => {
    const waits: number[] = [];
    const world = createWorld({
      text: TEXT,
      spoil: (ports) => ({ ...ports, clock: { ...ports.clock, sleep: async (ms) => wait(ms) } }),
    });
    const restored = LINKED.replace('prose', 'fine prose');
    const wait = (ms: number) => {
      waits.push(ms);
      world.clock.advance(ms);
      world.edit(() => restored, 'ada');
    };
    betweenReadAndWrite(world, (text) => text.replace('prose', 'fine prose'));
    await linkOne(world);
    expect(await look(world)).toMatchObject({ ok: true, value: { wrote: false } });
    expect(world.calls).toMatchObject({ read: 3, write: 1 });
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThanOrEqual(3_000);
    expect(waits[0]).toBeLessThan(6_000);
    expect(world.text()).toBe(restored);
    expect(await look(world)).toMatchObject({ ok: true, value: { wrote: false } });
    expect(world.calls.read).toBe(4);
  });

  it('restores also a text that does not rest', async () => {
    let edits = 0;
    const world = createWorld({
      text: TEXT,
      spoil: (ports) => ({ ...ports, clock: { ...ports.clock, sleep: async () => change() } }),
    });
    const change = () => world.edit((text) => `${text}More ${++edits}.\r\n`, 'eve');
    betweenReadAndWrite(world, (text) => text.replace('prose', 'fine prose'));
    await linkOne(world);
    expect(await look(world)).toMatchObject({ ok: true, value: { wrote: true } });
    expect(world.text()).toBe(`${LINKED.replace('prose', 'fine prose')}More 1.\r\nMore 2.\r\n`);
  });

  it('reads further back where the newest versions do not show our write, or says so', async () => {
    for (const isDeep of [true, false]) {
      const world = createWorld({ text: TEXT });
      betweenReadAndWrite(world, (text) => text.replace('prose', 'fine prose'));
      await linkOne(world);
      for (let edit = 0; edit < 25; edit++) world.edit((text) => `${text}${edit}\r\n`, 'eve');
      if (!isDeep) world.port.history = async () => succeed([]);
      const answer = await look(world);
      if (isDeep) expect(answer).toMatchObject({ ok: true, value: { notice: undefined } });
      else expect(answer).toMatchObject({ value: { notice: { code: 'history-unreadable' } } });
      expect(world.text().includes('fine prose')).toBe(isDeep);
    }
  });

  it('keeps what people made of our text before it was restored', async () => {
    const world = createWorld({ text: TEXT });
    betweenReadAndWrite(world, (text) => text.replace('prose', 'fine prose'));
    await linkOne(world);
    world.edit((text) => text.replace('- [ ] Two', '- [ ] Two and a half'));
    await look(world);
    const expected = LINKED.replace('prose', 'fine prose').replace('Two', 'Two and a half');
    expect(world.text()).toBe(expected);
  });

  it('verifies first what a worker wrote that died before the answer', async () => {
    const world = createWorld({ text: TEXT });
    betweenReadAndWrite(world, (text) => text.replace('prose', 'fine prose'));
    dieAfterWrite(world);
    await expect(linkOne(world)).rejects.toBeInstanceOf(KillSignal);
    expect(world.text()).toBe(LINKED);
    expect(await look(world)).toMatchObject({ ok: false, failure: { code: 'unknown-outcome' } });
    world.clock.advance(10_000);
    await look(world);
    expect(world.text()).toBe(LINKED.replace('prose', 'fine prose'));
  });

  it('keeps what is to be restored until a read has seen it restored', async () => {
    const world = createWorld({ text: TEXT });
    betweenReadAndWrite(world, (text) => text.replace('prose', 'fine prose'));
    await linkOne(world);
    world.before = (call) => (call === 'write' ? failure('server-error') : undefined);
    expect(await look(world)).toMatchObject({ ok: false, failure: { code: 'unknown-outcome' } });
    expect(world.text()).toBe(LINKED);
    world.before = () => undefined;
    world.clock.advance(10_000);
    await look(world);
    expect(world.text()).toBe(LINKED.replace('prose', 'fine prose'));
    expect(await look(world)).toMatchObject({ ok: true, value: { wrote: false } });
  });

  it('does not guess where GitHub does not show the text of a version, but says so', async () => {
    const world = createWorld({ text: TEXT });
    betweenReadAndWrite(world, (text) => text.replace('prose', 'fine prose'));
    await linkOne(world);
    const { read } = world.port;
    world.port.read = async (ref) => {
      const answer = await read(ref);
      if (!answer.ok) return answer;
      const history = answer.value.history.map((version) => ({ ...version, text: undefined }));
      return { ok: true, value: { ...answer.value, history } };
    };
    const answer = await look(world);
    expect(answer).toMatchObject({
      ok: true,
      value: { wrote: false, notice: { code: 'history-unreadable' } },
    });
    expect(world.text()).toBe(LINKED);
  });

  it('says when two people met on the same line while we wrote', async () => {
    const world = createWorld({ text: TEXT });
    betweenReadAndWrite(world, (text) => text.replace('prose', 'fine prose'));
    await linkOne(world);
    world.edit((text) => text.replace('prose', 'good prose'));
    const answer = await look(world);
    expect(answer).toMatchObject({ ok: true, value: { notice: { code: 'edits-collided' } } });
    expect(world.text()).toBe(LINKED.replace('prose', 'good prose'));
  });

  it('still says so when the worker died over the write that put back the rest', async () => {
    const world = createWorld({ text: TEXT });
    betweenReadAndWrite(world, (text) =>
      text.replace('prose', 'fine prose').replace('- [ ] Two', '- [x] Two'),
    );
    await linkOne(world);
    world.edit((text) => text.replace('prose', 'good prose'));
    dieAfterWrite(world);
    await expect(look(world)).rejects.toBeInstanceOf(KillSignal);
    world.clock.advance(10_000);
    expect(await look(world)).toMatchObject({
      ok: true,
      value: { wrote: false, notice: { code: 'edits-collided' } },
    });
    const events = await world.store.listEvents(checklistKey(MASTER));
    expect(events.filter(({ kind }) => kind === 'notice')).toMatchObject([
      { notice: { code: 'edits-collided' } },
    ]);
  });

  it('refuses a text that would be longer than GitHub takes, and sends nothing', async () => {
    const world = createWorld({ text: `${TEXT}${'x'.repeat(65_536 - TEXT.length)}` });
    expect(await linkOne(world)).toMatchObject({ ok: false, failure: { code: 'too-long' } });
    expect(world.calls.write).toBe(0);
  });

  it('waits while the editor is open', async () => {
    const world = createWorld({
      text: TEXT,
      spoil: (ports) => ({ ...ports, isEditorOpen: () => true }),
    });
    expect(await linkOne(world)).toMatchObject({ ok: false, failure: { code: 'editor-open' } });
    expect(world.text()).toBe(TEXT);
  });

  it('logs what was written once, with the text before it and how to take it back', async () => {
    const world = createWorld({ text: TEXT });
    await linkOne(world);
    await look(world);
    const events = await world.store.listEvents(checklistKey(MASTER), 'R');
    expect(events).toMatchObject([
      {
        kind: 'write-master',
        cause: { by: 'click', what: 'sync' },
        before: TEXT,
        inverse: [{ kind: 'unlink' }],
      },
    ]);
  });

  it('logs what a dead worker wrote when it is seen', async () => {
    const world = createWorld({ text: TEXT });
    dieAfterWrite(world);
    await expect(linkOne(world)).rejects.toBeInstanceOf(KillSignal);
    expect(await world.store.listEvents(checklistKey(MASTER))).toHaveLength(0);
    world.clock.advance(10_000);
    await look(world);
    expect(await world.store.listEvents(checklistKey(MASTER))).toHaveLength(1);
  });
});

function linkOne(world: TextWorld) {
  return write(world, (text) => {
    const [item] = parseChecklist(text).items;
    if (item === undefined) return [];
    return [{ kind: 'link', item, issue: { repo: MASTER.repo, number: 7 }, style: 'closes' }];
  });
}

function look(world: TextWorld) {
  return write(world, () => []);
}

function write(world: TextWorld, decide: (text: string) => readonly Edit[]) {
  return writeChecklist(world.ports, {
    checklist: MASTER,
    placeholder: '',
    job: 'J',
    run: 'R',
    login: 'ada',
    cause: { by: 'click', what: 'sync' },
    decide: ({ text }) => decide(text),
  });
}

function betweenReadAndWrite(
  world: TextWorld,
  change: (text: string) => string,
  editor = 'eve',
): void {
  world.before = (call) => {
    if (call !== 'write') return undefined;
    world.edit(change, editor);
    world.before = () => undefined;
    return undefined;
  };
}

function dieAfterWrite(world: TextWorld): void {
  const { write } = world.port;
  world.port.write = async (ref, body) => {
    await write(ref, body);
    world.port.write = write;
    throw new KillSignal('patched-no-response');
  };
}
