import { describe, expect, it } from 'vitest';
import { formatEntries, readEntries } from '../../../lib/core/identity/answers.ts';
import { formatMap } from '../../../lib/core/identity/identity-map.ts';
import { numberNames } from '../../../lib/core/identity/number-names.ts';
import { issueKey } from '../../../lib/core/refs.ts';
import type { SyncRules } from '../../../lib/core/settings/settings.ts';
import { namedIn } from '../../../lib/core/sync/named-issues.ts';
import type { Followed } from '../../../lib/core/sync/sync-facts.ts';
import { locatorOf } from '../../../lib/core/text/checklist.ts';
import { markerFor } from '../../../lib/core/text/marker.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import {
  closed,
  day,
  issue,
  MASTER,
  plan,
  pull,
  REPO,
  ref,
  version,
  written,
} from './build-sync.ts';

/** Closed after the item named it, and of which nothing else is known. */
function other(number: number, changes: Partial<Followed> = {}): Followed {
  return closed(number, { title: 'Something of somebody', createdAt: day(1), ...changes });
}

/** Of how many numbers a person is asked, at the ends of items and done before. */
function asked(text: string, setting: Parameters<typeof plan>[1]): readonly number[] {
  const { ends = [], old = [] } = plan(text, setting).question ?? {};
  return [ends.length, old.length];
}

const RUN = '01K9Z3NDEKTSV4RRFFQ69G5FAV';

const EARLY = [version('', 2)];

