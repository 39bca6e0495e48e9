import { closingPulls } from '../data/pulls.ts';
import { type Html, html, raw } from './html.ts';
import { timeline } from './issue-timeline.ts';
import { stateIcon } from './markdown-html.ts';
import {
  avatar,
  type IssueView,
  labelsIn,
  markdownHtml,
  milestoneTitle,
  relativeTime,
} from './view.ts';

/**
 * What React renders into the root of an issue page, with the attributes and nesting of GitHub's page
 * as seen in 2025 and 2026. The hashes at the end of class names are made up: they change with every
 * build of GitHub's, so nothing may depend on them.
 */
export function issueRoot(view: IssueView): Html {
  return html`
    <div role="region" id="__primerPortalRoot__"></div>
    <div class="primary-viewer IssueDetail-module__IssueDetailContainer__w0tUF" data-testid="issue-viewer-container">
    <div class="IssueViewer-module__issueViewerContainer__flht4 IssueViewer-module__mainContainer__xvqRF">
      <div class="ContentWrapper-module__contentContainer__UBLwW">${header(view)}</div>
      <div class="ContentWrapper-module__contentContainer__UBLwW">
        <div data-testid="issue-metadata-fixed" class="HeaderMetadata-module__metadataContainer___PF3H"><div class="HeaderMetadata-module__metadataContent__xV4If"><div>${stateLabel(view)}</div></div></div>
      </div>
      <div data-testid="issue-metadata-sticky" class="js-notification-shelf-offset-top HeaderMetadata-module__stickyContainer__xk69x" data-original-top="auto">
        <div class="HeaderMetadata-module__stickyContent___V4Oe"><div>${stateLabel(view)}</div>
        <div class="HeaderMetadata-module__titleAndMetadata__z52aq"><a class="StickyHeaderTitle-module__stickyTitleLink__nH4Ae" href="#top"><bdi class="markdown-title" data-testid="issue-title-sticky">${view.issue.title}</bdi></a> <span>#${view.issue.number}</span></div></div>
      </div>
      <div class="IssueViewer-module__contentAndSidebarWrapper__If3X6">
        <div class="IssueViewer-module__contentArea__mHr61">
          <div data-testid="issue-viewer-issue-container"><div class="with-avatar">
            <a class="Avatar-module__avatarLink__S36bm Avatar-module__avatarOuter__MZJZH" href="https://github.com/${view.issue.author}" data-hovercard-url="/users/${view.issue.author}/hovercard" aria-label="@${view.issue.author}'s profile">${avatar(view.issue.author, 40)}</a>
            ${bodyBox(view)}
          </div></div>
          <div data-testid="issue-viewer-comments-container" class="react-comments-container">
            <h2 class="sr-only">Activity</h2>
            <div data-testid="issue-timeline-container" class="prc-Timeline-Timeline-iQjcc">${timeline(view)}</div>
            ${composer(view)}
          </div>
        </div>
        ${sidebar(view)}
      </div>
    </div></div>`;
}

function header(view: IssueView): Html {
  const { issue, canEdit, repo } = view;
  return html`<div aria-label="Header" role="region" data-testid="issue-header">
      <div class="prc-PageHeader-PageHeader-sT1Hp HeaderViewer-module__headerContainer__p0Eo1">
        <div class="prc-PageHeader-TitleArea-jxJZy" data-component="TitleArea" data-size-variant="medium">
          <h1 class="prc-PageHeader-Title-LKOsd prc-Heading-Heading-6CmGO" data-component="PH_Title" data-hidden="false">
            <bdi class="markdown-title" data-testid="issue-title">${issue.title}</bdi> <span class="HeaderViewer-module__issueNumberText__GQIsT">#${issue.number}</span>
          </h1>
        </div>
        <div class="prc-PageHeader-Actions-ygtmj HeaderViewer-module__PageHeader_Actions__jMiBQ" data-component="PH_Actions">
          <div class="HeaderMenu-module__menuActionsContainer__YhKI5"><div class="HeaderMenu-module__buttonContainer__FFZDV">
            ${canEdit && button('Edit', raw(' data-testid="edit-issue-title-button"'))}
            <a type="button" href="/${repo.full_name}/issues/new/choose" class="prc-Button-ButtonBase-9n-Xk" data-size="medium" data-variant="primary"><span data-component="buttonContent" class="prc-Button-ButtonContent-HKbr-"><span data-component="text" class="prc-Button-Label-FWkx3">New issue</span></span></a>
          </div></div>
        </div>
      </div>
    </div>`;
}

function stateLabel({ issue }: IssueView): Html {
  const notPlanned = issue.stateReason === 'not_planned' || issue.stateReason === 'duplicate';
  const status =
    issue.state === 'open' ? 'issueOpened' : notPlanned ? 'issueClosedNotPlanned' : 'issueClosed';
  const text = issue.state === 'open' ? 'Open' : 'Closed';
  const icon = raw(stateIcon({ state: issue.state, isPull: false }));
  return html`<span data-testid="header-state" data-status="${status}" class="prc-StateLabel-StateLabel-SsCJ2">${icon}${text}</span>`;
}

