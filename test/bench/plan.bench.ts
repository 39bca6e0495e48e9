import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import { planGeneration } from '../../lib/core/plan/make-plan.ts';
import type { GenerationFacts } from '../../lib/core/plan/plan-generation.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import type { Report } from './run.ts';

const WARM_UP = 20;
const RUNS = 31;
const REPO = { host: 'github.com', owner: 'octo', name: 'plan' };

/** Plans 100, 1,000 and 5,000 items of everyday kinds from a parsed checklist, among 200 recent issues; milliseconds, median. */
export async function benchPlan(report: Report): Promise<void> {
  const times = new Map<number, number>();
  for (const count of [100, 1_000, 5_000]) {
    const time = median(timePlans(count));
    times.set(count, time);
    console.log(`  ${count} items: ${time.toFixed(2)} ms`);
  }
  const at = (count: number) => times.get(count) ?? Number.NaN;
  console.log(`  growth from 1,000 to 5,000: ${(at(5_000) / at(1_000) / 5).toFixed(2)} of linear`);
  report('plan-1000', at(1_000), 'ms', '<= 20');
}

function timePlans(count: number): readonly number[] {
  const markdown = textOf(count);
  const checklist = parseChecklist(markdown);
  if (checklist.items.length !== count) throw new Error(`${checklist.items.length} items read`);
  const facts = factsOf(markdown);
  const times: number[] = [];
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    const start = performance.now();
    planGeneration(facts, checklist, DEFAULT_PREFERENCES.generation, '01JD0000000000000000000000');
    times.push(performance.now() - start);
  }
  return times.slice(WARM_UP);
}

/** Of ten items: code, mentions, a link, a short one, a ticked one, plain text, content below; so short that 1,000 fit into an issue. */
function textOf(count: number): string {
  const kinds = [
    (n: number) => `- [ ] Check \`level()\` of mast ${n} (#PR_NUMBER)`,
    (n: number) => `- [ ] Ask @harbour${n} what is missing`,
    (n: number) => `- [ ] Restart service ${n} twice (#${n + 1})`,
    (n: number) => `- [ ] log ${n}`,
    (n: number) => `- [x] Done in week ${n} of the trial`,
    (n: number) => `- [ ] Fill the disk of gateway ${n}`,
    (n: number) => `- [ ] Write \`(closes #123)\` as item ${n}`,
    (n: number) => `- [ ] Compare **day** ${n} with [it](https://a.io/${n})`,
    (n: number) => `- [ ] Install package ${n} anew\n  - from a disk`,
    (n: number) => `- [ ] Read the battery of mast ${n}`,
  ];
  let text = '';
  for (let n = 0; n < count; n++) {
    if (n % 20 === 0) text += `\n## Part ${n / 20 + 1}\n\n`;
    text += `${kinds[n % kinds.length]?.(n) ?? ''}\n`;
  }
  return text;
}

function factsOf(body: string): GenerationFacts {
  const issues = Array.from({ length: 5_000 }, (_, n) => knownIssue(n + 1));
  return {
    checklist: issueChecklist({ repo: REPO, number: 100_000 }),
    master: {
      title: 'Field trial',
      body,
      state: 'open',
      locked: false,
      isPullRequest: false,
      viewerCanUpdate: true,
    },
    target: {
      repo: REPO,
      archived: false,
      issuesEnabled: true,
      canCreate: true,
      canLabel: true,
      labels: [],
      milestones: [],
    },
    viewer: 'grace',
    pageUser: 'grace',
    allowOtherUser: false,
    referenced: Object.fromEntries(
      issues
        .map((issue) => [`github.com/octo/plan#${issue.ref.number}`, issue])
        .slice(0, body.length / 50),
    ),
    candidates: issues.slice(-200),
    looked: { issues: 200, back: undefined, complete: false },
  };
}

function knownIssue(number: number): KnownIssue {
  return {
    ref: { repo: REPO, number },
    kind: 'issue',
    title: `Something else ${number}`,
    body: 'Text.\n\nMore text.',
    state: 'open',
    author: 'ada',
    authorAssociation: 'OWNER',
    createdAt: '2026-11-01T00:00:00Z',
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
