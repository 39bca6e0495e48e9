import { readFileSync } from 'node:fs';
import { atLeast } from '../data/accounts.ts';
import type { EmulateRepo } from '../data/emulate-base.ts';
import { mayEdit } from '../data/rights.ts';
import type { StoredIssue } from '../types.ts';
import type { World } from '../world.ts';
import { issueList, pullPage } from './other-pages.ts';
import {
  CONTENT_SECURITY_POLICY,
  documentOf,
  embeddedData,
  issuePage,
  type RenderedView,
} from './shell.ts';
import { withTask } from './task-lines.ts';
import { issueView, type View } from './view.ts';

/** github.com: pages for people, and what their script asks for under `/_local/`. */
export interface Site {
  handle(request: SiteRequest): Reply;
  /** Who is signed in where no `local_user` cookie says otherwise. */
  signInAs(login: string | null): void;
  close(): void;
}

/** A request to github.com: path and query, cookies, body. */
export interface SiteRequest {
  readonly url: string;
  readonly cookie: string;
  readonly body: string;
}

/** An answer of github.com. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

type Versions = (repoId: number, number: number) => number;

const clientScript = readFileSync(new URL('./page-client.js', import.meta.url), 'utf8');

/** Serves the pages from the same state as the API. */
export function createSite(world: World): Site {
  let signedIn: string | null = null;
  const versions = new Map<string, number>();
  const stopListening = world.issues.onChange((repoId, number) => {
    const key = `${repoId}#${number}`;
    versions.set(key, (versions.get(key) ?? 0) + 1);
  });
  const versionOf: Versions = (repoId, number) => versions.get(`${repoId}#${number}`) ?? 0;

  return {
    signInAs: (login) => {
      signedIn = login;
    },
    close: stopListening,
    handle: (request) => {
      const url = new URL(request.url, 'https://github.com');
      const cookie = /(?:^|;\s*)local_user=([^;]*)/.exec(request.cookie)?.[1];
      const login = cookie === undefined ? signedIn : cookie || null;
      return url.pathname.startsWith('/_local/')
        ? local(world, versionOf, login, url, request.body)
        : page(world, versionOf, login, url);
    },
  };
}

function page(world: World, versionOf: Versions, login: string | null, url: URL): Reply {
  const match = /^\/([^/]+\/[^/]+)(?:\/(issues|pull)(?:\/(\d+))?)?\/?$/.exec(url.pathname);
  const [, fullName = '', kind, number] = match ?? [];
  const repo = world.accounts.repo(fullName);
  if (repo === undefined || world.accounts.role(login, repo) === 'none') return notFound();
  if (world.accounts.isFormerName(fullName))
    return redirectTo(url.pathname.replace(fullName, repo.full_name));
  const view: View = { world, repo, login };
  const rendered = kind === undefined ? null : viewOf(view, versionOf, kind, number);
  if (rendered === null || 'status' in rendered) return rendered ?? notFound();
  const { settings } = world;
  const document = documentOf(view, rendered.view, settings.theme, rendered.more);
  return htmlReply(document);
}

type Found = {
  readonly view: RenderedView;
  readonly more: Parameters<typeof documentOf>[3];
};

function viewOf(
  view: View,
  versionOf: Versions,
  kind: string,
  number: string | undefined,
): Found | Reply | null {
  const { world, repo } = view;
  if (number === undefined)
    return kind === 'issues'
      ? { view: issueList(view), more: {} }
      : redirectTo(`/${repo.full_name}/pulls`);
  const found = world.issues.find(repo.id, Number(number));
  if (found.kind === 'moved') {
    const target = world.accounts.repoById(found.repoId);
    return target === undefined ? null : redirectTo(`/${target.full_name}/issues/${found.number}`);
  }
  if (found.kind !== 'found') return null;
  const { issue } = found;
  if ((issue.pull !== null) !== (kind === 'pull'))
    return redirectTo(`/${repo.full_name}/${issue.pull ? 'pull' : 'issues'}/${number}`);
  if (issue.pull !== null) return { view: pullPage(view, issue), more: {} };
  const ofIssue = issueView(view, issue);
  const { meta, ...rendered } = issuePage(ofIssue, versionOf(repo.id, issue.number));
  return { view: rendered, more: { meta, embedded: embeddedData(ofIssue) } };
}

