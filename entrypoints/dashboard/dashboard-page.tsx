import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { DashboardChooser } from '../../components/dashboard/DashboardChooser.tsx';
import { DashboardHeader } from '../../components/dashboard/DashboardHeader.tsx';
import { LimitShown } from '../../components/ui/LimitLine.tsx';
import { UnlockNote } from '../../components/ui/UnlockNote.tsx';
import type { Surroundings } from '../../lib/checklist-model/surroundings.ts';
import { lockedAccount } from '../../lib/core/overview/overview.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import { ChecklistPage } from './checklist-page.tsx';
import type { Task } from './checklist-task.ts';
import type { DashboardModel } from './dashboard-model.ts';
import { readIssueAddress } from './issue-address.ts';
import { OverviewPage, Unreadable } from './overview-page.tsx';
import { ReconcileSeveral } from './reconcile-several.tsx';
import { hrefOf, PATHS, type Place, type Route, type RoutePath } from './router.ts';
import { SyncSeveral } from './sync-several.tsx';

interface DashboardPageProps {
  readonly dashboard: DashboardModel;
  readonly place: ReadonlySignal<Place>;
  /** Goes to an address within the dashboard. */
  readonly goTo: (href: string) => void;
  readonly surroundings: Surroundings;
  /** The pages that build their own model. */
  readonly log: ComponentChildren;
  readonly metrics: ComponentChildren;
}

/** What each page is called. */
const NAMES: Readonly<Record<RoutePath, string>> = {
  '/': 'Overview',
  '/generate': 'Generate',
  '/sync': 'Sync',
  '/reconcile': 'Reconcile',
  '/matches': 'Matches',
  '/log': 'Log',
  '/metrics': 'Metrics',
};

/** The dashboard: its head, and the page that the address names. */
export function DashboardPage(props: DashboardPageProps) {
  const { dashboard, goTo } = props;
  const { route, unknown } = props.place.value;
  const name = unknown === 'page' ? 'Page not found' : NAMES[route.path];
  const heading = useHeadingFocus(name);
  const limitedUntil = dashboard.facts.value?.limitedUntil;
  const isLimited = (limitedUntil ?? 0) > dashboard.now.value;
  return (
    <LimitShown.Provider value={isLimited ? 'top' : undefined}>
      <DashboardHeader
        pages={PATHS.map((path) => ({
          name: NAMES[path],
          href: hrefOf({ path, checklist: route.checklist }),
          isCurrent: unknown !== 'page' && path === route.path,
        }))}
        checklists={[...dashboard.known.value.values()]}
        shown={route.checklist}
        paused={dashboard.paused.value}
        busy={dashboard.pause.busy.value}
        failure={dashboard.pause.failure.value}
        limitedUntil={limitedUntil}
        onShow={(checklist) => goTo(hrefOf({ path: route.path, checklist }))}
        onPause={dashboard.pause.set}
        onOptions={dashboard.openOptions}
      />
      <main id="main">
        <h1 tabIndex={-1} ref={heading}>
          {name}
        </h1>
        <Unlock dashboard={dashboard} />
        {unknown !== undefined ? <Unknown {...props} /> : <Page {...props} route={route} />}
      </main>
    </LimitShown.Provider>
  );
}

function Unlock({ dashboard }: Pick<DashboardPageProps, 'dashboard'>) {
  const facts = dashboard.facts.value;
  const locked = facts && lockedAccount(facts);
  if (locked === undefined) return null;
  return (
    <UnlockNote
      {...locked}
      onUnlock={(passphrase) => dashboard.unlock(locked.id, passphrase)}
      onOptions={dashboard.openOptions}
    />
  );
}

/** The heading of a page takes the focus when the page has changed; not at first, and not when only the checklist has. */
function useHeadingFocus(name: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(name);
  useEffect(() => {
    document.title = `${name} · Masterlist`;
    if (before.current !== name) heading.current?.focus();
    before.current = name;
  }, [name]);
  return heading;
}

function Page(props: DashboardPageProps & { readonly route: Route }) {
  const { dashboard, route, surroundings } = props;
  const { path, checklist } = route;
  const facts = dashboard.facts.value;
  const broken = dashboard.broken.value;
  switch (path) {
    case '/':
      return <OverviewPage dashboard={dashboard} checklist={checklist} />;
    case '/log':
      return <>{props.log}</>;
    case '/metrics':
      return <>{props.metrics}</>;
    case '/generate':
    case '/sync':
    case '/reconcile':
    case '/matches':
      // Titles come with what is stored: the page would jump under them.
      if (!facts && !broken) return <Reading />;
      // Nothing says whether checklists are tracked: a list without any would be a guess.
      if (!facts && broken && !checklist) {
        return <Unreadable failure={broken} onRetry={dashboard.reload} />;
      }
      return checklist ? (
        <ChecklistPage
          key={checklistKey(checklist)}
          checklist={checklist}
          title={dashboard.known.value.get(checklistKey(checklist))?.title ?? ''}
          task={path}
          surroundings={surroundings}
        />
      ) : (
        <WithoutChecklist {...props} task={path} />
      );
  }
}

function Reading() {
  return (
    <p class="muted" role="status">
      Reading…
    </p>
  );
}

const OPENS: Readonly<Record<Task, string>> = {
  '/generate': 'Preview the issues',
  '/sync': 'Preview the sync',
  '/reconcile': 'Find the differences',
  '/matches': 'Show the matches',
};

/** Asks for one checklist; Sync and Reconcile work on several too. */
function WithoutChecklist(props: DashboardPageProps & { readonly task: Task }) {
  const { dashboard, task } = props;
  const hasSeveral = task === '/sync' || task === '/reconcile';
  const isEmpty = dashboard.tracked.value.length === 0;
  return (
    <>
      {task === '/sync' && !isEmpty && <SyncSeveral dashboard={dashboard} />}
      {task === '/reconcile' && !isEmpty && <ReconcileSeveral dashboard={dashboard} />}
      {hasSeveral && !isEmpty && <h2 class="other">Another issue</h2>}
      <Chooser {...props} hasList={!hasSeveral || isEmpty} />
    </>
  );
}

function Chooser({
  dashboard,
  task,
  goTo,
  hasList,
}: DashboardPageProps & { readonly task: Task; readonly hasList: boolean }) {
  const href = (checklist: ChecklistRef) => hrefOf({ path: task, checklist });
  return (
    <DashboardChooser
      action={OPENS[task]}
      entries={hasList ? dashboard.tracked.value : undefined}
      hrefOf={href}
      onOpen={(typed) => {
        const read = readIssueAddress(typed);
        if ('mistake' in read) return read.mistake;
        goTo(href(read.ref));
      }}
    />
  );
}

/** An address that names no page, or no checklist. */
function Unknown(props: DashboardPageProps) {
  const { route, unknown } = props.place.value;
  if (unknown === 'page')
    return (
      <p class="actions">
        Masterlist has no such page.
        <a class="btn" href={hrefOf({ path: '/', checklist: route.checklist })}>
          Open the overview
        </a>
      </p>
    );
  const { path } = route;
  const task: Task =
    path === '/sync' || path === '/reconcile' || path === '/matches' ? path : '/generate';
  return (
    <>
      <p>This address names no checklist. Enter the URL of its issue:</p>
      <Chooser {...props} task={task} hasList />
    </>
  );
}
