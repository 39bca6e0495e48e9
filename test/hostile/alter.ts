import { cloneElement, isValidElement } from 'preact';

/** Changes the free text of data that a view shows; everything else stays. */
export type Alter = <T>(data: T) => T;

/** Changes nothing. */
export const asItIs: Alter = (data) => data;

/** Fields that hold what people wrote, or what GitHub says. Names of repositories are checked where they come in. */
const FREE = new Set([
  ...['text', 'title', 'masterTitle', 'label', 'labels', 'missingLabels', 'milestone', 'body'],
  ...['author', 'login', 'viewer', 'assignees', 'branch', 'base', 'prefix', 'placeholder'],
  ...['message', 'action', 'result', 'outcome', 'progress', 'stop', 'mistakes', 'ruleMistakes'],
  ...['before', 'after', 'words', 'to', 'who', 'editor', 'rulesNear', 'subject', 'reason', 'name'],
]);

/** Values of these fields that our code chose, not people. */
const OURS = /^(open|closed|completed|not_planned|duplicate|done|stopped|failed|undo|[a-z]+)$/;

/** An `Alter` that puts the next string into every free text, and counts how many it put; into the fields named `only` where that is given. */
export function poison(strings: readonly string[], from = 0, only?: string) {
  let count = 0;
  const next = () => strings[(from + count++) % strings.length] ?? '';
  const isTaken = (value: string, key: string) => (only ? key === only : isFree(value, key));
  const alterAny = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return isTaken(value, key) ? next() : value;
    if (Array.isArray(value)) return value.map((one) => alterAny(one, key));
    if (isValidElement(value)) return cloneElement(value, alterFields(value.props));
    return isPlain(value) ? alterFields(value) : value;
  };
  const alterFields = (fields: object): object =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key,
        isRepo(value) ? value : alterAny(value, key),
      ]),
    );
  return {
    alter: ((data) => alterAny(data, '')) as Alter,
    count: () => count,
  };
}

function isFree(value: string, key: string): boolean {
  if (key === 'class') return false;
  return FREE.has(key) ? !OURS.test(value) || /^(author|login|viewer)$/.test(key) : / /.test(value);
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

function isRepo(value: unknown): boolean {
  return isPlain(value) && 'owner' in value && 'host' in value;
}
