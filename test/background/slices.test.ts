import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createAlarms } from '../../entrypoints/background/alarms.ts';
import { type Background, createBackground } from '../../entrypoints/background/ports.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import { generateIssues } from '../../lib/engine/generate-issues.ts';
import { previewGeneration } from '../../lib/engine/preview-generation.ts';
import { resumeJobs } from '../../lib/engine/resume-jobs.ts';
import { completePreferences } from '../../lib/settings.ts';
import { connect } from '../../lib/store/db.ts';
import { activateAccount, savePendingToken } from '../../lib/store/tokens.ts';
import { now } from '../clock.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';
import { FAST } from './background-world.ts';

const OWN = { id: 'x', pages: 'chrome-extension://x/' };

describe('where a browser ends the background whatever it does', () => {
  let github: LocalGitHub;

  beforeAll(async () => {
    github = await startLocalGitHub();
  });
  afterAll(() => github.close());

  it('each slice begins with an alarm, and the work gets done', async () => {
    const { token } = github.addUser('ann');
    github.addRepo('ann/demo');
    const body = Array.from({ length: 8 }, (_, index) => `- [ ] Item number ${index}\n`).join('');
    const number = github.addIssue('ann/demo', { title: 'Plan', body, author: 'ann' });
    const checklist = { repo: { host: 'github.com', owner: 'ann', name: 'demo' }, number };

    const rings: { id: string; at: number }[] = [];
    let ticking = false;
    let running = Promise.resolve();
    const timing = { ...FAST.timing, sliceMs: 40, gapMs: 10 };
    const background: Background = createBackground({
      own: OWN,
      db: connect(),
      fetch: github.fetch,
      carriesOn: false,
      preferences: async () => completePreferences({ timing }),
      alarms: {
        ...createAlarms(() => 0.5, now),
        tick: async (on) => {
          ticking = on;
        },
      },
      wake: {
        wakeAt: async (id, at) => {
          rings.splice(0, rings.length, { id, at });
        },
        clear: async () => {
          rings.length = 0;
        },
      },
    });
    const id = await savePendingToken(background.db, 'github.com', token);
    await activateAccount(background.db, id, {
      login: 'ann',
      kind: 'classic',
      scopes: [],
      expiresAt: undefined,
      checkedAt: 0,
    });
    const plan = await previewGeneration(
      { checklist: issueChecklist(checklist), pageUser: 'ann', options: {} },
      background,
    );
    if (!plan.ok) throw new Error(plan.failure.message);
    const confirmed = {
      checklist: issueChecklist(checklist),
      run: plan.value.run,
      choices: [],
      only: 'all',
    } as const;
    expect((await generateIssues(confirmed, background)).ok).toBe(true);

    let alarms = 0;
    while ((await background.store.listOpenJobs()).length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await running;
      const [ring] = rings;
      if (ring === undefined || ring.at > now()) continue;
      alarms += 1;
      rings.length = 0;
      running = resumeJobs(background);
    }
    await running;
    expect(alarms).toBeGreaterThan(2);
    expect(github.issues('ann/demo')).toHaveLength(9);
    expect(github.issue('ann/demo', number).body?.match(/closes/g)).toHaveLength(8);
    expect(ticking).toBe(false);
    expect(Object.keys(await fakeBrowser.storage.local.get(null)).join()).not.toContain('openJob');
    github.assertConforming();
  });
});
