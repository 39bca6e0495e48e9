import { useState } from 'preact/hooks';
import { type CardEntry, DashboardCard } from '../../components/dashboard/DashboardCard.tsx';
import { useGrowing } from '../../components/ui/use-growing.ts';
import { searchEntries, type TrackedEntry } from '../../lib/core/overview/tracked-entries.ts';
import type { DashboardModel } from './dashboard-model.ts';
import { keepFocus } from './keep-focus.ts';
import { hrefOf } from './router.ts';

interface CardsSectionProps {
  readonly dashboard: DashboardModel;
  readonly entries: readonly TrackedEntry[];
}

/** From so many checklists on there is a search. */
const SEARCH_FROM = 10;

/** A card per checklist; many can be searched. */
export function CardsSection({ dashboard, entries }: CardsSectionProps) {
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
    busy: [sync, release].some((step) => step !== undefined && step.state !== 'done'),
    refused: release?.state === 'done' && !release.answer.ok ? release.answer.failure : undefined,
  };
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
