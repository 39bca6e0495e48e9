import { RULES_FILE } from '../core/settings/settings.ts';
import type { RulesFile, SyncMaster } from '../core/sync/sync-facts.ts';

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

/** Selects the issue templates and forms of a repository's default branch, 2,000 bytes each in most repositories. */
export const TEMPLATES =
  'templates: object(expression: "HEAD:.github/ISSUE_TEMPLATE") { ... on Tree { entries { object { ... on Blob { text } } } } }';

/** What `TEMPLATES` reads; null when there is no such folder. */
export interface TemplatesNode {
  readonly entries?:
    | readonly { readonly object?: { readonly text?: string | null } | null }[]
    | null;
}

/** Their texts; nothing where there are none. */
export function templatesIn(node: TemplatesNode | null | undefined): Pick<SyncMaster, 'templates'> {
  const templates = (node?.entries ?? []).flatMap(({ object }) => object?.text ?? []);
  return templates.length === 0 ? {} : { templates };
}