function bodyBox(view: IssueView): Html {
  const { issue, repo, login } = view;
  const own = issue.author === login ? ' IssueBodyHeader-module__viewerDidAuthor__AuLdY' : '';
  return html`<div data-testid="issue-body" class="react-issue-body" data-hpc="true">
      <h2 class="sr-only">Description</h2>
      <div><div>
        <div class="IssueBodyHeader-module__IssueBodyHeaderContainer__K_UcQ${own}">
          <div class="ActivityHeader-module__activityHeader__Flalv">
            <div class="IssueBodyHeader-module__titleSection__mIIEU"><a class="IssueBodyHeaderAuthor-module__authorLoginLink___S7aT" href="https://github.com/${issue.author}" data-hovercard-url="/users/${issue.author}/hovercard" data-testid="issue-body-header-author">${issue.author}</a></div>
            <div class="ActivityHeader-module__footer__FVHp7"><span>opened </span><a class="IssueBodyHeader-module__dateLink__0HRj6" href="https://github.com/${repo.full_name}/issues/${issue.number}#issue-${issue.id}" data-testid="issue-body-header-link">${relativeTime(issue.createdAt)}</a></div>
            <div class="IssueBodyHeader-module__actionsSection__Y5zwc"><button class="prc-Button-IconButton-szpyj" data-component="IconButton" type="button" aria-haspopup="true" aria-expanded="false" aria-label="Issue body actions">${kebab()}</button></div>
          </div>
        </div>
        <div class="IssueBodyViewer-module__IssueBody__MXyFt" id="issue-body-viewer" data-testid="issue-body-viewer">
          <div data-testid="markdown-body" data-team-hovercards-enabled="true" class="markdown-body" data-turbolinks="false">
            <div class="markdown-body NewMarkdownViewer-module__safe-html-box__ZT1eD">${bodyHtml(view)}</div>
          </div>
          <div class="IssueBodyViewer-module__IssueBodyTaskList__r4XEH"><div role="toolbar" aria-label="Reactions" class="d-flex gap-1 flex-wrap"></div></div>
        </div>
      </div></div>
    </div>`;
}

/** The rendered body, before hydration. */
export function bodyHtml(view: IssueView): Html {
  const { body } = view.issue;
  if (body === null || body.trim() === '') return raw('<p><em>No description provided.</em></p>');
  return markdownHtml(view, body);
}

function composer({ login, issue, canEdit }: IssueView): Html | null {
  if (login === null) return null;
  const toggle = issue.state === 'open' ? 'Close issue' : 'Reopen issue';
  return html`<div id="react-issue-comment-composer" data-testid="comment-composer"><h2 id="comment-composer-heading" class="sr-only">Add a comment</h2><textarea aria-labelledby="comment-composer-heading" placeholder="Use Markdown to format your comment"></textarea>
      <div class="button-row">${canEdit && button(toggle, raw(' data-local-action="toggle-state"'))}${button('Comment', raw(' data-local-action="comment" data-variant="primary"'))}</div></div>`;
}

function sidebar(view: IssueView): Html {
  const { issue } = view;
  const labels = labelsIn(view).map(
    (label) =>
      html`<a class="label" href="/${issue.repo}/issues?q=label%3A${label.name}">${label.name}</a> `,
  );
  const people = [...new Set([issue.author, ...issue.comments.map((comment) => comment.author)])];
  const milestone = milestoneTitle(view);
  return html`<div data-testid="issue-viewer-metadata-container" class="IssueViewer-module__metadataSidebar__Pw9h0"><div class="IssueViewer-module__issueViewerMetadataPane__Q1n1b" data-testid="issue-viewer-metadata-pane">
      <h2 class="sr-only">Metadata</h2>
      ${section('sidebar-assignees-section', 'Assignees', issue.assignees.length > 0 ? html`${issue.assignees.join(', ')}` : none('No one assigned'))}
      ${section('sidebar-labels-section', 'Labels', labels.length > 0 ? html`<div data-testid="issue-labels">${labels}</div>` : none('No labels'))}
      ${section('sidebar-projects-section', 'Projects', none('No projects'))}
      ${section('sidebar-milestones-section', 'Milestone', milestone === null ? none('No milestone') : html`${milestone}`)}
      ${section('sidebar-section', 'Relationships', none('None yet'))}
      ${section('sidebar-section', 'Development', html`<ul data-testid="issue-viewer-linked-pr-container">${linkedPulls(view)}</ul>`)}
      ${section('sidebar-participants-section', 'Participants', html`${people.map((login) => avatar(login, 26))}`)}
    </div></div>`;
}

/** The pull requests of the Development section, closed and merged ones too. */
function linkedPulls({ world, issue, login }: IssueView): readonly Html[] {
  const visible = closingPulls(world, issue).filter(({ pull }) => {
    const repo = world.accounts.repo(pull.repo);
    return repo !== undefined && world.accounts.role(login, repo) !== 'none';
  });
  return visible.map(
    ({ pull }) => html`<li><a href="/${pull.repo}/pull/${pull.number}">${pull.title}</a></li>`,
  );
}

function section(testId: string, title: string, content: Html): Html {
  return html`<div data-testid="${testId}" class="Section-module__SectionContainer__jjjKt"><div class="Section-module__headerContentWrapper__PcBRb"><h3 class="SectionHeader-module__SectionHeaderTitle__hGC7i prc-Heading-Heading-6CmGO">${title}</h3>${content}</div></div>`;
}

function none(text: string): Html {
  return html`<span class="Section-module__emptyText__lryRx">${text}</span>`;
}

/** A Primer button. */
export function button(text: string, attributes: Html): Html {
  return html`<button type="button" class="prc-Button-ButtonBase-9n-Xk" data-size="medium"${attributes}><span data-component="buttonContent" class="prc-Button-ButtonContent-HKbr-"><span data-component="text" class="prc-Button-Label-FWkx3">${text}</span></span></button>`;
}

/** The icon with three dots. */
export function kebab(): Html {
  return raw(
    '<svg class="octicon octicon-kebab-horizontal" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><g fill="currentColor"><circle cx="3" cy="8" r="1.5"/><circle cx="8" cy="8" r="1.5"/><circle cx="13" cy="8" r="1.5"/></g></svg>',
  );
}
