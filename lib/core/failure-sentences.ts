/** Of each failure, by its code: one sentence that says what happened, and one action that mends it. */
export const FAILURE_SENTENCES = {
  'signed-out': ['You are not signed in to {host}.', 'Add a token in the options.'],
  'bad-token': ['GitHub does not accept the token.', 'Paste a new token in the options.'],
  'wrong-user': [
    'The token belongs to {tokenUser}, but this page is signed in as {pageUser}.',
    'Sign in to GitHub as {tokenUser}, or allow another user in the options.',
  ],
  'run-of-other': [
    'This run was started by {login}, but the token now belongs to {tokenUser}.',
    'Add a token of {login} in the options, or stop the run.',
  ],
  'read-only-token': [
    'The token may read {repo} but not write its issues.',
    'Give the token "Issues: read and write", or paste another one in the options.',
  ],
  'sso-required': [
    'The organisation wants single sign-on for this token.',
    'Authorise the token for the organisation, then try again.',
  ],
  'approval-pending': [
    'The token cannot see {repo}: it may be waiting for the approval of its organisation, or the repository was not chosen when it was made.',
    'Ask an owner to approve the token, or add the repository to it.',
  ],
  'cannot-edit-master': [
    'You may not edit this issue, so no links could be written into it.',
    'Ask for triage rights on {repo}, or for the issue to be yours.',
  ],
  'cannot-create-issues': [
    'You may not create issues in {repo}.',
    'Choose another repository, or ask for access.',
  ],
  'cannot-set-labels': [
    'You may not set labels, milestones or assignees in {repo}: GitHub would drop them without a word.',
    'Remove them in the options of this preview, or ask for triage rights.',
  ],
  'not-found': [
    'GitHub shows no such issue to you: it was deleted, or the token may not see {repo}.',
    'Check the address and which repositories the token may read.',
  ],
  gone: ['This issue was deleted.', 'Nothing is left to do here.'],
  transferred: ['This issue was moved to {target}.', 'Open it there and start again.'],
  'is-pull-request': [
    'This is a pull request, not an issue.',
    'Move the checklist into an issue and start again.',
  ],
  archived: ['{repo} is archived, so nothing can be written.', 'Unarchive the repository first.'],
  'issues-disabled': [
    'Issues are switched off in {repo}.',
    'Switch them on in the settings of the repository.',
  ],
  locked: ['This issue is locked.', 'Unlock the conversation, then start again.'],
  'no-items': [
    'The text of this issue has no task items.',
    'Add lines such as "- [ ] Write the tests", then start again.',
  ],
  'nothing-selected': ['No row is selected.', 'Tick the rows for which you want an issue.'],
  'too-nested': [
    'The text nests quotes or lists too deeply to be read safely.',
    'Remove the deeply nested part, then start again.',
  ],
  'too-long': [
    'The text of this issue is longer than GitHub allows (65,536 characters).',
    'Shorten it or split it into two issues.',
  ],
  'links-too-long': [
    'With all links the text would have {length} characters; GitHub allows 65,536.',
    'Untick {excess} rows, or split the checklist into two issues.',
  ],
  'too-many-rows': [
    '{count} issues at once are more than the {limit} of one run.',
    'Untick rows, then run again for the rest.',
  ],
  'unclosed-fence': [
    'The code fence in line {line} is never closed, so GitHub shows the rest as code.',
    'Close the fence, then start again.',
  ],
  'not-text': [
    'The text of this issue holds characters that are not text.',
    'Remove them, then start again.',
  ],
  'editor-open': [
    'The text of this issue is being edited in a tab.',
    'Save or cancel the edit; the work goes on by itself.',
  ],
  'job-open': [
    'A run for this checklist is already going on.',
    'Watch it in the panel; stop it there if you want to start anew.',
  ],
  claimed: [
    '{by} started creating issues for this checklist on another computer at {at}.',
    'Wait until that run has ended, then start again.',
  ],
  'stale-page': [
    'The page shows another issue than the one you acted on.',
    'Reload the page and try again.',
  ],
  'stale-plan': ['The preview is out of date.', 'Open the preview again.'],
  'item-gone': [
    'The item is no longer in the checklist.',
    'Open the preview again; its issue stays.',
  ],
  'item-ambiguous': [
    'Two items look the same now, so the right one cannot be told.',
    'Make their texts different, then try again.',
  ],
  'item-linked': [
    'Somebody linked {link} to this item meanwhile.',
    'Nothing was created; check the link.',
  ],
  'rate-limited': [
    'GitHub asks to wait before more is written.',
    'Nothing to do: it goes on by itself.',
  ],
  offline: [
    'GitHub cannot be reached.',
    'Check the network and try again; runs and checks go on by themselves.',
  ],
  'server-error': ['GitHub has trouble answering ({status}).', 'Try again in a minute.'],
  'unknown-outcome': [
    'GitHub did not confirm whether the issue was created.',
    'Nothing to do: it is looked up before anything is tried again.',
  ],
  'still-unknown': [
    'For ten minutes GitHub has shown no issue for this item, and never confirmed one.',
    'Look in the issue list; then create it again, give its number, or skip it.',
  ],
  'still-unknown-comment': [
    'GitHub did not confirm the comment in this issue, and does not show it.',
    'Look at the issue; then try again, or skip the comment.',
  ],
  'link-removed': [
    'The link to {link} was removed from this item each time it was written.',
    'Link it yourself, or leave it; the issue stays.',
  ],
  doubled: [
    'GitHub made more than one issue for this item: {kept} is linked, {others} is not.',
    'Close {others} as a duplicate.',
  ],
  touched: [
    'Somebody has worked on {link}, so it was left as it is.',
    'Look at it, then decide here.',
  ],
  'changed-meanwhile': [
    'Somebody gave {link} another title meanwhile, so it was left as it is.',
    'Open Reconcile: it shows both titles.',
  ],
  'edits-collided': [
    'Several people changed the same lines of the text at the same moment; the last change stands.',
    'Look into the edit history of the issue, and add what is missing.',
  ],
  'history-unreadable': [
    'Somebody changed the text while it was written, and GitHub does not show the change.',
    'Look into the edit history of the issue, and add what is missing.',
  ],
  'no-such-issue': [
    'GitHub shows no issue {issue} to you.',
    'Check the number, or search for words of its title.',
  ],
  'names-pull-request': [
    '{pull} is a pull request, not an issue.',
    'Give the number of the issue that it closes, or words of its title.',
  ],
  'names-checklist': ['{issue} is this checklist itself.', 'Choose another issue.'],
  'cannot-match': [
    'This link cannot be written here: it stands there already, or in a form that is not ours to change.',
    'Choose another issue, or change the line by hand.',
  ],
  'nothing-to-undo': [
    'Nothing is left of this run that could be taken back.',
    'Nothing is left to do here.',
  ],
  'journal-lost': [
    'The record of this run was lost when the browser stopped.',
    'Open the preview: it finds what was created and shows what is left.',
  ],
  'mend-lost': [
    'These changes were interrupted, and their record was lost when the browser stopped.',
    'Open Reconcile: it shows what is left.',
  ],
  'rules-invalid': [
    'The rules in .github/masterlist.yml cannot be used: {mistake}',
    'Correct the file; until then nothing is written.',
  ],
  'sync-of-other': [
    'This checklist is kept up to date as {login}, but the token now belongs to {tokenUser}.',
    'Add a token of {login} in the options, or press Keep up to date to bind it to {tokenUser}.',
  ],
  'write-unconfirmed': [
    'GitHub did not confirm whether the text was changed.',
    'Nothing to do: it is looked at again before anything else is written.',
  ],
  'written-just-now': [
    'The text was written a moment ago.',
    'Nothing to do: it goes on by itself.',
  ],
  'text-changed': [
    'The text was changed since the difference was shown.',
    'Look at the difference again.',
  ],
  'text-expired': [
    'This earlier text is not kept any more.',
    'Look into the edit history of the issue.',
  ],
  paused: ['Everything in this browser is paused.', 'Press Resume in the popup, then try again.'],
  'no-place-for-summary': [
    'The end of the text is inside code or HTML that is never closed, so a summary would not be shown.',
    'Close it, then post again.',
  ],
  'channel-field': ['This {field} cannot be used: {reason}', '{repair}'],
  'host-not-allowed': [
    'The browser was not allowed to reach {host}, so nothing was saved.',
    'Press Save again, and choose Allow.',
  ],
  'notifications-not-allowed': [
    'The browser was not allowed to show notifications.',
    'Switch them on again, and choose Allow.',
  ],
  'message-refused': ['{channel} refused the message: {reason}', '{repair}'],
  'message-not-taken': [
    '{channel} cannot be reached, or takes no message right now.',
    'Check the network, then try again in a minute.',
  ],
  'message-delayed': [
    '{channel} has not confirmed the message yet.',
    'Nothing to do: it is sent again automatically.',
  ],
  'message-unconfirmed': [
    '{channel} did not confirm the message: it may have arrived or not.',
    'Look there; then send it again, or dismiss it.',
  ],
  'message-given-up': [
    '{channel} has not confirmed the message for three days, so it is not sent again automatically.',
    '{repair}',
  ],
  rejected: ['GitHub refused: {reason}', 'Change the row, then try again.'],
  forbidden: ['GitHub refused: {reason}', 'Check the rights of the token.'],
  internal: ['Something went wrong in Masterlist: {reason}', 'Try again; report it if it stays.'],
} as const satisfies Record<string, readonly [sentence: string, action: string]>;
