import { describe, expect, it } from 'vitest';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';

/** Per reference its number and what the text says of it: `own` by its form, the kind of bare place, or its other role. */
function claims(text: string): string {
  const [item] = parseChecklist(`- [ ] ${text}`).items;
  return (item?.references ?? [])
    .map(({ number, role, bare }) => `${number} ${role === 'link' ? (bare ?? 'own') : role}`)
    .join(', ');
}

describe('what an item says of its references', () => {
  it.each([
    ['#12', '12 own'],
    ['#12 Repair the parser', '12 own'],
    ['#12 repair the parser', '12 own'],
    ['#12: the parser', '12 own'],
    ['**#12** the parser', '12 own'],
    ['ann/leads#9 – the parser', '9 own'],
    ['https://github.com/ann/leads/issues/9 the parser', '9 own'],
    ['[the parser](../issues/9)', '9 own'],
    ['#12 解析器', '12 own'],
    ['#12 blocks this', '12 mention'],
    ['#12 is still open', '12 mention'],
    ['#12 and the parser', '12 mention'],
    ['#12 depends on the parser', '12 mention'],
    ['#12 tests for the parser', '12 plain'],
  ])('first: %s', (text, said) => {
    expect(claims(text)).toBe(said);
  });

  it.each([
    ['Repair it (#12)', '12 own'],
    ['Repair it (closes #12)', '12 own'],
    ['Repair it closes #12', '12 own'],
    ['Repair it ([#12](../issues/12))', '12 own'],
    ['Repair it ([issue](../issues/12))', '12 own'],
    ['case 12: Repair it (PR #12)', '12 own'],
    ['case 12: Repair it - PR #12', '12 own'],
    ['case 12: Repair it https://github.com/ann/leads/pull/36/files', '36 own'],
    ['Repair it #12', '12 plain'],
    ['Repair it ann/leads#12', '12 plain'],
    ['Repair it [#12](../issues/12)', '12 plain'],
    ['case 08: Deploy - blocked: #12', '12 plain'],
    ['Deploy - blocked by #12', '12 mention'],
    ['Repair it - #12', '12 set-off'],
    ['Repair it → #12', '12 set-off'],
    ['Repair it | #12', '12 set-off'],
    ['Repair it: #12', '12 plain'],
    ['case 62: Write release notes for fix #12', '12 plain'],
    ['Verify issue #12', '12 plain'],
    ['Repair it, fix #12', '12 own'],
    ['Repair it: issue #12', '12 own'],
    ['Fix #12', '12 own'],
    ['Repair it (fix #12)', '12 own'],
    ['Check it is fixed #12', '12 plain'],
    ['Update tracking issue #12', '12 plain'],
    ['Deploy, blocked by (#12)', '12 plain'],
    ['Release after (#12)', '12 plain'],
    ['Wait for (#12)', '12 plain'],
    ['Log in (#12)', '12 own'],
    ['What it needs (closes #12)', '12 own'],
    ['Cherry-pick (PR #12)', '12 plain'],
    ['Rebase PR #12', '12 mention'],
    ['Cherry-pick: PR #12', '12 mention'],
    ['Land PR #12', '12 own'],
  ])('last: %s', (text, said) => {
    expect(claims(text)).toBe(said);
  });

  it.each(['.', '。', ' ✅', '!', ' @ada', ' (@ada)', ' – cc @ada', ' 🎉 by @ada/team.', '؟'])(
    'is the same with "%s" behind it',
    (behind) => {
      expect(claims(`Repair it (#12)${behind}`)).toBe('12 own');
      expect(claims(`Repair it (closes #12)${behind}`)).toBe('12 own');
    },
  );

  it('keeps the link in front of the full stop when numbers stand behind it', () => {
    expect(claims('Repair it #12. (#34)')).toBe('12 plain, 34 after-link');
    expect(claims('Repair it (#12)! (#34)')).toBe('12 own, 34 after-link');
  });

  it.each([
    ['case 66: Sign closes #1, closes #2', '1 own, 2 own'],
    ['case 66: Sign fixes #1 and fixes #2', '1 own, 2 own'],
    ['case 66: Sign closes #1, #2', '1 own, 2 own'],
    ['case 67: Sign (closes #1, closes #2)', '1 own, 2 own'],
    ['Sign (#1, #2)', '1 own, 2 own'],
    ['Sign (#1) and mirror (#2)', '1 own, 2 own'],
    ['Sign (#1), mirror (#2), scan (#3)', '1 own, 2 own, 3 own'],
    ['Sign (#1) for the mirror (#2)', '1 mention, 2 own'],
    ['Sign #1, #2', '1 plain, 2 plain'],
    ['#12 Backport #1', '12 own, 1 plain'],
  ])('several: %s', (text, said) => {
    expect(claims(text)).toBe(said);
  });
});
