import { type Result, succeed } from '../core/failures.ts';
import type { IssueDates } from '../core/metrics/metric-facts.ts';
import { type IssueRef, parseRepo } from '../core/refs.ts';
import type { Client } from './client.ts';
import { reasonOf } from './followed-facts.ts';
import { askBatch, inBatch, inBatches } from './graphql.ts';

/** Without connections a request of 100 issues costs one point. */
const BATCH = 100;

const DATES = `
fragment Dates on Issue {
  number createdAt closedAt state stateReason(enableDuplicate: true) repository { nameWithOwner }
}`;

interface DatesNode {
  /** Missing where it is a pull request. */
  readonly number?: number;
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly state: string;
  readonly stateReason: string | null;
  readonly repository: { readonly nameWithOwner: string };
}

/**
 * GitHub's own dates of issues, 100 in a request, each under where it stands now. Pull requests, and issues that GitHub
 * does not show, are left out.
 */
export async function readIssueDates(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<readonly Omit<IssueDates, 'checklistKey'>[]>> {
  const dates: Omit<IssueDates, 'checklistKey'>[] = [];
  for (const batch of inBatches(issues, BATCH)) {
    const answer = await askBatch<DatesNode>(client, batch, {
      fields: '__typename ...Dates',
      fragments: DATES,
    });
    if (!answer.ok) return answer;
    dates.push(...batch.flatMap((issue) => datesOf(inBatch(answer.value, batch, issue), issue)));
  }
  return succeed(dates);
}

function datesOf(
  node: DatesNode | undefined,
  asked: IssueRef,
): readonly Omit<IssueDates, 'checklistKey'>[] {
  if (node?.number === undefined) return [];
  const repo = parseRepo(node.repository.nameWithOwner, asked.repo.host) ?? asked.repo;
  const isClosed = node.state !== 'OPEN';
  return [
    {
      issue: { repo, number: node.number },
      createdAt: node.createdAt,
      // A reopened issue keeps no time of its closing, whatever GitHub should say.
      closedAt: isClosed ? (node.closedAt ?? undefined) : undefined,
      reason: isClosed ? reasonOf(node.stateReason) : undefined,
    },
  ];
}
