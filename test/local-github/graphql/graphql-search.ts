import { GraphQLError } from 'graphql';
import type { EmulateRepo } from '../data/emulate-base.ts';
import { mayRead } from '../data/rights.ts';
import type { StoredIssue } from '../types.ts';
import { connection, type PageArguments } from './graphql-connection.ts';
import { subjectObject } from './graphql-issue.ts';
import type { GraphqlContext } from './graphql-objects.ts';

/** Arguments of `search`. */
export interface SearchArguments extends PageArguments {
  readonly query: string;
  readonly type: string;
}

/**
 * GitHub's search as far as anybody here uses it: whole words in the titles of one repository's issues and pull requests,
 * newest first (GitHub: best match first). A qualifier that is not modelled is an error, not a word.
 */
export function searchObject(context: GraphqlContext, args: SearchArguments) {
  const wanted = readQuery(args);
  const repo = context.world.accounts.repo(wanted.repo);
  const found =
    repo !== undefined && mayRead(context.world, context.viewer, repo)
      ? matching(context, repo, wanted).map((issue) => subjectObject(context, issue, repo))
      : [];
  const none = { codeCount: 0, discussionCount: 0, repositoryCount: 0, userCount: 0, wikiCount: 0 };
  return { ...connection('search', found, args), ...none, issueCount: found.length };
}

interface Wanted {
  readonly repo: string;
  readonly is: readonly string[];
  readonly words: readonly string[];
}

function matching(context: GraphqlContext, repo: EmulateRepo, wanted: Wanted): StoredIssue[] {
  const { issues, settings } = context.world;
  return issues
    .list(repo.id, settings.listLagMs)
    .filter((issue) => wanted.is.every((value) => isOf(issue, value)))
    .filter(({ title }) => {
      const inTitle = wordsOf(title);
      return wanted.words.every((word) => inTitle.includes(word));
    })
    .sort((a, b) => b.createdAt - a.createdAt || b.number - a.number);
}

function isOf(issue: StoredIssue, value: string): boolean {
  if (value === 'issue') return issue.pull === null;
  if (value === 'pr') return issue.pull !== null;
  if (value === 'open' || value === 'closed') return issue.state === value;
  throw notModelled(`is:${value}`);
}

function readQuery({ query, type }: SearchArguments): Wanted {
  if (type !== 'ISSUE') throw notModelled(`a search of type ${type}`);
  const parts = query.split(/\s+/).filter(Boolean);
  const values = (name: string) =>
    parts.flatMap((part) => (part.startsWith(`${name}:`) ? [part.slice(name.length + 1)] : []));
  const words = parts.filter((part) => !/^(?:repo|is|in):/.test(part));
  const strange = words.find((word) => !/^[\p{L}\p{M}\p{N}_]+$/u.test(word) || OPERATOR.test(word));
  if (strange !== undefined) throw notModelled(`${strange} in a search`);
  if (words.join(' ').length > 256) throw notModelled('a search of more than 256 characters');
  const [repo, ...others] = values('repo');
  if (repo === undefined || others.length > 0) throw notModelled('a search of many repositories');
  if (values('in').join() !== 'title') throw notModelled('a search outside of titles');
  return { repo, is: values('is'), words: words.flatMap(wordsOf) };
}

const OPERATOR = /^(?:AND|OR|NOT)$/;

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
}

function notModelled(what: string): GraphQLError {
  return new GraphQLError(`The local GitHub does not model ${what}`);
}
