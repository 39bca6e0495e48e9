import { type Failure, fail } from '../core/failures.ts';
import type { GitHub } from '../core/github.ts';
import { checkRepo, readAccount } from './accounts.ts';
import { readBadges } from './badges.ts';
import { listChanges } from './changes.ts';
import type { Client } from './client.ts';
import { readGenerationFacts } from './generation-facts.ts';
import { listComments, readHistories } from './histories.ts';
import { listIssues, sweepIssues } from './list-issues.ts';
import {
  readMaster,
  readRights,
  readSyncMaster,
  readText,
  readTextWithRules,
  readVersions,
} from './read-checklist.ts';
import { readFollowed } from './read-followed.ts';
import { readIssue, readIssueDates, readKnownIssues } from './read-issues.ts';
import { readPulls } from './read-pulls.ts';
import { readRoles } from './read-roles.ts';
import { searchIssues } from './search-issues.ts';
import {
  createComment,
  createIssue,
  createLabel,
  deleteComment,
  ensureMilestone,
  updateIssue,
  updateMaster,
} from './write.ts';

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
  readRights,
  readRoles,
  readSyncMaster,
  readVersions,
  readText,
  readTextWithRules,
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
