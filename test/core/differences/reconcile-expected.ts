import type { Expected } from './reconcile-outcomes.ts';

/** What stands for each case of `CASES`: reviewed by hand. */
export const EXPECTED: Readonly<Record<string, Expected>> = {
  'ticked, issue open': {
    says: 'Ticked, but #12 is open',
    choices: {
      'Close #12': { issues: ['#12 closed as completed'] },
      'Untick this box': { line: '- [ ] Parse dates well (closes #12)' },
      "Leave as is, don't show again": {},
    },
  },
  'ticked, issue reopened since': {
    says: 'Ticked, but #12 was reopened since',
    safe: 'Untick this box',
    byItself: true,
    choices: {
      'Untick this box': { line: '- [ ] Parse dates well (closes #12)' },
      'Close #12': { issues: ['#12 closed as completed'] },
      "Leave as is, don't show again": {},
    },
  },
  'unticked, issue completed': {
    says: 'Not ticked, but #12 was closed as completed',
    safe: 'Tick this box',
    byItself: true,
    choices: {
      'Tick this box': { line: '- [x] Parse dates well (closes #12)' },
      'Reopen #12': { issues: ['#12 open'] },
      "Leave as is, don't show again": {},
    },
  },
  'unticked, issue not planned': {
    says: 'Not ticked, but #12 was closed as not planned',
    choices: {
      'Tick this box': { line: '- [x] Parse dates well (closes #12)' },
      'Reopen #12': { issues: ['#12 open'] },
      "Leave as is, don't show again": {},
    },
  },
  'unticked, issue a duplicate': {
    says: 'Not ticked, but #12 was closed as a duplicate',
    choices: {
      'Tick this box': { line: '- [x] Parse dates well (closes #12)' },
      'Reopen #12': { issues: ['#12 open'] },
      "Leave as is, don't show again": {},
    },
  },
  'unticked, tick taken back': {
    says: 'Not ticked, but #12 was closed as completed; somebody unticked it',
    choices: {
      'Tick this box': { line: '- [x] Parse dates well (closes #12)' },
      'Reopen #12': { issues: ['#12 open'] },
      "Leave as is, don't show again": {},
    },
  },
  'pull request merged': {
    says: 'Not ticked, but #456 was merged',
    safe: 'Tick this box',
    byItself: true,
    choices: {
      'Tick this box': { line: '- [x] Parse dates well (#456)' },
      "Leave as is, don't show again": {},
    },
  },
  'pull request merged, tick taken back': {
    says: 'Not ticked, but #456 was merged; somebody unticked it',
    choices: {
      'Tick this box': { line: '- [x] Parse dates well (#456)' },
      "Leave as is, don't show again": {},
    },
  },
  'all items in it ticked': {
    says: 'Not ticked, but all items in it are',
    safe: 'Tick this box',
    byItself: true,
    choices: {
      'Tick this box': { line: '- [x] Group' },
      "Leave as is, don't show again": {},
    },
  },
  'number missing': {
    says: '#456 was merged for #12 and is missing here',
    safe: 'Add #456',
    byItself: true,
    choices: {
      'Add #456': { line: '- [x] Parse dates well (closes #12) (#456)' },
      "Leave as is, don't show again": {},
    },
  },
  'number taken out': {
    says: '#456 was merged for #12, but somebody removed the number',
    choices: {
      'Add #456': { line: '- [x] Parse dates well (closes #12) (#456)' },
      "Leave as is, don't show again": {},
    },
  },
  'number of an open pull request': {
    says: '#456 is not merged yet',
    choices: {
      'Remove #456': { line: '- [ ] Parse dates well (closes #12) (#457)' },
      "Leave as is, don't show again": {},
    },
  },
  'number of a pull request for another issue': {
    says: "#456 closes #77, not this item's issue",
    choices: {
      'Remove #456': { line: '- [ ] Parse dates well (closes #12)' },
      "Leave as is, don't show again": {},
    },
  },
  'number of a reverted pull request, in a form of its own': {
    says: '#456 was reverted by #460',
    choices: {
      'Remove #456': { line: '- [x] Parse dates well (closes #12)' },
      "Leave as is, don't show again": {},
    },
  },
  'ticked, and its only pull request reverted since': {
    says: 'Ticked, but #456 was reverted by #460',
    choices: {
      'Untick this box': {
        line: '- [ ] Parse dates well (closes #12) (#456)',
        next: ['unticked-closed', 'pull-wrong'],
      },
      'Reopen #12': { issues: ['#12 open'], next: ['ticked-open', 'pull-wrong'] },
      "Leave as is, don't show again": { next: ['pull-wrong'] },
    },
  },
  'issue deleted': {
    says: 'GitHub does not show #12: it was probably deleted or turned into a discussion',
    choices: {
      'Remove the link': { line: '- [ ] Parse dates well' },
      'Link to…': { line: '- [ ] Parse dates well (closes #40)' },
      'Create the issue': {
        line: '- [ ] Parse dates well (closes #501)',
        issues: ['a new issue: Parse dates well'],
      },
      "Leave as is, don't show again": {},
    },
  },
  'issue without access, in a link with its own text': {
    says: 'GitHub does not show octo/other#9: the token probably may not read that repository',
    choices: {
      'Remove the link': { line: '- [ ] Parse dates' },
      'Link to…': { line: '- [ ] Parse dates (closes #40)' },
      'Create the issue': {
        line: '- [ ] Parse dates (closes #501)',
        issues: ['a new issue: Parse dates'],
      },
      "Leave as is, don't show again": {},
    },
  },
  'issue transferred': {
    says: '#12 was transferred to octo/other#9',
    safe: 'Link to octo/other#9',
    byItself: true,
    choices: {
      'Link to octo/other#9': { line: '- [ ] Parse dates well (closes octo/other#9)' },
      "Leave as is, don't show again": {},
    },
  },
  'issue transferred, in a link with its own text': {
    says: '#12 was transferred to octo/other#9',
    choices: {
      'Link to octo/other#9': { line: '- [ ] Parse dates well (closes octo/other#9)' },
      "Leave as is, don't show again": {},
    },
  },
  'issue transferred, the old link put back': {
    says: '#12 was transferred to octo/other#9; somebody put the old link back',
    choices: {
      'Link to octo/other#9': { line: '- [ ] Parse dates well (closes octo/other#9)' },
      "Leave as is, don't show again": {},
    },
  },
  'two items link one issue': {
    says: '#12 is linked by another item too: "Parse dates well"',
    choices: {
      'Remove the link': { line: '- [ ] Write the docs' },
      'Link to…': { line: '- [ ] Write the docs (#40)' },
      'Create the issue': {
        line: '- [ ] Write the docs (closes #501)',
        issues: ['a new issue: Write the docs'],
      },
      "Leave as is, don't show again": {},
    },
  },
  'item removed, issue open': {
    says: '#12 is open, but its item is not in the checklist any more',
    choices: {
      'Close #12': { issues: ['#12 closed as not planned'] },
      'Link to…': { line: '- [ ] Write the docs (closes #12)', next: ['item-renamed'] },
      "Leave as is, don't show again": {},
    },
  },
  'link removed, marker there': {
    says: 'Links no issue, but #12 and #13 were created for it',
    safe: 'Link to #12',
    choices: {
      'Link to #12': { line: '- [ ] Parse dates well (closes #12)' },
      'Link to #13': { line: '- [ ] Parse dates well (closes #13)', next: ['doubled'] },
      'Create the issue': {
        line: '- [ ] Parse dates well (closes #501)',
        issues: ['a new issue: Parse dates well'],
        next: ['doubled'],
      },
      "Leave as is, don't show again": {},
    },
  },
  'link removed, two markers': {
    says: 'Links no issue, but #12 and #13 were created for it',
    choices: {
      'Link to #12': { line: '- [ ] Parse dates well (closes #12)', next: ['doubled'] },
      'Link to #13': { line: '- [ ] Parse dates well (closes #13)', next: ['doubled'] },
      'Create the issue': {
        line: '- [ ] Parse dates well (closes #501)',
        issues: ['a new issue: Parse dates well'],
        next: ['doubled'],
      },
      "Leave as is, don't show again": {},
    },
  },
  'link removed, item moved': {
    says: 'Links no issue, but #12 was created for it',
    safe: 'Link to #12',
    choices: {
      'Link to #12': { line: '- [ ] Parse dates well (closes #12)' },
      'Create the issue': {
        line: '- [ ] Parse dates well (closes #501)',
        issues: ['a new issue: Parse dates well'],
        next: ['doubled'],
      },
      "Leave as is, don't show again": {},
    },
  },
  'issue with the title': {
    says: 'Links no issue, but #12 has its title',
    choices: {
      'Link to #12': { line: '- [ ] Parse dates well (closes #12)' },
      'Create the issue': {
        line: '- [ ] Parse dates well (closes #501)',
        issues: ['a new issue: Parse dates well'],
      },
      "Leave as is, don't show again": {},
    },
  },
  'item renamed': {
    says: 'The item was renamed since #12 was created as "Parse dates well"',
    choices: {
      'Retitle #12': { issues: ['#12 Parse all times'] },
      'Rename the item': { line: '- [ ] Parse dates well (closes #12)' },
      "Leave as is, don't show again": {},
    },
  },
  'issue retitled': {
    says: '#12 was retitled to "Read #7 as *dates* for @bob"',
    choices: {
      'Rename the item': {
        line: '- [ ] Read #&#8203;7 as \\*dates\\* for @&#8203;bob (closes #12)',
      },
      'Retitle #12': { issues: ['#12 Parse dates well'] },
      "Leave as is, don't show again": {},
    },
  },
  'issue retitled behind its number': {
    says: '#12 was retitled to "[Test] T-003 Read `dates`"',
    choices: {
      'Rename the item': { line: '- [x] Read `dates` (closes #12) (#456)' },
      'Retitle #12': { issues: ['#12 [Test] T-003 Parse dates well'] },
      "Leave as is, don't show again": {},
    },
  },
  'issue doubled': {
    says: '#13 was created for this item too, beside #12',
    choices: {
      'Close the double': { issues: ['#13 closed as a duplicate'] },
      'Link to #13': {
        line: '- [ ] Parse dates well (closes #13)',
        issues: ['#12 closed as a duplicate'],
      },
      "Leave as is, don't show again": {},
    },
  },
  'block names another issue': {
    says: 'The hidden block names #40, the text #12',
    choices: {
      'Write the hidden block': {
        line: '<!-- masterlist:map 3q580dr2vm3pio.25s2lh12plglcj=12 -->',
      },
      "Leave as is, don't show again": {},
    },
  },
  'two issues in one item': {
    says: 'Links #40 and #41: it is not clear which one it belongs to',
    choices: {
      'Link to #40': { line: '- [ ] Parse dates well (#40)', next: ['doubled'] },
      'Link to #41': { line: '- [ ] Parse dates well (closes #41)', next: ['doubled'] },
      "Leave as is, don't show again": {},
    },
  },
  'master closed': {
    says: "The checklist's issue is closed, with 2 open items",
    choices: {
      "Leave as is, don't show again": {},
    },
  },
  'master locked': {
    says: "The checklist's issue is locked, with 2 open items",
    choices: {
      "Leave as is, don't show again": {},
    },
  },
  'issue closed with open boxes': {
    says: '#12 was closed with an open box of its own: "Read zones"',
    choices: { "Leave as is, don't show again": {} },
  },
  'copy ticked in the issue': {
    says: 'Not ticked here, but its copy in #12 is',
    choices: {
      'Tick this box': { line: '  - [x] English' },
      "Leave as is, don't show again": {},
    },
  },
  'item in another group': {
    says: 'Moved to another group since #12 was created',
    choices: {
      "Leave as is, don't show again": {},
    },
  },
  'link with a text of its own': {
    says: 'The link to #12 can only be changed by hand: [Parse dates well](https://github.com/octo/plan/issues/12)',
    choices: {
      "Leave as is, don't show again": { next: ['issue-moved'] },
    },
  },
  'link to a pull request': {
    says: 'Links the pull request #456 instead of an issue',
    choices: {
      "Leave as is, don't show again": {},
    },
  },
};