function local(
  world: World,
  versionOf: Versions,
  login: string | null,
  url: URL,
  body: string,
): Reply {
  switch (url.pathname) {
    case '/_local/page-client.js':
      return {
        status: 200,
        headers: { 'content-type': 'text/javascript; charset=utf-8' },
        body: clientScript,
      };
    case '/_local/view':
      return viewReply(world, versionOf, login, url);
    case '/_local/act':
      return act(world, login, JSON.parse(body) as Action);
    default:
      return notFound();
  }
}

/** A view for the page's script: after a soft navigation, or when the issue has changed. */
function viewReply(world: World, versionOf: Versions, login: string | null, url: URL): Reply {
  const path = url.searchParams.get('path') ?? '';
  const match = /^\/([^/]+\/[^/]+)\/issues(?:\/(\d+))?\/?$/.exec(path);
  const repo = world.accounts.repo(match?.[1] ?? '');
  if (repo === undefined || world.accounts.role(login, repo) === 'none') return notFound();
  const known = url.searchParams.get('version');
  const number = Number(match?.[2] ?? 0);
  if (known !== null && Number(known) === versionOf(repo.id, number)) return { status: 204 };
  const found = viewOf({ world, repo, login }, versionOf, 'issues', match?.[2]);
  if (found === null || 'status' in found) return found ?? notFound();
  return json(200, found.view);
}

type Action = { readonly repo: string; readonly number: number } & (
  | { readonly do: 'tick'; readonly index: number; readonly checked: boolean }
  | { readonly do: 'edit'; readonly body?: string; readonly title?: string }
  | { readonly do: 'comment'; readonly body: string }
  | { readonly do: 'state'; readonly state: 'open' | 'closed' }
);

/** What a person does with GitHub's own controls. */
function act(world: World, login: string | null, action: Action): Reply {
  const repo = world.accounts.repo(action.repo);
  const found = repo && world.issues.find(repo.id, action.number);
  if (repo === undefined || found?.kind !== 'found') return notFound();
  if (login === null || !mayAct(world, login, repo, found.issue, action))
    return json(403, { error: 'You cannot do this here.' });
  switch (action.do) {
    case 'tick': {
      const body = withTask(found.issue.body ?? '', action.index, action.checked);
      if (body === null) return json(422, { error: 'There is no such task.' });
      world.issues.update(repo.id, action.number, { body }, login);
      break;
    }
    case 'edit': {
      const { body, title } = action;
      const change = { ...(body !== undefined && { body }), ...(title !== undefined && { title }) };
      world.issues.update(repo.id, action.number, change, login);
      break;
    }
    case 'comment':
      world.issues.comment(repo.id, action.number, action.body, login);
      break;
    case 'state':
      world.issues.update(repo.id, action.number, { state: action.state }, login);
      break;
  }
  return json(200, {});
}

function mayAct(
  world: World,
  login: string,
  repo: EmulateRepo,
  issue: StoredIssue,
  action: Action,
): boolean {
  if (action.do !== 'comment') return mayEdit(world, login, issue);
  if (repo.archived) return false;
  return !issue.locked || atLeast(world.accounts.role(login, repo), 'push');
}

function htmlReply(body: string): Reply {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'strict-transport-security': 'max-age=31536000; includeSubdomains; preload',
      'x-frame-options': 'deny',
    },
    body,
  };
}

function json(status: number, value: unknown): Reply {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers, body: JSON.stringify(value) };
}

function redirectTo(path: string): Reply {
  return { status: 301, headers: { location: `https://github.com${path}` } };
}

function notFound(): Reply {
  const body = '<!DOCTYPE html><title>Page not found · GitHub</title><h1>404</h1>';
  return {
    status: 404,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CONTENT_SECURITY_POLICY,
    },
    body,
  };
}
