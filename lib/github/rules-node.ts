import { RULES_FILE } from '../core/settings/settings.ts';
import type { RulesFile } from '../core/sync/sync-facts.ts';

/** Selects the rules file of a repository; the query declares `$rules: String!` and gets `RULES_AT` for it. */
export const RULES =
  'rules: object(expression: $rules) { __typename ... on Blob { text isBinary isTruncated } }';

/** Where the rules file stands: `HEAD` is the default branch. */
export const RULES_AT = `HEAD:${RULES_FILE}`;

/** What `RULES` reads; null when there is no such file. */
export interface RulesNode {
  readonly __typename: string;
  readonly text?: string | null;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
}

/** A blob that GitHub does not give whole as text cannot be read; a folder of that name is no rules file. */
export function rulesFile(node: RulesNode | null): RulesFile {
  if (node?.__typename !== 'Blob') return { kind: 'none' };
  if (typeof node.text !== 'string' || node.isBinary === true || node.isTruncated === true) {
    return { kind: 'unreadable' };
  }
  return { kind: 'text', text: node.text };
}
