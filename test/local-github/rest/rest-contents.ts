import { type ApiAnswer, apiError, notModelled, type RepoRequest, type World } from '../world.ts';

/** One file of the default branch, base64 or raw as the request accepts it; 404 when it is missing. */
export function getContents(world: World, request: RepoRequest): ApiAnswer {
  const { repo, viewer, query, headers } = request;
  const path = decodeURIComponent(request.rest.replace('/contents/', ''));
  if (repo.private && viewer.token?.contents === 'none')
    return apiError(403, 'Resource not accessible by personal access token', undefined, {
      'x-accepted-github-permissions': 'contents=read',
    });
  const ref = query.get('ref');
  if (
    ref !== null &&
    !['HEAD', repo.default_branch, `refs/heads/${repo.default_branch}`].includes(ref)
  )
    return apiError(404, `No commit found for the ref ${ref}`);
  if (world.files.isFolder(repo.id, path)) return notModelled(`a folder in ${request.rest}`);
  const file = world.files.find(repo.id, path);
  if (file === undefined) return apiError(404, 'Not Found');
  if (/application\/vnd\.github(\.v3)?\.raw/.test(headers.accept ?? ''))
    return {
      status: 200,
      headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' },
      body: file.text,
    };
  const branch = repo.default_branch;
  const url = `https://api.github.com/repos/${repo.full_name}/contents/${path}?ref=${branch}`;
  const git = `https://api.github.com/repos/${repo.full_name}/git/blobs/${file.oid}`;
  const page = `https://github.com/${repo.full_name}/blob/${branch}/${path}`;
  return {
    status: 200,
    body: {
      name: path.split('/').at(-1),
      path,
      sha: file.oid,
      size: file.size,
      url,
      html_url: page,
      git_url: git,
      download_url: `https://raw.githubusercontent.com/${repo.full_name}/${branch}/${path}`,
      type: 'file',
      content: base64Lines(file.text),
      encoding: 'base64',
      _links: { self: url, git, html: page },
    },
  };
}

/** Base64 in lines of 60 characters, each ended, as GitHub writes it. */
function base64Lines(text: string): string {
  return Buffer.from(text)
    .toString('base64')
    .replace(/.{1,60}/g, '$&\n');
}
