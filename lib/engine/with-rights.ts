import { type Result, succeed } from '../core/failures.ts';
import type { GitHub } from '../core/github.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import { markerOf } from '../core/identity/marked-issues.ts';
import {
  type Authored,
  authorsInDoubt,
  isLogin,
  isTrusted,
  type Rights,
} from '../core/identity/trust.ts';
import type { GenerationFacts } from '../core/plan/plan-generation.ts';
import { issueOfChecklist } from '../core/refs.ts';
import { namedIn } from '../core/sync/named-issues.ts';
import { trustFor } from '../core/sync/plan-sync.ts';
import type { SyncFacts } from '../core/sync/sync-facts.ts';

type Ports = { readonly github: Pick<GitHub, 'readRoles'> };

/**
 * The same facts with the rights of people whose word about the checklist would change what is decided: one more request,
 * and none where nothing depends on it. `listed` are issues beside those that items link; with them it is asked for
 * whoever is in doubt.
 */
export async function withRights<Facts extends SyncFacts>(
  { github }: Ports,
  facts: Facts,
  how: { readonly decide: (facts: Facts) => unknown } | { readonly listed: readonly KnownIssue[] },
): Promise<Result<Facts>> {
  const followed = Object.values(facts.followed).filter((one) => typeof one === 'object');
  const listed = 'listed' in how ? how.listed.map(speaking) : [];
  const logins = authorsInDoubt([...followed, ...listed], trustFor(facts));
  if (logins.length === 0) return succeed(facts);
  if ('decide' in how && isSame(how.decide(facts), how.decide({ ...facts, rights: all(logins) })))
    return succeed(facts);
  const read = await github.readRoles(facts.checklist.repo, logins);
  return read.ok ? succeed({ ...facts, rights: { ...facts.rights, ...read.value } }) : read;
}

/** The same for a generation: who wrote a marker into an issue that was read, and who opened the checklist's. */
export async function withAuthorsRights(
  { github }: Ports,
  facts: GenerationFacts,
): Promise<Result<GenerationFacts>> {
  const { referenced, candidates, viewer } = facts;
  if (viewer === undefined) return succeed(facts);
  const named = Object.values(referenced).filter((issue) => issue !== undefined);
  const authors = authorsInDoubt([...named, ...candidates].map(speaking), facts);
  const logins = [...new Set([...openerInDoubt(facts), ...authors])];
  if (logins.length === 0) return succeed(facts);
  const read = await github.readRoles(facts.checklist.repo, logins);
  return read.ok ? succeed({ ...facts, rights: { ...facts.rights, ...read.value } }) : read;
}

// Also where it is nobody's who is known to have rights: members may hide that they are.
function openerInDoubt(facts: GenerationFacts): readonly string[] {
  const { author = '', authorAssociation } = facts.master;
  const ref = issueOfChecklist(facts.checklist);
  const isInDoubt = isLogin(author) && !isTrusted({ ref, author, authorAssociation }, facts);
  return isInDoubt ? [author.toLowerCase()] : [];
}

function speaking(issue: KnownIssue): Authored & Parameters<typeof authorsInDoubt>[0][number] {
  return { ...issue, marker: markerOf(issue), names: namedIn(issue.body, issue.ref.repo) };
}

function all(logins: readonly string[]): Rights {
  return Object.fromEntries(logins.map((login) => [login, true]));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
