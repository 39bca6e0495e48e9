import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerEdits } from '../../../lib/core/identity/answer-edits.ts';
import { type IssueRef, issueChecklist } from '../../../lib/core/refs.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { referencedIssue } from '../../../lib/core/text/referenced-issue.ts';
import { anyMarkdown } from '../text/edit-property.ts';

const REPO = { host: 'github.com', owner: 'o', name: 'r' };
const CHECKLIST = issueChecklist({ repo: REPO, number: 1 });
const HOLDER = '(#PR_NUMBER)';
const issue = (number: number): IssueRef => ({ repo: REPO, number });

function answered(text: string, answers: Parameters<typeof answerEdits>[3]): string {
  const edits = answerEdits(text, HOLDER, CHECKLIST, answers);
  return applyEdits(text, edits, { repo: REPO, placeholder: HOLDER }).markdown;
}

describe('what an answer about numbers writes', () => {
  const text = '- [ ] Backport #2\r\n- [ ] Verify #3\r\n- [ ] Take the fix #4';
  const comment = (content: string) => `\r\n<!-- masterlist:numbers ${content} -->`;

  it('is the hidden comment', () => {
    expect(answered(text, { own: [issue(2)], about: [issue(3), issue(99)] })).toBe(
      `${text}${comment('own=2 about=3')}`,
    );
    expect(answered(text, { own: [issue(99)], about: [] })).toBe(text);
  });

  it('is brackets where they are wished, and the comment for what takes none', () => {
    const bracket = [issue(2), issue(4)];
    expect(answered(text, { own: [], about: [issue(3)], bracket })).toBe(
      `${text.replace('#2', '(#2)')}${comment('own=4 about=3')}`,
    );
  });

  it('keeps the comment where a bracket alone does not tick what was closed before', () => {
    expect(answered(text, { own: [issue(2)], about: [], bracket: [issue(2)] })).toBe(
      `${text.replace('#2', '(#2)')}${comment('own=2')}`,
    );
  });

  it('takes back an earlier answer that brackets contradict', () => {
    const before = `${text}${comment('about=2')}`;
    expect(answered(before, { own: [], about: [], bracket: [issue(2)] })).toBe(
      `${text.replace('#2', '(#2)')}`,
    );
  });

  it('adds nothing but brackets to items, whatever their text', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyMarkdown, (markdown) => {
        const named = parseChecklist(markdown).items.flatMap(({ references }) =>
          references.map((one) => referencedIssue(one, REPO)),
        );
        const after = answered(markdown, { own: [], about: [], bracket: named });
        const plain = (some: string) =>
          some
            .replace(/\s*<!-- masterlist:numbers [^>]*-->\s*/, '')
            .replace(/[()]/g, '')
            .trimEnd();
        expect(plain(after)).toBe(plain(markdown));
        expect(answered(after, { own: [], about: [], bracket: named })).toBe(after);
      }),
      { numRuns: 150, seed: 20_261_130 },
    );
  });
});
