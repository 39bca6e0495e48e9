import type { BodyVersion } from '../core/engine/job-facts.ts';
import { type Failure, failure, type Result, succeed } from '../core/failures.ts';
import { readAnswers } from '../core/identity/answers.ts';
import { blockOf, linksOfItems } from '../core/identity/asked-issues.ts';
import { linksOf } from '../core/identity/identify.ts';
import type { IdentityStrategy } from '../core/identity/issue.ts';
import { setOffLists } from '../core/identity/own-numbers.ts';
import { type ChecklistRef, type IssueRef, issueKey } from '../core/refs.ts';
import { parseRules } from '../core/settings/rules-file.ts';
import type { SyncRules } from '../core/settings/settings.ts';
import { formerNumbers } from '../core/sync/former-numbers.ts';
import { planSync } from '../core/sync/plan-sync.ts';
import { unreached, withoutUnreached } from '../core/sync/reaches-back.ts';
import type { FollowedByKey, SyncFacts, SyncMaster } from '../core/sync/sync-facts.ts';
import type { SyncPlan } from '../core/sync/sync-plan.ts';
import type { NamingRules, SyncRecord } from '../core/sync/tracked.ts';
import type { Checklist } from '../core/text/checklist.ts';
import { hashText } from '../core/text/hash-text.ts';
import { parseChecklist } from '../core/text/parse-checklist.ts';
import { writingBlocker } from '../core/writing-blocker.ts';
import type { SyncPorts } from '../ports.ts';
import { textOnGitHub } from './checklist-text.ts';
import { withRights } from './with-rights.ts';

/** What is asked about issues beside their state. */
type FollowedOptions = Parameters<SyncPorts['github']['readFollowed']>[1];

/** So many issues go into one question. */
const PER_QUESTION = 100;

/** Which rules hold for a checklist, and what is wrong with them. */
export interface SyncRuling {
  readonly rules: SyncRules;
  readonly rulesFrom: 'file' | 'browser';
  readonly mistakes: readonly string[];
  /** What the rules file says of how items are read. */
  readonly naming?: NamingRules;
  /** What issues are made from, where the rules file says so. */
  readonly template?: string;
}

/** A master as read, with its rules and what stands in the way of writing it. */
export interface MasterReading extends SyncRuling {
  /** Login of the token. */
  readonly login?: string;
  readonly checklist: ChecklistRef;
  readonly identity: IdentityStrategy;
  readonly master: SyncMaster;
  readonly blocker: Failure | undefined;
}

/** A text with its items and what they link. */
export interface ReadText {
  readonly text: string;
  readonly items: Checklist;
  readonly links: readonly (readonly IssueRef[])[];
}

/** Everything that a sync is calculated from, and what follows. */
export interface SyncReading extends MasterReading, ReadText {
  readonly facts: SyncFacts;
  readonly plan: SyncPlan;
  /** Whether all links were read. */
  readonly full: boolean;
  /** What a look at the whole history found not to be changed, as `SyncRecord.settled` has it. */
  readonly settled: SyncRecord['settled'];
}

/** Reads the master and its rules, with the issue templates of the repository where they are asked for; in one request. */
export async function readMasterAndRules(
  ports: SyncPorts,
  checklist: ChecklistRef,
  identity: IdentityStrategy,
  options?: { readonly templates?: boolean },
): Promise<Result<MasterReading>> {
  const read = await ports.github.readSyncMaster(checklist, options);
  if (!read.ok) return read;
  const master = read.value;
  const ruling = rulesFor(ports, master, checklist.repo.host);
  const blocker = blockerOf(checklist, master, ruling);
  const own = ruling.naming?.identity ?? identity;
  const { login } = ports;
  return succeed({ checklist, identity: own, login, master, ...ruling, blocker });
}

/**
 * Reads the state of what the items link and calculates. `keys` are the `issueKey`s that are worth reading: as long as
 * the text is the one of the record, items that link none of them are left out. With rules that cannot be used nothing is planned.
 */
