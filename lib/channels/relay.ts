import { cutLines } from '../core/alerts/alert-message.ts';
import type { SendOutcome } from '../core/alerts/outbox.ts';
import { fail, failure, type Result, succeed } from '../core/failures.ts';
import { cleanLine, cutTitle } from '../core/plan/title.ts';
import type { Channel, SentMessage } from './channel.ts';
import { type Answer, outcomeOf, postJson, readAddress, reasonOf } from './post.ts';

/** Email through a relay, a small program of the user's own, as `docs/relay-api.md` describes it. */
export const relay: Channel = {
  title: 'Email through your relay',
  sentenceName: 'The relay',
  about:
    'Extensions cannot send email, so a small program of yours does. That program alone decides who gets the messages.',
  fields: [
    {
      name: 'url',
      label: 'Relay URL',
      placeholder: 'https://relay.example.com/v1/messages',
      hint: 'The browser asks whether Masterlist may reach this host, and only this one.',
    },
    {
      name: 'token',
      label: 'Relay token',
      hint: 'From whoever runs the relay. Web pages and exports never see it, and it is sent only to the relay.',
    },
  ],
  saved: 'Saved. Send a test to see that an email arrives.',
  tested: 'The relay sent it: see whether it is in the inbox.',
  repair: 'Correct its URL and token in the options, then send it again.',
  knowsRepeats: true,
  parse: ({ url = '', token = '' }) => {
    const address = readAddress(url);
    if (address.url === undefined) return refuse('address', address.problem, ENTER_URL);
    // What a header can carry.
    if (!/^[\x21-\x7e]+$/.test(token)) return refuse('token', UNUSABLE, 'Copy the token again.');
    return succeed({ url: address.url, token });
  },
  send: async (ports, { url, token = '' }, message) => {
    const address = relay.parse({ url, token });
    if (!address.ok) return { kind: 'refused', reason: address.failure.message };
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': message.id };
    const request = { url: address.value.url, headers, body: bodyOf(message) };
    return outcomeOf(await postJson(ports, request), outcomeOfAnswer);
  },
};

const ENTER_URL = "Enter the relay's HTTPS URL.";
const UNUSABLE = 'it is empty, or contains spaces or special characters.';

/** The version of the interface that messages name. */
const VERSION = 1;
/** What a relay must take; counted in UTF-16 units. */
const SUBJECT_LIMIT = 200;
const TEXT_LIMIT = 20_000;

function bodyOf({ payload }: SentMessage): string {
  const subject = cutTitle(cleanLine(payload.subject), SUBJECT_LIMIT).title;
  const text = cutLines(payload.text.toWellFormed(), TEXT_LIMIT);
  return JSON.stringify({ version: VERSION, kind: payload.kind, subject, text });
}

function outcomeOfAnswer(answer: Answer): SendOutcome {
  const { status, retryAt } = answer;
  if (status >= 200 && status < 300) return outcomeOfSuccess(answer);
  // These say that nothing was sent; other errors of a server do not.
  if (status === 429 || status === 503) {
    return { kind: 'later', ...(retryAt !== undefined && { retryAt }) };
  }
  if (status >= 500 || status === 408) return { kind: 'unknown' };
  const { message } = parseObject(answer.text ?? '') ?? {};
  return { kind: 'refused', reason: reasonOf(typeof message === 'string' ? message : '', answer) };
}

function outcomeOfSuccess({ contentType, text }: Answer): SendOutcome {
  // Any web site answers 200; nobody should believe that it sends mails.
  if (!/^application\/json\b/i.test(contentType)) {
    return { kind: 'refused', reason: 'there is no relay at this address' };
  }
  const answer = parseObject(text ?? '');
  // Cut off on the way: the key makes asking again harmless.
  if (answer === undefined) return { kind: 'unknown' };
  if (answer.status === 'sent') return { kind: 'sent' };
  return { kind: 'refused', reason: 'there is no relay at this address' };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function refuse(field: string, reason: string, repair: string): Result<never> {
  return fail(failure('channel-field', { field: `relay ${field}`, reason, repair }));
}
