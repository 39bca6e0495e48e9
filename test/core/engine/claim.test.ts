import { describe, expect, it } from 'vitest';
import {
  type Claim,
  claimEdit,
  claimView,
  heldClaim,
  isSilent,
  parseClaim,
  type ReplacedClaim,
  runsReplacedBy,
} from '../../../lib/core/engine/claim.ts';
import type { BodyVersion } from '../../../lib/core/engine/job-facts.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const MINUTE = 60_000;
const { timing } = DEFAULT_PREFERENCES;

describe('the claim', () => {
  it('is read from its own line only', () => {
    expect(parseClaim(claimed('A'))).toEqual({
      by: 'ada',
      at: '2026-11-20T11:59:00.000Z',
      run: 'A',
    });
    expect(parseClaim(`- [ ] say \`${lineOf('A')}\` aloud`)).toBeUndefined();
  });

  it.each(['over', 'after'] as const)('says what it replaces: %s', (how) => {
    const claim = { run: 'B', by: 'ada', at: iso(0), replaces: { run: 'A', at: iso(-9), how } };
    expect(parseClaim(textOf(claim))).toEqual(claim);
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

  it('is forgotten after a day', () => {
    const old = claimed('A', '2026-11-19T11:59:00.000Z');
    expect(holder(old, [])).toBeUndefined();
    expect(holder(claimed('A', '2099-01-01T00:00:00.000Z'), [])).toBeUndefined();
    expect(holder(claimed('A', 'yesterday'), [])).toBeUndefined();
    expect(holder(claimed('B'), [version(old), version(claimed('B'))])).toBe('B');
  });
});

describe('a claim that takes the place of another', () => {
  it('counts for every machine once the other was silent for long enough', () => {
    expect(afterTakeover({ at: 31 })).toBe('B');
    expect(afterTakeover({ at: 29 })).toBe('A');
    expect(afterTakeover({ at: 31, by: 'bob' })).toBe('A');
    expect(afterTakeover({ at: 121, by: 'bob' })).toBe('B');
  });

  it('counts at once where the browser that wrote it knows that the other run is over', () => {
    expect(afterTakeover({ at: 1, how: 'after', by: 'bob' })).toBe('B');
  });

  it('counts for nothing when the other has written its claim again since it was seen', () => {
    const again = claim('A', 30);
    const over = claim('B', 90, { run: 'A', at: iso(0), how: 'over' });
    expect(holder(textOf(over), [written(claim('A', 0)), written(again), written(over)])).toBe('A');
  });

  it('keeps its place when the other, awake again, writes its claim after it', () => {
    const over = claim('B', 40, { run: 'A', at: iso(0), how: 'over' });
    const again = claim('A', 41);
    const versions = [written(claim('A', 0)), written(over), written(again)];
    expect(holder(textOf(again), versions)).toBe('B');
  });

  it('has the place alone, whoever else took over the same claim after it', () => {
    const replaces = { run: 'A', at: iso(0), how: 'over' } as const;
    const [first, second] = [claim('B', 40, replaces), claim('C', 41, replaces)];
    const versions = [written(claim('A', 0)), written(first), written(second)];
    expect(holder(textOf(second), versions)).toBe('B');
  });

  function afterTakeover(second: {
    readonly at: number;
    readonly by?: string;
    readonly how?: ReplacedClaim['how'];
  }) {
    const { at, by = 'ada', how = 'over' } = second;
    const over = { ...claim('B', at, { run: 'A', at: iso(0), how }), by };
    return holder(textOf(over), [written(claim('A', 0)), written(over)]);
  }
});

describe('whose claim counts for a run', () => {
  it('is nobody where this browser knows that its run is over, and that claim is named', () => {
    expect(viewOf({ endedRuns: ['A'] })).toMatchObject({
      holder: undefined,
      replaces: { run: 'A', at: iso(0), how: 'after' },
    });
  });

  it('is nobody where the user chose to take over exactly this claim', () => {
    const chosen = viewOf({ takesOver: { run: 'A', at: iso(0) } });
    expect(chosen).toMatchObject({ holder: undefined, replaces: { run: 'A', how: 'over' } });
    expect(viewOf({ takesOver: { run: 'A', at: iso(-5) } }).holder?.run).toBe('A');
  });

  it('is its own while it holds it', () => {
    const own = viewOf({ id: 'A', endedRuns: ['A'] });
    expect(own).toMatchObject({ holder: { run: 'A' }, replaces: undefined });
  });

  function viewOf(known: Partial<Parameters<typeof claimView>[1]>) {
    const text = textOf(claim('A', 0));
    const master = { text, history: [version(text)] };
    return claimView(master, { id: 'B', endedRuns: [], ...known }, NOW, timing);
  }
});

describe('the runs whose place a run took', () => {
  const first = claim('A', 0);
  const over = claim('B', 40, { run: 'A', at: iso(0), how: 'over' });

  it('are those whose claims came before its own without a break', () => {
    const history = [written(over), written(first), plain(), written(claim('Z', -90))];
    expect(runsReplacedBy({ text: textOf(over), history }, 'B')).toEqual([{ run: 'A', by: 'ada' }]);
  });

  it('are none where its claim replaced none', () => {
    const history = [written(claim('B', 1)), written(first)];
    expect(runsReplacedBy({ text: textOf(claim('B', 1)), history }, 'B')).toEqual([]);
  });
});

describe('a run is silent', () => {
  it.each([
    [9, false],
    [11, true],
    [-1, true],
  ])('%i minutes after its last sign of life: %s', (minutes, expected) => {
    const aliveAt = NOW - minutes * MINUTE;
    expect(isSilent({ aliveAt, startedAt: NOW }, NOW, timing)).toBe(expected);
  });

  it('counting from its claim where an earlier version recorded no more', () => {
    const old = { claimedAt: NOW - 11 * MINUTE, startedAt: NOW - 12 * MINUTE };
    expect(isSilent(old, NOW, timing)).toBe(true);
  });
});

function holder(text: string, oldestFirst: readonly BodyVersion[]) {
  return heldClaim({ text, history: oldestFirst.toReversed() }, NOW, timing)?.claim.run;
}

function plain(): BodyVersion {
  return version('- [ ] a');
}

function version(text: string): BodyVersion {
  return { id: '', editedAt: '2026-11-20T11:59:30.000Z', editor: 'ada', text };
}

/** A version that holds a claim, of the moment that the claim names. */
function written(one: Claim): BodyVersion {
  return { ...version(textOf(one)), editedAt: one.at };
}

/** A claim of so many minutes after ten o'clock. */
function claim(run: string, minutes: number, replaces?: ReplacedClaim): Claim {
  return { run, by: 'ada', at: iso(minutes), ...(replaces && { replaces }) };
}

function iso(minutes: number): string {
  return new Date(Date.parse('2026-11-20T10:00:00.000Z') + minutes * MINUTE).toISOString();
}

function textOf(one: Claim): string {
  const edit = claimEdit(one);
  return `- [ ] a\n\n<!-- masterlist:claim ${'content' in edit ? edit.content : ''} -->`;
}

function claimed(run: string, at = '2026-11-20T11:59:00.000Z'): string {
  return `- [ ] a\n\n${lineOf(run, at)}`;
}

function lineOf(run: string, at = '2026-11-20T11:59:00.000Z'): string {
  return `<!-- masterlist:claim by=ada at=${at} run=${run} -->`;
}
