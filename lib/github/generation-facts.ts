import { fail, type Result, succeed } from '../core/failures.ts';
import type { FactsQuery } from '../core/github.ts';
import type { GenerationFacts } from '../core/plan/plan-generation.ts';
import { checklistKey, issueKey } from '../core/refs.ts';
import type { Client } from './client.ts';
import { readPublicSurvey } from './public-survey.ts';
import { readKnownIssues } from './read-issues.ts';
import { readSurvey, type Survey } from './survey.ts';

/**
 * Everything that planning looks at, read fresh: one request for the master, the target and the candidates, one for each
 * 50 references. Without a token the same from the public REST interface, as far as 60 requests an hour go.
 */
export async function readGenerationFacts(
  client: Client,
  query: FactsQuery,
): Promise<Result<GenerationFacts>> {
  const { checklist, target } = query;
  const survey =
    client.token === 'none'
      ? await readPublicSurvey(client, checklist, target)
      : await readSurvey(client, checklist, target);
  if (!survey.ok) return survey;
  const referenced = await readReferenced(client, survey.value, query);
  if (!referenced.ok) return fail(referenced.failure);
  const { rulesFile: _read, ...facts } = survey.value;
  return succeed({
    ...facts,
    checklist,
    referenced: referenced.value,
    pageUser: query.pageUser,
    allowOtherUser: query.allowOtherUser,
  });
}

/** References that are among the candidates already are not asked again. */
async function readReferenced(
  client: Client,
  survey: Survey,
  query: FactsQuery,
): Promise<Result<GenerationFacts['referenced']>> {
  const known = new Map(survey.candidates.map((issue) => [issueKey(issue.ref), issue]));
  const self = checklistKey(query.checklist);
  const wanted = query
    .references(survey.master.body, survey.rulesFile)
    .filter((ref) => issueKey(ref) !== self);
  const unknown = wanted.filter((ref) => !known.has(issueKey(ref)));
  const asked = await readKnownIssues(client, unknown);
  if (!asked.ok) return asked;
  const here = wanted.map((ref) => [issueKey(ref), known.get(issueKey(ref))] as const);
  return succeed({ ...Object.fromEntries(here), ...asked.value });
}
