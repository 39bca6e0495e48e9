import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/** A throw-away TLS certificate and the flag value that makes Chromium trust exactly this key. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** Base64 SHA-256 of the public key, for `--ignore-certificate-errors-spki-list`. */
  readonly spki: string;
}

let cached: Promise<Certificate> | undefined;

/** The certificate for github.com and api.github.com; made once per process, valid whatever day a test plays. */
export function localCertificate(): Promise<Certificate> {
  cached ??= makeCertificate();
  return cached;
}

async function makeCertificate(): Promise<Certificate> {
  const pem = await generate([{ name: 'commonName', value: 'github.com' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.UTC(2020, 0, 1)),
    notAfterDate: new Date(Date.UTC(2049, 11, 31)),
    extensions: [
      // A leaf that is its own issuer: Node accepts it as its own authority (`ca`), Chromium by its key.
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'github.com' },
          { type: 2, value: 'api.github.com' },
        ],
      },
    ],
  });
  const publicKey = new X509Certificate(pem.cert).publicKey.export({ type: 'spki', format: 'der' });
  const spki = createHash('sha256').update(publicKey).digest('base64');
  return { key: pem.private, cert: pem.cert, spki };
}
