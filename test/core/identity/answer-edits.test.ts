import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerEdits } from '../../../lib/core/identity/answer-edits.ts';
import { answerOf, readAnswers } from '../../../lib/core/identity/answers.ts';
import { type NumberOfItem, numberNames } from '../../../lib/core/identity/number-names.ts';
import { type IssueRef, issueChecklist, sameRepo } from '../../../lib/core/refs.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { referencedIssue } from '../../../lib/core/text/referenced-issue.ts';
import { anyMarkdown } from '../text/edit-property.ts';

const REPO = { host: 'github.com', owner: 'o', name: 'r' };
const CHECKLIST = issueChecklist({ repo: REPO, number: 1 });
const HOLDER = '(#PR_NUMBER)';
const issue = (number: number): IssueRef => ({ repo: REPO, number });

/** A number of the item at an index of a text, as answers name it. */
function of(text: string, index: number, number: number): NumberOfItem {
  const { items } = parseChecklist(text, { placeholder: HOLDER });
  const item = items[index];
  if (item === undefined) throw new Error(`no item ${index}`);
  return { name: numberNames(items, REPO).nameOf(item, issue(number)), issue: issue(number) };
}

function answered(text: string, answers: Parameters<typeof answerEdits>[3]): string {
  const edits = answerEdits(text, HOLDER, CHECKLIST, answers);
  return applyEdits(text, edits, { repo: REPO, placeholder: HOLDER }).markdown;
}

function answersOf(text: string) {
  const { items } = parseChecklist(text, { placeholder: HOLDER });
  const answers = readAnswers(text, items, REPO);
  return items.map((item) => [2, 3, 4].map((number) => answerOf(answers, item, issue(number))));
}

