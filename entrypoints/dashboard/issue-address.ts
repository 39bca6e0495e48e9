import { failure } from '../../lib/core/failures.ts';
import {
  type ChecklistRef,
  GITHUB_HOST,
  issueChecklist,
  parseIssueRef,
  parseIssueUrl,
} from '../../lib/core/refs.ts';

/** Reads what somebody typed: an issue's address, or `owner/repo#12`. Else a sentence that says what is wrong with it. */
export function readIssueAddress(
  typed: string,
): { readonly ref: ChecklistRef } | { readonly mistake: string } {
  const text = typed.trim();
  if (text === '') return { mistake: `Paste an issue's URL. ${EXAMPLE}` };
  const short = parseIssueRef(text, GITHUB_HOST);
  if (short) return { ref: issueChecklist(short) };
  // People leave the scheme out.
  const url = parseIssueUrl(/^[\w.-]+\.\w+\//.test(text) ? `https://${text}` : text);
  if (!url) return { mistake: `This is not an issue's URL. ${EXAMPLE}` };
  const { repo, number } = url;
  if (repo.host !== GITHUB_HOST) return { mistake: `Only issues on ${GITHUB_HOST} can be opened.` };
  if (url.kind === 'pull') {
    const { message, action } = failure('is-pull-request');
    return { mistake: `${message} ${action}` };
  }
  return { ref: issueChecklist({ repo, number }) };
}

const EXAMPLE = `It looks like https://${GITHUB_HOST}/owner/repo/issues/12 or owner/repo#12.`;
