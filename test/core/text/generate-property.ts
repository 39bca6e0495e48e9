import { GENERATE_TEXT } from '../../../lib/core/engine/kinds/generate-text.ts';
import { issuesToAsk } from '../../../lib/core/identity/asked-issues.ts';
import { readMap } from '../../../lib/core/identity/identity-map.ts';
import type { KnownIssue } from '../../../lib/core/identity/issue.ts';
import { planGeneration } from '../../../lib/core/plan/make-plan.ts';
import { issueKey } from '../../../lib/core/refs.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { BODY_LIMIT } from '../../../lib/core/text/body-limit.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { generation } from '../engine/build-jobs.ts';
import { buildFacts, issue, MASTER, OPTIONS, REPO, RUN } from '../plan/build-facts.ts';

/** What became of generating issues for a text, and what is wrong with that. */
export interface GenerationVerdict {
  readonly created: number;
  /** Links in the hidden block, because the item's text takes none. */
  readonly hidden: number;
  readonly problems: readonly string[];
}

const PLACEHOLDER = '(#PR_NUMBER)';

/**
 * Plans, writes the links of all issues that would be created, and plans again: then each item has its issue, and nothing
 * is proposed. The issues carry no marker: the text alone has to tell.
 */
export function judgeGeneration(
  text: string,
  linkStyle: typeof OPTIONS.linkStyle,
): GenerationVerdict {
  const options = { ...OPTIONS, linkStyle, placeholder: PLACEHOLDER, levels: 'all' as const };
  const known = [issue(5), issue(12), issue(123)];
  const plan = (body: string, made: readonly KnownIssue[]) => {
    const checklist = parseChecklist(body, options);
    const all = new Map([...known, ...made].map((one) => [issueKey(one.ref), one]));
    const asked = issuesToAsk(checklist.items, MASTER, readMap(body, checklist.items, REPO));
    const referenced = asked.flatMap((ref) => all.get(issueKey(ref)) ?? []);
    return planGeneration(buildFacts(body, { referenced }), checklist, options, RUN);
  };
  const planned = plan(text, []);
  const rows = planned.rows.filter(({ decision }) => decision === 'create');
  if (rows.length === 0 || planned.blockers.length > 0)
    return { created: 0, hidden: 0, problems: [] };
  const made = rows.map((row, place) => issue(900_001 + place, { title: row.draft?.title ?? '' }));
  const job = generation(
    rows.map(({ item }, place) => ({
      item,
      phase: 'created',
      issue: { number: 900_001 + place, nodeId: `n${place}` },
    })) as never,
    { checklist: MASTER, target: REPO, claim: 'released' },
  );
  const writing = { ...job.header.options, linkStyle, placeholder: PLACEHOLDER };
  const running = { ...job, header: { ...job.header, options: writing } };
  const edits = GENERATE_TEXT.edits(running, 'links', text, { holder: undefined, now: 0 });
  const { markdown, missed } = applyEdits(text, edits, { repo: REPO, placeholder: PLACEHOLDER });
  const again = plan(markdown, made).rows;
  const linked = {
    ...running,
    rows: running.rows.map((row) => ({ ...row, phase: 'linked' }) as const),
  };
  const seen = GENERATE_TEXT.observe(linked, markdown);
  const hidden = rows.filter(({ hiddenLink }) => hiddenLink).length;
  const notSkipped = again.filter(({ index, decision, reason }) => {
    const place = rows.findIndex((row) => row.index === index);
    const isIts = reason.kind === 'linked' && reason.issue.number === 900_001 + place;
    return place !== -1 && !(decision === 'skip' && isIts);
  });
  return {
    created: rows.length,
    hidden,
    problems: [
      ...missed.map(({ reason }) => `missed: ${reason}`),
      ...notSkipped.map(({ decision, reason }) => `then ${decision}: ${reason.kind}`),
      ...(seen.every(({ phase }) => phase === 'verified') ? [] : ['the job does not see its link']),
      ...(readMap(markdown, parseChecklist(markdown, options).items, REPO).entries.size < hidden
        ? ['hidden links are missing']
        : []),
      ...(markdown.length > BODY_LIMIT ? ['too long'] : []),
    ],
  };
}
