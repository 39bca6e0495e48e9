import type { ClaimName } from '../core/engine/claim.ts';
import { renamedSince } from '../core/engine/item-in-place.ts';
import { isOfKind, type OpenJobHeader } from '../core/engine/job.ts';
import { kindNamed } from '../core/engine/kinds/registry.ts';
import { fail, failure, type Result, succeed } from '../core/failures.ts';
import { formatDuration } from '../core/format-duration.ts';
import type { GitHub } from '../core/github.ts';
import { blockOf, issuesToAsk } from '../core/identity/asked-issues.ts';
import { namingForPlan } from '../core/plan/decide-by-identity.ts';
import { planGeneration } from '../core/plan/make-plan.ts';
import type {
  GenerationFacts,
  GenerationOptions,
  GenerationPlan,
} from '../core/plan/plan-generation.ts';
import { type ChecklistRef, checklistKey, type RepoRef, sameRepo } from '../core/refs.ts';
import { parseRules } from '../core/settings/rules-file.ts';
import type { Allowance } from '../core/settings/settings.ts';
import { settingName } from '../core/settings/settings-file.ts';
import type { RulesFile } from '../core/sync/sync-facts.ts';
import type { Checklist } from '../core/text/checklist.ts';
import { parseChecklist } from '../core/text/parse-checklist.ts';
import type { Ports } from '../ports.ts';
import { besideClaim } from './foreign-claim.ts';
import { findBusy, findLostJob, isRecoverable } from './job-status.ts';
import { noteReading } from './note-reading.ts';
import { readOptions } from './read-options.ts';
import { recoverableAt, recoverJob } from './recover-job.ts';

/** What a preview is made of. */
export interface PreviewQuery {
  readonly checklist: ChecklistRef;
  readonly pageUser: string | undefined;
  /** As a page sent them: what makes no sense is left out. */
  readonly options: Partial<GenerationOptions>;
  /** The claim of a run in another browser that the user wants to take over. */
  readonly takeOver?: ClaimName | undefined;
}

/** Plans from a fresh read and keeps the plan until it is confirmed. Writes nothing at GitHub. */
export async function previewGeneration(
  query: PreviewQuery,
  ports: Ports,
): Promise<Result<GenerationPlan>> {
  const { checklist } = query;
  const busy = await findBusy(ports, checklist);
  if (busy !== undefined) return fail(busy);
  const { github, account } = await ports.openGitHub(checklist.repo.host);
  const lost = await findLostJob(ports, checklist);
  const plan =
    lost !== undefined && kindNamed(lost.kind).back.isSearched
      ? await planAnew(query, lost, github, ports)
      : await planFresh(query, github, ports, ports.newId());
  if (!plan.ok) return plan;
  const stored = { plan: plan.value, login: account?.login };
  await ports.plans.save(stored, ports.clock.now());
  return plan;
}

/** Plans a generation of a run from a fresh read, with the user's settings under the rules of the repository; keeps nothing but what was read, for the log. */
export async function planFresh(
  query: PreviewQuery,
  github: GitHub,
  ports: Ports,
  run: string,
): Promise<Result<GenerationPlan>> {
  const { generation, timing } = await ports.preferences();
  const { host } = query.checklist.repo;
  const ruled = (rules: Partial<GenerationOptions>) =>
    readOptions(query.options, { ...generation, ...rules }, host);
  const read = await readInTarget(query, ruled, github, ports);
  if (!read.ok) return read;
  const { facts, checklist, options, file } = read.value;
  const { viewer: login } = facts;
  if (login !== undefined) {
    const naming = namingForPlan(facts, checklist);
    await noteReading(ports, { naming, items: checklist, what: 'generate', login });
  }
  const fromRules = Object.keys(file.said)
    .filter((key) => !Object.hasOwn(Object(query.options), key))
    .map((key) => settingName(`preferences.generation.${key}`));
  const beside = await besideClaim({ ...ports, github, timing }, facts, query.takeOver);
  if (!beside.ok) return beside;
  const planned = planGeneration(beside.value.facts, checklist, options, run);
  const plan = { ...beside.value.settle(planned), fromRules };
  const [mistake] = file.mistakes;
  if (mistake === undefined) return succeed(plan);
  return succeed({ ...plan, blockers: [...plan.blockers, failure('rules-invalid', { mistake })] });
}

/** Reads all facts; once more where the rules, which the first request brings, name another target. */
async function readInTarget(
  query: PreviewQuery,
  ruled: (rules: Partial<GenerationOptions>) => GenerationOptions,
  github: GitHub,
  ports: Ports,
): Promise<Result<ReadFacts>> {
  const { repo } = query.checklist;
  const first = ruled({}).target ?? repo;
  const read = await readFacts(query, ruled, first, github, ports);
  if (!read.ok) return read;
  const target = read.value.options.target ?? repo;
  if (sameRepo(target, first)) return read;
  const again = await readFacts(query, ruled, target, github, ports);
  if (!again.ok) return again;
  // Rules that change meanwhile must not send issues to a repository that was not read.
  const isSettled = sameRepo(again.value.options.target ?? repo, target);
  return isSettled ? again : fail(failure('stale-plan'));
}

