import { useState } from 'preact/hooks';
import { type CardEntry, DashboardCard } from '../../components/dashboard/DashboardCard.tsx';
import {
  DashboardEnded,
  type DashboardRun,
  DashboardRunning,
} from '../../components/dashboard/DashboardRuns.tsx';
import { DashboardStart } from '../../components/dashboard/DashboardStart.tsx';
import { FailureNote } from '../../components/ui/FailureNote.tsx';
import { NeedsList } from '../../components/ui/NeedsList.tsx';
import { useGrowing } from '../../components/ui/use-growing.ts';
import { mailLink } from '../../lib/channels/mail.ts';
import type { AlertFacts } from '../../lib/core/alerts/list-alerts.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { type Overview, overviewOf } from '../../lib/core/overview/overview.ts';
import { searchEntries, type TrackedEntry } from '../../lib/core/overview/tracked-entries.ts';
import {
  type ChecklistRef,
  checklistUrl,
  nameChecklist,
  sameChecklist,
} from '../../lib/core/refs.ts';
import type { Step } from './batch.ts';
import type { DashboardModel } from './dashboard-model.ts';
import { keepFocus } from './keep-focus.ts';
import { hrefOf } from './router.ts';

interface OverviewPageProps {
  readonly dashboard: DashboardModel;
  /** Undefined shows all. */
  readonly checklist: ChecklistRef | undefined;
}

interface UnreadableProps {
  readonly failure: Failure;
  readonly onRetry: () => unknown;
}

/** Why what is stored cannot be read. */
export function Unreadable({ failure, onRetry }: UnreadableProps) {
  return <FailureNote failure={failure} onRetry={onRetry} />;
}

/** What needs the user, what is running, and how each checklist stands. */
export function OverviewPage({ dashboard, checklist }: OverviewPageProps) {
  const facts = dashboard.facts.value;
  const broken = dashboard.broken.value;
  if (broken) return <Unreadable failure={broken} onRetry={dashboard.reload} />;
  if (!facts)
    return (
      <p class="muted" role="status">
        Reading…
      </p>
    );
  if (!checklist && facts.checklists.length === 0 && facts.jobs.length === 0)
    return (
      <DashboardStart
        hasAccount={facts.accounts.length > 0}
        generateHref={hrefOf({ path: '/generate' })}
        onOptions={dashboard.openOptions}
      />
    );
  return (
    <OverviewContent
      dashboard={dashboard}
      checklist={checklist}
      facts={factsOf(facts, checklist)}
    />
  );
}

function OverviewContent({
  dashboard,
  checklist,
  facts,
}: OverviewPageProps & { readonly facts: AlertFacts }) {
  const now = dashboard.now.value;
  const overview = overviewOf(
    {
      facts,
      settings: dashboard.settings.value,
      everyMinutes: dashboard.everyMinutes.value,
      isPaused: dashboard.paused.value,
    },
    now,
  );
  const ended = facts.jobs
    .filter((job) => !overview.jobs.includes(job))
    .sort((a, b) => (b.status.endedAt ?? 0) - (a.status.endedAt ?? 0));
  return (
    <>
      <Needs overview={overview} />
      <DashboardRunning
        runs={runsOf(dashboard, overview.jobs)}
        now={now}
        onControl={dashboard.jobs.control}
        onResolve={dashboard.jobs.resolve}
        onOptions={dashboard.openOptions}
      />
      {checklist && overview.entries.length === 0 ? (
        <Untracked checklist={checklist} />
      ) : (
        <CardsSection dashboard={dashboard} entries={overview.entries} />
      )}
      <DashboardEnded
        runs={runsOf(dashboard, ended)}
        now={now}
        hrefOf={(job) => hrefOf({ path: '/log', checklist: job.checklist, run: job.id })}
        onOptions={dashboard.openOptions}
      />
      <Released overview={overview} />
    </>
  );
}

/** What concerns one checklist; of the accounts always everything. */
function factsOf(facts: AlertFacts, only: ChecklistRef | undefined): AlertFacts {
  if (!only) return facts;
  return {
    ...facts,
    checklists: facts.checklists.filter(({ tracked }) => sameChecklist(tracked.checklist, only)),
    released: facts.released.filter(({ tracked }) => sameChecklist(tracked.checklist, only)),
    jobs: facts.jobs.filter(({ status }) => sameChecklist(status.checklist, only)),
  };
}

