import { readFileSync } from 'node:fs';
import { timestamp } from '../timestamps.ts';
import { type Html, html, raw } from './html.ts';
import { issueRoot } from './issue-root.ts';
import { avatar, type IssueView, type View } from './view.ts';

/** A rendered React view: what the soft navigation swaps, and what the shell surrounds. */
export interface RenderedView {
  readonly title: string;
  readonly root: string;
  /** What the page's script needs to know. */
  readonly state: PageState;
}

/** The state of a page's script; not part of GitHub's pages. */
export interface PageState {
  readonly kind: 'issue' | 'list';
  readonly repo: string;
  readonly number: number;
  readonly version: number;
  readonly canEdit: boolean;
  readonly body: string;
  readonly open: boolean;
  readonly hydrateDelayMs: number;
  readonly softNavigationDelayMs: number;
}

/**
 * GitHub's Content-Security-Policy of May 2026 with one relaxation: the page's script comes from
 * `github.com/_local/`, as no other host exists here. `upgrade-insecure-requests` stays.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "base-uri 'self'",
  'child-src github.githubassets.com github.com/assets-cdn/worker/ github.com/assets/',
  "connect-src 'self' uploads.github.com www.githubstatus.com collector.github.com raw.githubusercontent.com api.github.com github.githubassets.com objects-origin.githubusercontent.com *.actions.githubusercontent.com wss://*.actions.githubusercontent.com wss://alive.github.com",
  'font-src github.githubassets.com',
  "form-action 'self' github.com gist.github.com",
  "frame-ancestors 'none'",
  'frame-src viewscreen.githubusercontent.com notebooks.githubusercontent.com',
  "img-src 'self' data: blob: github.githubassets.com avatars.githubusercontent.com camo.githubusercontent.com *.githubusercontent.com",
  "manifest-src 'self'",
  'media-src github.com',
  'script-src github.githubassets.com github.com/_local/',
  "style-src 'unsafe-inline' github.githubassets.com",
  'upgrade-insecure-requests',
  'worker-src github.githubassets.com github.com/assets-cdn/worker/ github.com/assets/',
].join('; ');

const css = readFileSync(new URL('./page.css', import.meta.url), 'utf8');

/** How the reader's colors are set, as GitHub's attributes on `<html>`. */
export interface Theme {
  readonly colorMode: 'auto' | 'light' | 'dark';
  readonly lightTheme: string;
  readonly darkTheme: string;
}

/** A whole issue page as the server sends it, before hydration. */
export function issuePage(view: IssueView, version: number): RenderedView & { meta: Html } {
  const { issue, repo } = view;
  return {
    title: `${issue.title} · Issue #${issue.number} · ${repo.full_name}`,
    root: issueRoot(view).html,
    state: {
      kind: 'issue',
      repo: repo.full_name,
      number: issue.number,
      version,
      canEdit: view.canEdit,
      body: issue.body ?? '',
      open: issue.state === 'open',
      ...delays(view),
    },
    meta: html`<meta name="hovercard-subject-tag" content="issue:${issue.id}" data-turbo-transient="">
  <link rel="canonical" href="https://github.com/${repo.full_name}/issues/${issue.number}">`,
  };
}

/** The delays that the page's script keeps. */
export function delays({ world: { settings } }: View) {
  const { hydrateDelayMs, softNavigationDelayMs } = settings;
  return { hydrateDelayMs, softNavigationDelayMs };
}

