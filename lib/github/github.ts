import { type Failure, fail } from '../core/failures.ts';
import type { GitHub } from '../core/github.ts';
import { checkRepo, readAccount } from './accounts.ts';
import { readBadges } from './badges.ts';
import { listChanges } from './changes.ts';
import type { Client } from './client.ts';
import { createComment, deleteComment, listComments } from './comments.ts';
import { readFollowed } from './followed.ts';
import { readGenerationFacts } from './generation-facts.ts';
import { readHistories } from './histories.ts';
import { readIssueDates } from './issue-dates.ts';
import { createIssue, listIssues, readIssue, updateIssue } from './issues.ts';
import { readKnownIssues } from './known-issues.ts';
import { createLabel, ensureMilestone } from './labels.ts';
import { readMaster, readText, updateMaster } from './masters.ts';
import { readPulls } from './named-pulls.ts';
import { searchIssues } from './search-issues.ts';
import { sweepIssues } from './sweep-issues.ts';
import { readSyncMaster, readVersions } from './sync-masters.ts';

/** GitHub for one account on one host. */
export function createGitHub(client: Client): GitHub {
  return answerEach((call: Call) => call.bind(undefined, client));
}

/** A GitHub that refuses everything for one reason: whoever asks waits for the user. */
export function refusingGitHub(problem: Failure): GitHub {
  return answerEach(() => async () => fail(problem));
}

const CALLS = {
  readAccount,
  checkRepo,
  readMaster,
  readSyncMaster,
  readVersions,
  readText,
  updateMaster,
  readGenerationFacts,
  readIssue,
  readKnownIssues,
  readBadges,
  readIssueDates,
  readHistories,
  readFollowed,
  readPulls,
  listIssues,
  sweepIssues,
  searchIssues,
  listChanges,
  listComments,
  createIssue,
  updateIssue,
  createComment,
  deleteComment,
  createLabel,
  ensureMilestone,
} satisfies Calls;

/** Every question of the interface, with the client in front. */
type Calls = {
  readonly [Name in keyof GitHub]: (
    client: Client,
    ...args: Parameters<GitHub[Name]>
  ) => ReturnType<GitHub[Name]>;
};

type Call = (client: Client, ...args: readonly never[]) => unknown;

/** The compiler checks `CALLS` against the interface; that an object made of its names is one, it cannot see. */
function answerEach(answer: (call: Call) => unknown): GitHub {
  const entries = Object.entries<Call>(CALLS).map(([name, call]) => [name, answer(call)]);
  return Object.fromEntries(entries) as GitHub;
}