/** The journal of a run was lost: its issues are found by their markers, once GitHub's lists are sure to show them. */
async function planAnew(
  query: PreviewQuery,
  lost: OpenJobHeader,
  github: GitHub,
  ports: Ports,
): Promise<Result<GenerationPlan>> {
  const { checklist } = query;
  const { generation, timing } = await ports.preferences();
  const now = ports.clock.now();
  if (!isRecoverable(lost, timing, now)) {
    const retryAt = recoverableAt(lost, timing);
    const wait = formatDuration((retryAt - now) / 1_000);
    return fail(failure('recovering', { wait }, { retryAt }));
  }
  // As the lost run was planned, with what the rules said then: its issues are to be found again, not planned anew.
  const planned = lost.planOptions ?? generation;
  const options = readOptions(query.options, planned, checklist.repo.host);
  let settle = (plan: GenerationPlan) => plan;
  const acting = {
    github,
    readFacts: async (_: ChecklistRef, target: RepoRef) => {
      const read = await readFacts(query, () => options, target, github, ports);
      if (!read.ok) return read;
      const beside = await besideClaim(
        { ...ports, github, timing },
        read.value.facts,
        query.takeOver,
      );
      if (!beside.ok) return beside;
      settle = beside.value.settle;
      return succeed(beside.value.facts);
    },
  };
  const recovered = { ...lost, planOptions: options };
  const plan = await recoverJob(recovered, acting, options, ports.newId());
  return plan.ok ? succeed(settle(plan.value)) : plan;
}

interface ReadFacts {
  readonly facts: GenerationFacts;
  readonly checklist: Checklist;
  readonly options: GenerationOptions;
  readonly file: GenerationRules;
}

/** Reads all facts; `ruled` gives the options under the rules of the repository, known after the first request. */
async function readFacts(
  { checklist, pageUser }: PreviewQuery,
  ruled: (rules: Partial<GenerationOptions>) => GenerationOptions,
  target: RepoRef,
  github: GitHub,
  ports: Ports,
): Promise<Result<ReadFacts>> {
  const { allowOtherUser, rules: own } = await ports.preferences();
  let parsed: Checklist = parseChecklist('');
  let options = ruled({});
  let file: GenerationRules = NO_RULES;
  const facts = await github.readGenerationFacts({
    checklist,
    target,
    pageUser,
    allowOtherUser,
    references: (body, rulesFile) => {
      file = readRulesFile(rulesFile, checklist.repo.host);
      options = ruled({ ...file.style, ...file.said });
      parsed = parseChecklist(body, { placeholder: options.placeholder });
      return issuesToAsk(parsed.items, checklist, blockOf(body, parsed, checklist));
    },
  });
  if (!facts.ok) return facts;
  // On any other host an address is text: that of another tracker, say.
  const hosts = (await ports.accounts.list()).map(({ host }) => host);
  const renamed = await readRenamed(ports, checklist, parsed);
  const { allowance, trustedAuthors = own.trustedAuthors } = file;
  const read = { ...facts.value, hosts, allowance, trustedAuthors, ...(renamed && { renamed }) };
  return succeed({ facts: read, checklist: parsed, options, file });
}

/** What the runs of this browser made for items that have other words now; undefined where there is none. */
async function readRenamed(
  { store }: Ports,
  checklist: ChecklistRef,
  parsed: Checklist,
): Promise<GenerationFacts['renamed']> {
  const headers = await store.listJobs(checklistKey(checklist));
  const runs = headers.filter(({ kind }) => kind === 'generate');
  const jobs = await Promise.all(runs.map(({ id }) => store.loadJob(id)));
  const renamed = jobs.flatMap((job) =>
    job !== undefined && isOfKind(job, 'generate') ? [renamedSince(job, parsed)] : [],
  );
  const all = Object.assign({}, ...renamed) as NonNullable<GenerationFacts['renamed']>;
  return Object.keys(all).length === 0 ? undefined : all;
}

/** What a rules file says of a generation. */
interface GenerationRules {
  /** How links are written: always the file's, as Sync writes them. */
  readonly style: Partial<GenerationOptions>;
  /** The options that the file names. */
  readonly said: Partial<GenerationOptions>;
  readonly mistakes: readonly string[];
  /** Apps that are believed; missing where no file says so. */
  readonly trustedAuthors?: readonly string[];
  /** What it allows; missing where there is no file, or it cannot be used. */
  readonly allowance?: Allowance;
}

const NO_RULES: GenerationRules = { style: {}, said: {}, mistakes: [] };

function readRulesFile(file: RulesFile, host: string): GenerationRules {
  if (file.kind !== 'text') return NO_RULES;
  const { rules, generate, allowance, mistakes } = parseRules(file.text, host);
  if (rules === undefined) return { ...NO_RULES, mistakes };
  const { linkStyle, placeholder, trustedAuthors } = rules;
  const style = { linkStyle, placeholder };
  return { style, said: generate, mistakes, trustedAuthors, allowance };
}
