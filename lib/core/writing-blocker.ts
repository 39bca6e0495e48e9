import { type Failure, failure } from './failures.ts';
import { type ChecklistRef, formatRepo } from './refs.ts';

/** What GitHub says about writing a checklist's text. */
export interface TextRights {
  /** The repository takes no changes at all. */
  readonly archived: boolean;
  readonly locked: boolean;
  readonly viewerCanUpdate: boolean;
}

/** What keeps the text of a checklist from being written, the widest first; undefined where nothing does. */
export function writingBlocker(
  { repo }: Pick<ChecklistRef, 'repo'>,
  { archived, locked, viewerCanUpdate }: TextRights,
): Failure | undefined {
  if (archived) return failure('archived', { repo: formatRepo(repo) });
  if (locked) return failure('locked');
  return viewerCanUpdate ? undefined : failure('cannot-edit-master', { repo: formatRepo(repo) });
}