/** The document around a view: GitHub's outer elements, metadata and the page's script. */
export function documentOf(
  view: View,
  rendered: RenderedView,
  theme: Theme,
  more: { readonly meta?: Html; readonly embedded?: unknown } = {},
): string {
  const { repo, login } = view;
  const [owner = ''] = repo.full_name.split('/');
  const embedded = JSON.stringify(more.embedded ?? { payload: {} }).replaceAll('<', '\\u003c');
  const state = JSON.stringify(rendered.state);
  return html`<!DOCTYPE html>
<html lang="en" data-color-mode="${theme.colorMode}" data-light-theme="${theme.lightTheme}" data-dark-theme="${theme.darkTheme}" data-a11y-animated-images="system" data-a11y-link-underlines="true" data-turbo-loaded="">
<head>
  <meta charset="utf-8">
  <title>${rendered.title}</title>
  <meta name="viewport" content="width=device-width">
  <meta name="route-controller" content="voltron_issues_fragments" data-turbo-transient="">
  <meta name="selected-link" value="repo_issues" data-turbo-transient="">
  <meta name="user-login" content="${login ?? ''}">
  <meta name="hostname" content="github.com">
  <meta name="expected-hostname" content="github.com">
  <meta name="octolytics-dimension-repository_id" content="${repo.id}">
  <meta name="octolytics-dimension-repository_nwo" content="${repo.full_name}">
  <meta name="octolytics-dimension-repository_public" content="${String(!repo.private)}">
  <meta name="color-scheme" content="light dark">
  <meta name="local-github-state" content="${state}">
  ${more.meta ?? null}
  <link rel="icon" href="data:,">
  <style>${raw(css)}</style>
  <script src="/_local/page-client.js" defer></script>
</head>
<body class="${login === null ? 'logged-out' : 'logged-in'} env-production page-responsive" style="overflow-wrap: break-word;">
<div data-turbo-body="" class="${login === null ? 'logged-out' : 'logged-in'} env-production page-responsive">
  <div class="position-relative header-wrapper js-header-wrapper"><header role="banner" class="AppHeader"><span class="mark"></span><span class="context"><a href="/${owner}">${owner}</a> / <a href="/${repo.full_name}">${repo.name}</a></span>${login === null ? html`<a href="/login">Sign in</a>` : avatar(login, 32)}</header></div>
  <div id="start-of-content" class="show-on-focus"></div>
  <div class="application-main" data-commit-hovercards-enabled="" data-discussion-hovercards-enabled="" data-issue-and-pr-hovercards-enabled="">
  <main id="js-repo-pjax-container">
  <nav class="js-repo-nav UnderlineNav" aria-label="Repository"><a href="/${repo.full_name}">Code</a><a id="issues-tab" href="/${repo.full_name}/issues" aria-current="page" data-turbo-frame="repo-content-turbo-frame">Issues</a><a href="/${repo.full_name}/pulls">Pull requests</a></nav>
  <turbo-frame id="repo-content-turbo-frame" target="_top" data-turbo-action="advance" class="">
  <div id="repo-content-pjax-container" class="repository-content">
  <react-app app-name="issues-react" initial-path="/${repo.full_name}/issues" data-attempted-ssr="true" data-ssr="true" data-lazy="false" data-alternate="false" data-data-router-enabled="false" data-catalyst="" class="">
  <script type="application/json" data-target="react-app.embeddedData">${raw(embedded)}</script>
  <div data-target="react-app.reactRoot">${raw(rendered.root)}</div>
  </react-app>
  </div>
  </turbo-frame>
  </main>
  </div>
</div>
</body>
</html>`.html;
}

/** The data that GitHub embeds into the first page load (stale after edits and soft navigation). */
export function embeddedData(view: IssueView): unknown {
  const { issue, repo, login, canEdit } = view;
  const [owner, name] = repo.full_name.split('/');
  const data = {
    repository: {
      issue: {
        id: issue.nodeId,
        databaseId: issue.id,
        number: issue.number,
        title: issue.title,
        body: issue.body ?? '',
        state: issue.state.toUpperCase(),
        stateReason: issue.stateReason?.toUpperCase() ?? null,
        locked: issue.locked,
        updatedAt: timestamp(issue.updatedAt),
        viewerCanUpdateNext: canEdit,
        viewerDidAuthor: issue.author === login,
        author: { __typename: 'User', login: issue.author },
        repository: { nameWithOwner: repo.full_name, isArchived: repo.archived },
      },
    },
    safeViewer: login === null ? null : { login },
  };
  const variables = { owner, repo: name, number: issue.number };
  const query = { queryName: 'IssueViewerViewQuery', variables, result: { data } };
  return { payload: { preloaded_records: {}, preloadedQueries: [query] }, title: null };
}
