import { sameLogin } from '../../lib/core/account.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { ChecklistRef } from '../../lib/core/refs.ts';
import type { ReconcileReading } from '../../lib/engine/read-reconcile.ts';
import type { ReconcilePorts } from '../../lib/engine/reconcile-ports.ts';
import {
  loadReconcilePreview,
  type StoredReconcilePreview,
} from '../../lib/store/reconcile-previews.ts';
import type { Background } from './ports.ts';
import { readDifferences } from './read-differences.ts';
import { syncPortsForPage } from './sync-ports.ts';

/** What a click on previewed differences works with. */
export interface ApprovedDifferences {
  readonly ports: ReconcilePorts;
  /** What the user saw. */
  readonly approved: StoredReconcilePreview;
  /** The same, found anew. */
  readonly fresh: ReconcileReading;
}

/** Loads what the user saw, for this checklist and this token, and finds it anew. Writing is another question: see `fresh.blocker`. */
export async function readApproved(
  background: Background,
  query: {
    readonly checklist: ChecklistRef;
    readonly pageUser: string | undefined;
    readonly preview: string;
  },
): Promise<Result<ApprovedDifferences>> {
  const { checklist, pageUser, preview } = query;
  const ports = await syncPortsForPage(background, checklist.repo.host, pageUser);
  if (!ports.ok) return ports;
  const approved = await loadReconcilePreview(background.db, checklist, preview);
  if (approved === undefined || !sameLogin(approved.login, ports.value.login)) {
    return fail(failure('stale-plan'));
  }
  const fresh = await readDifferences(background, ports.value, checklist);
  return fresh.ok ? succeed({ ports: ports.value, approved, fresh: fresh.value }) : fresh;
}
