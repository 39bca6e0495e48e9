import { createHash, timingSafeEqual } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { RelayConfig } from './config.ts';
import { addressOf, createGuessLimit } from './guess-limit.ts';
import { createMailLimit } from './mail-limit.ts';
import { parseKey, parseMessage, type RelayMessage } from './request.ts';
import type { SendMail } from './send-mail.ts';
import type { SentKeys } from './sent-keys.ts';

/** What a relay needs from outside. */
export interface RelayPorts {
  readonly sendMail: SendMail;
  readonly keys: SentKeys;
  /** Milliseconds since 1970. */
  now(): number;
  /** A line for the operator; never the token, never a message's text. */
  log(line: string): void;
}

/** The path under which messages are taken. */
export const MESSAGES_PATH = '/v1/messages';

/** Largest request, in bytes. */
const BODY_LIMIT = 128 * 1024;
/** When a client may ask again after the mail server failed, in seconds. */
const RETRY_SECONDS = 60;

/** What is answered to one message. */
interface Answer {
  readonly status: ContentfulStatusCode;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retrySeconds?: number;
}

/** The relay as `docs/relay-api.md` describes it, without its server. */
export function createRelay(
  config: Pick<RelayConfig, 'token' | 'mailsPerHour'>,
  ports: RelayPorts,
): Hono {
  const app = new Hono();
  const guesses = createGuessLimit();
  const take = createTaker(config.mailsPerHour, ports);
  app.post(
    MESSAGES_PATH,
    async (context, next) => {
      // Nothing of a stranger's request is read, and of one that guesses not even the token.
      const address = addressOf(
        getConnInfo(context).remote.address,
        context.req.header('x-forwarded-for'),
      );
      const until = guesses.waitOf(address, ports.now());
      if (until !== undefined) {
        const wait = Math.ceil((until - ports.now()) / 1_000);
        return reply(context, refuse(429, 'too-many', 'Too many wrong tokens.', wait));
      }
      if (!isToken(context.req.header('authorization'), config.token)) {
        guesses.wrong(address, ports.now());
        return reply(context, refuse(401, 'bad-token', 'The token is wrong.'));
      }
      guesses.right(address);
      return next();
    },
    bodyLimit({
      maxSize: BODY_LIMIT,
      onError: (context) =>
        reply(context, refuse(413, 'too-large', `More than ${BODY_LIMIT} bytes.`)),
    }),
    async (context) => {
      const key = parseKey(context.req.header('idempotency-key'));
      if (key === undefined) {
        return reply(context, refuse(400, 'bad-key', 'Idempotency-Key is missing or malformed.'));
      }
      if (!/^application\/json\b/i.test(context.req.header('content-type') ?? '')) {
        return reply(context, refuse(415, 'not-json', 'Content-Type must be application/json.'));
      }
      const parsed = parseMessage(await context.req.text());
      if ('mistake' in parsed) {
        return reply(context, refuse(400, 'bad-message', parsed.mistake));
      }
      return reply(context, await take(key, parsed.message));
    },
  );
  app.notFound((context) => reply(context, refuse(404, 'not-found', 'There is nothing here.')));
  app.onError((error, context) => {
    ports.log(`internal error: ${error.message}`);
    return reply(context, refuse(500, 'internal', 'The relay failed.'));
  });
  return app;
}

/** Takes a message once per key: a repeated one is answered without a second mail, also while the first is under way. */
function createTaker(mailsPerHour: number, ports: RelayPorts) {
  const { keys, now, log } = ports;
  const limit = createMailLimit(mailsPerHour);
  const underWay = new Map<string, { readonly hash: string; readonly answer: Promise<Answer> }>();
  return async (key: string, message: RelayMessage): Promise<Answer> => {
    const hash = hashOf(message);
    const known = keys.find(key, now()) ?? underWay.get(key)?.hash;
    if (known !== undefined && known !== hash) {
      return refuse(422, 'key-reused', 'This key came with another message before.');
    }
    const current = underWay.get(key);
    if (current !== undefined) return current.answer;
    if (known !== undefined) return { status: 200, body: { status: 'sent', repeated: true } };
    const answer = sendOnce(key, hash, message).finally(() => underWay.delete(key));
    underWay.set(key, { hash, answer });
    return answer;
  };

  async function sendOnce(key: string, hash: string, message: RelayMessage): Promise<Answer> {
    const place = limit.take(now());
    if (!place.ok) {
      const retrySeconds = Math.ceil((place.freeAt - now()) / 1_000);
      return refuse(429, 'too-many', 'No more mails this hour.', retrySeconds);
    }
    const outcome = await ports.sendMail(key, message);
    if (outcome.kind === 'sent') {
      remember(key, hash);
      return { status: 200, body: { status: 'sent', repeated: false } };
    }
    log(`${outcome.kind} ${key}: ${outcome.reason}`);
    return outcome.kind === 'not-sent'
      ? refuse(503, 'not-sent', 'The mail server did not take the mail.', RETRY_SECONDS)
      : refuse(502, 'unknown', 'The mail server did not confirm the mail.', RETRY_SECONDS);
  }

  // The mail is out: a full disk must not make the client send it again.
  function remember(key: string, hash: string): void {
    try {
      keys.add(key, hash, now());
      log(`sent ${key}`);
    } catch (error) {
      log(`sent ${key}, but not saved: ${error}`);
    }
  }
}

/** Compares hashes: they are of one length, and their comparison takes the same time wherever they differ. */
function isToken(header: string | undefined, token: string): boolean {
  return timingSafeEqual(sha256(header ?? ''), sha256(`Bearer ${token}`));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function hashOf({ kind, subject, text }: RelayMessage): string {
  return sha256(JSON.stringify([kind, subject, text])).toString('base64url');
}

function refuse(
  status: ContentfulStatusCode,
  code: string,
  message: string,
  retrySeconds?: number,
): Answer {
  const body = { status: 'error', code, message };
  return { status, body, ...(retrySeconds !== undefined && { retrySeconds }) };
}

function reply(context: Context, { status, body, retrySeconds }: Answer): Response {
  if (retrySeconds !== undefined) context.header('Retry-After', String(retrySeconds));
  context.header('Cache-Control', 'no-store');
  return context.json(body, status);
}
