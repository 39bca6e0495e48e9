import { expect, it } from 'vitest';
import type { UnverifiedWrite } from '../../lib/core/job/job-facts.ts';
import { verifyWrite } from '../../lib/jobs/verify-write.ts';

const AT = '2026-11-20T12:00:00Z';
const BASE = '- [ ] One\r\n- [ ] Two\r\n';
const WRITTEN = '- [ ] One (closes #7)\r\n- [ ] Two\r\n';
const TICKED = '- [ ] One\r\n- [x] Two\r\n';

const write: UnverifiedWrite = {
  checklist: { repo: { host: 'github.com', owner: 'o', name: 'r' }, number: 1 },
  placeholder: '',
  base: BASE,
  written: WRITTEN,
  newestAtRead: { id: '0', editedAt: AT, editor: 'ada', text: BASE },
  edits: [],
  sentAt: Date.parse(AT),
  event: undefined,
  notice: undefined,
  mends: undefined,
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
