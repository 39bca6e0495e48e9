import { visibleEvents } from '../rest/rest-timeline.ts';
import type { StoredCloser, StoredComment, StoredEvent, StoredIssue } from '../types.ts';
import type { World } from '../world.ts';
import { type Html, html } from './html.ts';
import { avatar, type IssueView, markdownHtml, relativeTime } from './view.ts';

/** Comments and events below the body, oldest first. */
export function timeline(view: IssueView): Html {
  const { world, issue, login } = view;
  const events = visibleEvents(world, { viewer: { login, token: null } }, issue).map((event) => ({
    at: event.at,
    content: eventRow(view, event),
  }));
  const comments = issue.comments.map((comment) => ({
    at: comment.createdAt,
    content: commentBox(view, comment),
  }));
  const all = [...events, ...comments].sort((a, b) => a.at - b.at);
  return html`${all.flatMap(({ content }) => (content === null ? [] : [content]))}`;
}

function commentBox(view: IssueView, comment: StoredComment): Html {
  const { id, nodeId, author, body, createdAt } = comment;
  const link = `https://github.com/${view.repo.full_name}/issues/${view.issue.number}#issuecomment-${id}`;
  return html`<div class="LayoutHelpers-module__timelineElement__tFGhF" data-wrapper-timeline-id="${nodeId}"><div data-timeline-event-id="${nodeId}" data-testid="timeline-row-border-${nodeId}" class="with-avatar">
      <a href="https://github.com/${author}">${avatar(author, 40)}</a>
      <div class="react-issue-comment"><div data-testid="comment-viewer-outer-box-${nodeId}">
        <div id="issuecomment-${id}" data-testid="comment-header"><a class="authorLoginLink" data-testid="avatar-link" href="/${author}">${author}</a> <a href="${link}">${relativeTime(createdAt)}</a></div>
        <div class="IssueCommentViewer-module__IssueCommentBody__yozBB"><div data-testid="markdown-body" class="markdown-body" data-turbolinks="false"><div class="markdown-body NewMarkdownViewer-module__safe-html-box__ZT1eD">${markdownHtml(view, body)}</div></div></div>
      </div></div>
    </div></div>`;
}

function eventRow(view: IssueView, event: StoredEvent): Html | null {
  const text = sentence(view, event);
  if (text === null) return null;
  return html`<div class="LayoutHelpers-module__timelineElement__tFGhF timeline-event" data-wrapper-timeline-id="${event.nodeId}"><div data-timeline-event-id="${event.nodeId}"><strong>${event.actor}</strong> ${text} ${relativeTime(event.at)}</div></div>`;
}

function sentence({ world }: IssueView, { detail }: StoredEvent): Html | null {
  switch (detail.kind) {
    case 'closed':
      return html`closed this as ${detail.stateReason?.replace('_', ' ') ?? 'completed'}${closerLink(world, detail.closer)}`;
    case 'merged':
      return html`merged commit <code>${detail.oid.slice(0, 7)}</code> into <span class="commit-ref">${detail.base}</span>`;
    case 'connected': {
      const subject = world.issues.findById(detail.subjectId);
      return subject === undefined ? null : html`linked this to ${linkTo(subject)}`;
    }
    case 'reopened':
    case 'locked':
    case 'unlocked':
      return html`${detail.kind} this`;
    case 'labeled':
      return html`added <span class="label">${detail.label}</span>`;
    case 'unlabeled':
      return html`removed <span class="label">${detail.label}</span>`;
    case 'assigned':
    case 'unassigned':
      return html`${detail.kind} ${detail.assignee}`;
    case 'milestoned':
      return html`added this to a milestone`;
    case 'demilestoned':
      return html`removed this from a milestone`;
    case 'renamed':
      return html`changed the title from <del>${detail.from}</del> to <strong>${detail.to}</strong>`;
    case 'transferred':
      return html`transferred this from ${detail.fromRepo}`;
    case 'cross-referenced': {
      const source = world.issues.findById(detail.sourceId);
      if (source === undefined) return null;
      return html`mentioned this in ${linkTo(source)}`;
    }
  }
}

function closerLink(world: World, closer: StoredCloser | null): Html | null {
  if (closer === null) return null;
  if (closer.kind === 'commit') return html` in <code>${closer.oid.slice(0, 7)}</code>`;
  const pull = world.issues.findById(closer.pullId);
  return pull === undefined ? null : html` in ${linkTo(pull)}`;
}

function linkTo({ repo, number, title, pull }: StoredIssue): Html {
  const kind = pull === null ? 'issues' : 'pull';
  return html`<a href="https://github.com/${repo}/${kind}/${number}">${title} #${number}</a>`;
}
