import { GraphQLError } from 'graphql';

/** The paging arguments of a connection. */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** A GraphQL connection over a list, under GitHub's rules: first or last, 1 to 100. */
export function connection<T>(name: string, all: readonly T[], page: PageArguments) {
  const size = pageSize(name, page);
  const from = page.after ? indexOf(page.after) + 1 : 0;
  const to = page.before ? indexOf(page.before) : all.length;
  const window = all.slice(from, to);
  const backwards = page.first === undefined || page.first === null;
  const start = backwards ? Math.max(from, from + window.length - size) : from;
  const nodes = all.slice(start, Math.min(to, start + size));
  const end = start + nodes.length;
  return {
    totalCount: all.length,
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: cursor(start + index) })),
    pageInfo: {
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length > 0 ? cursor(start) : null,
      endCursor: nodes.length > 0 ? cursor(end - 1) : null,
    },
  };
}

function pageSize(name: string, { first, last }: PageArguments): number {
  const which = first === undefined || first === null ? 'last' : 'first';
  const size = first ?? last;
  if (size === undefined || size === null)
    throw githubError(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  if (size > 100 || size < 0)
    throw githubError(
      'EXCESSIVE_PAGINATION',
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`${which}\` limit of 100 records.`,
    );
  return size;
}

/** An error as GitHub's GraphQL reports it: HTTP 200, with a type. */
export function githubError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

function cursor(index: number): string {
  return Buffer.from(`cursor:v2:${index}`).toString('base64');
}

function indexOf(text: string): number {
  const index = Number(Buffer.from(text, 'base64').toString('utf8').split(':').at(-1));
  if (!Number.isInteger(index))
    throw githubError(
      'INVALID_CURSOR_ARGUMENTS',
      `\`${text}\` does not appear to be a valid cursor.`,
    );
  return index;
}
