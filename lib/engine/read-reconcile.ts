import {
  linksBehind,
  ownLinks,
  pullsToAsk,
  revertedClosers,
} from '../core/differences/asked-links.ts';
import { carriesMarker, leanIssues, relevantIssues } from '../core/differences/lean-issues.ts';
import { planReconcile } from '../core/differences/plan-reconcile.ts';
import type { ReconcileFacts, ReconcileOptions } from '../core/differences/reconcile-facts.ts';
import type { FoundDifferences } from '../core/differences/resolve.ts';
import { type Failure, type Result, succeed } from '../core/failures.ts';
import type { IdentityStrategy } from '../core/identity/issue.ts';
import type { ChecklistRef, IssueRef, RepoRef } from '../core/refs.ts';
import { planSync } from '../core/sync/plan-sync.ts';
import type { SyncFacts, SyncMaster } from '../core/sync/sync-facts.ts';
import type { ReconcilePorts } from '../ports.ts';
import { textOnGitHub } from './checklist-text.ts';
import {
  deepen,
  factsOf,
  joinVersions,
  type MasterReading,
  type ReadText,
  readFollowed,
  readMasterAndRules,
  readText,
  withFormer,
} from './read-sync.ts';
import { sweepRepositories } from './sweep-repositories.ts';
import { withRights } from './with-rights.ts';

/** So many pull requests go into one question. */
const PER_QUESTION = 100;

/** What differences are looked for in. */
export interface ReconcileQuery {
  readonly checklist: ChecklistRef;
  readonly identity: IdentityStrategy;
  /** Ids of differences that the user left as they are. */
  readonly left: readonly string[];
  /** Repositories beside the checklist's in which issues were made for it. */
  readonly targets: readonly RepoRef[];
  /** What the issues' texts are made from, by this browser's settings. */
  readonly template?: string | undefined;
  /** In front of titles; undefined: as generating chooses. */
  readonly prefix?: string | undefined;
}

/** All differences as read just now, with what stands in the way of resolving them. */
export interface ReconcileReading extends FoundDifferences {
  readonly blocker: Failure | undefined;
  readonly rulesFrom: 'file' | 'browser';
  readonly mistakes: readonly string[];
  /** Issues that were looked through for markers and titles, and whether these were all since the checklist's creation. */
  readonly looked: { readonly issues: number; readonly complete: boolean };
  /** Issues with a marker of this checklist, also an undone one. */
  readonly marked: number;
  readonly master: SyncMaster;
}

/**
 * Reads everything that differences are found from, and finds them; writes nothing. One request for the master, one per
 * 100 links, one per 100 issues created after this checklist; further ones only where something differs. A text or rules
 * that cannot be used end it after the first: an empty plan with a `blocker`. Fails when GitHub does.
 */
export async function readReconcile(
  ports: ReconcilePorts,
  query: ReconcileQuery,
): Promise<Result<ReconcileReading>> {
  // Boxes that stand in a template are no open ones of their issue.
  const found = await readMasterAndRules(ports, query.checklist, query.identity, {
    templates: true,
  });
  if (!found.ok) return found;
  const reading = found.value;
  const text = readText(reading, reading.master.text);
  const refused = text.items.refused;
  if (reading.mistakes.length > 0 || refused !== undefined)
    return succeed(nothingRead(ports, reading, text, query, refused));
  const linked = await readLinked(ports, reading, text);
  if (!linked.ok) return linked;
  const swept = await sweepRepositories(ports, reading.master, query, linked.value.followed);
  if (!swept.ok) return swept;
  const ruled = await withRights(ports, linked.value, { listed: swept.value.issues });
  if (!ruled.ok) return ruled;
  const facts = await deepened(ports, reading, text, ruled.value);
  if (!facts.ok) return facts;
  const pulls = await readNamedPulls(ports, facts.value, text);
  if (!pulls.ok) return pulls;
  const listed = { issues: leanIssues(swept.value.issues), complete: swept.value.complete };
  const all = reconcileFacts(ports, reading, query, facts.value);
  return planned(ports, reading, text, query, { ...all, pulls: pulls.value, listed });
}

/** What is asked of GitHub in the second step is known only after the first. */
async function readLinked(
  ports: ReconcilePorts,
  reading: MasterReading,
  { items }: ReadText,
): Promise<Result<SyncFacts>> {
  const options = linkOptions(reading);
  const own = await readFollowed(ports, ownLinks(factsOf(reading, {}), items), options);
  if (!own.ok) return own;
  const behind = linksBehind(factsOf(reading, own.value), items);
  const more = await readFollowed(ports, behind, options);
  if (!more.ok) return more;
  const linked = factsOf(reading, { ...own.value, ...more.value });
  return withFormer(ports, linked, items, options);
}

