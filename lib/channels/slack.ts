import { type AlertMessage, cutLines } from '../core/alerts/alert-message.ts';
import type { SendOutcome } from '../core/alerts/outbox.ts';
import { fail, failure, succeed } from '../core/failures.ts';
import type { Channel } from './channel.ts';
import { type Answer, outcomeOf, postOnce, reasonOf } from './post.ts';

/** Slack, through an incoming webhook. Its address is a secret: whoever has it can post. */
export const slack: Channel = {
  title: 'Slack',
  sentenceName: 'Slack',
  about:
    'Posts into one channel through an incoming webhook. A message whose arrival Slack does not confirm is shown here and never sent twice automatically.',
  fields: [
    {
      name: 'url',
      label: 'Webhook URL',
      hint: 'Begins with https://hooks.slack.com/services/. Whoever has it can post, so web pages and exports never see it.',
    },
  ],
  saved: 'Saved. Send a test to see that a message arrives.',
  tested: 'Slack accepted it: look in the channel.',
  repair: 'Create a new webhook in Slack and save its URL in the options, then send it again.',
  // Slack has no idempotency key: an unknown outcome must not be sent again automatically.
  knowsRepeats: false,
  parse: ({ url = '' }) => {
    const webhook = readWebhook(url);
    return webhook === undefined ? NO_ADDRESS : succeed({ url: webhook });
  },
  send: async (ports, { url }, { payload }) => {
    const webhook = slack.parse({ url });
    if (!webhook.ok) return { kind: 'refused', reason: webhook.failure.message };
    const body = JSON.stringify(slackBody(payload));
    const request = { url: webhook.value.url, headers: {}, body };
    return outcomeOf(await postOnce(ports, request), outcomeOfAnswer);
  },
};

const NO_ADDRESS = fail(
  failure('channel-field', {
    field: 'Slack address',
    reason: 'it is not an incoming webhook URL.',
    repair:
      'Copy it from the page of your Slack app: it begins with https://hooks.slack.com/services/.',
  }),
);

/** Slack's own hosts of incoming webhooks (docs.slack.dev, "Sending messages using incoming webhooks"; GovSlack). */
const HOSTS: readonly string[] = ['hooks.slack.com', 'hooks.slack-gov.com'];

function readWebhook(text: string): string | undefined {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  const isSlack =
    url !== undefined &&
    url.protocol === 'https:' &&
    HOSTS.includes(url.host) &&
    url.username === '' &&
    url.password === '' &&
    /^\/services\/[\w/-]+$/.test(url.pathname);
  return isSlack ? `${url.origin}${url.pathname}` : undefined;
}

/** Slack advises at most 4,000 characters and cuts at 40,000. Escaping can make five of one. */
const TEXT_LIMIT = 3_500;

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
function outcomeOfAnswer(answer: Answer): SendOutcome {
  const { status, text = '', retryAt } = answer;
  if (status === 200 && text.trim() === 'ok') return { kind: 'sent' };
  if (status === 429) return { kind: 'later', ...(retryAt !== undefined && { retryAt }) };
  if (status < 400 || status >= 500 || status === 408) return { kind: 'unknown' };
  const code = text.trim();
  return { kind: 'refused', reason: REASONS.get(code) ?? reasonOf(code, answer) };
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
  ['team_disabled', 'the workspace is deactivated.'],
  ['channel_is_archived', 'its channel is archived.'],
  ['channel_not_found', 'its channel does not exist any more.'],
  ['action_prohibited', FORBIDDEN],
  ['posting_to_general_channel_denied', FORBIDDEN],
]);

function withoutFirstLine(text: string, subject: string): string {
  return text.startsWith(`${subject}\n`) ? text.slice(subject.length + 1) : text;
}
