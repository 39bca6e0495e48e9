import { createHash } from 'node:crypto';

/** A file as git sees it. */
export interface StoredFile {
  readonly path: string;
  readonly text: string;
  /** Git's id of the content. */
  readonly oid: string;
  /** In bytes of UTF-8. */
  readonly size: number;
}

/** The files of every repository's default branch; other branches hold none. */
export interface Files {
  put(repoId: number, path: string, text: string): void;
  remove(repoId: number, path: string): void;
  find(repoId: number, path: string): StoredFile | undefined;
  /** The files right in a folder. */
  list(repoId: number, path: string): readonly StoredFile[];
  /** True when a file lies below it. */
  isFolder(repoId: number, path: string): boolean;
}

/** No files yet. */
export function createFiles(): Files {
  const repos = new Map<number, Map<string, StoredFile>>();
  const filesOf = (repoId: number) => {
    const known = repos.get(repoId) ?? new Map<string, StoredFile>();
    repos.set(repoId, known);
    return known;
  };
  return {
    put: (repoId, path, text) => {
      const size = Buffer.byteLength(text);
      const oid = createHash('sha1').update(`blob ${size}\0`).update(text).digest('hex');
      filesOf(repoId).set(path, { path, text, oid, size });
    },
    remove: (repoId, path) => {
      if (!filesOf(repoId).delete(path)) throw new Error(`no file ${path} in the local GitHub`);
    },
    find: (repoId, path) => filesOf(repoId).get(path),
    list: (repoId, path) =>
      [...filesOf(repoId).values()].filter(
        (file) => file.path.slice(0, Math.max(0, file.path.lastIndexOf('/'))) === path,
      ),
    isFolder: (repoId, path) =>
      [...filesOf(repoId).keys()].some((file) => path === '' || file.startsWith(`${path}/`)),
  };
}
