// Pages and the popup say these themselves: apart, so that they need not carry the sentences of all others.

/** The whole failure. */
export const STALE_PAGE = {
  code: 'stale-page',
  message: 'The page now shows another issue.',
  action: 'Reload the page.',
} as const;

export const DOUBLED = [
  'GitHub created more than one issue for this item: {kept} is linked, {others} is not.',
  'Close {others} as a duplicate.',
] as const;
export const INTERNAL = [
  'Something went wrong in Masterlist: {reason}',
  'Try again; report it if it happens again.',
] as const;
export const NEWER_DATA = [
  'This version of Masterlist is older than the data in this browser.',
  'Update Masterlist. Nothing was lost.',
] as const;

export const TOKEN_LOCKED = [
  'Waiting for your passphrase.',
  'Unlock the token in the options.',
] as const;
export const TOKEN_ENDED = [
  'The token was kept only until the browser closed.',
  'Paste it again in the options.',
] as const;

/** Every way in which something can go wrong, by its code: what happened (with GitHub's real cause), and one action that helps. */
export const SENTENCES = {
  'signed-out': ['You are not signed in to {host}.', 'Add a token in the options.'],
  'bad-token': ['GitHub rejected the token.', 'Paste a new token in the options.'],
  'token-unreadable': [
    'This token is no longer stored, or this browser can no longer read it.',
    'Paste it again in the options.',
  ],
  'token-locked': TOKEN_LOCKED,
  'token-ended': TOKEN_ENDED,
  'wrong-passphrase': [
    'This is not the passphrase of the token.',
    'Try again, or remove the token and paste it anew.',
  ],
  'token-malformed': [
    'The stored token contains an invalid character, so it was not sent.',
    'Copy it again, and paste it in the options.',
  ],
  'wrong-user': [
    'The token belongs to {tokenUser}, but this page is signed in as {pageUser}.',
    'Sign in to GitHub as {tokenUser}, or allow another user in the options.',
  ],
  'run-of-other': [
    'This run was started by {login}, but the token now belongs to {tokenUser}.',
    "Add {login}'s token in the options, or stop the run.",
  ],
  'sync-of-other': [
    'This checklist is tracked as {login}, but the token now belongs to {tokenUser}.',
    "Add {login}'s token in the options, or press Track to continue as {tokenUser}.",
  ],
  'read-only-token': [
    'The token can read {repo} but cannot write its issues.',
    'Give the token "Issues: read and write" for this repository, or paste another one in the options.',
  ],
  'token-cannot-read': [
    'The token lacks a permission to read {repo}: {reason}',
    'Give the token "Issues: read and write" and "Pull requests: read" on GitHub.',
  ],
  'scopes-missing': [
    'GitHub refused: {reason}',
    'Add what is missing to the token on GitHub, then try again.',
  ],
  'sso-required': [
    'The organization requires SSO authorization for this token.',
    'Authorize the token for the organization, then try again.',
  ],
  'ip-not-allowed': [
    'GitHub refused: {reason}',
    'Connect from a network that the organization allows, or ask an owner to allow yours.',
  ],
  suspended: [
    'GitHub refused: {reason}',
    "Contact GitHub Support, or the administrator of your company's server.",
  ],
  'token-lifetime': [
    'GitHub refused: {reason}',
    'Give the token a shorter lifetime on GitHub, then try again.',
  ],
  'classic-token-forbidden': [
    'GitHub refused: {reason}',
    'Paste a fine-grained token of the organization in the options.',
  ],
  'token-kind-forbidden': [
    'GitHub refused: {reason}',
    'Ask an owner of the organization which tokens it allows, and paste such a token in the options.',
  ],
  'app-not-approved': [
    'GitHub refused: {reason}',
    'Paste a personal access token in the options, or ask an owner of the organization to approve the app.',
  ],
  'email-unverified': [
    'GitHub refused: {reason}',
    'Verify your email address on GitHub, then try again.',
  ],
  'approval-pending': [
    'The token cannot see {repo}: an organization owner has not approved it yet, or the repository was not selected when it was created.',
    'Ask an owner to approve the token, or add the repository to it on GitHub.',
  ],
  forbidden: [
    'GitHub refused: {reason}',
    'Change on GitHub what it names, or ask an owner of {repo}; then try again.',
  ],
  'role-missing': ['GitHub refused: {reason}', 'Ask for the Triage role on {repo}.'],
  'interactions-limited': [
    'GitHub refused: {reason}',
    'Wait until the limit ends, or ask a maintainer of {repo}.',
  ],
  'repository-blocked': [
    'GitHub refused: {reason}',
    'Ask an owner of {repo}; nothing can be written until the block is lifted.',
  ],
  'generate-off': [
    'The maintainers of {repo} switched this off.',
    'No issues are generated from its checklists; .github/masterlist.yml decides it.',
  ],
  'generate-needs-write': [
    'Only people with write access to {repo} can generate issues there.',
    'Ask a maintainer to generate them, or to allow everyone in .github/masterlist.yml.',
  ],
  'cannot-create-issues': [
    'You cannot create issues in {repo}.',
    'Choose another repository, or ask for access.',
  ],
  'cannot-set-labels': [
    'You cannot set labels, milestones or assignees in {repo}, and GitHub would drop them silently.',
    'Remove them in the options of this preview, or ask for the Triage role.',
  ],
  archived: [
    '{repo} is archived, so nothing can be written.',
    'Unarchive the repository, then try again.',
  ],
  'issues-disabled': [
    'Issues are turned off in {repo}.',
    'Turn them on in the settings of the repository.',
  ],
  'cannot-edit-master': [
    'You cannot edit this issue, so links cannot be written into it.',
    'Ask for the Triage role on {repo}.',
  ],
  'not-found': [
    'GitHub does not show this issue to you: it was deleted, or the token cannot see {repo}.',
    'Make sure that the URL is right and that the token can read the repository.',
  ],
  gone: [
    'This issue was deleted or turned into a discussion.',
    'Nothing can be written into it any more.',
  ],
  transferred: ['This issue was moved to {target}.', 'Open it there and start again.'],
  'is-pull-request': [
    'This is a pull request, not an issue.',
    'Move the checklist into an issue and start again.',
  ],
  locked: ['This issue is locked.', 'Unlock the conversation, then try again.'],
  'no-items': [
    'This issue has no task list.',
    'Add lines such as "- [ ] Write the tests", then start again.',
  ],
  'too-nested': [
    'The quotes or lists in this issue are nested too deeply to be read safely.',
    'Remove the deeply nested part, then start again.',
  ],
  'too-long': [
    'The text of this issue is longer than GitHub allows (65,536 characters).',
    'Shorten it, or split it into two issues.',
  ],
  'unclosed-fence': [
    'The code fence on line {line} is never closed, so GitHub shows the rest as code.',
    'Close the fence, then start again.',
  ],
  'not-text': [
    'The text of this issue contains control characters or invalid Unicode.',
    'Remove them, then start again.',
  ],
  'rules-invalid': [
    'The rules in .github/masterlist.yml cannot be used: {mistake}',
    'Correct the file; until then nothing is written.',
  ],
  'no-place-for-summary': [
    'The end of the text is inside code or HTML that is never closed, so a summary would not be shown.',
    'Close it, then post again.',
  ],
  'edits-collided': [
    'Several people changed the same lines of the text at the same moment, and the last change won.',
    "Look in the issue's edit history, and add what is missing.",
  ],
  'history-unreadable': [
    'Somebody changed the text while it was being written, and GitHub does not show the change.',
    "Look in the issue's edit history, and add what is missing.",
  ],
  'text-changed': ['The text has changed since you last saw it.', 'Refresh, then decide again.'],
  'text-expired': [
    'This version is no longer stored.',
    "Look in the issue's edit history on GitHub.",
  ],
  'nothing-selected': ['No item is selected.', 'Select the items that should become issues.'],
  'links-too-long': [
    'With all links the text would have {length} characters; GitHub allows 65,536.',
    'Unselect {excess} items, or split the checklist into two issues.',
  ],
  'too-many-rows': [
    '{count} issues are more than one run can create ({limit}).',
    'Unselect some items, then run again for the rest.',
  ],
  'editor-open': [
    'The text of this issue is being edited in a tab.',
    'Save or cancel the edit; work continues automatically.',
  ],
  'job-open': [
    'A run for this checklist is already in progress.',
    'Wait until it ends, or stop it in the panel.',
  ],
  claimed: [
    '{by} started creating issues for this checklist first, in another browser.',
    'Open the preview: it shows whether that run is still at work.',
  ],
  'claimed-elsewhere': [
    '{who} started creating issues for this checklist in another browser; the last sign of that run came {silence} ago.',
    'Wait until it ends. If nothing follows, you can take it over in {wait}.',
  ],
  'claim-silent': [
    '{who} started creating issues for this checklist in another browser, and nothing has followed for {silence}.',
    'First {ask}; then take over: the issues it created are found and linked.',
  ],
  'taken-over': [
    '{by} took this run over in another browser, so it stopped here.',
    'Nothing to do: the rest is created there.',
  ],
  'job-paused': [
    'A run for this checklist is paused in this browser.',
    'Resume it or stop it in the panel.',
  ],
  recovering: [
    'The record of the last run was lost, and GitHub may not list all the issues it created yet.',
    'Open the preview again in {wait}.',
  ],
  paused: [
    'Everything in this browser is paused.',
    'Press Resume everything in the popup or the dashboard, then try again.',
  ],
  'stale-page': [STALE_PAGE.message, STALE_PAGE.action],
  'stale-plan': ['The preview is out of date.', 'Refresh the preview.'],
  'written-just-now': [
    'The text was written a moment ago.',
    'Nothing to do. Masterlist retries automatically.',
  ],
  'journal-lost': [
    'The record of this run was lost when the browser stopped.',
    'Open the preview: it finds what was created and shows what is left.',
  ],
  'change-lost': [
    'These changes were interrupted, and their record was lost when the browser stopped.',
    'Open Reconcile: it shows what is left.',
  ],
  'nothing-to-undo': ['Nothing in this run is left to undo.', 'Nothing to do.'],
  'item-gone': [
    'The item is no longer in the checklist, or its text was changed.',
    'Put it back and try again, or skip it.',
  ],
  'made-item-gone': [
    'The item for which {link} was created is no longer in the checklist.',
    'Put it back and try again, or skip it; the issue stays.',
  ],
  'item-renamed': [
    'The item says “{text}” since {link} was created for it.',
    'Link the issue to it, or leave it; the issue stays.',
  ],
  'item-ambiguous': [
    'Two items now look the same, so it is not clear which one is meant.',
    'Give them different texts, then try again.',
  ],
  'item-linked': [
    'Somebody linked {link} to this item in the meantime.',
    'Nothing was created. Make sure that the link is right.',
  ],
  'link-removed': [
    'The link to {link} was removed from this item each time it was written.',
    'Link it yourself, or leave it; the issue stays.',
  ],
  'link-left': [
    'The checklist still links {link}: the link is in a form that Masterlist does not write, or somebody put it back.',
    'Remove it yourself, or leave it.',
  ],
  doubled: DOUBLED,
  touched: ['Somebody has worked on {link}, so it was not changed.', 'Open it, then decide here.'],
  'changed-meanwhile': [
    'Somebody changed the title of {link} in the meantime, so it was not changed.',
    'Open Reconcile: it shows both titles.',
  ],
  'still-unknown': [
    'GitHub never confirmed an issue for this item, and has shown none for ten minutes.',
    'Look in the issue list; then create it again, enter its number, or skip it.',
  ],
  'still-unknown-comment': [
    'GitHub did not confirm the comment in this issue, and does not show it.',
    'Look at the issue; then try again, or skip the comment.',
  ],
  rejected: ['GitHub refused: {reason}', 'Change the item, then try again.'],
  'no-such-issue': [
    'Issue {issue} does not exist, or you cannot see it.',
    'Correct the number, or search by title.',
  ],
  'names-pull-request': [
    '{pull} is a pull request, not an issue.',
    'Enter the number of the issue that it closes, or words in its title.',
  ],
  'names-checklist': ['{issue} is this checklist itself.', 'Choose another issue.'],
  'cannot-match': [
    'This link cannot be written here: the line already has it, or has a link that Masterlist does not change.',
    'Choose another issue, or change the line by hand.',
  ],
  'rate-limited': [
    "GitHub's rate limit was reached.",
    'Nothing to do. Masterlist retries automatically.',
  ],
  'rate-limited-without-token': [
    'Without a token, GitHub allows 60 requests an hour, and that limit was reached.',
    'Add a token in the options.',
  ],
  'sign-in-refused': [
    'GitHub is not accepting sign-ins from this network right now: {reason}',
    'Nothing to do. Masterlist retries automatically.',
  ],
  offline: [
    'GitHub cannot be reached.',
    'Make sure that you are online; runs and refreshes continue automatically.',
  ],
  'server-error': ['GitHub returned an error ({status}).', 'Try again in a minute.'],
  'unknown-outcome': [
    'GitHub did not confirm whether the issue was created.',
    'Nothing to do; Masterlist looks for it before it tries again.',
  ],
  'write-unconfirmed': [
    'GitHub did not confirm whether the text was changed.',
    'Nothing to do; the text is read again before anything else is written.',
  ],
  internal: INTERNAL,
  'newer-data': NEWER_DATA,
  'channel-field': ['This {field} cannot be used: {reason}', '{repair}'],
  'host-not-allowed': [
    'The browser was not allowed to reach {host}, so nothing was saved.',
    'Press Save again, and choose Allow.',
  ],
  'notifications-not-allowed': [
    'The browser was not allowed to show notifications.',
    'Turn them on again, and choose Allow.',
  ],
  'message-refused': ['{channel} refused the message: {reason}', '{repair}'],
  'message-not-taken': [
    '{channel} cannot be reached, or accepts no messages right now.',
    'Make sure that you are online, then try again in a minute.',
  ],
  'message-delayed': [
    '{channel} has not confirmed the message yet.',
    'Nothing to do; it is sent again automatically.',
  ],
  'message-unconfirmed': [
    '{channel} did not confirm the message: it may or may not have arrived.',
    'See whether it arrived, then send it again or dismiss it.',
  ],
  'message-given-up': [
    '{channel} has not confirmed the message for three days, so it is not sent again automatically.',
    '{repair}',
  ],
} as const satisfies Record<string, readonly [message: string, action: string]>;
