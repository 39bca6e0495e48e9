import { getOperationAST, parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalGitHub, startLocalGitHub } from '../local-github.ts';
import { costOf } from './graphql-cost.ts';

function cost(text: string, variables: Readonly<Record<string, unknown>> = {}) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return costOf(document, operation, variables);
}

describe('the cost of a query', () => {
  it('is the one of GitHub’s own example', () => {
    const example =
      '{ viewer { repositories(first: 100) { nodes { issues(first: 50) { nodes { labels(first: 60) { nodes { id } } } } } } } }';
    expect(cost(example)).toEqual({ cost: 51, nodeCount: 100 + 100 * 50 + 100 * 50 * 60 });
  });

  it('is at least one point', () => {
    expect(cost('{ viewer { login } }')).toEqual({ cost: 1, nodeCount: 0 });
  });

  it('counts every alias, and looks into fragments and variables', () => {
    const fields =
      'fragment F on Issue { labels(first: $n) { nodes { id } } ... on Issue { comments(last: 2) { nodes { id } } } }';
    const aliases = Array.from(
      { length: 100 },
      (_, index) => `i${index}: issue(number: 1) { ...F }`,
    );
    const text = `query ($n: Int = 5) { repository(owner: "o", name: "r") { ${aliases.join(' ')} } } ${fields}`;
    expect(cost(text)).toEqual({ cost: 2, nodeCount: 100 * 7 });
    expect(cost(text, { n: 10 }).nodeCount).toBe(100 * 12);
  });
});

describe('points', () => {
  let github: LocalGitHub;
  let token: string;

  beforeEach(async () => {
    github = await startLocalGitHub();
    ({ token } = github.addUser('author'));
    github.addRepo('octo-org/plan');
  });

  afterEach(async () => {
    await github.close();
  });

  async function ask(text: string) {
    const answer = await github.fetch('https://api.github.com/graphql', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: text }),
    });
    return { headers: answer.headers, json: await answer.json() };
  }
  const expensive = (inner: number) =>
    `{ rateLimit { cost nodeCount used } repository(owner: "octo-org", name: "plan") {
      issues(first: 100) { nodes { comments(first: ${inner}) { nodes { id } } labels(first: ${inner}) { nodes { id } } } } } }`;

  it('are spent as reckoned, told by rateLimit, headers and report alike', async () => {
    const { headers, json } = await ask(expensive(10));
    expect(json.data.rateLimit).toEqual({ cost: 2, nodeCount: 2100, used: 2 });
    expect(headers.get('x-ratelimit-used')).toBe('2');
    expect(github.report()).toMatchObject({
      kinds: { graphqlQueries: 1, restReads: 0 },
      points: { graphql: 2, rest: 0, total: 2 },
    });
  });

  it('are not spent on a query that could answer more than 500,000 nodes', async () => {
    const nested = expensive(100).replace(
      'comments(first: 100) { nodes { id } }',
      'a: timelineItems(first: 100) { nodes { ... on IssueComment { issue { comments(first: 100) { nodes { id } } } } } }',
    );
    const { json } = await ask(nested);
    expect(json.errors).toMatchObject([{ type: 'MAX_NODE_LIMIT_EXCEEDED' }]);
  });
});
