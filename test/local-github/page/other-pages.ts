import type { StoredIssue } from '../types.ts';
import { html, raw } from './html.ts';
import { timeline } from './issue-timeline.ts';
import { stateIcon } from './markdown-html.ts';
import { delays, type RenderedView } from './shell.ts';
import { avatar, issueView, markdownHtml, relativeTime, type View } from './view.ts';

/** The list of a repository's issues. */
export function issueList(view: View): RenderedView {
  const { world, repo } = view;
  const open = world.issues
    .list(repo.id, world.settings.listLagMs)
    .filter((issue) => issue.pull === null && issue.state === 'open')
    .sort((a, b) => b.number - a.number);
  const rows = open.map(
    (issue) =>
      html`<li>${raw(stateIcon({ state: issue.state, isPull: false }))} <a class="issue-title" data-testid="issue-pr-title-link" href="/${repo.full_name}/issues/${issue.number}">${issue.title}</a> <span>#${issue.number}</span></li>`,
  );
  return {
    title: `Issues · ${repo.full_name}`,
    root: html`<h1>Issues</h1><ul class="issue-list" data-testid="list-view-items">${rows}</ul>`
      .html,
    state: { ...nothing(view), kind: 'list' },
  };
}

/** A pull request's page: enough to see that it is one. */
export function pullPage(view: View, pull: StoredIssue): RenderedView {
  const { repo } = view;
  const merged = pull.pull?.merged ?? false;
  const status = merged ? 'pullMerged' : pull.state === 'open' ? 'pullOpened' : 'pullClosed';
  const text = merged ? 'Merged' : pull.state === 'open' ? 'Open' : 'Closed';
  const branches = html`<span class="commit-ref">${pull.pull?.base ?? ''}</span> from <span class="commit-ref head-ref">${pull.pull?.head ?? ''}</span>`;
  return {
    title: `${pull.title} by ${pull.author} · Pull Request #${pull.number} · ${repo.full_name}`,
    root: html`<div id="partial-discussion-header" class="gh-header">
        <h1 class="gh-header-title"><bdi class="js-issue-title markdown-title">${pull.title}</bdi> <span>#${pull.number}</span></h1>
        <span class="prc-StateLabel-StateLabel-SsCJ2" data-status="${status}">${text}</span> <strong>${pull.pull?.mergedBy ?? pull.author}</strong> ${merged ? 'merged into' : 'wants to merge into'} ${branches}
      </div>
      <div class="js-discussion"><div class="with-avatar">${avatar(pull.author, 40)}<div class="comment-body markdown-body js-comment-body">${markdownHtml(view, pull.body ?? '')}<p>${relativeTime(pull.createdAt)}</p></div></div>${timeline(issueView(view, pull))}</div>`
      .html,
    state: { ...nothing(view), kind: 'list' },
  };
}

function nothing(view: View) {
  return {
    repo: view.repo.full_name,
    number: 0,
    version: 0,
    canEdit: false,
    body: '',
    open: false,
    ...delays(view),
  };
}
