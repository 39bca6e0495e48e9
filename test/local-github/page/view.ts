import type { EmulateRepo } from '../data/emulate-base.ts';
import { mayEdit } from '../data/rights.ts';
import { labelsOf, milestonesOf } from '../rest/rest-shapes.ts';
import type { StoredIssue } from '../types.ts';
import type { World } from '../world.ts';
import { escaped, type Html, raw } from './html.ts';
import { type LinkedSubject, renderMarkdown } from './markdown-html.ts';

/** Everything a page needs, for one reader. */
export interface View {
  readonly world: World;
  readonly repo: EmulateRepo;
  /** Null when nobody is signed in. */
  readonly login: string | null;
}

/** An issue page's data, for one reader. */
export interface IssueView extends View {
  readonly issue: StoredIssue;
  readonly canEdit: boolean;
}

/** The view of an issue. */
export function issueView(view: View, issue: StoredIssue): IssueView {
  return { ...view, issue, canEdit: mayEdit(view.world, view.login, issue) };
}

/** A body or comment as HTML; what the renderer cannot stomach stands as plain text. */
export function markdownHtml(view: View, markdown: string): Html {
  const { world } = view;
  try {
    const rendered = renderMarkdown(markdown, {
      repo: view.repo.full_name,
      userExists: (login) => world.accounts.user(login) !== undefined,
      subject: (repo, number) => subjectOf(view, repo, number),
    });
    return raw(rendered);
  } catch {
    // Pathological nesting overflows the parser's stack.
    return raw(`<p dir="auto">${escaped(markdown)}</p>`);
  }
}

function subjectOf(view: View, fullName: string, number: number): LinkedSubject | null {
  const { world, login } = view;
  const repo = world.accounts.repo(fullName);
  if (repo === undefined || world.accounts.role(login, repo) === 'none') return null;
  const found = world.issues.find(repo.id, number);
  if (found.kind !== 'found') return null;
  const { id, title, state, pull } = found.issue;
  return { id, title, state, isPull: pull !== null, repo: repo.full_name, number };
}

/** A picture for a person: a coloured disc with the initial, as no other host may be asked. */
export function avatar(login: string, size: number): Html {
  const hue = [...login].reduce((sum, letter) => sum + letter.charCodeAt(0) * 37, 0) % 360;
  const initial = escaped(login.slice(0, 1).toUpperCase());
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="hsl(${hue} 45% 45%)"/><text x="20" y="27" font-family="sans-serif" font-size="20" fill="#fff" text-anchor="middle">${initial}</text></svg>`;
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return raw(
    `<img class="avatar" width="${size}" height="${size}" alt="@${escaped(login)}" src="${source}">`,
  );
}

/** A date as GitHub's `relative-time` shows old ones. */
export function relativeTime(ms: number): Html {
  const date = new Date(ms);
  const day = date.toLocaleDateString('en-US', {
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return raw(
    `<relative-time datetime="${date.toISOString()}" title="${day}">on ${day}</relative-time>`,
  );
}

/** Labels of the issue with their colors. */
export function labelsIn({ world, repo, issue }: IssueView) {
  return labelsOf(world, repo).filter((label) => issue.labels.includes(label.name));
}

/** Title of the issue's milestone. */
export function milestoneTitle({ world, repo, issue }: IssueView): string | null {
  return milestonesOf(world, repo).find((row) => row.number === issue.milestone)?.title ?? null;
}
