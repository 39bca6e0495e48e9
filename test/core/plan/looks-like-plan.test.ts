import { describe, expect, it } from 'vitest';
import { type JudgedIssue, looksLikePlan } from '../../../lib/core/plan/looks-like-plan.ts';
import { markedBody } from './build-facts.ts';

const PLAN = '- [ ] Parse\n- [ ] Print\n- [ ] Ship\n';
const FORM = `body:
  - type: checkboxes
    attributes:
      options:
        - label: I agree to follow the code of conduct
        - label: "I searched the existing issues"
`;
const AGREED =
  '- [x] I agree to follow the Code of Conduct\n- [X] I searched the existing issues\n';

function judge(changes: Partial<JudgedIssue>): boolean {
  return looksLikePlan({
    host: 'github.com',
    text: PLAN,
    first: undefined,
    templates: [],
    ...changes,
  });
}

describe('an issue looks like a plan', () => {
  it.each<[string, Partial<JudgedIssue>, boolean]>([
    ['with three items', {}, true],
    ['with two', { text: '- [ ] Parse\n- [ ] Print\n' }, false],
    ['when all is done by now', { text: PLAN.replaceAll('[ ]', '[x]'), first: PLAN }, true],
    ['not when all was ticked at first', { text: PLAN.replaceAll('[ ]', '[x]') }, false],
    ['when its items came later', { first: 'Some words' }, true],
    [
      'not with the boxes of a form',
      { text: AGREED + PLAN.slice(0, 24), templates: [FORM] },
      false,
    ],
    ['with its own beside those', { text: AGREED + PLAN, templates: [FORM] }, true],
    ['not with the boxes of a template', { templates: [PLAN] }, false],
    [
      'not as the issue of an item',
      { text: `${PLAN}\n${markedBody({ key: 'a', textHash: 'b', typedHash: 'c' })}` },
      false,
    ],
  ])('%s', (_, changes, expected) => {
    expect(judge(changes)).toBe(expected);
  });
});
