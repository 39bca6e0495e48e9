import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { onMessage } from '../../lib/messages.ts';
import { answer, answerOwnPage } from './answer.ts';
import { checkAccount } from './check-account.ts';
import { controlJob } from './control-job.ts';
import { generateIssues } from './generate-issues.ts';
import { getJob } from './get-job.ts';
import { openChecklist } from './open-checklist.ts';
import { openOptions } from './open-options.ts';
import { createBackground, JOB_ALARM, TICK_ALARM } from './ports.ts';
import { previewGeneration } from './preview-generation.ts';
import { resolveRow } from './resolve-row.ts';
import { pruneJobs, resumeJobs } from './resume-jobs.ts';
import { undoRun } from './undo-run.ts';

export default defineBackground({
  type: 'module',
  main() {
    const background = createBackground();
    onMessage('openChecklist', answer(openChecklist, background));
    onMessage('previewGeneration', answer(previewGeneration, background));
    onMessage('generateIssues', answer(generateIssues, background));
    onMessage('controlJob', answer(controlJob, background));
    onMessage('resolveRow', answer(resolveRow, background));
    onMessage('undoRun', answer(undoRun, background));
    onMessage('getJob', answer(getJob, background));
    onMessage('openOptions', answer(openOptions, background));
    onMessage('checkAccount', answerOwnPage(checkAccount, background));
    browser.runtime.onConnect.addListener((port) => background.editors.hold(port));
    browser.runtime.onInstalled.addListener(() => void pruneJobs(background));
    browser.runtime.onStartup.addListener(() => void pruneJobs(background));
    browser.alarms.onAlarm.addListener(({ name }) => {
      if (name === TICK_ALARM || name.startsWith(JOB_ALARM)) void resumeJobs(background);
    });
    browser.action.onClicked.addListener(() => void openOptions());
    // Browsers forget alarms, and kill workers: at every start the open jobs get both again.
    void resumeJobs(background);
  },
});
