import type { BodyVersion, MasterSnapshot } from '../core/engine/job-facts.ts';
import { fail, failure, type Result, succeed } from '../core/failures.ts';
import type { TextWithRules } from '../core/github.ts';
import {
  type ChecklistRef,
  checklistIn,
  formatRepo,
  type IssueRef,
  issueOfChecklist,
  type RepoRef,
  sameRepo,
} from '../core/refs.ts';
import { isNearRulesFile, RULES_FILE } from '../core/settings/settings.ts';
import type { RulesFile, SyncMaster } from '../core/sync/sync-facts.ts';
import type { TextRights } from '../core/writing-blocker.ts';
import { askSeen, path, read, transferred, type Variables } from './ask.ts';
import type { Client } from './client.ts';
import {
  authorOf,
  type ChecklistNode,
  type Edits,
  loginOf,
  repoOf,
  select,
  stateOf,
  withFragments,
} from './fragments.ts';
import { readKnownIssues } from './read-issues.ts';

/** Body byte for byte, rights and the newest 10 versions in one request. Says what became of an issue that is not there. */
export async function readMaster(
  client: Client,
  checklist: ChecklistRef,
): Promise<Result<MasterSnapshot>> {
  const found = await findChecklist(client, checklist, {
    query: checklistQuery({ name: 'Master', issue: select('Checklist', 'Versions') }),
  });
  return found.ok ? succeed(snapshot(found.value.node)) : found;
}

/** Whether the text can be written now, without the text. Says what became of an issue that is not there. */
export async function readRights(
  client: Client,
  checklist: ChecklistRef,
): Promise<Result<TextRights>> {
  const found = await findChecklist(client, checklist, {
    query: checklistQuery({ name: 'Rights', repository: 'isArchived', issue: select('Rights') }),
  });
  if (!found.ok) return found;
  const { node, repository } = found.value;
  const { locked, viewerCanUpdate } = node;
  return succeed({ archived: repository.isArchived === true, locked, viewerCanUpdate });
}

/**
 * The master with its rights, its history and the rules file, in one request; a second one says what became of a master
 * that is not there. A token that may not read files still gets all the rest. The texts of issue templates are only
 * loaded with `templates`.
 */
export async function readSyncMaster(
  client: Client,
  checklist: ChecklistRef,
  { templates = false }: { readonly templates?: boolean } = {},
): Promise<Result<SyncMaster>> {
  const found = await findChecklist(client, checklist, {
    query: checklistQuery({
      name: 'SyncMaster',
      declare: '$rules: String!',
      repository: `isArchived ...Rules ${templates ? '...Templates' : ''}`,
      issue: select('Checklist', 'Versions'),
    }),
    variables: { rules: RULES_AT },
  });
  if (!found.ok) return found;
  const { node, repository, unseen } = found.value;
  return succeed({
    ...snapshot(node),
    createdAt: node.createdAt,
    closedAt: node.closedAt ?? undefined,
    historyComplete: isComplete(node.userContentEdits),
    rulesFile: unseen.some(isRules) ? { kind: 'unreadable' } : rulesFile(repository),
    ...templatesIn(repository.templates),
    ref: checklistIn(repoOf({ repository }, checklist.repo), checklist),
    archived: repository.isArchived === true,
  });
}

/** The newest 100 versions of the master's text, newest first, in one request. */
export async function readVersions(
  client: Client,
  checklist: ChecklistRef,
): Promise<Result<readonly BodyVersion[]>> {
  const found = await findChecklist(client, checklist, {
    query: checklistQuery({ name: 'Versions', issue: select('AllVersions') }),
  });
  return found.ok ? succeed(versions(found.value.node.userContentEdits)) : found;
}

/** The text of a checklist as it is now, also without a token. */
export async function readText(client: Client, checklist: ChecklistRef): Promise<Result<string>> {
  const answer = await readKnownIssues(client, [issueOfChecklist(checklist)]);
  if (!answer.ok) return answer;
  const [found] = Object.values(answer.value);
  if (found === undefined) return explainMissing(client, checklist);
  return found.kind === 'issue' ? succeed(found.body) : fail(failure('is-pull-request'));
}

/**
 * The text of a checklist with the rights to it and the rules file, in one request; without a token the text alone, which
 * nobody may edit then.
 */
