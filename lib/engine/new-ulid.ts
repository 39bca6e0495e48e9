const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new ULID: 48 bits of time in milliseconds since 1970, then 80 bits of chance (github.com/ulid/spec). */
export function newUlid(now: number): string {
  const time = Array.from({ length: 10 }, (_, place) => Math.floor(now / 32 ** (9 - place)) % 32);
  const chance = crypto.getRandomValues(new Uint8Array(16)).map((byte) => byte % 32);
  return [...time, ...chance].map((digit) => ALPHABET[digit]).join('');
}
