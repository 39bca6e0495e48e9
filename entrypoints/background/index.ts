import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { canNotify } from '../../lib/channels/browser.ts';
import { pageSettings } from '../../lib/core/settings/page-settings.ts';
import { answerNumbers, previewAnswers } from '../../lib/engine/answer-numbers.ts';
import { applyDifferences } from '../../lib/engine/apply-differences.ts';
import { generateIssues } from '../../lib/engine/generate-issues.ts';
import { runNightly, startNightlyRun } from '../../lib/engine/nightly-run.ts';
import { scheduleNightlyRun } from '../../lib/engine/nightly-schedule.ts';
import {
  pollByAlarm,
  schedulePolls,
  startKeepingUp,
  startPolling,
} from '../../lib/engine/poll-tracked.ts';

import { previewDifferences } from '../../lib/engine/preview-differences.ts';
import { previewGeneration } from '../../lib/engine/preview-generation.ts';
import { removeTraces } from '../../lib/engine/remove-traces.ts';
import { correctText, restoreText } from '../../lib/engine/restore-text.ts';
import { pruneJobs, resumeJobs } from '../../lib/engine/resume-jobs.ts';
import { turnBack } from '../../lib/engine/turn-back.ts';
import { undoRun } from '../../lib/engine/undo-run.ts';
import { completePreferences } from '../../lib/settings.ts';
import {
  DELIVER_ALARM,
  DIGEST_ALARM,
  JOB_ALARM,
  NIGHTLY_ALARM,
  POLL_ALARM,
  POLL_SOON_ALARM,
  PRUNE_ALARM,
  schedulePruning,
  TICK_ALARM,
  TOKEN_ALARM,
} from './alarms.ts';
import { settleMessage, testChannel } from './alert-messages.ts';
import { answer, answerOwnPage, answerOwnPageAbout, repeated } from './answer.ts';
import { checkAccount, checkPending, unlockAccount } from './check-account.ts';
import { previewMatch, searchIssues, showAgain } from './differences.ts';
import { type Handlers, listen } from './listen.ts';
import { offersButton } from './offers-button.ts';
import { openChecklist } from './open-checklist.ts';
import { tellOfSettings } from './page-news.ts';
import { loadPage, loadPanel, openNotice, openOptions, openWindow, runCommand } from './pages.ts';
import { type Background, createBackground } from './ports.ts';
import { postSummary } from './post-summary.ts';
import { refreshDates } from './refresh-dates.ts';
import { controlJob, getJob, listRuns, resolveRows } from './runs.ts';
import { setPaused } from './set-paused.ts';
import {
  dismissNewItems,
  getSync,
  pollNow,
  previewSync,
  syncChecklist,
  trackChecklist,
} from './sync.ts';
import { getText, listTexts } from './texts.ts';

export default defineBackground({
  type: 'module',
  main() {
    void closeStorage();
    const background = createBackground();
    listen(handlersOf(background));
    browser.runtime.onConnect.addListener((port) => background.editors.hold(port));
    browser.runtime.onInstalled.addListener(() => quietly(pruneJobs(background)));
    browser.runtime.onStartup.addListener(() => quietly(pruneJobs(background)));
    browser.alarms.onAlarm.addListener(({ name }) => {
      if (name === TICK_ALARM || name.startsWith(JOB_ALARM)) quietly(resumeJobs(background));
      if (name === PRUNE_ALARM) quietly(pruneJobs(background));
      if (name === POLL_ALARM || name === POLL_SOON_ALARM) {
        quietly(pollByAlarm(background).then(() => runNightly(background)));
      }
      if (name === TOKEN_ALARM) void checkPending(background);
      if (name === DELIVER_ALARM) void background.alerts.deliver();
      if (name === DIGEST_ALARM) void background.alerts.refresh();
      if (name === NIGHTLY_ALARM) {
        quietly(scheduleNightlyRun(background).then(() => runNightly(background)));
      }
    });
    // Firefox tells that the network is back. Chromium does not tell its workers: there the next alarm finds out.
    self.addEventListener('online', () => {
      startPolling(background, { hurry: true });
      void checkPending(background);
      void background.alerts.deliver();
    });
    background.stored.preferences.watch((stored) => {
      void tellOfSettings(pageSettings(completePreferences(stored)));
      quietly(schedulePolls(background));
    });
    background.stored.alerts.watch(() => void background.alerts.refresh());
    browser.commands.onCommand.addListener((command, tab) => {
      quietly(runCommand(command, tab));
    });
    listenToNotices(background);
    // Browsers forget alarms, and kill workers: at every start what is open gets both again.
    quietly(resumeJobs(background));
    quietly(schedulePruning(background.clock.now()));
    void checkPending(background);
    quietly(startKeepingUp(background).then(() => startNightlyRun(background)));
  },
});

