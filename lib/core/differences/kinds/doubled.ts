import type { KnownIssue } from '../../identity/issue.ts';
import { listInWords } from '../../list-in-words.ts';
import { type IssueRef, issueKey } from '../../refs.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind } from '../kind.ts';

interface Doubled {
  readonly kind: 'doubled';
  readonly issue: IssueRef;
  readonly doubles: readonly KnownIssue[];
}

/** Open issues, beside the one that an item links, that were created for it too. */
export const doubled = differenceKind<Doubled>({
  kind: 'doubled',
  level: 'action',
  find: ({ link, identity: { doubles } }) => {
    if (link === undefined || doubles.length === 0) return [];
    const { asked, now } = link;
    const refs = doubles.map(({ ref }) => ref);
    // One of two issues of an item remains; the other is the double now.
    const closes = now.state === 'open' ? now.ref : undefined;
    return [
      {
        finding: { kind: 'doubled', issue: now.ref, doubles },
        detail: refs.map(issueKey).join(' '),
        choices: [
          ...refs.map((issue): Choice => ({ kind: 'close-issue', issue, reason: 'duplicate' })),
          ...refs.map((to): Choice => ({ kind: 'relink', from: asked, to, closes })),
          LEAVE,
        ],
        alike: doubles,
      },
    ];
  },
  words: ({ issue, doubles }, name) => {
    const was = doubles.length === 1 ? 'was' : 'were';
    const named = listInWords(doubles.map(({ ref }) => name(ref)));
    return `${named} ${was} created for this item too, beside ${name(issue)}`;
  },
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'always',
});
