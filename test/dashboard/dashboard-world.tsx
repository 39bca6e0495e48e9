/** A dashboard whose background, storage and address the tests (and the gallery) play themselves. */
import { type Signal, signal } from '@preact/signals';
import type { VNode } from 'preact';
import {
  createDashboardModel,
  type DashboardModel,
} from '../../entrypoints/dashboard/dashboard-model.ts';
import { DashboardPage } from '../../entrypoints/dashboard/dashboard-page.tsx';
import { type Place, readHash } from '../../entrypoints/dashboard/router.ts';
import { DEFAULT_ALERT_SETTINGS } from '../../lib/core/alerts/alert-settings.ts';
import type { AlertFacts } from '../../lib/core/alerts/list-alerts.ts';
import type { ReconcileRecord } from '../../lib/core/differences/reconcile-record.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import {
  type ChecklistRef,
  checklistKey,
  issueChecklist,
  issueKey,
  issueOfChecklist,
} from '../../lib/core/refs.ts';
import type { SyncRecord, TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { issueAt, NOW, sampleJob } from '../components/samples.ts';
import {
  type Answers,
  type FakeSurroundings,
  fakeSurroundings,
} from '../content/fake-surroundings.ts';
import { sampleRecord } from '../engine/sync-samples.ts';

/** A dashboard, and what tests turn on it. */
export interface DashboardWorld {
  readonly dashboard: DashboardModel;
  readonly view: VNode;
  readonly place: Signal<Place>;
  readonly facts: Signal<AlertFacts>;
  /** The database cannot be read. */
  readonly broken: Signal<boolean>;
  readonly paused: Signal<boolean>;
  readonly surroundings: FakeSurroundings;
  /** Queries of the messages with this name, in order. */
  readonly asked: (name: string) => readonly unknown[];
  readonly openedOptions: () => number;
  readonly goTo: (hash: string) => void;
}

/** A dashboard at an address, with what is stored, that answers as told. */
export function dashboardWorld(
  hash: string,
  stored: AlertFacts,
  answers: Answers = {},
  more: Parameters<typeof fakeSurroundings>[1] = {},
): DashboardWorld {
  const surroundings = fakeSurroundings(answers, more);
  const place = signal(readHash(hash));
  const facts = signal(stored);
  const broken = signal(false);
  const paused = signal(false);
  let options = 0;
  const dashboard = createDashboardModel({
    ask: surroundings.ask,
    loadFacts: async () => {
      if (broken.value) throw new Error('the database is locked');
      return facts.value;
    },
    loadKnown: async () =>
      new Map(
        facts.value.checklists.map(({ tracked }) => [checklistKey(tracked.checklist), tracked]),
      ),
    settings: signal(DEFAULT_ALERT_SETTINGS),
    everyMinutes: signal(2),
    paused,
    openOptions: () => {
      options += 1;
    },
    now: signal(NOW),
  });
  const goTo = (next: string) => {
    place.value = readHash(next);
  };
  return {
    dashboard,
    place,
    facts,
    broken,
    paused,
    surroundings,
    goTo,
    asked: (name) =>
      surroundings.asked.filter((one) => one.name === name).map(({ query }) => query),
    openedOptions: () => options,
    view: (
      <DashboardPage
        dashboard={dashboard}
        place={place}
        goTo={goTo}
        surroundings={surroundings}
        log={<p>The log</p>}
        metrics={<p>The metrics</p>}
      />
    ),
  };
}

/** Nothing is stored. */
export const NO_FACTS: AlertFacts = {
  checklists: [],
  released: [],
  accounts: [],
  jobs: [],
  stuckMessages: 0,
};

/** A browser that keeps so many checklists up to date, as monalisa. */
export function sampleFacts(count: number, change: Partial<AlertFacts> = {}): AlertFacts {
  const checklists = Array.from({ length: count }, (_, index) => sampleChecklist(index + 1));
  const account = { id: 'A', host: 'github.com', login: 'monalisa', expiresAt: undefined };
  return { ...NO_FACTS, checklists, accounts: [account], ...change };
}

/** `Plan 1` is the text of issue 1, and so on. */
export function sampleChecklist(
  number: number,
  change: {
    readonly title?: string;
    readonly sync?: Partial<SyncRecord>;
    readonly reconcile?: Partial<ReconcileRecord>;
  } = {},
): AlertFacts['checklists'][number] {
  const checklist = issueAt(number);
  const key = issueKey(checklist);
  const tracked: TrackedChecklist = {
    checklist: issueChecklist(checklist),
    title: change.title ?? `Plan ${number}`,
    login: 'monalisa',
    since: 0,
  };
  const counts = { items: 57, followed: 54, done: (number * 7) % 50 };
  const sync = sampleRecord(key, { counts, checkedAt: NOW - 125_000, ...change.sync });
  const reconcile = change.reconcile && {
    key,
    checkedAt: NOW - 7_200_000,
    nightlyAt: undefined,
    left: 0,
    kinds: {},
    failure: undefined,
    ...change.reconcile,
  };
  return { tracked, sync, reconcile };
}

/** A run of the checklist in issue `number`. */
export function jobOf(number: number, change: Partial<JobStatus> = {}): AlertFacts['jobs'][number] {
  const status = sampleJob({
    id: `job-${number}`,
    checklist: issueChecklist(issueAt(number)),
    ...change,
  });
  return { status, title: `Plan ${number}` };
}

/** `#/sync?checklist=…` of the checklist in issue `number`. */
export function hashOf(path: string, number: number): string {
  return `#${path}?checklist=${encodeURIComponent(issueKey(issueAt(number)))}`;
}

/** The number of the checklist that a message was about. */
export function numberOf(query: unknown): number {
  return issueOfChecklist((query as { readonly checklist: ChecklistRef }).checklist).number;
}
