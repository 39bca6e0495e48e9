import {
  type ChecklistModel,
  createChecklistModel,
} from '../../lib/checklist-model/checklist-model.ts';
import { type IssueRef, issueChecklist, issueKey, sameIssue } from '../../lib/core/refs.ts';
import { holdWhileEditing } from './editor-hold.ts';
import type { Feature } from './feature.ts';
import { type Mount, mountFeature, removeLeftovers } from './mount.tsx';
import {
  findShownIssue,
  isAddressed,
  issueOfAddress,
  pageUser,
  rowsText,
  type ShownIssue,
} from './page.ts';
import { watchChanges, watchNavigation } from './page-changes.ts';
import type { PageSurroundings } from './page-surroundings.ts';
import { followShortcuts } from './shortcuts.ts';

/** An issue while the page shows it, and what is shown for it. */
interface Visit {
  readonly issue: IssueRef;
  readonly model: ChecklistModel;
  readonly mounts: readonly Mount[];
  /** The rows as they read when last looked at. */
  rows: string;
  readonly end: () => void;
}

/** Runs the features on every issue that the tab comes to show, until the signal aborts. On other pages it only waits for the next navigation. */
export function watchIssues(
  features: readonly Feature[],
  surroundings: PageSurroundings,
  signal: AbortSignal,
): void {
  removeLeftovers();
  const leftOpen = new Set<string>();
  let visit: Visit | undefined;
  const look = () => {
    const page = findShownIssue();
    if (visit && !(page && sameIssue(page.issue, visit.issue))) {
      visit.end();
      visit = undefined;
    }
    // What is left of an extension that was updated could show nothing but that.
    if (page && !visit && isAddressed(page.issue) && surroundings.isAlive())
      visit = begin(page.issue, features, surroundings, leftOpen, signal);
    if (page && visit) place(visit, page, surroundings);
    if (!visit && !issueOfAddress()) changes.stop();
  };
  // Before the frame is painted, so that what React wiped never flickers.
  const changes = watchChanges(look, requestAnimationFrame, signal);
  watchNavigation(() => {
    if (issueOfAddress()) changes.start();
  }, signal);
  signal.addEventListener('abort', () => visit?.end());
}

function begin(
  issue: IssueRef,
  features: readonly Feature[],
  surroundings: PageSurroundings,
  leftOpen: Set<string>,
  signal: AbortSignal,
): Visit {
  const ended = new AbortController();
  const lifetime = AbortSignal.any([signal, ended.signal]);
  const model = createChecklistModel({
    checklist: issueChecklist(issue),
    surroundings,
    signal: lifetime,
    isShown: () => {
      const page = findShownIssue();
      return !!page && sameIssue(page.issue, issue) && isAddressed(issue);
    },
    pageUser,
    open: leftOpen.has(issueKey(issue)),
  });
  const mounts = features.map((feature) => mountFeature(feature, model, surroundings));
  holdWhileEditing(model, surroundings);
  followShortcuts(model);
  const visit = { issue, model, mounts, rows: '', end: () => ended.abort() };
  model.store.follow(() => {
    const { open } = model.store.get();
    leftOpen[open ? 'add' : 'delete'](issueKey(issue));
    const page = findShownIssue();
    if (page && sameIssue(page.issue, issue)) for (const mount of mounts) mount(page);
  }, lifetime);
  return visit;
}

function place(visit: Visit, page: ShownIssue, { offers }: PageSurroundings): void {
  const { model, mounts } = visit;
  const rows = rowsText(page.boxes);
  if (rows !== visit.rows && rows && visit.rows) visit.model.refresh();
  if (rows) visit.rows = rows;
  const { items, editing, offered } = model.store.get();
  // While the text is edited its boxes are gone; what was known of them stays.
  const counted = page.editing ? items : page.boxes.length;
  if (counted > items && !offered)
    offers(model.checklist, counted, (known) => {
      model.store.set({ offered: true });
      if (known && !model.signal.aborted) model.readKnown();
    });
  if (counted !== items || page.editing !== editing)
    model.store.set({ items: counted, editing: page.editing });
  else for (const mount of mounts) mount(page);
}
