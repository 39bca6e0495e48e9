import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAIL_LINK_LIMIT, mailLink } from '../../lib/channels/mail.ts';

const message = (subject: string, text: string) => ({ kind: 'alert', subject, text }) as const;

describe('the link that prepares an email', () => {
  it('encodes subject and text, with the line breaks that mail programs expect', () => {
    const link = mailLink('ada@example.org', message('Sync failed: 3 & more', 'One\nTwo?=#'));
    expect(link).toBe(
      'mailto:ada@example.org?subject=Sync%20failed%3A%203%20%26%20more&body=One%0D%0ATwo%3F%3D%23',
    );
  });

  it('lets nothing of a text add a recipient, a header or another field', () => {
    const evil = '\r\nBcc: eve@evil.example\r\n&bcc=eve@evil.example?cc=x%0D%0ATo:y';
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
        const link = mailLink(`${evil},ada@example.org`, message(one + evil, other + evil));
        expect([...new URL(link).searchParams.keys()]).toEqual(['subject', 'body']);
        expect(new URL(link).pathname).toBe('ada@example.org');
        const subject = new URL(link).searchParams.get('subject') ?? '';
        expect(subject).not.toMatch(/\p{Cc}/u);
        expect(link.length).toBeLessThanOrEqual(MAIL_LINK_LIMIT);
      }),
    );
  });

  it('takes plain addresses only, and leaves out the rest', () => {
    const to =
      'ada@example.org, Eve <eve@evil.example>, x@y?cc=z@evil.example, a b@c.d, bob+x@e.org';
    expect(mailLink(to, message('S', 'T'))).toMatch(/^mailto:ada@example\.org,bob%2Bx@e\.org\?/);
    expect(mailLink('', message('S', 'T'))).toMatch(/^mailto:\?subject=S&body=T$/);
  });

  it('cuts a long text behind a whole line, and says so', () => {
    const link = mailLink('', message('S', 'Überprüfen – ☑ fertig\n'.repeat(500)));
    expect(link.length).toBeLessThanOrEqual(MAIL_LINK_LIMIT);
    expect(new URL(link).searchParams.get('body')).toMatch(/^(Überprüfen – ☑ fertig\r\n)+…$/);
  });

  it('cuts a line that fills everything, never within a character', () => {
    const body = new URL(mailLink('', message('S', '🐙'.repeat(900)))).searchParams.get('body');
    expect(body).toMatch(/^(🐙)+\r\n…$/u);
  });

  it('opens for text with half characters too', () => {
    expect(mailLink('', message('\ud83d', '\udc19'))).toBe('mailto:?subject=&body=%EF%BF%BD');
  });
});
