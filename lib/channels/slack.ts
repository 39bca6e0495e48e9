import type { AlertMessage } from '../core/alerts/alert-message.ts';
import { cutLines } from '../core/alerts/cut-lines.ts';
import type { SendOutcome } from '../core/alerts/outbox.ts';
import { fail, failure, type Result, succeed } from '../core/failure.ts';
import { cleanLine, cutTitle } from '../core/plan/title.ts';
import { type Answer, outcomeOf } from './post.ts';
import { postOnce } from './post-once.ts';

/** Slack's own hosts of incoming webhooks (docs.slack.dev, "Sending messages using incoming webhooks"; GovSlack). */
const HOSTS: readonly string[] = ['hooks.slack.com', 'hooks.slack-gov.com'];

/** Slack advises at most 4,000 characters and cuts at 40,000. Escaping can make five of one. */
const TEXT_LIMIT = 3_500;
const REASON_LIMIT = 200;

/** Reads the address of an incoming webhook. It is a secret: whoever has it may post. Fails with `slack-address`. */
export function parseSlackUrl(text: string): Result<string> {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  const isSlack =
    url !== undefined &&
    url.protocol === 'https:' &&
    HOSTS.includes(url.host) &&
    url.username === '' &&
    url.password === '' &&
    /^\/services\/[\w/-]+$/.test(url.pathname);
  return isSlack ? succeed(`${url.origin}${url.pathname}`) : fail(failure('slack-address'));
}

/** Posts a message at most once. Slack has no idempotency key: an unknown outcome must not be sent again by itself. */
export async function sendToSlack(
  fetch: typeof globalThis.fetch,
  webhook: string,
  payload: AlertMessage,
  now: () => number,
): Promise<SendOutcome> {
  const url = parseSlackUrl(webhook);
  if (!url.ok) return { kind: 'refused', reason: url.failure.message };
  return outcomeOf(await postOnce(fetch, url.value, slackBody(payload), now), outcomeOfAnswer);
}

/** The body of the POST: plain text, in which nothing mentions, formats or unfolds a link. */
export function slackBody({ subject, text }: AlertMessage): Readonly<Record<string, unknown>> {
  return {
    text: escapeSlack(cutLines(`${subject}\n${withoutFirstLine(text, subject)}`, TEXT_LIMIT)),
    mrkdwn: false,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  };
}

/**
 * Escapes the three characters in which Slack's control sequences begin (docs.slack.dev, "Formatting message text"), so
 * that `<!channel>` and `<@U123>` stay text; and breaks `@channel` and its like, which some workspaces link.
 */
export function escapeSlack(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@(?=\w)/g, `@${WORD_JOINER}`);
}

const WORD_JOINER = '\u2060';

// Status codes as Slack gives them since 2016 (api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks).
function outcomeOfAnswer({ status, text, retryAt }: Answer): SendOutcome {
  if (status === 200 && text?.trim() === 'ok') return { kind: 'sent' };
  if (status === 429) return { kind: 'later', ...(retryAt !== undefined && { retryAt }) };
  if (status < 400 || status >= 500 || status === 408) return { kind: 'unknown' };
  const code = cutTitle(cleanLine(text ?? ''), REASON_LIMIT).title;
  return {
    kind: 'refused',
    reason: REASONS.get(code) ?? (code === '' ? `status ${status}` : code),
  };
}

const NO_WEBHOOK = 'this webhook does not exist any more.';
const FORBIDDEN = 'the workspace does not allow it to post into this channel.';

/** Slack's codes in words (docs.slack.dev, "Sending messages using incoming webhooks", "Handling errors"). */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['invalid_token', NO_WEBHOOK],
  ['no_active_hooks', NO_WEBHOOK],
  ['no_service', NO_WEBHOOK],
  ['no_service_id', NO_WEBHOOK],
  ['no_team', NO_WEBHOOK],
  ['team_disabled', 'the workspace is switched off.'],
  ['channel_is_archived', 'its channel is archived.'],
  ['channel_not_found', 'its channel does not exist any more.'],
  ['action_prohibited', FORBIDDEN],
  ['posting_to_general_channel_denied', FORBIDDEN],
]);

function withoutFirstLine(text: string, subject: string): string {
  return text.startsWith(`${subject}\n`) ? text.slice(subject.length + 1) : text;
}