function runsOf({ jobs }: DashboardModel, runs: AlertFacts['jobs']): readonly DashboardRun[] {
  return runs.map(({ status, title }) => ({
    status,
    title,
    busy: jobs.busy.value.has(status.id),
    failure: jobs.failures.value.get(status.id),
  }));
}

function Needs({ overview: { needs, mailTo } }: { readonly overview: Overview }) {
  return (
    <section aria-labelledby="needs">
      <h2 id="needs">What needs attention</h2>
      {needs.length === 0 && <p class="muted">Nothing right now.</p>}
      <NeedsList needs={needs} mailHref={(mail) => mailLink(mailTo, mail)} isDashboard />
    </section>
  );
}

function Released({ overview: { released } }: { readonly overview: Overview }) {
  if (released.length === 0) return null;
  return (
    <section aria-labelledby="released">
      <h2 id="released">No longer tracked</h2>
      <ul class="list">
        {released.map(({ tracked: { checklist, title }, gone }) => (
          <li key={nameChecklist(checklist)} class="picked">
            <p>
              <a
                class="text"
                href={checklistUrl(checklist)}
                target="_blank"
                rel="noreferrer"
                title={title}
              >
                {title}
              </a>{' '}
              <span class="muted">{nameChecklist(checklist)}</span>
            </p>
            <p class="muted">{gone?.message ?? 'It has been closed for seven days.'}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Untracked({ checklist }: { readonly checklist: ChecklistRef }) {
  return (
    <section aria-labelledby="checklists">
      <h2 id="checklists">
        <a href={checklistUrl(checklist)} target="_blank" rel="noreferrer">
          {nameChecklist(checklist)}
        </a>
      </h2>
      <p>Not tracked in this browser; you can still use Generate, Sync and Reconcile.</p>
      <p class="actions">
        <a class="btn primary" href={hrefOf({ path: '/generate', checklist })}>
          Preview its issues
        </a>
        <a class="btn" href={hrefOf({ path: '/reconcile', checklist })}>
          Reconcile
        </a>
        <a class="btn" href={hrefOf({ path: '/' })}>
          Show all checklists
        </a>
      </p>
    </section>
  );
}

interface CardsSectionProps {
  readonly dashboard: DashboardModel;
  readonly entries: readonly TrackedEntry[];
}

/** From so many checklists on there is a search. */
const SEARCH_FROM = 10;

/** A card per checklist; many can be searched. */
function CardsSection({ dashboard, entries }: CardsSectionProps) {
  const [search, setSearch] = useState('');
  const found = searchEntries(entries, search);
  const shown = useGrowing(found.length);
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="checklists">
      <h2 id="checklists">Checklists</h2>
      {entries.length >= SEARCH_FROM && (
        <div class="find">
          <label class="inline">
            <span>Find</span>
            <input
              type="text"
              value={search}
              onInput={({ currentTarget }) => setSearch(currentTarget.value)}
            />
          </label>
          <p class="muted" role="status">
            {found.length.toLocaleString('en')} of {entries.length.toLocaleString('en')}
          </p>
        </div>
      )}
      <ul class="cards">
        {found.slice(0, shown).map((entry) => (
          <DashboardCard
            key={entry.key}
            entry={cardOf(dashboard, entry)}
            now={dashboard.now}
            reconcileHref={hrefOf({ path: '/reconcile', checklist: entry.tracked.checklist })}
            onSync={() => workOn(dashboard, 'syncs', entry)}
            onRelease={() => workOn(dashboard, 'releases', entry)}
            onOptions={dashboard.openOptions}
          />
        ))}
      </ul>
    </section>
  );
}

function cardOf({ syncs, releases }: DashboardModel, entry: TrackedEntry): CardEntry {
  const sync = syncs.steps.value.get(entry.key);
  const release = releases.steps.value.get(entry.key);
  return {
    ...entry,
    synced: sync?.state === 'done' ? sync.answer : undefined,
    busy: isUnderWay(sync) ? 'syncing' : isUnderWay(release) ? 'releasing' : undefined,
    refused: release?.state === 'done' && !release.answer.ok ? release.answer.failure : undefined,
  };
}

function isUnderWay(step: Step<unknown> | undefined): boolean {
  return step !== undefined && step.state !== 'done';
}

async function workOn(
  dashboard: DashboardModel,
  work: 'syncs' | 'releases',
  { tracked }: TrackedEntry,
): Promise<void> {
  await dashboard[work].add([tracked.checklist]);
  await dashboard.reload();
  keepFocus();
}
