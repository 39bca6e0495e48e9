import { type Failure, failure } from '../../lib/core/failures.ts';
import {
  type ChecklistRef,
  formatRepo,
  isServedHost,
  issueChecklist,
  parseIssueRef,
  parseIssueUrl,
  sameChecklist,
} from '../../lib/core/refs.ts';

/** Who sent a message, as the browser tells it. Nothing in here comes from the sender itself. */
export interface Sender {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly frameId?: number | undefined;
  readonly documentLifecycle?: string | undefined;
  readonly tab?:
    | { readonly id?: number | undefined; readonly url?: string | undefined }
    | undefined;
}

/** This extension: its id, and where its own pages live (ends with a slash). */
export interface OwnAddress {
  readonly id: string;
  readonly pages: string;
}

/** What may be asked by this sender: about the checklist, or why not. */
export type Permit =
  | { readonly ok: true; readonly value: ChecklistRef }
  | { readonly ok: false; readonly failure: Failure };

/** Whether a message comes from one of our own pages, which may ask anything. */
export function isOwnPage(sender: Sender, own: OwnAddress): boolean {
  return sender.id === own.id && sender.url?.startsWith(own.pages) === true;
}

/**
 * Lets our own pages ask about any checklist, and a GitHub page only about the issue that its tab shows: by the tab's
 * address, because after a soft navigation `sender.url` still names the page that was loaded first.
 */
export function permit(sender: Sender, checklist: unknown, own: OwnAddress): Permit {
  const asked = readChecklist(checklist);
  if (asked === undefined) return REFUSED;
  if (isOwnPage(sender, own)) return { ok: true, value: asked };
  const shown = shownIssue(sender, own);
  // What the tab's address says is passed on, not what the message says.
  return shown !== undefined && sameChecklist(shown, asked) ? { ok: true, value: shown } : REFUSED;
}

/** The issue that a GitHub tab shows, when the sender is our script in its top frame. */
export function shownIssue(sender: Sender, own: OwnAddress): ChecklistRef | undefined {
  if (sender.id !== own.id || sender.frameId !== 0) return undefined;
  if ((sender.documentLifecycle ?? 'active') !== 'active') return undefined;
  const shown = parseIssueUrl(sender.tab?.url ?? '');
  if (shown === undefined || !isServedHost(shown.repo.host)) return undefined;
  return issueChecklist(shown);
}

const REFUSED: Permit = { ok: false, failure: failure('stale-page') };

/** A payload is whatever somebody sent: only a reference that could be written is one. */
function readChecklist(value: unknown): ChecklistRef | undefined {
  if (!isRecord(value) || !isRecord(value.repo)) return undefined;
  const { host, owner, name } = value.repo;
  if (typeof host !== 'string' || typeof owner !== 'string' || typeof name !== 'string') {
    return undefined;
  }
  if (!isServedHost(host) || typeof value.number !== 'number') return undefined;
  const issue = parseIssueRef(`${formatRepo({ host, owner, name })}#${value.number}`, host);
  return issue && issueChecklist(issue);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
