import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { fail, failure, type Result } from '../../lib/core/failures.ts';
import { turnBackRows } from '../../lib/core/runs/turn-back.ts';
import type { Protocol } from '../../lib/messages.ts';
import { readApproved } from './approved-differences.ts';
import { startMend, whenFree, writingOf } from './job-start.ts';
import type { Background } from './ports.ts';

type Query = Parameters<Protocol['turnBack']>[0];

/** More items than any checklist has. */
const MOST_ITEMS = 5_000;

/** Turns items back into plain ones: closes their open issues and takes their links away. */
export function turnBack(query: Query, background: Background): Promise<Result<JobStatus>> {
  if (!isItems(query.items)) return Promise.resolve(fail(failure('stale-page')));
  return whenFree(background, query.checklist, () => start(query, background));
}

async function start(query: Query, background: Background): Promise<Result<JobStatus>> {
  const found = await readApproved(background, query);
  if (!found.ok) return found;
  const { ports, approved, fresh } = found.value;
  const blocker = approved.blocker ?? fresh.blocker;
  if (blocker !== undefined) return fail(blocker);
  const { rows } = turnBackRows(fresh, query.items);
  if (rows.length === 0) return fail(failure('stale-plan'));
  const { checklist } = query;
  const mend = {
    checklist,
    cause: 'unlink',
    rows,
    creates: [],
    ...writingOf(fresh.facts),
  } as const;
  return startMend(background, mend, ports.login);
}

function isItems(items: unknown): boolean {
  if (!Array.isArray(items) || items.length > MOST_ITEMS) return false;
  return items.every((item) => typeof item === 'string' && item !== '');
}
