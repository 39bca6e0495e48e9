import { sameLogin } from '../core/account.ts';
import { fail, failure, type Result, succeed } from '../core/failures.ts';
import type { ChecklistRef } from '../core/refs.ts';
import type { Ports, ReconcilePorts } from '../ports.ts';
import type { StoredReconcilePreview } from '../store-ports.ts';
import { accountPortsForPage } from './account-ports.ts';
import { readDifferences } from './read-differences.ts';
import type { ReconcileReading } from './read-reconcile.ts';

/** What a click on previewed differences works with. */
export interface ApprovedDifferences {
  readonly acting: ReconcilePorts;
  /** What the user saw. */
  readonly approved: StoredReconcilePreview;
  /** The same, found anew. */
  readonly fresh: ReconcileReading;
}

/** Loads what the user saw, for this checklist and this token, and finds it anew. Writing is another question: see `fresh.blocker`. */
export async function readApproved(
  ports: Ports,
  query: {
    readonly checklist: ChecklistRef;
    readonly pageUser: string | undefined;
    readonly preview: string;
  },
): Promise<Result<ApprovedDifferences>> {
  const { checklist, pageUser, preview } = query;
  const acting = await accountPortsForPage(ports, checklist.repo.host, pageUser);
  if (!acting.ok) return acting;
  const approved = await ports.previews.loadReconcile(checklist, preview);
  if (approved === undefined || !sameLogin(approved.login, acting.value.login)) {
    return fail(failure('stale-plan'));
  }
  const fresh = await readDifferences(ports, acting.value, checklist);
  return fresh.ok ? succeed({ acting: acting.value, approved, fresh: fresh.value }) : fresh;
}
