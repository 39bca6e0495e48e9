import { describe, expect, it } from 'vitest';
import type { GenerationPlan } from '../../lib/core/plan/plan-generation.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import type { StoredPlan } from '../../lib/ports.ts';
import { isKnownChecklist, saveChecklist } from '../../lib/store/checklists.ts';
import { connect } from '../../lib/store/db.ts';
import { loadPlan, savePlan } from '../../lib/store/plans.ts';

const REPO = { host: 'github.com', owner: 'Ann', name: 'demo' };

describe('plans', () => {
  it('wait for their confirmation, the latest of each checklist', async () => {
    const db = connect();
    await savePlan(db, stored('A', 1), 0);
    await savePlan(db, stored('B', 2), 0);
    await savePlan(db, stored('C', 1), 1);
    expect(await loadPlan(db, 'A')).toBeUndefined();
    expect(await loadPlan(db, 'B')).toMatchObject(stored('B', 2));
    expect(await loadPlan(db, 'C')).toMatchObject(stored('C', 1));
  });

  it('are forgotten after a day', async () => {
    const db = connect();
    await savePlan(db, stored('A', 1), 0);
    await savePlan(db, stored('B', 2), 25 * 3_600_000);
    expect(await loadPlan(db, 'A')).toBeUndefined();
  });
});

describe('checklists', () => {
  it('are known once this browser worked on them, however their names are written', async () => {
    const db = connect();
    const checklist = issueChecklist({ repo: REPO, number: 1 });
    expect(await isKnownChecklist(db, checklist)).toBe(false);
    await saveChecklist(db, checklist, 'Plan', 0);
    const written = issueChecklist({ repo: { ...REPO, owner: 'ann' }, number: 1 });
    expect(await isKnownChecklist(db, written)).toBe(true);
  });
});

function stored(run: string, number: number): StoredPlan {
  const plan = { run, checklist: { repo: REPO, number }, rows: [] };
  return { plan: plan as unknown as GenerationPlan, login: 'ann' };
}
