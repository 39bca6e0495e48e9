import { expect, it } from 'vitest';
import type { UnverifiedWrite } from '../../lib/core/engine/job-facts.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { verifyWrite } from '../../lib/engine/verify-write.ts';

const AT = '2026-11-20T12:00:00Z';
const BASE = '- [ ] One\r\n- [ ] Two\r\n';
const WRITTEN = '- [ ] One (closes #7)\r\n- [ ] Two\r\n';
const TICKED = '- [ ] One\r\n- [x] Two\r\n';

const write: UnverifiedWrite = {
  checklist: issueChecklist({ repo: { host: 'github.com', owner: 'o', name: 'r' }, number: 1 }),
  placeholder: '',
  base: BASE,
  written: WRITTEN,
  newestAtRead: { id: '0', editedAt: AT, editor: 'ada', text: BASE },
  edits: [],
  sentAt: Date.parse(AT),
  event: undefined,
  notice: undefined,
  restores: undefined,
};

it('finds what we overwrote also when a bot put the text that we had read back within the same second', () => {
  const versions = [BASE, WRITTEN, TICKED, BASE];
  const history = versions.map((text, age) => ({
    id: `${versions.length - 1 - age}`,
    editedAt: AT,
    editor: 'x',
    text,
  }));
  const verdict = verifyWrite(write, {
    text: BASE,
    title: 'Plan',
    state: 'open',
    locked: false,
    viewerCanUpdate: true,
    history,
  });
  expect(verdict.applied).toBe(true);
  expect(verdict.text).toBe(TICKED);
});

it('takes the newest of equal texts of its account for its own, so that what lies between is not lost', () => {
  const verdict = look([WRITTEN, `${WRITTEN}Note.\r\n`, WRITTEN], { login: 'x' });
  expect(verdict.text).toBe(`${WRITTEN}Note.\r\n`);
});

it('leaves the text alone where another account wrote the same, and a person took her own change back', () => {
  const verdict = look([WRITTEN, `${WRITTEN}Note.\r\n`, WRITTEN], { login: 'somebody-else' });
  expect(verdict).toMatchObject({ applied: true, text: WRITTEN, overwriting: undefined });
});

it('does not take a later return to its text for its own', () => {
  const verdict = look([WRITTEN, `${WRITTEN}Note.\r\n`, WRITTEN], { login: 'x' }, 60_000);
  expect(verdict).toMatchObject({ text: WRITTEN, overwriting: undefined, notice: undefined });
});

it('leaves it alone when another browser restored it and somebody took it away again after that', () => {
  const note = `${BASE}Note.\r\n`;
  const restored = `${WRITTEN}Note.\r\n`;
  const verdict = look([note, WRITTEN, restored, WRITTEN], { login: 'x' }, 20_000);
  expect(verdict).toMatchObject({ text: WRITTEN, overwriting: undefined, notice: undefined });
});

it('makes its edit again on an item that somebody renamed meanwhile, found by its link', () => {
  const base = '- [ ] One (closes #7)\r\n- [ ] Two\r\n';
  const [item] = parseChecklist(base).items;
  if (item === undefined) throw new Error('no item');
  const written = base.replace('[ ] One', '[x] One');
  const renamed = base.replace('One', 'The first one');
  const change = { base, written, edits: [{ kind: 'tick', item }] as const };
  const verdict = look([renamed, written], change);
  expect(verdict.text).toBe(renamed.replace('[ ]', '[x]'));
});

it('does not take back what a person undid after it', () => {
  const base = '- [ ] One (closes #7)\r\n- [ ] Two\r\n';
  const [item] = parseChecklist(base).items;
  if (item === undefined) throw new Error('no item');
  const written = base.replace('[ ] One', '[x] One');
  const change = { base, written, edits: [{ kind: 'tick', item }] as const };
  const verdict = look([`${base}Note.\r\n`, written, base], change);
  expect(verdict.text).toBe(`${base}Note.\r\n`);
});

/** The verdict on versions that followed the read, oldest first, so many milliseconds apart. */
function look(texts: readonly string[], change: Partial<UnverifiedWrite>, apart = 0) {
  const at = (age: number) => new Date(Date.parse(AT) + age * apart).toISOString();
  const history = texts
    .map((text, age) => ({ id: `${age + 1}`, editedAt: at(age), editor: 'x', text }))
    .reverse()
    .concat({ id: '0', editedAt: AT, editor: 'ada', text: BASE });
  const snapshot = { title: 'Plan', state: 'open', locked: false, viewerCanUpdate: true } as const;
  const text = texts.at(-1) ?? '';
  return verifyWrite({ ...write, ...change }, { ...snapshot, text, history });
}