async function deepened(
  ports: ReconcilePorts,
  reading: MasterReading,
  { items }: ReadText,
  facts: SyncFacts,
): Promise<Result<SyncFacts>> {
  const shallow = { facts, items, plan: planSync(facts, items) };
  const deep = await deepen(ports, reading, shallow, linkOptions(reading));
  return deep.ok ? succeed(deep.value.facts) : deep;
}

function linkOptions({ rules }: MasterReading) {
  return { mentions: rules.baseBranches.length > 0, reverts: true };
}

async function readNamedPulls(
  ports: ReconcilePorts,
  facts: SyncFacts,
  { items }: ReadText,
): Promise<Result<ReconcileFacts['pulls']>> {
  const asked: readonly IssueRef[] = pullsToAsk(facts, items);
  let pulls: ReconcileFacts['pulls'] = revertedClosers(facts.followed);
  for (let from = 0; from < asked.length; from += PER_QUESTION) {
    const read = await ports.github.readPulls(asked.slice(from, from + PER_QUESTION));
    if (!read.ok) return read;
    pulls = { ...pulls, ...read.value };
  }
  return succeed(pulls);
}

/** Plans; where a transferred link would be followed, first looks whether anybody took that back long ago. */
async function planned(
  ports: ReconcilePorts,
  reading: MasterReading,
  { items }: ReadText,
  query: ReconcileQuery,
  facts: ReconcileFacts,
): Promise<Result<ReconcileReading>> {
  const options = reconcileOptions(query, reading.master);
  const plan = planReconcile(facts, items, options);
  const relinks = plan.differences.some(
    ({ finding, byItself }) => byItself && finding.kind === 'issue-moved',
  );
  const isShallow = facts.master.history === reading.master.history;
  if (!relinks || !isShallow || reading.master.historyComplete)
    return succeed(finished(reading, { facts, plan, items }));
  const read = await textOnGitHub(ports.github).history(query.checklist);
  if (!read.ok) return read;
  const history = joinVersions(reading.master.history, read.value) ?? reading.master.history;
  const whole = { ...facts, master: { ...facts.master, history } };
  const former = await withFormer(ports, whole, items, linkOptions(reading));
  if (!former.ok) return former;
  const deeper = former.value;
  const again = planReconcile(deeper, items, options);
  return succeed(finished(reading, { facts: deeper, plan: again, items }));
}

/** What titles are drafted by. */
export function reconcileOptions(
  { prefix }: Pick<ReconcileQuery, 'prefix'>,
  { title }: Pick<SyncMaster, 'title'>,
): ReconcileOptions {
  return { prefix, masterTitle: title };
}

function finished(reading: MasterReading, found: FoundDifferences): ReconcileReading {
  const { listed } = found.facts;
  const { blocker, rulesFrom, mistakes, master, checklist } = reading;
  const issues = relevantIssues(listed.issues, found.plan);
  return {
    ...found,
    facts: { ...found.facts, listed: { ...listed, issues } },
    blocker,
    rulesFrom,
    mistakes,
    looked: { issues: listed.issues.length, complete: listed.complete },
    marked: issues.filter((issue) => carriesMarker(issue, checklist)).length,
    master,
  };
}

function nothingRead(
  ports: ReconcilePorts,
  reading: MasterReading,
  { items }: ReadText,
  query: ReconcileQuery,
  refused: Failure | undefined,
): ReconcileReading {
  const facts = reconcileFacts(ports, reading, query, factsOf(reading, {}));
  const plan = { checklist: query.checklist, differences: [], matches: [] };
  const blocker = reading.blocker ?? refused;
  return { ...finished(reading, { facts, plan, items }), blocker };
}

function reconcileFacts(
  { login }: ReconcilePorts,
  { master, template: ofRules }: MasterReading,
  { left, template = '' }: ReconcileQuery,
  facts: SyncFacts,
): ReconcileFacts {
  const { state, locked } = master;
  return {
    ...facts,
    master: { ...facts.master, state, locked },
    listed: { issues: [], complete: false },
    pulls: {},
    templates: [template, ofRules ?? '', ...(master.templates ?? [])].filter(Boolean),
    viewer: login,
    left,
  };
}