describe('a number at the end of an item', () => {
  it.each([
    ['case 08', '- [ ] Deploy - blocked: #2\n- [ ] Rollout, waiting: #3', [other(2), other(3)]],
    ['case 62', '- [ ] Backport #2\n- [ ] Verify #3', [pull(2, 9), other(3)]],
    ['case 64', '- [ ] Send newsletter #2\n- [ ] Hold meeting #3', [other(2), other(3)]],
  ])('ticks nothing as long as nothing proves it: %s', (_, text, followed) => {
    expect(written(text, { followed })).toBe(text);
    expect(asked(text, { followed })).toEqual([2, 0]);
  });

  it('says what its answer ticks: only what the rules tick', () => {
    const text = ['Deploy #2', 'Rollout #3', 'Ship #4', 'Review #5'];
    const left = { reason: 'not-planned' } as const;
    const unmerged = { ...pull(5), state: 'closed' } as const;
    const followed = [other(2), other(3, left), issue(4), unmerged];
    const ticks = (rules: Partial<SyncRules>) =>
      plan(text.map((one) => `- [ ] ${one}`).join('\n'), { followed, rules }).question?.ends.map(
        (one) => one.ticks === true,
      );
    expect(ticks({})).toEqual([true, false, false, false]);
    expect(ticks({ notPlanned: 'tick' })).toEqual([true, true, false, false]);
  });

  it.each([
    ['the same words', '- [ ] Repair the parser #2', { title: 'Repair the parser' }],
    [
      'its words within the title',
      '- [ ] Repair the parser #2',
      { title: 'CLI: repair the parser!' },
    ],
    [
      'the title within its words',
      '- [ ] Also repair the parser #2',
      { title: 'Repair the parser' },
    ],
    ['a text that names the checklist', '- [ ] Parser #2', { names: [issueKey(ref(1))] }],
    ['the checklist as its parent', '- [ ] Parser #2', { parent: ref(1) }],
  ])('ticks by %s', (_, text, facts) => {
    const setting = { followed: [other(2, facts)] };
    expect(written(text, setting)).toBe(text.replace('[ ]', '[x]'));
    expect(asked(text, setting)).toEqual([0, 0]);
  });

  it.each([
    ['Backport fix parser crash', 'Fix parser crash'],
    ['Please verify: fix parser crash', 'Fix parser crash'],
    ['Cherry-pick fix parser crash', 'Backport fix parser crash'],
    ['Write a blog post about how to fix the build on windows', 'Fix the build'],
    ['Update the docs', 'CI job should update the docs automatically when a release is made'],
    ['修复解析器崩溃', '升级之后应当自动修复解析器崩溃并通知所有用户'],
  ])('is not proven by a title of other work, or of much more: %s', (words, title) => {
    expect(asked(`- [ ] ${words} #12`, { followed: [other(12, { title })] })).toEqual([1, 0]);
  });

  it.each([
    ['Backport fix parser crash', 'Backport: fix parser crash!'],
    ['Checklist for the release', 'Checklist for the release'],
    ['Parser crash on Windows', 'Fix: parser crash on Windows'],
  ])('is proven by a title of the same work: %s', (words, title) => {
    expect(asked(`- [ ] ${words} #12`, { followed: [other(12, { title })] })).toEqual([0, 0]);
  });

  it.each([
    ['Part of #1', true],
    ['part of octo/plan#1, GH-2', true],
    ['(https://github.com/octo/plan/issues/1)', true],
    ['https://www.github.com/Octo/Plan/issues/1#issuecomment-5', true],
    ['https://gitlab.com/octo/plan/issues/1', false],
    ['https://github.com.example/octo/plan/issues/1', false],
    ['https://gitlab.com/octo/plan#1', false],
    ['https://docs.example.com/guide/#1', false],
    ['You&#1;re', false],
  ])('is proven by a text that names the checklist on its host: %s', (body, isNamed) => {
    const followed = [other(2, { names: namedIn(body, REPO) })];
    expect(asked('- [ ] Parser #2', { followed })).toEqual([isNamed ? 0 : 1, 0]);
  });

  it('is not proven by two equal words, nor by what two items name', () => {
    const short = { followed: [other(2, { title: 'Repair parser' })] };
    expect(asked('- [ ] Repair parser #2', short)).toEqual([1, 0]);
    const shared = { followed: [other(2, { names: [issueKey(ref(1))] })] };
    expect(asked('- [ ] Write it #2\n- [ ] Test it #2', shared)).toEqual([2, 0]);
  });

  it('is not proven where another item names it in whatever form', () => {
    const text = '- [ ] Fix parser (#12) (#56)\n- [ ] Backport #56';
    const named = { ...pull(56, 9), createdAt: day(1), names: [issueKey(ref(1))] };
    expect(written(text, { followed: [issue(12), named] })).toBe(text);
    const title = other(12, { title: 'Fix parser crash' });
    for (const parser of ['(#12)', ', see #12']) {
      const twice = `- [ ] Fix parser crash today${parser}\n- [ ] Backport: fix parser crash today #12`;
      expect(asked(twice, { followed: [title], history: EARLY })[0]).toBe(1);
    }
    const { items } = parseChecklist('- [ ] Fix parser');
    const map = formatMap(new Map([[items[0]?.key ?? '', ref(12)]]), items, REPO);
    for (const line of ['- [ ] Fix parser\n', '']) {
      const blocked = `${line}- [ ] Backport #12\n\n<!-- masterlist:map ${map} -->`;
      const facts = [other(12, { names: [issueKey(ref(1))] })];
      expect(asked(blocked, { followed: facts })).toEqual([1, 0]);
      expect(written(blocked, { followed: facts })).toContain('- [ ] Backport');
    }
  });

  it('is not proven by a marker of words that are gone where another item names it', () => {
    const [made] = parseChecklist('- [ ] Fix parser').items;
    const marker = made && markerFor(locatorOf(made), MASTER, RUN);
    const followed = [other(12, { marker, authorAssociation: 'OWNER' })];
    const fixed = '- [x] Repair the parser (#12)';
    const text = `${fixed}\n- [ ] Verify on Windows (#12)\n- [ ] Backport #12`;
    const setting = { followed, history: [version(text, 20), version(fixed, 3)] };
    expect(written(text, setting)).toBe(text);
    expect(asked(text, setting)).toEqual([1, 1]);
    expect(written('- [ ] Repair the parser #12', { followed })).toContain('[x]');
  });

  it('is the item’s own where the issue was created between the item and its number', () => {
    const text = '- [ ] Parser #2';
    const followed = [other(2, { createdAt: day(5) })];
    const history = [version(text, 6), version('- [ ] Parser', 4)];
    expect(written(text, { followed, history })).toBe('- [x] Parser #2');
    const late = [version(text, 6), version('- [ ] Parser', 5, 1)];
    expect(written(text, { followed, history: late })).toBe(text);
  });

  it.each([
    ['a replaced number', 'Backport #9', ['Backport #7']],
    ['a replaced number with its own form', 'Review #9', ['Review (#7)']],
    ['a pull request before it', 'Backport #9 (#34)', ['Backport (#34)']],
    ['another number in between', 'Backport #9', ['Backport #7', 'Backport']],
    ['the pull request in between', 'Backport #9 (#34)', ['Backport (#34)', 'Backport']],
    ['a number beside it since', 'Backport #9', ['Backport #9 #7', 'Backport']],
    ['a version without the item', 'Backport #9', ['Something else', 'Backport']],
    ['a version that GitHub hides', 'Backport #9', [undefined, 'Backport']],
  ])('is not proven by a history that shows %s', (_, now, before) => {
    const text = `- [ ] ${now}`;
    const followed = [other(9, { createdAt: day(5) }), pull(34)];
    const earlier = before.map((one, at) => version(one && `- [ ] ${one}`, 4 - at));
    const setting = { followed, history: [version(text, 6), ...earlier] };
    expect(written(text, setting)).toBe(text);
    expect(asked(text, setting)).toEqual([1, 0]);
  });

  it('stays proven by the history when its pull requests are written behind it', () => {
    const text = '- [ ] Parser #9 (#34)';
    const history = [version(text, 8), version('- [ ] Parser #9', 6), version('- [ ] Parser', 4)];
    const followed = [other(9, { createdAt: day(5) }), pull(34)];
    expect(written(text, { followed, history })).toBe('- [x] Parser #9 (#34)');
    expect(written(text, { followed, history: history.slice(1) })).toBe('- [x] Parser #9 (#34)');
  });

  it('is proven in a list whose numbers are set off, when two thirds are', () => {
    const text = ['A b c - #2', 'D e f - #3', 'Odd - #4'].map((one) => `- [ ] ${one}`).join('\n');
    const proven = [other(2, { title: 'A b c' }), other(3, { title: 'D e f' })];
    expect(written(text, { followed: [...proven, other(4)] })).toBe(text.replaceAll('[ ]', '[x]'));
    const one = [other(2, { title: 'A b c' }), other(3), other(4)];
    expect(written(text, { followed: one })).toBe(text.replace('[ ]', '[x]'));
    const colons = text.replaceAll(' -', ':').replaceAll('\n:', '\n-').replace(/^:/, '-');
    expect(asked(colons, { followed: [...proven, other(4)] })).toEqual([1, 0]);
  });

  it('is not known as long as GitHub was not asked about others of its list', () => {
    const text = ['A b c - #2', 'D e f - #3', 'Odd - #4', 'Even - #5', 'G h i - #6']
      .map((one) => `- [ ] ${one}`)
      .join('\n');
    expect(asked(text, { followed: [other(4)] })).toEqual([0, 0]);
    expect(written(text, { followed: [other(4)] })).toBe(text);
    expect(asked(text, { followed: [other(4), other(5), other(2)] })).toEqual([3, 0]);
  });

  it('is what the item is about where another reference says that it is the own one', () => {
    const followed = [issue(2), other(3)];
    expect(written('- [ ] #2 Backport #3', { followed })).toBe('- [ ] #2 Backport #3');
    expect(asked('- [ ] #2 Backport #3', { followed })).toEqual([0, 0]);
    expect(asked('- [ ] Backport #3 (#2)', { followed })).toEqual([0, 0]);
  });

  it('is that as well where GitHub does not show it', () => {
    const [item] = parseChecklist('- [ ] Backport').items;
    const map = formatMap(new Map([[item?.key ?? '', ref(12)]]), item ? [item] : [], REPO);
    const hidden = { [issueKey(ref(404))]: 'unreadable', [issueKey(ref(12))]: closed(12) } as const;
    for (const text of [
      `- [ ] Backport #404\n\n<!-- masterlist:map ${map} -->`,
      '- [ ] #12 Backport #404',
    ]) {
      const setting = { followed: hidden, history: [version(text, 2)] };
      expect(written(text, setting)).toBe(text.replace('[ ]', '[x]'));
    }
    expect(written('- [ ] Backport #404', { followed: hidden })).toBe('- [ ] Backport #404');
    const formed = '- [ ] Backport (#404) (#12)';
    expect(written(formed, { followed: hidden, history: [version(formed, 2)] })).toBe(formed);
  });

  it('keeps a tick that stands, and asks nothing for it alone', () => {
    const setting = { followed: [other(2)] };
    expect(plan('- [x] Verify #2', setting).rows).toEqual([]);
    expect(asked('- [x] Verify #2', setting)).toEqual([0, 0]);
    expect(asked('- [x] Verify #2\n- [ ] Verify #3', { followed: [other(2), other(3)] })).toEqual([
      2, 0,
    ]);
  });
});

