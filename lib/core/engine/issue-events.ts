import type { IssueHistory } from './job-facts.ts';

type Event = IssueHistory['events'][number];

/** What GitHub logs by itself, in the name of whoever wrote: links and comments. */
export const SIDE_EVENTS: readonly string[] = [
  'commented',
  'cross-referenced',
  'mentioned',
  'subscribed',
];

/** What the creation of an issue with labels, a milestone and assignees causes, in its author's name. */
export const SETTING_EVENTS: readonly string[] = ['labeled', 'milestoned', 'assigned'];

/** So long after its creation (milliseconds) an issue's settings are still those that it was created with. */
const CREATION_TIME = 60_000;

/** Whether an event can be somebody's work on an issue: bots and moves on a project board are not. */
export function isWork({ type, isBot }: Event): boolean {
  return !isBot && !type.includes('project');
}

/** Whether an event set what the issue was created with. */
export function isOfCreation({ type, createdAt }: Event, issue: IssueHistory): boolean {
  const age = Date.parse(createdAt) - Date.parse(issue.createdAt);
  return SETTING_EVENTS.includes(type) && age <= CREATION_TIME;
}
