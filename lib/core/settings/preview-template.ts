import { draftBody } from '../plan/draft.ts';
import { GITHUB_HOST, issueChecklist } from '../refs.ts';
import { parseChecklist } from '../text/parse-checklist.ts';

/** The body of a sample issue, as a template makes it. */
export interface TemplatePreview {
  /** As people see it on GitHub. */
  readonly visible: string;
  /** The comment behind it, which GitHub does not show. */
  readonly hidden: string;
  /** Names in braces that are not filled in and stay as they stand, such as `{title}`. */
  readonly unknown: readonly string[];
}

/** The heading and the item that the preview is made of. */
export const SAMPLE_MARKDOWN = `## Sign in
- [ ] A wrong password shows an error

  Try an empty password too.
`;

/** Fills a template in for a sample item, through the same code that writes issues. */
export function previewTemplate(template: string): TemplatePreview {
  const repo = { host: GITHUB_HOST, owner: 'acme', name: 'app' };
  const [item] = parseChecklist(SAMPLE_MARKDOWN).items;
  if (item === undefined) return { visible: template, hidden: '', unknown: [] };
  const context = {
    markdown: SAMPLE_MARKDOWN,
    checklist: issueChecklist({ repo, number: 12 }),
    target: repo,
    template,
    run: SAMPLE_RUN,
  };
  const body = draftBody(item, context, [], false);
  const marker = body.lastIndexOf('<!-- masterlist:');
  const unknown = [...template.matchAll(/\{\w+\}/g)].map(([name]) => name);
  return {
    visible: body.slice(0, marker).trimEnd(),
    hidden: body.slice(marker),
    unknown: [...new Set(unknown)].filter((name) => !KNOWN.has(name)),
  };
}

const SAMPLE_RUN = '01K0G5T7Q4V0W8Z3N6M2R9X1YB';
const KNOWN: ReadonlySet<string> = new Set(['{item}', '{group}', '{master}']);
