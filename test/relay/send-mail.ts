import { createTransport } from 'nodemailer';
import type { RelayConfig } from './config.ts';
import type { RelayMessage } from './request.ts';

/** What the mail server made of a mail. */
export type MailOutcome =
  | { readonly kind: 'sent' }
  /** It was not taken. `reason` is for the relay's operator. */
  | { readonly kind: 'not-sent'; readonly reason: string }
  /** The connection died while the mail was handed over: it may have been taken. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Sends one message to the recipients of the configuration. `key` names it: repeated, it is the same mail. */
export type SendMail = (key: string, message: RelayMessage) => Promise<MailOutcome>;

/** The mail server gets so long for each step, below the 12 s after which clients stop waiting. */
const SMTP_TIMEOUT_MS = 3_000;

/** Sends by SMTP, one connection per mail. */
export function createMailer({ from, to, smtp }: RelayConfig): SendMail {
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.tls === 'implicit',
    requireTLS: smtp.tls === 'starttls',
    ignoreTLS: smtp.tls === 'none',
    ...(smtp.login && { auth: { user: smtp.login.user, pass: smtp.login.password } }),
    connectionTimeout: SMTP_TIMEOUT_MS,
    greetingTimeout: SMTP_TIMEOUT_MS,
    socketTimeout: SMTP_TIMEOUT_MS,
    // No text can make it read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async (key, { subject, text }) => {
    try {
      await transport.sendMail({
        envelope: { from, to: [...to] },
        from: { name: 'Masterlist', address: from },
        to: to.map((address) => ({ name: '', address })),
        // Where a repeated mail does reach a mailbox twice, many drop the second for its id.
        messageId: `<${key}@${from.split('@')[1]}>`,
        subject,
        text,
        // No HTML: titles are anybody's words, and mail programs would make links of the addresses in them.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      return { kind: 'sent' };
    } catch (error) {
      return outcomeOf(error);
    }
  };
}

/** These come before the mail itself is handed over. */
const EARLY = ['EDNS', 'ETLS', 'EREQUIRETLS', 'EAUTH', 'ENOAUTH', 'EENVELOPE', 'ECONFIG', 'EPROXY'];

function outcomeOf(error: unknown): MailOutcome {
  const reason = error instanceof Error ? error.message : String(error);
  const factOf = (name: string): unknown =>
    error instanceof Error && name in error ? Reflect.get(error, name) : undefined;
  const isAnswered = typeof factOf('responseCode') === 'number';
  const isEarly = EARLY.includes(String(factOf('code'))) || factOf('syscall') === 'connect';
  // When a connection breaks off in between, nobody knows how far it came.
  return { kind: isAnswered || isEarly ? 'not-sent' : 'unknown', reason };
}
