import type { IssueHistory } from '../core/engine/job-facts.ts';
import { type Result, succeed } from '../core/failures.ts';
import { type IssueRef, parseRepo } from '../core/refs.ts';
import { path, read } from './ask.ts';
import type { Client } from './client.ts';
import { type Actor, askBatch, inBatch, inBatches, loginOf } from './graphql.ts';

/** Issues with up to 100 comments each: 25 keep an answer small. */
const BATCH = 25;

const HISTORY = `
fragment History on Issue {
    number title body state createdAt repository { nameWithOwner }
    comments(first: 100) { nodes { body createdAt author { __typename login } } }
    userContentEdits(first: 100) { nodes { editedAt editor { login } } }
}`;

interface HistoryNode {
  readonly number?: number;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly createdAt: string;
  readonly repository: { readonly nameWithOwner: string };
  readonly comments: {
    readonly nodes: readonly {
      readonly body: string;
      readonly createdAt: string;
      readonly author: Actor;
    }[];
  };
  readonly userContentEdits: {
    readonly nodes: readonly { readonly editedAt: string; readonly editor: Actor }[];
  } | null;
}

/**
 * Everything that shows whether anybody touched an issue. Issues that GitHub does not show (deleted, moved away) are left
 * out; any other trouble fails all: undo must not guess.
 */
export async function readHistories(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<readonly IssueHistory[]>> {
  const histories: IssueHistory[] = [];
  for (const batch of inBatches(issues, BATCH)) {
    const some = await readBatch(client, batch);
    if (!some.ok) return some;
    histories.push(...some.value);
  }
  return succeed(histories);
}

async function readBatch(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<readonly IssueHistory[]>> {
  const answer = await askBatch<HistoryNode>(client, issues, {
    fields: '__typename ...History',
    fragments: HISTORY,
  });
  if (!answer.ok) return answer;
  const histories: IssueHistory[] = [];
  for (const issue of issues) {
    const node = inBatch(answer.value, issues, issue);
    if (node?.number === undefined) continue;
    const events = await readEvents(client, issue);
    if (!events.ok) return events;
    histories.push({ ...historyOf(node, issue), events: events.value });
  }
  return succeed(histories);
}

function historyOf(node: HistoryNode, asked: IssueRef): Omit<IssueHistory, 'events'> {
  const edits = (node.userContentEdits?.nodes ?? []).map(({ editedAt, editor }) => ({
    editor: loginOf(editor),
    editedAt,
  }));
  return {
    ref: {
      repo: parseRepo(node.repository.nameWithOwner, asked.repo.host) ?? asked.repo,
      number: node.number ?? asked.number,
    },
    title: node.title,
    body: node.body,
    state: node.state === 'OPEN' ? 'open' : 'closed',
    createdAt: node.createdAt,
    comments: node.comments.nodes.map(({ author, body, createdAt }) => ({
      author: loginOf(author),
      body,
      createdAt,
      isBot: author?.__typename === 'Bot',
    })),
    edits,
  };
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