describe('several issues of one item', () => {
  it.each([
    'Sign closes #2, closes #3',
    'Sign (closes #2, closes #3)',
    'Sign (#2) and mirror (#3)',
  ])('cases 66 and 67: tick it once all are done: %s', (words) => {
    const text = `- [ ] ${words}`;
    expect(written(text, { followed: [closed(2), issue(3)] })).toBe(text);
    expect(written(text, { followed: [closed(2), closed(3)] })).toBe(`- [x] ${words}`);
  });

  it('go by the issues and not by a pull request among them', () => {
    const text = '- [ ] Sign (#2, #3)';
    expect(written(text, { followed: [closed(2), pull(3)] })).toBe('- [x] Sign (#2, #3)');
  });

  it('of pull requests alone, those that were closed without a merge do not count', () => {
    const text = '- [ ] Sign (#2, #3)';
    const unmerged = { ...pull(3), state: 'closed' as const };
    expect(written(text, { followed: [pull(2, 9), unmerged] })).toBe('- [x] Sign (#2, #3)');
    expect(written(text, { followed: [pull(2, 9), pull(3)] })).toBe(text);
    expect(written(text, { followed: [{ ...pull(2), state: 'closed' }, unmerged] })).toBe(text);
  });

  it('tick nothing when one was done before the item named it', () => {
    const text = '- [ ] Sign (#2, #3)';
    const history = [version(text, 11), version('- [ ] Sign (#3)', 2)];
    const setting = { followed: [closed(2), closed(3)], history };
    expect(written(text, setting)).toBe(text);
    expect(asked(text, setting)).toEqual([0, 2]);
  });
});

