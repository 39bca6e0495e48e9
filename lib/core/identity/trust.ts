import { type ChecklistRef, type IssueRef, issueKey, issueOfChecklist, sameRepo } from '../refs.ts';
import { ourMarker } from './marked-issues.ts';
import type { NamedIssue } from './naming.ts';

/**
 * Who has triage rights or more in the checklist's repository now, by logins in lower case. Missing: not asked, or GitHub
 * does not tell this token.
 */
export type Rights = Readonly<Record<string, boolean>>;

/** What decides whose word counts. */
export interface TrustFacts {
  readonly checklist: ChecklistRef;
  /** Login of the token. */
  readonly viewer?: string | undefined;
  readonly rights?: Rights | undefined;
  /** Apps that the rules name. */
  readonly trustedAuthors?: readonly string[] | undefined;
}

/** Something that somebody wrote into an issue. Apps have names such as `helper[bot]`, which no person can have. */
export interface Authored {
  readonly ref: IssueRef;
  readonly author?: string | undefined;
  /** As GitHub has it for the repository of `ref`: in one of their own everybody is the owner. */
  readonly authorAssociation?: string | undefined;
}

/**
 * Whether somebody's hidden comments are believed. This is the only place that decides it: Generate, Sync, Reconcile, the
 * recovery of a lost run, undo and claims ask here.
 *
 * | who wrote it | |
 * |---|---|
 * | the account of the token | trusted |
 * | an App that the rules name (`trusted-authors`) | trusted |
 * | any other App | none |
 * | triage rights or more on the checklist's repository now, as GitHub says | trusted |
 * | fewer rights, as GitHub says | none |
 * | GitHub was not asked, or does not say: the owner of that repository, in any of hers | trusted |
 * | … a member or collaborator there, who may only read; anybody's issue in another repository | unknown |
 * | … everybody else | none |
 *
 * Only `trusted` may tick, link, untick, close or hold up a run. `unknown` and `none` still stop an issue from being created
 * without a question: somebody who left may have made the item's issue.
 */
export function trustOf(
  { ref: { repo }, author, authorAssociation = 'NONE' }: Authored,
  { checklist, viewer, rights = {}, trustedAuthors = [] }: TrustFacts,
): 'trusted' | 'unknown' | 'none' {
  if (author === undefined) return 'none';
  const login = author.toLowerCase();
  if (login === viewer?.toLowerCase()) return 'trusted';
  if (APP.test(login)) {
    const name = login.replace(APP, '');
    const isNamed = trustedAuthors.some((app) => app.toLowerCase().replace(APP, '') === name);
    return isNamed ? 'trusted' : 'none';
  }
  if (Object.hasOwn(rights, login)) return rights[login] === true ? 'trusted' : 'none';
  const isHere = sameRepo(repo, checklist.repo);
  const isOfOwner = repo.owner.toLowerCase() === checklist.repo.owner.toLowerCase();
  if (authorAssociation === 'OWNER' && isOfOwner) return 'trusted';
  return !isHere || MAY_ONLY_READ.has(authorAssociation) ? 'unknown' : 'none';
}

/** Whether somebody's hidden comments are believed. */
export function isTrusted(what: Authored, facts: TrustFacts): boolean {
  return trustOf(what, facts) === 'trusted';
}

const APP = /\[bot\]$/;

/** GitHub calls also those so who were only given the right to read. */
const MAY_ONLY_READ = new Set(['MEMBER', 'COLLABORATOR']);

/** An issue without what its author says of the checklist, unless that is believed. */
export function believed<Named extends NamedIssue>(
  now: Named | 'unreadable' | undefined,
  facts: TrustFacts,
): Named | 'unreadable' | undefined {
  if (typeof now !== 'object' || !speaks(now, facts) || isTrusted(now, facts)) return now;
  const { names: _unbelieved, ...rest } = now;
  // The rest is all of it but an optional member.
  return { ...rest, marker: undefined } as unknown as Named;
}

/**
 * Who opened the checklist's issue, where her claims do not count. Only she and people with rights can edit its text, so
 * nobody else's are in doubt. Without an answer of GitHub's a member or collaborator counts: two runs at once are worse.
 */
export function doubtedOpener(
  opener: Omit<Authored, 'ref'>,
  facts: TrustFacts,
): string | undefined {
  const trust = trustOf({ ...opener, ref: issueOfChecklist(facts.checklist) }, facts);
  return trust === 'none' ? opener.author : undefined;
}

/** So many are asked about at a time. */
const MOST_ASKED = 20;

/** Logins whose rights decide whether what issues say of the checklist is believed, each once. */
export function authorsInDoubt(
  issues: readonly (Authored & Pick<NamedIssue, 'marker' | 'names'>)[],
  facts: TrustFacts,
): readonly string[] {
  const logins = issues
    .filter((issue) => speaks(issue, facts) && trustOf(issue, facts) === 'unknown')
    .flatMap(({ author }) => author?.toLowerCase() ?? []);
  return [...new Set(logins)].filter(isLogin).slice(0, MOST_ASKED);
}

/** Whether a name can be a person's: apps are not asked about. */
export function isLogin(name: string): boolean {
  return /^[a-z\d_-]{1,60}$/i.test(name);
}

/** Whether an issue says anything of a checklist: by a marker that counts, or as `Part of #1`. */
function speaks(
  { marker, names = [] }: Pick<NamedIssue, 'marker' | 'names'>,
  { checklist }: TrustFacts,
): boolean {
  const isMarked = ourMarker({ marker }) !== undefined;
  return isMarked || names.includes(issueKey(issueOfChecklist(checklist)));
}