/**
 * Nothing that is stored concerns GitHub's pages: where the browser can, it is closed to scripts that run in them. Where it
 * cannot, nothing there decides (`lib/settings.ts`).
 */
async function closeStorage(): Promise<void> {
  const { local }: { readonly local: Closable } = browser.storage;
  try {
    await local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
  } catch {
    // It can only close another area.
  }
}

interface Closable {
  setAccessLevel?(level: { readonly accessLevel: 'TRUSTED_CONTEXTS' }): Promise<void>;
}

/** Work that nobody waits for: what stops it, such as a database that cannot be opened, is not thrown at the browser. */
function quietly(work: Promise<unknown>): void {
  work.catch(console.error);
}

/** Every message with its handler; the compiler checks that none is missing. `repeated` are those that only read. */
function handlersOf(background: Background): Handlers {
  return {
    openChecklist: repeated(answer(openChecklist, background)),
    offersButton: answer(offersButton, background),
    previewGeneration: repeated(answer(previewGeneration, background)),
    generateIssues: answer(generateIssues, background),
    controlJob: answer(controlJob, background),
    resolveRows: answer(resolveRows, background),
    undoRun: answer(undoRun, background),
    getJob: answer(getJob, background),
    listRuns: repeated(answer(listRuns, background)),
    previewReconcile: repeated(answer(previewDifferences, background)),
    previewMatch: answer(previewMatch, background),
    applyReconcile: answer(applyDifferences, background),
    searchIssues: repeated(answer(searchIssues, background)),
    showAgain: answer(showAgain, background),
    turnBack: answer(turnBack, background),
    removeTraces: answer(removeTraces, background),
    previewSync: repeated(answer(previewSync, background)),
    syncChecklist: answer(syncChecklist, background),
    trackChecklist: answer(trackChecklist, background),
    getSync: answer(getSync, background),
    dismissNewItems: answer(dismissNewItems, background),
    listTexts: repeated(answer(listTexts, background)),
    getText: repeated(answer(getText, background)),
    restoreText: answer(restoreText, background),
    correctText: answer(correctText, background),
    previewAnswers: repeated(answer(previewAnswers, background)),
    answerNumbers: answer(answerNumbers, background),
    openOptions: answer(openOptions, background),
    openWindow: answer(openWindow, background),
    loadPage: answer(loadPage, background),
    loadPanel: answer(loadPanel, background),
    checkAccount: repeated(answerOwnPage(checkAccount, background)),
    unlockAccount: answerOwnPage(unlockAccount, background),
    pollNow: answerOwnPage(pollNow, background),
    setPaused: answerOwnPage(setPaused, background),
    testChannel: answerOwnPage(testChannel, background),
    settleMessage: answerOwnPage(settleMessage, background),
    refreshDates: repeated(answerOwnPageAbout(refreshDates, background)),
    postSummary: answerOwnPageAbout(postSummary, background),
  };
}

/** The browser has notifications only where they are allowed: now, or as soon as they are. */
function listenToNotices(background: Background): void {
  const listener = (id: string) => quietly(openNotice(background, id));
  const listen = () => {
    if (canNotify() && !browser.notifications.onClicked.hasListener(listener)) {
      browser.notifications.onClicked.addListener(listener);
    }
  };
  listen();
  browser.permissions.onAdded.addListener(() => {
    listen();
    void background.alerts.refresh();
  });
}
