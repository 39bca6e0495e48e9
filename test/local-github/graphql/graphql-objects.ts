import type { EmulateRepo } from '../data/emulate-base.ts';
import type { milestonesOf } from '../rest/rest-shapes.ts';
import type { Viewer, World } from '../world.ts';

/** A signed-in viewer. */
export type SignedIn = Viewer & { readonly login: string };

/** What the GraphQL objects are made from. */
export interface GraphqlContext {
  readonly world: World;
  readonly viewer: SignedIn;
}

/** Where pages are. */
export const SITE = 'https://github.com';

/** A user or bot as GraphQL's Actor. */
export function actorObject(world: World, login: string) {
  const user = world.accounts.user(login);
  if (user === undefined) return null;
  return {
    __typename: world.accounts.isBot(login) ? 'Bot' : 'User',
    id: user.node_id,
    databaseId: user.id,
    login: user.login,
    name: user.name,
    url: `${SITE}/${user.login}`,
    avatarUrl: () => `https://avatars.githubusercontent.com/u/${user.id}?v=4`,
  };
}

/** A label as GraphQL shows it. */
export function labelObject(label: {
  node_id: string;
  name: string;
  color: string;
  description: string | null;
}) {
  const { node_id: id, name, color, description } = label;
  return { __typename: 'Label', id, name, color, description };
}

/** True when a fine-grained token may not read files of this private repository. */
export function contentsAreHidden({ viewer }: GraphqlContext, repo: EmulateRepo): boolean {
  return repo.private && viewer.token?.contents === 'none';
}

/** A milestone as GraphQL shows it. */
export function milestoneObject(row: ReturnType<typeof milestonesOf>[number]) {
  return {
    __typename: 'Milestone',
    id: row.node_id,
    number: row.number,
    title: row.title,
    description: row.description,
    state: row.state.toUpperCase(),
    dueOn: row.due_on,
  };
}