export async function readTextWithRules(
  client: Client,
  checklist: ChecklistRef,
): Promise<Result<TextWithRules>> {
  if (client.token === 'none') {
    const text = await readText(client, checklist);
    if (!text.ok) return text;
    return succeed({ text: text.value, mayEdit: false, rulesFile: { kind: 'none' } });
  }
  const found = await findChecklist(client, checklist, {
    query: checklistQuery({
      name: 'Text',
      declare: '$rules: String!',
      repository: 'isArchived ...Rules ...BesideRules',
      issue: select('Checklist'),
    }),
    variables: { rules: RULES_AT },
  });
  if (!found.ok) return found;
  const { node, repository, unseen } = found.value;
  return succeed({
    text: node.body,
    mayEdit: node.viewerCanUpdate && !node.locked && repository.isArchived !== true,
    rulesFile: unseen.some(isRules) ? { kind: 'unreadable' } : rulesFile(repository),
  });
}

/** What is selected of a checklist's issue, of its repository, and beside that. */
interface Selection {
  readonly name: string;
  /** More variables beside `$owner`, `$name` and `$number`. */
  readonly declare?: string;
  readonly repository?: string;
  readonly issue: string;
  readonly beside?: string;
}

/** The query of a checklist; `variablesOf` gives its variables. */
export function checklistQuery(selection: Selection): string {
  const { name, declare = '', repository = '', issue, beside = '' } = selection;
  return withFragments(`query ${name}($owner: String!, $name: String!, $number: Int!, ${declare}) {
  repository(owner: $owner, name: $name) {
    nameWithOwner ${repository}
    issueOrPullRequest(number: $number) { ${issue} }
  }
  ${beside}
}`);
}

/** The variables of every query of a checklist. */
export function variablesOf(checklist: ChecklistRef) {
  const { repo, number } = issueOfChecklist(checklist);
  return { owner: repo.owner, name: repo.name, number };
}

/** The answer to a query of a checklist. */
export interface ChecklistAnswer {
  readonly repository: RepositoryNode | null;
}

interface RepositoryNode {
  readonly nameWithOwner: string;
  readonly isArchived?: boolean;
  readonly rules?: RulesNode | null;
  readonly rulesFolder?: FolderNode | null;
  readonly rulesRoot?: FolderNode | null;
  readonly templates?: TemplatesNode | null;
  readonly issueOrPullRequest: ChecklistNode | null;
}

/** Null when there is no such file. */
interface RulesNode {
  readonly __typename: string;
  readonly text?: string | null;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
}

/** Null when there is no such folder. */
interface FolderNode {
  readonly entries?: readonly { readonly name: string }[] | null;
}

/** Null when there is no such folder. */
interface TemplatesNode {
  readonly entries?:
    | readonly { readonly object?: { readonly text?: string | null } | null }[]
    | null;
}

/** A checklist's issue or pull request, the whole answer, and what GitHub left out of it. */
interface Asked<Answer extends ChecklistAnswer> {
  readonly node: ChecklistNode;
  readonly repository: RepositoryNode;
  readonly data: Answer;
  readonly unseen: readonly string[];
}

/**
 * Asks for a checklist's issue or the pull request with its number; where GitHub shows neither, one more request says
 * why. Anything but what `mayMiss` names must be in the answer.
 */
export async function askChecklist<Answer extends ChecklistAnswer>(
  client: Client,
  checklist: ChecklistRef,
  ask: {
    readonly query: string;
    readonly variables?: Variables;
    readonly mayMiss: (path: string) => boolean;
  },
): Promise<Result<Asked<Answer>>> {
  const answer = await askSeen<Answer>(client, checklist.repo, {
    ...ask,
    variables: { ...variablesOf(checklist), ...ask.variables },
  });
  if (!answer.ok) {
    const { code } = answer.failure;
    const mayHide = code === 'not-found' || code === 'approval-pending';
    return mayHide ? explainMissing(client, checklist, answer) : answer;
  }
  const { data, unseen } = answer.value;
  const { repository } = data;
  const node = repository?.issueOrPullRequest;
  if (!repository || !node) return explainMissing(client, checklist);
  return succeed({ node, repository, data, unseen });
}

/** The failure of what GitHub does not show. A fine-grained token may not be approved yet: GitHub says the same then. */
export function missing(client: Client, repo: RepoRef): Result<never> {
  const code = client.token === 'fine-grained' ? 'approval-pending' : 'not-found';
  return fail(failure(code, { host: client.host, repo: formatRepo(repo) }));
}

