import { type IssueRef, issueKey, type RepoRef } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import { referencedIssue } from '../text/referenced-issue.ts';

/** A number of an item, by the name that an answer has for the item. */
export interface NumberOfItem {
  readonly name: string;
  readonly issue: IssueRef;
}

/** How answers name the items of a text, and which item a name is. */
export interface NumberNames {
  readonly nameOf: (item: Item, issue: IssueRef) => string;
  /** Missing where the item is gone, is typed otherwise, names the number no more, or may be another. */
  readonly find: (number: NumberOfItem) => Item | undefined;
}

/** What answers call the items of a checklist. Whatever an item names counts, in any form. */
export function numberNames(items: readonly Item[], repo: RepoRef): NumberNames {
  const naming = new Map<string, Item[]>();
  for (const item of items) {
    const named = new Set(item.references.map((one) => issueKey(referencedIssue(one, repo))));
    for (const key of named) {
      const id = `${typedOf(item)} ${key}`;
      const like = naming.get(id);
      if (like === undefined) naming.set(id, [item]);
      else like.push(item);
    }
  }
  const typedSo = (typed: string, issue: IssueRef) =>
    naming.get(`${typed} ${issueKey(issue)}`) ?? [];
  return {
    nameOf: (item, issue) => {
      const typed = typedOf(item);
      const alike = typedSo(typed, issue).length;
      return alike > 1 ? `${item.key}.${typed}.${alike}` : typed;
    },
    find: ({ name, issue }) => {
      const [last = '', typed = last, alike = '1'] = name.includes('.') ? name.split('.') : [name];
      const like = typedSo(typed, issue);
      if (like.length !== Number(alike)) return undefined;
      return like.find(({ key }) => like.length === 1 || key === last);
    },
  };
}

function typedOf({ typedHash, key }: Item): string {
  return typedHash ?? key;
}
