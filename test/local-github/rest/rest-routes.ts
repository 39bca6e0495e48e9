import { type ApiAnswer, apiError, notModelled, type RepoRequest, type World } from '../world.ts';
import {
  createComment,
  deleteComment,
  getComment,
  listComments,
  updateComment,
} from './rest-comments.ts';
import { getContents } from './rest-contents.ts';
import {
  addLabels,
  createIssue,
  getIssue,
  listIssues,
  lockIssue,
  updateIssue,
} from './rest-issues.ts';
import { getMerge, getPull } from './rest-pulls.ts';
import { createLabel, getRepository, listLabels, listMilestones } from './rest-repository.ts';
import { listEvents, listTimeline } from './rest-timeline.ts';

type Answer = ApiAnswer | Promise<ApiAnswer>;
type Handler = (world: World, request: RepoRequest, ...numbers: number[]) => Answer;

const ROUTES: readonly (readonly [string, RegExp, Handler])[] = [
  ['GET', /^$/, getRepository],
  ['GET', /^\/labels$/, listLabels],
  ['POST', /^\/labels$/, createLabel],
  ['GET', /^\/milestones$/, listMilestones],
  ['GET', /^\/issues$/, listIssues],
  ['POST', /^\/issues$/, createIssue],
  ['GET', /^\/issues\/(\d+)$/, getIssue],
  ['PATCH', /^\/issues\/(\d+)$/, updateIssue],
  ['POST', /^\/issues\/(\d+)\/labels$/, addLabels],
  ['PUT', /^\/issues\/(\d+)\/lock$/, lockIssue],
  ['DELETE', /^\/issues\/(\d+)\/lock$/, lockIssue],
  ['GET', /^\/issues\/(\d+)\/comments$/, listComments],
  ['POST', /^\/issues\/(\d+)\/comments$/, createComment],
  ['GET', /^\/issues\/comments\/(\d+)$/, getComment],
  ['PATCH', /^\/issues\/comments\/(\d+)$/, updateComment],
  ['DELETE', /^\/issues\/comments\/(\d+)$/, deleteComment],
  ['GET', /^\/issues\/(\d+)\/timeline$/, listTimeline],
  ['GET', /^\/issues\/(\d+)\/events$/, listEvents],
  ['GET', /^\/contents\/.+$/, getContents],
  ['GET', /^\/pulls\/(\d+)$/, getPull],
  ['GET', /^\/pulls\/(\d+)\/merge$/, getMerge],
];

/**
 * Answers what this folder models of a repository's REST API. Null leaves the rest to emulate; what
 * emulate would answer from its own, empty records of issues and pull requests is refused loudly.
 */
export function answerRepository(world: World, request: RepoRequest): Answer | null {
  const { rest, method, repo } = request;
  const isIssuePath = /^\/issues(\/|$)/.test(rest);
  if (isIssuePath && !repo.has_issues) return apiError(410, 'Issues are disabled for this repo');
  for (const [routeMethod, pattern, handler] of ROUTES) {
    const match = routeMethod === method && pattern.exec(rest);
    if (match) return handler(world, request, ...match.slice(1).map(Number));
  }
  // emulate keeps files, issues and pull requests of its own, which nobody here ever sees.
  const isOurs = isIssuePath || /^\/(pulls|contents)(\/|$)/.test(rest);
  return isOurs ? notModelled(`${method} ${rest}`) : null;
}
