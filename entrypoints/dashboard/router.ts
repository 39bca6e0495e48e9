import { computed, type ReadonlySignal, signal } from '@preact/signals';
import {
  type ChecklistRef,
  issueChecklist,
  nameChecklist,
  parseIssueRef,
} from '../../lib/core/refs.ts';

/** Every page of the dashboard. */
export const PATHS = [
  '/',
  '/generate',
  '/sync',
  '/reconcile',
  '/matches',
  '/log',
  '/metrics',
] as const;

/** A page of the dashboard. */
export type RoutePath = (typeof PATHS)[number];

/** What the dashboard shows. */
export interface Route {
  readonly path: RoutePath;
  /** Undefined shows all. */
  readonly checklist: ChecklistRef | undefined;
  /** The run that the log shows. */
  readonly run: string | undefined;
}

/** What an address names. `unknown` says what of it nobody knows; then the route is the nearest that there is. */
export interface Place {
  readonly route: Route;
  readonly unknown: 'page' | 'checklist' | undefined;
}

const address = signal(location.hash);
addEventListener('hashchange', () => {
  address.value = location.hash;
});

/** Where the dashboard is, by its address. */
export const place: ReadonlySignal<Place> = computed(() => readHash(address.value));

/** What the dashboard shows. */
export const route: ReadonlySignal<Route> = computed(() => place.value.route);

/** Reads `#/sync?checklist=github.com/owner/repo%2312`; without a path it is the overview. */
export function readHash(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const known = PATHS.find((one) => one === (path === '' ? '/' : path));
  const values = new URLSearchParams(query);
  const named = values.get('checklist');
  const checklist = named === null ? undefined : readChecklist(named);
  const run = values.get('run') ?? undefined;
  const route = { path: known ?? '/', checklist, run };
  if (known === undefined) return { route, unknown: 'page' };
  return { route, unknown: named !== null && checklist === undefined ? 'checklist' : undefined };
}

/** The link to a page of the dashboard, from within it: `#/sync?checklist=…`. */
export function hrefOf(route: {
  readonly path: RoutePath;
  readonly checklist?: ChecklistRef | undefined;
  readonly run?: string | undefined;
}): string {
  const { path, checklist, run } = route;
  const values = new URLSearchParams();
  // As it is written, not as a key: owners and names keep their capitals.
  if (checklist) values.set('checklist', `${checklist.repo.host}/${nameChecklist(checklist)}`);
  if (run !== undefined) values.set('run', run);
  return values.size === 0 ? `#${path}` : `#${path}?${values}`;
}

/** Reads `github.com/owner/repo#12`. */
function readChecklist(named: string): ChecklistRef | undefined {
  const slash = named.indexOf('/');
  const issue =
    slash < 1 ? undefined : parseIssueRef(named.slice(slash + 1), named.slice(0, slash));
  return issue && issueChecklist(issue);
}
