import type { JobStatus } from '../core/engine/job-status.ts';
import { fail, failure, type Result } from '../core/failures.ts';
import type { ChecklistRef } from '../core/refs.ts';
import { turnBackRows } from '../core/runs/turn-back.ts';
import type { Ports } from '../ports.ts';
import { readApproved } from './approved-differences.ts';
import { startChange, whenFree, writingOf } from './start-change.ts';

interface Query {
  readonly checklist: ChecklistRef;
  readonly pageUser: string | undefined;
  readonly preview: string;
  /** Keys of the items. */
  readonly items: readonly string[];
}

/** More items than any checklist has. */
const MOST_ITEMS = 5_000;

/** Turns items back into plain ones: closes their open issues and takes their links away. */
export function turnBack(query: Query, ports: Ports): Promise<Result<JobStatus>> {
  if (!isItems(query.items)) return Promise.resolve(fail(failure('stale-page')));
  return whenFree(ports, query.checklist, () => start(query, ports));
}

async function start(query: Query, ports: Ports): Promise<Result<JobStatus>> {
  const found = await readApproved(ports, query);
  if (!found.ok) return found;
  const { acting, approved, fresh } = found.value;
  const blocker = approved.blocker ?? fresh.blocker;
  if (blocker !== undefined) return fail(blocker);
  const { rows } = turnBackRows(fresh, query.items);
  if (rows.length === 0) return fail(failure('stale-plan'));
  const { checklist } = query;
  const change = {
    checklist,
    cause: 'unlink',
    rows,
    creates: [],
    ...writingOf(fresh.facts),
  } as const;
  return startChange(ports, change, acting.login);
}

function isItems(items: unknown): boolean {
  if (!Array.isArray(items) || items.length > MOST_ITEMS) return false;
  return items.every((item) => typeof item === 'string' && item !== '');
}