export async function readLinks(
  ports: SyncPorts,
  reading: MasterReading,
  keys: 'all' | readonly string[],
  record: SyncRecord | undefined,
): Promise<Result<SyncReading>> {
  const { master, rules } = reading;
  const read = readText(reading, master.text);
  const known = record?.textHash === hashText(master.text);
  const asked = known ? chooseLinks(reading, read, keys) : read.links.flat();
  const unusable = reading.mistakes.length > 0 || read.items.refused !== undefined;
  const options = { mentions: rules.baseBranches.length > 0 };
  const followed = unusable ? succeed({}) : await readFollowed(ports, asked, options);
  if (!followed.ok) return followed;
  const full = !known || keys === 'all';
  const own = factsOf(reading, followed.value);
  const former = unusable ? succeed(own) : await withFormer(ports, own, read.items, options);
  if (!former.ok) return former;
  const settled = known ? record?.settled : undefined;
  if (unusable) {
    const plan = noPlan(reading, read);
    return succeed({ ...reading, ...read, facts: former.value, plan, full, settled });
  }
  const decide = (facts: SyncFacts) => planSync(facts, read.items);
  const ruled = await withRights(ports, former.value, { decide });
  if (!ruled.ok) return ruled;
  const facts = ruled.value;
  const { rows = [], question } = record ?? {};
  const earlier = { settled, rows, question };
  const shallow = { facts, items: read.items, plan: planSync(facts, read.items) };
  const deep = await deepen(ports, reading, shallow, options, earlier);
  return deep.ok ? succeed({ ...reading, ...read, ...deep.value, full }) : deep;
}

/** The items of a text and what they link, under the rules of a reading. */
export function readText({ checklist, rules }: MasterReading, text: string): ReadText {
  const items = parseChecklist(text, { placeholder: rules.placeholder });
  return { text, items, links: linksOfItems(items, checklist, blockOf(text, items, checklist)) };
}

/** Newer versions first, then those of an earlier, deeper look that they do not hold; nothing where versions between may be missing. */
export function joinVersions(
  newer: readonly BodyVersion[],
  deeper: readonly BodyVersion[],
): readonly BodyVersion[] | undefined {
  const known = new Set(newer.map(({ id }) => id));
  const meets = newer.length === 0 || deeper.length === 0 || deeper.some(({ id }) => known.has(id));
  // What was read later may begin with versions that are newer still: they are not for the end.
  const since = deeper.slice(deeper.findIndex(({ id }) => known.has(id)) + 1);
  return meets ? [...newer, ...since.filter(({ id }) => !known.has(id))] : undefined;
}

function rulesFor(ports: SyncPorts, { rulesFile }: SyncMaster, host: string): SyncRuling {
  const own = { rules: ports.rules, rulesFrom: 'browser', mistakes: [] } as const;
  if (rulesFile.kind !== 'text') return own;
  const { rules, generate, mistakes } = parseRules(rulesFile.text, host);
  const identity = generate?.identity;
  return {
    rules: rules ?? ports.rules,
    rulesFrom: 'file',
    mistakes,
    ...(rules && { naming: { ...(identity && { identity }), placeholder: rules.placeholder } }),
    ...(generate?.template !== undefined && { template: generate.template }),
  };
}

function blockerOf(
  checklist: ChecklistRef,
  master: SyncMaster,
  { mistakes }: SyncRuling,
): Failure | undefined {
  const [mistake] = mistakes;
  if (mistake !== undefined) return failure('rules-invalid', { mistake });
  return writingBlocker(checklist, master);
}

/**
 * All links of the items that link one of the keys: an item is calculated from all of its links or not at all. So is a
 * list whose numbers prove each other.
 */
function chooseLinks(
  { checklist }: Pick<MasterReading, 'checklist'>,
  { text, items, links }: ReadText,
  keys: 'all' | readonly string[],
): readonly IssueRef[] {
  if (keys === 'all') return links.flat();
  const wanted = new Set(keys);
  const isWanted = (index: number) => links[index]?.some((ref) => wanted.has(issueKey(ref)));
  const block = blockOf(text, items, checklist);
  const answers = readAnswers(text, items.items, checklist.repo);
  const written = items.items.map((item) => linksOf(item, { checklist, block, answers }));
  const lists = setOffLists(items.items, written).filter((list) =>
    list.some(({ index }) => isWanted(index)),
  );
  const together = new Set(lists.flat().map(({ index }) => index));
  return links.filter((_, index) => isWanted(index) || together.has(index)).flat();
}

