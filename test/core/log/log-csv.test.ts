import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../../lib/core/log/event.ts';
import { logCsv } from '../../../lib/core/log/log-csv.ts';

const REPO = { host: 'github.com', owner: 'ann', name: 'demo' };
const EVENT: EventOf<'write-master'> = {
  at: Date.UTC(2026, 10, 20, 8, 30),
  kind: 'write-master',
  job: 'J1',
  run: 'R1',
  checklistKey: 'github.com/ann/demo#1',
  cause: { by: 'background', what: 'sync' },
  login: 'ann',
  before: '- [ ] secret plans\n',
};

const about = (item: string) =>
  ({ ...EVENT, rows: [{ item: 'k1', text: item, what: 'tick' }] }) as const;

describe('the log as CSV', () => {
  it('has a head, and one line per item of an event', () => {
    const rows = [
      { item: 'k1', text: 'Write docs', what: 'tick', issue: { repo: REPO, number: 2 } },
      { item: 'k2', text: 'Test it', what: 'add-pulls', pulls: [{ repo: REPO, number: 9 }] },
    ] as const;
    const [head, first, second, end] = logCsv([{ ...EVENT, rows }]).split('\r\n');
    expect(head).toBe(
      '"time","kind","checklist","cause","who","item","what","issue","pull requests","notice","run"',
    );
    expect(first).toBe(
      '"2026-11-20T08:30:00.000Z","write-master","github.com/ann/demo#1","Sync (in the background)","ann","Write docs","tick","ann/demo#2","","","R1"',
    );
    expect(second).toContain(',"Test it","add-pulls","","ann/demo#9",');
    expect(end).toBe('');
  });

  it('quotes commas, quotes and line ends', () => {
    const csv = logCsv([about('a "b", c\nd')]);
    expect(csv).toContain(',"a ""b"", c\nd",');
  });

  it('leaves the texts of checklists out', () => {
    expect(logCsv([EVENT])).not.toContain('secret plans');
  });
});
