import type { IssueComment, IssueHistory } from '../core/engine/job-facts.ts';
import { type Result, succeed } from '../core/failures.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import type { IssueRef } from '../core/refs.ts';
import { path, read } from './ask.ts';
import { askEach } from './batch.ts';
import type { Client } from './client.ts';
import { type IssueNode, knownIssue, loginOf, present, select } from './fragments.ts';

/**
 * Everything that shows whether anybody touched an issue, 25 in a request. Issues that GitHub does not show (deleted,
 * moved away) are left out; any other failure fails all: undo must not guess.
 */
export async function readHistories(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<readonly IssueHistory[]>> {
  const sights = await askEach(client, issues, {
    // With up to 100 comments each, 25 keep an answer small.
    size: 25,
    fields: select('IssueFields', 'History'),
  });
  if (!sights.ok) return sights;
  const histories: IssueHistory[] = [];
  for (const { asked, node } of sights.value) {
    const issue = knownIssue(node, client.host);
    if (issue === undefined || typeof node === 'string') continue;
    const events = await readEvents(client, asked);
    if (!events.ok) return events;
    histories.push({ ...historyOf(issue, node), events: events.value });
  }
  return succeed(histories);
}

function historyOf(issue: KnownIssue, node: IssueNode): Omit<IssueHistory, 'events'> {
  const { ref, title, body, state, createdAt } = issue;
  return {
    ref,
    title,
    body,
    state,
    createdAt,
    comments: present(node.comments).map((comment) => ({
      author: loginOf(comment.author),
      body: comment.body,
      createdAt: comment.createdAt,
      isBot: comment.author?.__typename === 'Bot',
    })),
    edits: present(node.userContentEdits).map(({ editedAt, editor }) => ({
      editor: loginOf(editor),
      editedAt,
    })),
  };
}

/** All comments of an issue, oldest first. A page that fails fails all. */
export function listComments(
  client: Client,
  issue: IssueRef,
): Promise<Result<readonly IssueComment[]>> {
  return read(client, issue.repo, async () => {
    const { octokit } = client;
    const comments = await octokit.paginate(octokit.rest.issues.listComments, {
      ...path(issue.repo),
      issue_number: issue.number,
      per_page: 100,
    });
    return comments.map(({ id, user, body }) => ({ id, author: loginOf(user), body: body ?? '' }));
  });
}

/** REST's timeline names every kind of event and who did it; GraphQL wants each kind spelled out and hides new ones. */
async function readEvents(
  client: Client,
  issue: IssueRef,
): Promise<Result<IssueHistory['events']>> {
  return read(client, issue.repo, async () => {
    const { octokit } = client;
    const events: readonly TimelineEvent[] = await octokit.paginate(
      octokit.rest.issues.listEventsForTimeline,
      { ...path(issue.repo), issue_number: issue.number, per_page: 100 },
    );
    return events.filter((event) => event.event !== 'commented').map(toEvent);
  });
}

interface TimelineEvent {
  readonly event?: string;
  readonly actor?: { readonly login: string; readonly type?: string } | null;
  readonly created_at?: string;
}

function toEvent(event: TimelineEvent): IssueHistory['events'][number] {
  return {
    type: event.event ?? 'unknown',
    actor: loginOf(event.actor),
    isBot: event.actor?.type === 'Bot',
    createdAt: event.created_at ?? '',
  };
}
