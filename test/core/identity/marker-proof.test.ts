import { describe, expect, it } from 'vitest';
import type { BodyVersion } from '../../../lib/core/engine/job-facts.ts';
import { whatMarkerSays } from '../../../lib/core/identity/marked-issues.ts';
import { planRows } from '../../../lib/core/plan/plan-rows.ts';
import { aloneReader } from '../../../lib/core/sync/past-items.ts';
import type { Item } from '../../../lib/core/text/checklist.ts';
import { formatMarker, markerFor } from '../../../lib/core/text/marker.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { buildFacts, issue, MASTER, OPTIONS, RUN } from '../plan/build-facts.ts';
import { buildFacts as buildSync } from '../sync/build-sync.ts';

/** Issues #12, #13, … as a run makes them for the items of a text. */
function madeFor(text: string, count: number, isOld = false) {
  return itemsOf(text)
    .slice(0, count)
    .map((item, index) => {
      const { typed: _, ...about } = markerFor(item, MASTER, RUN);
      const marker = isOld ? ({ ...about, state: 'v1' } as const) : markerFor(item, MASTER, RUN);
      return issue(12 + index, { title: `Made ${index}`, body: formatMarker(marker) });
    });
}

function itemsOf(text: string): readonly Item[] {
  return parseChecklist(text).items;
}

/** What Generate says of each item. */
function says(text: string, made: readonly ReturnType<typeof issue>[]): readonly string[] {
  const facts = { ...buildFacts(text), candidates: made };
  return planRows(facts, itemsOf(text), OPTIONS, RUN).rows.map(({ decision, reason }) =>
    [decision, reason.kind, 'issue' in reason ? `#${reason.issue.number}` : ''].join(' ').trim(),
  );
}

function version(editedAt: string, text: string | undefined): BodyVersion {
  return { id: editedAt, editedAt, editor: 'ada', text };
}

const PACKAGES = '## Publish\n\n- [ ] Publish @acme/core\n- [ ] Publish @acme/cli\n';

describe('the issue that a marker names', () => {
  it('is the issue of the item with the same text as typed, wherever that is (case 02)', () => {
    const now = '## Release\n\n- [ ] Publish @acme/cli\n- [ ] Publish @acme/web\n';
    expect(says(now, madeFor(PACKAGES, 2))).toEqual(['link marked #13', 'create new']);
  });

  it('is asked about where the words are the same and one item alone has them', () => {
    expect(says('- [ ] Publish @acme/web\n', madeFor(PACKAGES, 1))).toEqual(['ask moved #12']);
  });

  it('tells one line for each person apart (case 03)', () => {
    const before = '- [ ] Expert: @gina\n- [ ] Expert: @shane\n- [ ] Expert: @jo\n';
    const now = '- [ ] Expert: @jo\n- [ ] Expert: @gina\n- [ ] Expert: @shane\n';
    expect(says(now, madeFor(before, 3))).toEqual([
      'link marked #14',
      'link marked #12',
      'link marked #13',
    ]);
  });

  it('is the issue of one of several equal lines only in its place', () => {
    const before = '## Windows\n\n- [ ] Build\n\n## Linux\n\n- [ ] Build\n';
    const made = madeFor(before, 2);
    expect(says(before, made)).toEqual(['link marked #12', 'link marked #13']);
    expect(says('## Windows\n\n- [ ] Build\n', made)).toEqual(['ask two-candidates']);
    expect(says(before.replace('Windows', 'macOS'), made.slice(0, 1))).toEqual([
      'ask moved #12',
      'ask moved #12',
    ]);
  });
});

describe('a marker of version 1', () => {
  it('is asked about by Generate, and creates nothing', () => {
    expect(says(PACKAGES, madeFor(PACKAGES, 1, true))).toEqual(['ask moved #12', 'ask moved #12']);
    const alone = '- [ ] Write docs\n';
    expect(says(alone, madeFor(alone, 1, true))).toEqual(['ask moved #12']);
  });

  describe('proves an item with the history of the text', () => {
    const DOCS = '- [ ] Write docs\n';
    const at = Date.parse('2026-11-10T10:00:00Z');
    const proves = (now: string, history: readonly BodyVersion[]) => {
      const [item] = itemsOf(DOCS);
      const [today] = itemsOf(now);
      if (item === undefined || today === undefined) throw new Error('no item');
      const { typed: _, ...about } = markerFor(item, MASTER, RUN);
      const marker = { ...about, state: 'v1' } as const;
      const alone = aloneReader(buildSync(now, { history }));
      const wasAlone = (text: string) => alone(text, at);
      return whatMarkerSays(marker, today, { wasAlone });
    };

    it.each([
      ['one item alone had the words', [version('2026-11-10T09:00:00Z', DOCS)], 'proves'],
      ['two items had them', [version('2026-11-10T09:00:00Z', DOCS + DOCS)], 'asks'],
      [
        'two items had them soon after',
        [version('2026-11-10T10:05:00Z', DOCS + DOCS), version('2026-11-10T09:00:00Z', DOCS)],
        'asks',
      ],
      ['GitHub does not show the text', [version('2026-11-10T09:00:00Z', undefined)], 'asks'],
      ['the text is younger than the run', [version('2026-11-11T09:00:00Z', DOCS)], 'asks'],
    ])('%s then', (_, history, expected) => {
      expect(proves(DOCS, history)).toBe(expected);
    });

    it('not where two have the words now', () => {
      expect(proves(DOCS + DOCS, [version('2026-11-10T09:00:00Z', DOCS)])).toBe('asks');
    });
  });
});