/**
 * The same facts, and what became of numbers that may be former ones of what is followed: one more request, and only
 * where something that is followed is in another repository. `options` are those that the rest was read with: items
 * that link such a number are planned as well.
 */
export async function withFormer<Facts extends SyncFacts>(
  ports: SyncPorts,
  facts: Facts,
  today: Checklist,
  options: FollowedOptions,
): Promise<Result<Facts>> {
  const asked = formerNumbers(facts, today).slice(0, PER_QUESTION);
  const read = await readFollowed(ports, asked, options);
  return read.ok ? succeed({ ...facts, followed: { ...read.value, ...facts.followed } }) : read;
}

/** Reads the state of issues and pull requests, each once, 100 in a request. */
export async function readFollowed(
  ports: SyncPorts,
  issues: readonly IssueRef[],
  options: FollowedOptions,
): Promise<Result<FollowedByKey>> {
  const asked = [...new Map(issues.map((issue) => [issueKey(issue), issue])).values()];
  let all: FollowedByKey = {};
  for (let from = 0; from < asked.length; from += PER_QUESTION) {
    const some = asked.slice(from, from + PER_QUESTION);
    const read = await ports.github.readFollowed(some, options);
    if (!read.ok) return read;
    all = { ...all, ...read.value };
  }
  return succeed(all);
}

/** What was calculated from the few versions that came with the text. */
type Shallow = Pick<SyncReading, 'facts' | 'items' | 'plan'>;

/** What a sync is calculated from. */
export function factsOf(
  { checklist, identity, login: viewer, master, rules }: MasterReading,
  followed: FollowedByKey,
): SyncFacts {
  const { text, createdAt, history, historyComplete: isWhole } = master;
  return {
    checklist,
    identity,
    rules,
    followed,
    viewer,
    master: { text, createdAt, history, isWhole },
  };
}

/**
 * Where the few versions that came with the text do not show what was taken back, all that GitHub shows are read, once:
 * what these showed of the same text and events before is not asked again.
 */
export async function deepen(
  ports: SyncPorts,
  { checklist, master }: MasterReading,
  { facts, items, plan }: Shallow,
  options: FollowedOptions,
  earlier: Pick<SyncRecord, 'settled' | 'rows' | 'question'> = { rows: [] },
): Promise<Result<Pick<SyncReading, 'facts' | 'plan' | 'settled'>>> {
  const { settled, rows, question } = earlier;
  const open = unreached(plan, facts);
  const known = { rows, ...(question && { question }) };
  if ([...open].every(([key, why]) => settled?.[key] === why))
    return succeed({ facts, plan: withoutUnreached(plan, open, known), settled });
  const read = await textOnGitHub(ports.github).history(checklist);
  if (!read.ok) return read;
  const history = joinVersions(master.history, read.value) ?? master.history;
  const whole = { ...facts, master: { ...facts.master, history, isWhole: true } };
  const former = await withFormer(ports, whole, items, options);
  if (!former.ok) return former;
  const deeper = former.value;
  const deep = planSync(deeper, items);
  const changed = new Set(
    deep.rows.flatMap(({ item, changes }) => (changes.length > 0 ? [item.key] : [])),
  );
  const found = [...open].filter(([key]) => !changed.has(key));
  return succeed({
    facts: deeper,
    plan: deep,
    settled: { ...settled, ...Object.fromEntries(found) },
  });
}

function noPlan({ checklist }: MasterReading, { items, links }: ReadText): SyncPlan {
  const counts = {
    items: items.items.length,
    followed: links.filter((refs) => refs.length > 0).length,
    done: items.items.filter(({ checked }) => checked).length,
  };
  return { checklist, rows: [], counts };
}
