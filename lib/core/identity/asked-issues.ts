import { type ChecklistRef, holdsChecklist, type IssueRef } from '../refs.ts';
import type { Checklist, Item } from '../text/checklist.ts';
import { allLinks, distinctIssues, referencedIssue } from '../text/referenced-issue.ts';
import { linksOf } from './identify.ts';
import { type Block, NO_BLOCK, readMap } from './identity-map.ts';

/**
 * The hidden block of a checklist's text, by the items' keys. It counts wherever new links are written: an item whose text
 * takes no link that would be read has its issue there under every setting.
 */
export function blockOf(
  text: string,
  { items }: Pick<Checklist, 'items'>,
  checklist: ChecklistRef,
): Block {
  return readMap(text, items, checklist.repo);
}

/** The issues and pull requests to ask GitHub for before planning: all that the items' texts, mentions too, and the hidden block name, each once. */
export function issuesToAsk(
  items: readonly Item[],
  checklist: ChecklistRef,
  block: Block = NO_BLOCK,
): readonly IssueRef[] {
  const named = items.flatMap(({ key, references }) => [
    ...references
      .filter(({ urlKind }) => urlKind !== 'discussions')
      .map((reference) => referencedIssue(reference, checklist.repo)),
    block.entries.get(key) ?? [],
    ...(block.asked.get(key) ?? []),
  ]);
  return distinctIssues(
    named
      .flat()
      .filter(
        (issue) => issue.repo.host === checklist.repo.host && !holdsChecklist(issue, checklist),
      ),
  );
}

/** Per item the issues and pull requests that it links, each once: as its own, behind its link, and by the hidden block. */
export function linksOfItems(
  { items }: Pick<Checklist, 'items'>,
  checklist: ChecklistRef,
  block: Block = NO_BLOCK,
): readonly (readonly IssueRef[])[] {
  return items.map((item) => allLinks(linksOf(item, { checklist, block })));
}
