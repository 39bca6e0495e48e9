import { describe, expect, it } from 'vitest';
import { changeEdits } from '../../../lib/core/engine/kinds/change-text.ts';
import { GENERATE_TEXT } from '../../../lib/core/engine/kinds/generate-text.ts';
import { newChange } from '../../../lib/core/engine/new-change.ts';
import { readMap } from '../../../lib/core/identity/identity-map.ts';
import { planGeneration } from '../../../lib/core/plan/make-plan.ts';
import type { GenerationPlan } from '../../../lib/core/plan/plan-generation.ts';
import { undoGeneration } from '../../../lib/core/runs/undo-generation.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { generation } from '../engine/build-jobs.ts';
import { buildFacts, issue, MASTER, OPTIONS, REPO, RUN } from './build-facts.ts';

const TEXT = '- [ ] Parse dates\n- [ ] Press <kbd>Ctrl to copy\n- [ ] Print *dates*\n';
const PLACEHOLDER = OPTIONS.placeholder;
const CONTEXT = { repo: REPO, placeholder: PLACEHOLDER };

function planOf(text: string, numbers: readonly number[] = []): GenerationPlan {
  const facts = buildFacts(text, { referenced: numbers.map((number) => issue(number)) });
  return planGeneration(facts, parseChecklist(text, CONTEXT), OPTIONS, RUN);
}

/** The job as it is when all issues are created and none is linked yet. */
function createdJob() {
  const rows = planOf(TEXT).rows.map(({ item, text }, place) => ({
    item,
    text,
    phase: 'created' as const,
    issue: { number: 21 + place, nodeId: `n${place}` },
  }));
  const job = generation(rows as never, { checklist: MASTER, target: REPO, claim: 'released' });
  const options = { ...job.header.options, linkStyle: 'parenthesis', placeholder: PLACEHOLDER };
  return { ...job, header: { ...job.header, options } } as typeof job;
}

const CLAIM = { holder: undefined, now: 0 };

function linked(): string {
  const edits = GENERATE_TEXT.edits(createdJob(), 'links', TEXT, CLAIM);
  return applyEdits(TEXT, edits, CONTEXT).markdown;
}

describe('an item whose text would make code of a link', () => {
  it('is told in the preview, and no other', () => {
    expect(planOf(TEXT).rows.map(({ hiddenLink }) => hiddenLink)).toEqual([
      undefined,
      true,
      undefined,
    ]);
  });

  it('is linked in the hidden block, beside the links of the others', () => {
    const [, item] = parseChecklist(TEXT, CONTEXT).items;
    expect(linked()).toBe(
      `- [ ] Parse dates (#21)\n- [ ] Press <kbd>Ctrl to copy\n- [ ] Print *dates* (#23)\n\n<!-- masterlist:map ${item?.key}.${item?.typedHash}=22 -->`,
    );
  });

  it('has its issue when it is planned again, and nothing is created twice', () => {
    const { rows } = planOf(linked(), [21, 22, 23]);
    expect(rows.map(({ decision, reason }) => [decision, reason])).toEqual(
      [21, 22, 23].map((number) => [
        'skip',
        { kind: 'linked', issue: { repo: REPO, number }, pullRequest: false },
      ]),
    );
  });

  it('is seen as linked by the job that wrote it', () => {
    const job = createdJob();
    const rows = job.rows.map((row) => ({ ...row, phase: 'linked' as const }));
    const seen = GENERATE_TEXT.observe({ ...job, rows }, linked());
    expect(seen.map(({ phase }) => phase)).toEqual(['verified', 'verified', 'verified']);
  });

  it('loses its issue when the run is undone, and the text is what it was', () => {
    const undo = undoGeneration(createdJob());
    const account = { login: 'ada', endedRuns: [], careful: false };
    const job = newChange({ ...undo, id: RUN }, account, 0);
    const text = linked();
    const edits = changeEdits(job.header, job.rows, text, false);
    const back = applyEdits(text, edits, CONTEXT).markdown;
    expect(readMap(back, [], REPO).entries.size).toBe(0);
    expect(back.trimEnd()).toBe(TEXT.trimEnd());
  });
});
