import type { OpenJobHeader } from '../../lib/core/engine/job.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { readMap } from '../../lib/core/identity/identity-map.ts';
import { issuesToAsk } from '../../lib/core/identity/item-links.ts';
import { planGeneration } from '../../lib/core/plan/make-plan.ts';
import type {
  GenerationFacts,
  GenerationOptions,
  GenerationPlan,
} from '../../lib/core/plan/plan-generation.ts';
import type { ChecklistRef, RepoRef } from '../../lib/core/refs.ts';
import { parseRules } from '../../lib/core/settings/rules-file.ts';
import type { RulesFile } from '../../lib/core/sync/sync-facts.ts';
import type { Checklist } from '../../lib/core/text/checklist.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { recoverJob } from '../../lib/engine/recover-job.ts';
import type { Client } from '../../lib/github/client.ts';
import { readGenerationFacts } from '../../lib/github/generation-facts.ts';
import { createGitHubPort } from '../../lib/github/github-port.ts';
import type { Protocol } from '../../lib/messages.ts';
import { savePlan } from '../../lib/store/plans.ts';
import { findLostJob, isBusy, isRecoverable } from './job-status.ts';
import { newUlid } from './new-ulid.ts';
import { type Background, openClient } from './ports.ts';
import { readOptions } from './read-options.ts';

type Query = Parameters<Protocol['previewGeneration']>[0];

/** Plans from a fresh read and keeps the plan until it is confirmed. Writes nothing at GitHub. */
export async function previewGeneration(
  query: Query,
  background: Background,
): Promise<Result<GenerationPlan>> {
  const { checklist } = query;
  if (await isBusy(background, checklist)) return fail(failure('job-open'));
  const { timing } = await background.preferences();
  const { client, account } = await openClient(background, checklist.repo.host, timing);
  const lost = await findLostJob(background, checklist);
  const plan =
    // A lost mending created nothing that must be found.
    lost === undefined || lost.kind === 'mend'
      ? await planFresh(query, client, background, newUlid(background.clock.now()))
      : await planAnew(query, lost, client, background);
  if (!plan.ok) return plan;
  const stored = { plan: plan.value, login: account?.login };
  await savePlan(background.db, stored, background.clock.now());
  return plan;
}

/** Plans a generation of a run from a fresh read, with the user's settings under the rules of the repository; keeps nothing. */
export async function planFresh(
  query: Query,
  client: Client,
  background: Background,
  run: string,
): Promise<Result<GenerationPlan>> {
  const { generation } = await background.preferences();
  const { host } = query.checklist.repo;
  const ruled = (rules: GenerationRules) =>
    readOptions(query.options, { ...generation, ...rules }, host);
  const target = ruled({}).target ?? query.checklist.repo;
  const read = await readFacts(query, ruled, target, client, background);
  if (!read.ok) return read;
  const { facts, checklist, options, mistakes } = read.value;
  const plan = planGeneration(facts, checklist, options, run);
  const [mistake] = mistakes;
  if (mistake === undefined) return succeed(plan);
  return succeed({ ...plan, blockers: [...plan.blockers, failure('rules-invalid', { mistake })] });
}

/** The journal of a run was lost: its issues are found by their markers, once GitHub's lists are sure to show them. */
async function planAnew(
  query: Query,
  lost: OpenJobHeader,
  client: Client,
  background: Background,
): Promise<Result<GenerationPlan>> {
  const { checklist } = query;
  const { generation, timing } = await background.preferences();
  const now = background.clock.now();
  if (!isRecoverable(lost, timing, now)) return fail(failure('job-open'));
  const planned = lost.planOptions ?? generation;
  const options = readOptions(query.options, planned, checklist.repo.host);
  const ports = {
    github: createGitHubPort(client),
    readFacts: async (_: ChecklistRef, target: RepoRef) => {
      const read = await readFacts(query, () => options, target, client, background);
      return read.ok ? succeed(read.value.facts) : read;
    },
  };
  return recoverJob({ ...lost, planOptions: options }, ports, options, newUlid(now));
}

/** The options of a generation on which a rules file has a say. */
type GenerationRules = Partial<Pick<GenerationOptions, 'linkStyle' | 'placeholder'>>;

interface ReadFacts {
  readonly facts: GenerationFacts;
  readonly checklist: Checklist;
  readonly options: GenerationOptions;
  /** Of the rules file. */
  readonly mistakes: readonly string[];
}

/** Reads all facts; `ruled` gives the options under the rules of the repository, known after the first request. */
async function readFacts(
  { checklist, pageUser }: Query,
  ruled: (rules: GenerationRules) => GenerationOptions,
  target: RepoRef,
  client: Client,
  background: Background,
): Promise<Result<ReadFacts>> {
  const { allowOtherUser } = await background.preferences();
  let parsed: Checklist = parseChecklist('');
  let options = ruled({});
  let mistakes: readonly string[] = [];
  const facts = await readGenerationFacts(client, {
    checklist,
    target,
    pageUser,
    allowOtherUser,
    references: (body, rulesFile) => {
      const file = readRulesFile(rulesFile, checklist.repo.host);
      options = ruled(file.rules);
      mistakes = file.mistakes;
      parsed = parseChecklist(body, { placeholder: options.placeholder });
      const map = options.identity === 'block' ? readMap(body, checklist.repo) : undefined;
      return issuesToAsk(parsed.items, checklist, map);
    },
  });
  return facts.ok ? succeed({ facts: facts.value, checklist: parsed, options, mistakes }) : facts;
}

function readRulesFile(
  file: RulesFile,
  host: string,
): {
  readonly rules: GenerationRules;
  readonly mistakes: readonly string[];
} {
  if (file.kind !== 'text') return { rules: {}, mistakes: [] };
  const { rules, mistakes } = parseRules(file.text, host);
  if (rules === undefined) return { rules: {}, mistakes };
  const { linkStyle, placeholder } = rules;
  return { rules: { linkStyle, placeholder }, mistakes };
}