describe('an answer in the hidden comment', () => {
  const answered = (text: string, content: string) =>
    `${text}\n\n<!-- masterlist:numbers ${content} -->`;
  /** The answer for one item of a text. */
  const given = (text: string, answer: string, index: number, number: number = 2) => {
    const { items } = parseChecklist(text);
    const [item] = items.slice(index);
    if (item === undefined) throw new Error(`no item ${index}`);
    return `${answer}=${number}@${numberNames(items, REPO).nameOf(item, ref(number))}`;
  };
  const LATE = [version('- [ ] Write it', 11)];

  it('makes a number the item’s own, also one that was done before', () => {
    for (const item of ['- [ ] Verify #2', '- [ ] Verify (#2)']) {
      const text = answered(item, given(item, 'own', 0));
      const setting = { followed: [other(2)], history: [version(text, 11), ...EARLY] };
      expect(written(text, setting)).toBe(text.replace('[ ]', '[x]'));
    }
  });

  it('makes a number, in whatever form, what the item is about', () => {
    const items = '- [ ] Verify (#2)\n- [ ] Backport #3';
    const about = `${given(items, 'about', 0)},${given(items, '', 1, 3).slice(1)}`;
    const text = answered(items, about);
    const setting = { followed: [other(2), other(3)] };
    expect(plan(text, setting).rows).toEqual([]);
    expect(asked(text, setting)).toEqual([0, 0]);
  });

  it('is of no other item with the number', () => {
    const items = '- [ ] Fix the parser (#2)\n- [ ] Backport #2';
    const about = answered(items, given(items, 'about', 1));
    expect(written(about, { followed: [other(2)] })).toBe(about.replace('[ ]', '[x]'));
    const own = answered(items, given(items, 'own', 0));
    const before = { followed: [other(2)], history: [version(own, 11), ...EARLY] };
    expect(written(own, before)).toBe(own.replace('[ ]', '[x]'));
    expect(asked(own, before)).toEqual([1, 0]);
    const more = own.replace('\n\n', '\n- [ ] Verify on Windows (#2)\n\n');
    expect(written(more, before)).toBe(more.replace('[ ]', '[x]'));
    expect(asked(more, before)).toEqual([1, 1]);
  });

  it('is asked again once the item has other words', () => {
    const items = '- [ ] Verify #2';
    const text = answered(items, given(items, 'own', 0)).replace('Verify', 'Verify again');
    expect(written(text, { followed: [other(2)] })).toBe(text);
    expect(asked(text, { followed: [other(2)] })).toEqual([1, 0]);
  });

  it('of every item, written by hand, decides no form and nothing that was done before', () => {
    const own = answered('- [ ] Verify #2\n- [ ] Backport (#2)', 'own=2');
    expect(written(own, { followed: [other(2)] })).toBe(own.replaceAll('[ ]', '[x]'));
    const before = { followed: [other(2)], history: [version(own, 11), ...LATE] };
    expect(written(own, before)).toBe(own);
    expect(asked(own, before)).toEqual([0, 2]);
    const about = answered('- [ ] Verify #2\n- [ ] Backport (#2)', 'about=2');
    expect(written(about, { followed: [other(2)] })).toBe(
      about.replace('- [ ] Backport', '- [x] Backport'),
    );
  });

  it('says nothing of the others in its list', () => {
    const items = ['One - #2', 'Two - #3', 'Odd - #4'].map((one) => `- [ ] ${one}`).join('\n');
    const own = `${given(items, 'own', 0)},${given(items, '', 1, 3).slice(1)}`;
    expect(asked(answered(items, own), { followed: [other(2), other(3), other(4)] })).toEqual([
      1, 0,
    ]);
  });

  it('that an item is about its number leaves it to its parts', () => {
    const items = '- [ ] Backport #2\n  - [x] One\n  - [x] Two';
    const setting = { followed: [issue(2)], rules: { parents: true } };
    const text = answered(items, given(items, 'about', 0));
    expect(written(text, setting)).toBe(text.replace('[ ]', '[x]'));
    expect(written(items, setting)).toBe(items);
  });

  it('is written as it is read', () => {
    const far = ref(7, 'octo/other');
    const content = 'own=2@t,octo/other#7 about=3@key.t.2';
    const entries = readEntries(answered('x', content), REPO);
    expect(entries.map(({ issue }) => issue)).toEqual([ref(2), far, ref(3)]);
    expect(formatEntries(entries, REPO)).toBe(content);
    expect(formatEntries([...entries, { answer: 'about', name: 't', issue: ref(2) }], REPO)).toBe(
      'own=octo/other#7 about=3@key.t.2,2@t',
    );
  });

  it.each(['own=2 about=2', 'own=x,0,#2', 'own=2@', 'own=2@a.b,2@@t', 'mine=2', ''])(
    'counts for nothing: %j',
    (content) => {
      expect(asked(answered('- [ ] Verify #2', content), { followed: [other(2)] })).toEqual([1, 0]);
    },
  );
});