/** Where the rules file is: `HEAD` is the default branch. */
export const RULES_AT = `HEAD:${RULES_FILE}`;

/** A blob that GitHub does not give whole as text cannot be read; a folder of that name is no rules file. */
export function rulesFile(
  repository: Pick<RepositoryNode, 'rules' | 'rulesFolder' | 'rulesRoot'>,
): RulesFile {
  const node = repository.rules;
  if (node?.__typename !== 'Blob') {
    const near = pathsBeside(repository).find(isNearRulesFile);
    return { kind: 'none', ...(near !== undefined && { near }) };
  }
  if (typeof node.text !== 'string' || node.isBinary === true || node.isTruncated === true) {
    return { kind: 'unreadable' };
  }
  return { kind: 'text', text: node.text };
}

/** Files in the folder of the rules file, and those at the top, where they were asked for. */
function pathsBeside({
  rulesFolder,
  rulesRoot,
}: Pick<RepositoryNode, 'rulesFolder' | 'rulesRoot'>): readonly string[] {
  const namesIn = (folder: FolderNode | null | undefined) =>
    (folder?.entries ?? []).map(({ name }) => name);
  return [...namesIn(rulesFolder).map((name) => `.github/${name}`), ...namesIn(rulesRoot)];
}

/** An issue in the repository where it was asked: text and history of nothing else are answered. */
async function findChecklist(
  client: Client,
  checklist: ChecklistRef,
  ask: { readonly query: string; readonly variables?: Variables },
): Promise<Result<Asked<ChecklistAnswer>>> {
  // Nothing else may be left out: half a master is no truth to write by.
  const answer = await askChecklist(client, checklist, { ...ask, mayMiss: isOfFiles });
  if (!answer.ok) return answer;
  const { node, repository } = answer.value;
  if (node.__typename !== 'Issue') return fail(failure('is-pull-request'));
  const here = repoOf({ repository }, checklist.repo);
  if (!sameRepo(repoOf(node, checklist.repo), here)) return fail(transferred(node.url, here.host));
  return answer;
}

/** Whether it is a file of the repository, which the token may not read. */
function isOfFiles(path: string): boolean {
  return isRules(path) || /^repository\.templates(\.|$)/.test(path);
}

function isRules(path: string): boolean {
  return /^repository\.rules(Folder|Root)?(\.|$)/.test(path);
}

/** The texts of issue templates and forms; nothing where there are none. */
function templatesIn(node: TemplatesNode | null | undefined): Pick<SyncMaster, 'templates'> {
  const templates = (node?.entries ?? []).flatMap(({ object }) => object?.text ?? []);
  return templates.length === 0 ? {} : { templates };
}

/** GraphQL only knows "not found": REST tells moved, deleted, switched off and hidden apart. */
async function explainMissing(
  client: Client,
  checklist: ChecklistRef,
  otherwise: Result<never> = missing(client, checklist.repo),
): Promise<Result<never>> {
  const issue: IssueRef = issueOfChecklist(checklist);
  const found = await read(client, issue.repo, () =>
    client.octokit.rest.issues.get({ ...path(issue.repo), issue_number: issue.number }),
  );
  if (!found.ok) return found;
  const { html_url, number, repository_url } = found.value.data;
  const here = repository_url.toLowerCase().endsWith(`/${formatRepo(issue.repo)}`.toLowerCase());
  return here && number === issue.number ? otherwise : fail(transferred(html_url, issue.repo.host));
}

function snapshot(node: ChecklistNode): MasterSnapshot {
  return {
    text: node.body,
    title: node.title,
    state: stateOf(node),
    locked: node.locked,
    viewerCanUpdate: node.viewerCanUpdate,
    history: versions(node.userContentEdits),
    // Where the history is not readable nobody knows who wrote what.
    ...(node.userContentEdits && {
      author: authorOf(node.author),
      authorAssociation: node.authorAssociation ?? 'NONE',
    }),
  };
}

/** Newest first; no text once an edit was deleted. */
function versions(edits: Edits | null | undefined): readonly BodyVersion[] {
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

/** Deleted versions are counted, and come without their text. */
function isComplete(edits: Edits | null | undefined): boolean {
  if (!edits) return false;
  return edits.totalCount <= edits.nodes.filter((node) => node !== null).length;
}
