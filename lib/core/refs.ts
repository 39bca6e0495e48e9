/** The only file that knows what GitHub's addresses look like. */

/** A repository on a host. Owner and name compare without regard to case, as GitHub does. */
export interface RepoRef {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

/** An issue or pull request (GitHub numbers them together). */
export interface IssueRef {
  readonly repo: RepoRef;
  readonly number: number;
}

declare const checklist: unique symbol;

/**
 * Where a checklist is written: for now the body of an issue, its master. Plain data that crosses
 * messages and is stored (`{repo, number}`), opaque to all but this file, so that a checklist in
 * another place is a second member here and no second path elsewhere: what is known of a checklist
 * is its repository and what `checklistKey`, `checklistUrl` and `nameChecklist` say.
 */
export interface ChecklistRef {
  readonly repo: RepoRef;
  readonly [checklist]: 'issue';
}

interface IssueChecklist extends ChecklistRef, IssueRef {}

/** The host of github.com itself. */
export const GITHUB_HOST = 'github.com';

/** Hosts whose pages may ask, and whose issues are written and linked: nobody else's word leads to another. */
const HOSTS: readonly string[] = [GITHUB_HOST];

/** Whether Masterlist works with a host. */
export function isServedHost(host: string): boolean {
  return HOSTS.includes(host);
}

const OWNER = '[A-Za-z\\d](?:[A-Za-z\\d-]{0,38})';
const NAME = '[\\w.-]{1,100}';
const ISSUE_PATH = new RegExp(`^/(${OWNER})/(${NAME})/(issues|pull)/([1-9]\\d{0,9})(?:/|$)`);
const QUALIFIED = /* @__PURE__ */ new RegExp(`^(${OWNER})/(${NAME})(?:#([1-9]\\d{0,9}))?$`);

/** Reads the address of an issue page; nothing for other pages, other schemes and sub-pages of pull requests. */
export function parseIssueUrl(
  url: string,
): (IssueRef & { readonly kind: 'issues' | 'pull' }) | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'https:') return undefined;
  const match = ISSUE_PATH.exec(parsed.pathname);
  const [, owner, name, kind, number] = match ?? [];
  if (owner === undefined || name === undefined) return undefined;
  return {
    repo: { host: parsed.host, owner, name },
    number: Number(number),
    kind: kind === 'pull' ? 'pull' : 'issues',
  };
}

/** The issue that an address in an answer of a host names, under its plain name; nothing for an address of any other host. */
export function issueAt(url: unknown, host: string): IssueRef | undefined {
  const found = typeof url === 'string' ? parseIssueUrl(url) : undefined;
  if (found === undefined || found.repo.host !== host) return undefined;
  return { repo: found.repo, number: found.number };
}

/** Reads `owner/repo` of a host; nothing when it is not of that form. */
export function parseRepo(text: string, host: string): RepoRef | undefined {
  const [, owner, name, number] = QUALIFIED.exec(text.trim()) ?? [];
  if (owner === undefined || name === undefined || number !== undefined) return undefined;
  return { host, owner, name };
}

/** Reads `owner/repo#12` of a host; nothing when it is not of that form. */
export function parseIssueRef(text: string, host: string): IssueRef | undefined {
  const [, owner, name, number] = QUALIFIED.exec(text.trim()) ?? [];
  if (owner === undefined || name === undefined || number === undefined) return undefined;
  return { repo: { host, owner, name }, number: Number(number) };
}

/** Whether a text is `owner/repo`, on whatever host. */
export function isRepoName(text: string): boolean {
  const match = QUALIFIED.exec(text.trim());
  return match !== null && match[3] === undefined;
}

/** `owner/repo`. */
export function formatRepo(repo: RepoRef): string {
  return `${repo.owner}/${repo.name}`;
}

/** `#12` when seen from the same repository, else `owner/repo#12`. */
export function formatIssueRef(issue: IssueRef, from?: RepoRef): string {
  const here = from !== undefined && sameRepo(issue.repo, from);
  return here ? `#${issue.number}` : `${formatRepo(issue.repo)}#${issue.number}`;
}

/** The address of an issue's page. */
export function issueUrl(issue: IssueRef): string {
  return `https://${issue.repo.host}/${formatRepo(issue.repo)}/issues/${issue.number}`;
}

/** Base of the REST interface of a host (GitHub Enterprise Server serves it under its own name). */
export function apiUrl(host: string): string {
  return host === GITHUB_HOST ? 'https://api.github.com' : `https://${host}/api/v3`;
}

/** Where the GraphQL interface of a host is asked. */
export function graphqlUrl(host: string): string {
  return host === GITHUB_HOST ? 'https://api.github.com/graphql' : `https://${host}/api/graphql`;
}

/** Whether two references name the same repository. */
export function sameRepo(a: RepoRef, b: RepoRef): boolean {
  return repoKey(a) === repoKey(b);
}

/** Whether two references name the same issue. */
export function sameIssue(a: IssueRef, b: IssueRef): boolean {
  return issueKey(a) === issueKey(b);
}

/** One string per repository, for maps and records. */
export function repoKey(repo: RepoRef): string {
  return `${repo.host}/${formatRepo(repo)}`.toLowerCase();
}

/** One string per issue, for maps and records. */
export function issueKey(issue: IssueRef): string {
  return `${repoKey(issue.repo)}#${issue.number}`;
}

/** The checklist in the body of an issue. */
export function issueChecklist({ repo, number }: IssueRef): ChecklistRef {
  const issue: IssueRef = { repo, number };
  return issue as IssueChecklist;
}

/** The issue whose body holds the checklist. */
export function issueOfChecklist(checklist: ChecklistRef): IssueRef {
  return checklist as IssueChecklist;
}

/** Whether an issue is the one whose body holds the checklist. */
export function holdsChecklist(issue: IssueRef, checklist: ChecklistRef): boolean {
  return sameIssue(issue, issueOfChecklist(checklist));
}

/** The same checklist where its repository is called otherwise now. */
export function checklistIn(repo: RepoRef, checklist: ChecklistRef): ChecklistRef {
  return issueChecklist({ ...issueOfChecklist(checklist), repo });
}

/** One string per checklist, for maps, records and stored keys: the key of its issue. */
export function checklistKey(checklist: ChecklistRef): string {
  return issueKey(issueOfChecklist(checklist));
}

/** The address of the page that shows the checklist. */
export function checklistUrl(checklist: ChecklistRef): string {
  return issueUrl(issueOfChecklist(checklist));
}

/** How text names the checklist: `#12` when seen from its own repository, else `owner/repo#12`. */
export function nameChecklist(checklist: ChecklistRef, from?: RepoRef): string {
  return formatIssueRef(issueOfChecklist(checklist), from);
}

/** Whether two references name the same checklist. */
export function sameChecklist(a: ChecklistRef, b: ChecklistRef): boolean {
  return checklistKey(a) === checklistKey(b);
}
