import { describe, expect, it } from 'vitest';
import { claimHolder, parseClaim } from '../../../lib/core/engine/claim.ts';
import type { BodyVersion } from '../../../lib/core/engine/job-facts.ts';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');

describe('the claim', () => {
  it('is read from its own line only', () => {
    expect(parseClaim(claimed('A'))).toEqual({
      by: 'ada',
      at: '2026-11-20T11:59:00.000Z',
      run: 'A',
    });
    expect(parseClaim(`- [ ] say \`${lineOf('A')}\` aloud`)).toBeUndefined();
  });

  it('belongs to whoever stands in the text when there is no history', () => {
    expect(holder(claimed('A'), [])).toBe('A');
    expect(holder('- [ ] a', [])).toBeUndefined();
  });

  it('belongs to the first of two that raced, also when the second overwrote it', () => {
    const versions = [plain(), version(claimed('A')), version(claimed('B'))];
    expect(holder(claimed('B'), versions)).toBe('A');
  });

  it('belongs to the one that overwrote where the history does not show the texts', () => {
    const hidden = { ...version(''), text: undefined };
    expect(holder(claimed('B'), [plain(), hidden, hidden])).toBe('B');
  });

  it('is free again after the first has removed it', () => {
    const versions = [plain(), version(claimed('A')), plain(), version(claimed('B'))];
    expect(holder(claimed('B'), versions)).toBe('B');
    expect(holder('- [ ] a', versions.slice(0, 3))).toBeUndefined();
  });

  it('of a run of our own that has ended counts for nothing', () => {
    expect(holder(claimed('A'), [plain(), version(claimed('A'))], ['A'])).toBeUndefined();
    expect(holder(claimed('B'), [version(claimed('A')), version(claimed('B'))], ['A'])).toBe('B');
  });

  it('is forgotten after a day', () => {
    const old = claimed('A', '2026-11-19T11:59:00.000Z');
    expect(holder(old, [])).toBeUndefined();
    expect(holder(claimed('A', '2099-01-01T00:00:00.000Z'), [])).toBeUndefined();
    expect(holder(claimed('A', 'yesterday'), [])).toBeUndefined();
    expect(holder(claimed('B'), [version(old), version(claimed('B'))])).toBe('B');
  });
});

function holder(text: string, oldestFirst: readonly BodyVersion[], ended: readonly string[] = []) {
  return claimHolder({ text, history: oldestFirst.toReversed() }, ended, NOW)?.run;
}

function plain(): BodyVersion {
  return version('- [ ] a');
}

function version(text: string): BodyVersion {
  return { id: '', editedAt: '2026-11-20T11:59:30.000Z', editor: 'ada', text };
}

function claimed(run: string, at = '2026-11-20T11:59:00.000Z'): string {
  return `- [ ] a\n\n${lineOf(run, at)}`;
}

function lineOf(run: string, at = '2026-11-20T11:59:00.000Z'): string {
  return `<!-- masterlist:claim by=ada at=${at} run=${run} -->`;
}