describe('what an answer about numbers writes', () => {
  const text = '- [ ] Backport #2\r\n- [ ] Verify #3\r\n- [ ] Take the fix #4';
  const comment = (content: string) => `\r\n<!-- masterlist:numbers ${content} -->`;
  const at = (index: number, number: number) => `${number}@${of(text, index, number).name}`;

  it('is the hidden comment', () => {
    const stray = { name: of(text, 0, 2).name, issue: issue(99) };
    expect(answered(text, { own: [of(text, 0, 2)], about: [of(text, 1, 3), stray] })).toBe(
      `${text}${comment(`own=${at(0, 2)} about=${at(1, 3)}`)}`,
    );
    expect(answered(text, { own: [stray, { ...of(text, 0, 2), name: 'x' }], about: [] })).toBe(
      text,
    );
  });

  it('is of the item that it was given for alone', () => {
    const both = '- [ ] Fix the parser (#2)\n- [ ] Backport #2';
    const after = answered(both, { own: [], about: [of(both, 1, 2)] });
    expect(answersOf(after).map(([two]) => two)).toEqual([undefined, 'about']);
    const later = after.replace('\n<!--', '\n- [ ] Verify on Windows #2\n<!--');
    expect(answersOf(later).map(([two]) => two)).toEqual([undefined, 'about', undefined]);
    const edited = after.replace('Backport', 'Backport to Windows');
    expect(answersOf(edited).map(([two]) => two)).toEqual([undefined, undefined]);
    const behind = after.replace('Backport #2', 'Backport #2 (closes #9) (#8)');
    expect(answersOf(behind).map(([two]) => two)).toEqual([undefined, 'about']);
    const moved = `# Later\n${after.split('\n').slice(1).join('\n')}\n- [ ] Fix the parser (#2)`;
    expect(answersOf(moved).map(([two]) => two)).toEqual(['about', undefined]);
  });

  it('is of one of two that are typed the same, as long as there are two', () => {
    const twins = '- [ ] Backport #2\n- [ ] Backport #2\n- [ ] Backport #3';
    const after = answered(twins, { own: [of(twins, 1, 2)], about: [] });
    expect(answersOf(after)).toEqual([
      [undefined, undefined, undefined],
      ['own', undefined, undefined],
      [undefined, undefined, undefined],
    ]);
    const third = answersOf(`- [ ] Backport #2\n${after}`);
    expect(third.flat().every((one) => one === undefined)).toBe(true);
    const given = { own: [], about: [], bracket: [of(after, 0, 2)] };
    const single = answered(after, given);
    expect(single).toContain('- [ ] Backport (#2)\n- [ ] Backport #2\n');
    expect(answersOf(single)[1]).toEqual(['own', undefined, undefined]);
  });

  it('is brackets where they are wished, and the comment for what takes none', () => {
    const bracket = [of(text, 0, 2), of(text, 2, 4)];
    expect(answered(text, { own: [], about: [of(text, 1, 3)], bracket })).toBe(
      `${text.replace('#2', '(#2)')}${comment(`own=${at(2, 4)} about=${at(1, 3)}`)}`,
    );
  });

  it('is the comment where a reading under another placeholder finds no number to put brackets around', () => {
    const held = '- [ ] Backport #2 (#TBD)';
    const after = answered(held, { own: [], about: [], bracket: [of(held, 0, 2)] });
    expect(after).toContain('<!-- masterlist:numbers own=2@');
  });

  it('keeps the comment where a bracket alone does not tick what was closed before', () => {
    const own = [of(text, 0, 2)];
    const after = answered(text, { own, about: [], bracket: own });
    expect(after).toContain(`${text.replace('#2', '(#2)')}\r\n<!-- masterlist:numbers own=2@`);
    expect(answersOf(after)[0]).toEqual(['own', undefined, undefined]);
  });

  it('takes back an earlier answer that brackets contradict, but none of every item', () => {
    const before = `${text}${comment(`about=${at(0, 2)}`)}`;
    const given = { own: [], about: [], bracket: [of(text, 0, 2)] };
    expect(answered(before, given)).toBe(`${text.replace('#2', '(#2)')}`);
    const all = `${text}${comment('about=2')}`;
    expect(answered(all, given)).toBe(all.replace('#2', '(#2)'));
  });

  it('makes one comment of those that two browsers wrote at the same moment', () => {
    const [first, second] = [
      comment(`own=${at(0, 2)}`),
      comment(`own=${at(1, 3)} about=${at(0, 2)}`),
    ];
    const merged = `${text}${first}${second}`;
    expect(answersOf(merged).slice(0, 2)).toEqual([
      ['about', undefined, undefined],
      [undefined, 'own', undefined],
    ]);
    expect(answered(merged, { own: [of(text, 2, 4)], about: [] })).toBe(
      `${text}${comment(`own=${at(1, 3)},${at(2, 4)} about=${at(0, 2)}`)}`,
    );
  });

  it('is not read from what a code fence shows', () => {
    const fenced = `${text}${comment(`own=${at(0, 2)}`)}\r\n\r\n\`\`\`\r\n<!-- masterlist:numbers about=${at(0, 2)} -->\r\n\`\`\`\r\n`;
    expect(answersOf(fenced)[0]).toEqual(['own', undefined, undefined]);
  });

  it('adds nothing but brackets to items, whatever their text', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyMarkdown, (markdown) => {
        const numbersOf = (some: string) =>
          parseChecklist(some, { placeholder: HOLDER }).items.flatMap(({ index, references }) =>
            references
              .map((one) => referencedIssue(one, REPO))
              .filter(({ repo }) => sameRepo(repo, REPO))
              .map(({ number }) => of(some, index, number)),
          );
        const bracketed = (some: string) =>
          answered(some, { own: [], about: [], bracket: numbersOf(some) });
        const after = bracketed(markdown);
        const plain = (some: string) =>
          some
            .replace(/\s*<!-- masterlist:numbers [^>]*-->\s*/, '')
            .replace(/[()]/g, '')
            .trimEnd();
        expect(plain(after)).toBe(plain(markdown));
        expect(bracketed(after)).toBe(after);
      }),
      { numRuns: 150, seed: 20_261_130 },
    );
  });
});
