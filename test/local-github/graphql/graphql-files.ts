import { GraphQLError } from 'graphql';
import type { EmulateRepo } from '../data/emulate-base.ts';
import type { StoredFile } from '../data/files.ts';
import { githubError } from './graphql-connection.ts';
import { contentsAreHidden, type GraphqlContext } from './graphql-objects.ts';
import { repositoryObject } from './graphql-repository.ts';

/** Arguments of `Repository.object`. */
export interface ObjectArguments {
  readonly expression?: string | null;
  readonly oid?: string | null;
}

/**
 * The file that `HEAD:path` or `main:path` names, as a Blob (a folder as a Tree); null when there is none. A token without the
 * permission for contents gets a null with an error at this path, and the rest of the data.
 */
export function fileObject(
  context: GraphqlContext,
  repo: EmulateRepo,
  { expression }: ObjectArguments,
): object | null {
  if (contentsAreHidden(context, repo))
    throw githubError('FORBIDDEN', 'Resource not accessible by personal access token');
  const [, ref, path] = /^(?:refs\/heads\/)?([^:]+):(.*)$/.exec(expression ?? '') ?? [];
  const { files } = context.world;
  if (ref === undefined || path === undefined)
    throw new GraphQLError(`The local GitHub does not model Repository.object(${expression})`);
  if (ref !== 'HEAD' && ref !== repo.default_branch) return null;
  if (files.isFolder(repo.id, path)) return treeObject(context, repo, path);
  const file = files.find(repo.id, path);
  return file === undefined ? null : blobObject(context, repo, file);
}

/** Only files right in the folder (of the repository itself: path ''); folders in it are not modelled. */
function treeObject(context: GraphqlContext, repo: EmulateRepo, path: string): object {
  const { files } = context.world;
  return {
    __typename: 'Tree',
    id: `T_local${repo.id}/${path}`,
    entries: () =>
      files.list(repo.id, path).map((file) => ({
        name: file.path.slice(file.path.lastIndexOf('/') + 1),
        path: file.path,
        type: 'blob',
        object: blobObject(context, repo, file),
      })),
  };
}

function blobObject(context: GraphqlContext, repo: EmulateRepo, file: StoredFile): object {
  const isBinary = file.text.includes('\0');
  return {
    __typename: 'Blob',
    id: `B_local${file.oid}`,
    oid: file.oid,
    abbreviatedOid: file.oid.slice(0, 7),
    byteSize: file.size,
    isBinary,
    isTruncated: false,
    text: isBinary ? null : file.text,
    repository: () => repositoryObject(context, repo),
  };
}
