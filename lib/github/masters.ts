import type { BodyVersion, MasterSnapshot } from '../core/engine/job-facts.ts';
import { type Failure, fail, failure, type Result, succeed } from '../core/failures.ts';
import {
  type ChecklistRef,
  formatRepo,
  type IssueRef,
  issueOfChecklist,
  type RepoRef,
} from '../core/refs.ts';
import { path, read, transferred, writeIssue } from './ask.ts';
import { type Client, UnreadableAnswer } from './client.ts';
import { type Actor, loginOf } from './graphql.ts';
import { readKnownIssues } from './known-issues.ts';

/** Versions that one read brings: enough to see every edit that fell between a read and its write. */
const VERSIONS = 10;

/** Selects the versions of a body. */
export const EDITS = 'totalCount nodes { id editedAt diff editor { login } }';

const MASTER = `query Master($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issueOrPullRequest(number: $number) {
      __typename
      ... on Issue {
        title body state locked viewerCanUpdate
        userContentEdits(first: ${VERSIONS}) { ${EDITS} }
      }
    }
  }
}`;

interface MasterAnswer {
  readonly repository: { readonly issueOrPullRequest: MasterNode | null } | null;
}

/** A master as `MASTER` and the queries of sync select it. */
export interface MasterNode {
  readonly __typename: string;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly locked: boolean;
  readonly viewerCanUpdate: boolean;
  readonly userContentEdits: Edits | null;
}

/** What `EDITS` reads. */
export interface Edits {
  readonly totalCount: number;
  readonly nodes: readonly ({
    readonly id: string;
    readonly editedAt: string;
    readonly diff: string | null;
    readonly editor: Actor;
  } | null)[];
}

/** Body byte for byte, rights and edit history in one request. Says what became of an issue that is not there. */
export async function readMaster(
  client: Client,
  checklist: ChecklistRef,
): Promise<Result<MasterSnapshot>> {
  const { repo, number } = issueOfChecklist(checklist);
  const answer = await read(client, repo, () =>
    client.octokit.graphql<MasterAnswer>(MASTER, { owner: repo.owner, name: repo.name, number }),
  );
  if (!answer.ok) {
    return isMissing(answer.failure.code)
      ? explainMissing(client, issueOfChecklist(checklist), answer)
      : answer;
  }
  const node = answer.value.repository?.issueOrPullRequest;
  if (!node)
    return explainMissing(client, issueOfChecklist(checklist), fail(missing(checklist.repo)));
  if (node.__typename !== 'Issue') return fail(failure('is-pull-request'));
  return succeed(snapshot(node));
}

/** Replaces the whole body. Answers the body that GitHub holds now, byte for byte. */
export function updateMaster(
  client: Client,
  checklist: ChecklistRef,
  body: string,
): Promise<Result<string>> {
  const issue = issueOfChecklist(checklist);
  return writeIssue(client, issue, async (repo) => {
    const { data } = await client.octokit.rest.issues.update({
      ...path(repo),
      issue_number: issue.number,
      body,
    });
    if (data.number !== issue.number) throw new UnreadableAnswer();
    return data.body ?? '';
  });
}

/** The text of a checklist as it is now, also without a token. */
export async function readText(client: Client, checklist: ChecklistRef): Promise<Result<string>> {
  const issue = issueOfChecklist(checklist);
  const answer = await readKnownIssues(client, [issue]);
  if (!answer.ok) return answer;
  const [found] = Object.values(answer.value);
  if (found === undefined) return explainMissing(client, issue, fail(missing(checklist.repo)));
  return found.kind === 'issue' ? succeed(found.body) : fail(failure('is-pull-request'));
}

/** GraphQL only knows "not found": REST tells moved, deleted, switched off and hidden apart. */
export async function explainMissing(
  client: Client,
  issue: IssueRef,
  otherwise: Result<never>,
): Promise<Result<never>> {
  const found = await read(client, issue.repo, () =>
    client.octokit.rest.issues.get({ ...path(issue.repo), issue_number: issue.number }),
  );
  if (!found.ok) return found;
  const { html_url, number, repository_url } = found.value.data;
  const here = repository_url.toLowerCase().endsWith(`/${formatRepo(issue.repo)}`.toLowerCase());
  return here && number === issue.number ? otherwise : fail(transferred(html_url));
}

/** Whether a failure may hide that an issue was moved or deleted. */
export function isMissing(code: string): boolean {
  return code === 'not-found' || code === 'approval-pending';
}

/** The failure of an issue that GitHub does not show. */
export function missing(repo: RepoRef): Failure {
  return failure('not-found', { repo: formatRepo(repo) });
}

/** Reads a master's node. */
export function snapshot(node: MasterNode): MasterSnapshot {
  return {
    text: node.body,
    title: node.title,
    state: node.state === 'OPEN' ? 'open' : 'closed',
    locked: node.locked,
    viewerCanUpdate: node.viewerCanUpdate,
    history: newestFirst(node.userContentEdits),
  };
}

/**
 * The versions of a body, newest first. The field is called `diff`, but holds the whole text after the edit; nothing once
 * an edit was deleted.
 */
export function newestFirst(edits: Edits | null): readonly BodyVersion[] {
  return (edits?.nodes ?? [])
    .filter((node) => node !== null)
    .map((node) => ({
      id: node.id,
      editedAt: node.editedAt,
      editor: loginOf(node.editor),
      text: node.diff ?? undefined,
    }))
    .sort((a, b) => Date.parse(b.editedAt) - Date.parse(a.editedAt));
}
