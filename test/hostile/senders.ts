import type { OwnAddress, Sender } from '../../entrypoints/background/sender.ts';
import { type ChecklistRef, checklistUrl, issueOfChecklist } from '../../lib/core/refs.ts';

/** Everybody who may not ask about a checklist, as the browser describes them. */
export function forgedSenders(
  own: OwnAddress,
  checklist: ChecklistRef,
): readonly (readonly [who: string, sender: Sender])[] {
  const url = checklistUrl(checklist);
  const { repo, number } = issueOfChecklist(checklist);
  const { pathname } = new URL(url);
  const list = url.slice(0, url.lastIndexOf('/'));
  const tab: Sender = {
    id: own.id,
    url,
    frameId: 0,
    documentLifecycle: 'active',
    tab: { id: 1, url },
  };
  const at = (address: string): Sender => ({ ...tab, tab: { url: address } });
  return [
    ['another extension', { ...tab, id: 'other' }],
    ['nobody', {}],
    ['a sub-frame', { ...tab, frameId: 3 }],
    ['a frame that is not told', { ...tab, frameId: undefined }],
    ['a page that is only prerendered', { ...tab, documentLifecycle: 'prerender' }],
    ['a page in the back/forward cache', { ...tab, documentLifecycle: 'cached' }],
    ['a tab without an address', { ...tab, tab: { id: 1 } }],
    ['no tab', { ...tab, tab: undefined }],
    ['http', at(url.replace('https', 'http'))],
    ['a look-alike host', at(`https://github.com.evil.test${pathname}`)],
    ['a host that only ends alike', at(`https://notgithub.com${pathname}`)],
    ['a user name that looks like the host', at(`https://github.com@evil.test${pathname}`)],
    ['another port', at(`https://github.com:444${pathname}`)],
    ['gist', at(`https://gist.github.com${pathname}`)],
    ['a tab that moved on to another issue', at(`${list}/${number + 1}`)],
    [
      'a tab that moved on to another repository',
      at(`https://github.com/${repo.owner}/other/issues/${number}`),
    ],
    ['a tab that shows the list', at(list)],
    ['a tab of another scheme', at(`javascript:alert(1)//${url}`)],
    [
      'a page that claims to be ours',
      {
        ...tab,
        url: own.pages.replace('://', '://evil.').concat('options.html'),
        tab: { url: 'https://evil.test/' },
      },
    ],
    [
      'a page of ours under another id',
      { id: 'other', url: `${own.pages}options.html`, tab: undefined },
    ],
  ];
}
