import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { canNotify } from '../../lib/channels/browser.ts';
import { onMessage } from '../../lib/messages.ts';
import { alertSettings, preferences } from '../../lib/settings.ts';
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
} from './alarms.ts';
import { answer, answerOwnPage, answerOwnPageAbout } from './answer.ts';
import { applyReconcile } from './apply-reconcile.ts';
import { checkAccount } from './check-account.ts';
import { controlJob } from './control-job.ts';
import { dismissNewItems } from './dismiss-new-items.ts';
import { generateIssues } from './generate-issues.ts';
import { getJob } from './get-job.ts';
import { getSync } from './get-sync.ts';
import { getText } from './get-text.ts';
import { listRuns } from './list-runs.ts';
import { listTexts } from './list-texts.ts';
import { loadPanel } from './load-panel.ts';
import { runNights, startNights } from './nightly.ts';
import { scheduleNights } from './nights.ts';
import { openChecklist } from './open-checklist.ts';
import { openNotice } from './open-notice.ts';
import { openOptions } from './open-options.ts';
import { pollByAlarm, schedulePolls, startKeepingUp, startPolling } from './poll.ts';
import { pollNow } from './poll-now.ts';
import { type Background, createBackground } from './ports.ts';
import { postSummary } from './post-summary.ts';
import { previewGeneration } from './preview-generation.ts';
import { previewMatch } from './preview-match.ts';
import { previewReconcile } from './preview-reconcile.ts';
import { previewSync } from './preview-sync.ts';
import { refreshDates } from './refresh-dates.ts';
import { removeTraces } from './remove-traces.ts';
import { resolveRow } from './resolve-row.ts';
import { restoreText } from './restore-text.ts';
import { pruneJobs, resumeJobs } from './resume-jobs.ts';
import { runCommand } from './run-command.ts';
import { searchIssues } from './search-issues.ts';
import { setPaused } from './set-paused.ts';
import { settleMessage } from './settle-message.ts';
import { showAgain } from './show-again.ts';
import { syncChecklist } from './sync-checklist.ts';
import { testChannel } from './test-channel.ts';
import { trackChecklist } from './track-checklist.ts';
import { turnBack } from './turn-back.ts';
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
    onMessage('listRuns', answer(listRuns, background));
    onMessage('previewReconcile', answer(previewReconcile, background));
    onMessage('previewMatch', answer(previewMatch, background));
    onMessage('applyReconcile', answer(applyReconcile, background));
    onMessage('searchIssues', answer(searchIssues, background));
    onMessage('showAgain', answer(showAgain, background));
    onMessage('turnBack', answer(turnBack, background));
    onMessage('removeTraces', answer(removeTraces, background));
    onMessage('previewSync', answer(previewSync, background));
    onMessage('syncChecklist', answer(syncChecklist, background));
    onMessage('trackChecklist', answer(trackChecklist, background));
    onMessage('getSync', answer(getSync, background));
    onMessage('dismissNewItems', answer(dismissNewItems, background));
    onMessage('listTexts', answer(listTexts, background));
    onMessage('getText', answer(getText, background));
    onMessage('restoreText', answer(restoreText, background));
    onMessage('openOptions', answer(openOptions, background));
    onMessage('loadPanel', answer(loadPanel, background));
    onMessage('checkAccount', answerOwnPage(checkAccount, background));
    onMessage('pollNow', answerOwnPage(pollNow, background));
    onMessage('setPaused', answerOwnPage(setPaused, background));
    onMessage('testChannel', answerOwnPage(testChannel, background));
    onMessage('settleMessage', answerOwnPage(settleMessage, background));
    onMessage('refreshDates', answerOwnPageAbout(refreshDates, background));
    onMessage('postSummary', answerOwnPageAbout(postSummary, background));
    browser.runtime.onConnect.addListener((port) => background.editors.hold(port));
    browser.runtime.onInstalled.addListener(() => void pruneJobs(background));
    browser.runtime.onStartup.addListener(() => void pruneJobs(background));
    browser.alarms.onAlarm.addListener(({ name }) => {
      if (name === TICK_ALARM || name.startsWith(JOB_ALARM)) void resumeJobs(background);
      if (name === PRUNE_ALARM) void pruneJobs(background);
      if (name === POLL_ALARM || name === POLL_SOON_ALARM) {
        void pollByAlarm(background)
          .then(() => runNights(background))
          .catch(console.error);
      }
      if (name === DELIVER_ALARM) void background.alerts.deliver();
      if (name === DIGEST_ALARM) void background.alerts.look();
      if (name === NIGHTLY_ALARM) {
        void scheduleNights(background)
          .then(() => runNights(background))
          .catch(console.error);
      }
    });
    // Firefox tells that the network is back. Chromium does not tell its workers: there the next alarm finds out.
    self.addEventListener('online', () => {
      startPolling(background, { hurry: true });
      void background.alerts.deliver();
    });
    preferences.watch(() => void schedulePolls(background));
    alertSettings.watch(() => void background.alerts.look());
    browser.commands.onCommand.addListener((command, tab) => {
      void runCommand(command, tab).catch(console.error);
    });
    listenToNotices(background);
    // Browsers forget alarms, and kill workers: at every start what is open gets both again.
    void resumeJobs(background);
    void schedulePruning();
    void startKeepingUp(background).then(() => startNights(background));
  },
});

/** The browser has notifications only where they are allowed: now, or as soon as they are. */
function listenToNotices(background: Background): void {
  const listener = (id: string) => void openNotice(background, id).catch(console.error);
  const listen = () => {
    if (canNotify() && !browser.notifications.onClicked.hasListener(listener)) {
      browser.notifications.onClicked.addListener(listener);
    }
  };
  listen();
  browser.permissions.onAdded.addListener(() => {
    listen();
    void background.alerts.look();
  });
}
