import { type ChecklistRef, issueOfChecklist } from '../../lib/core/refs.ts';

/** Saves an earlier text of a checklist as a file, byte for byte; `at` is when it was replaced, in milliseconds since 1970. */
export function downloadText(text: string, checklist: ChecklistRef, at: number): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }));
  link.download = fileName(checklist, at);
  // Never part of the page, so that GitHub's own listeners do not see the click.
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** `octo-org-octo-repo-12-2026-11-21T1402.md`, by the clock on the user's wall. */
export function fileName(checklist: ChecklistRef, at: number): string {
  const { repo, number } = issueOfChecklist(checklist);
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  const time = local.toISOString().slice(0, 16).replace(':', '');
  return `${repo.owner}-${repo.name}-${number}-${time}.md`;
}
