import type { IssueRef, RepoRef } from '../refs.ts';
import type { Reference } from './checklist.ts';

/** The issue that a reference names in a checklist of a repository: a bare number means that repository. */
export function referencedIssue(reference: Reference, repo: RepoRef): IssueRef {
  const { host = repo.host, owner = repo.owner, name = repo.name, number } = reference;
  return { repo: { host, owner, name }, number };
}
