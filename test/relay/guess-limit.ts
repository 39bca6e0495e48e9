/** Slows down who guesses the token: after a few wrong ones an address waits longer with each. */
export interface GuessLimit {
  /** Until when an address is not heard at all, in milliseconds since 1970; undefined where it is. */
  waitOf(address: string, now: number): number | undefined;
  /** It came with a wrong token. */
  wrong(address: string, now: number): void;
  /** It came with the right one. */
  right(address: string): void;
}

/** So many wrong tokens are mistakes. */
const FREE = 5;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** After so long without a wrong token an address is as new. */
const FORGOTTEN_MS = 3_600_000;
/** More addresses are not remembered: the one that was wrong the longest ago is forgotten. */
const MOST = 10_000;

/** Counts in memory: a restart begins anew. */
export function createGuessLimit(): GuessLimit {
  const guesses = new Map<string, { readonly count: number; readonly at: number }>();
  const known = (network: string, now: number) => {
    const found = guesses.get(network);
    return found !== undefined && Math.abs(now - found.at) < FORGOTTEN_MS ? found : undefined;
  };
  return {
    waitOf(address, now) {
      const { count, at } = known(networkOf(address), now) ?? { count: 0, at: now };
      if (count < FREE) return undefined;
      const until = at + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (count - FREE));
      return until > now ? until : undefined;
    },
    wrong(address, now) {
      const network = networkOf(address);
      const count = (known(network, now)?.count ?? 0) + 1;
      guesses.delete(network);
      guesses.set(network, { count, at: now });
      const [oldest] = guesses.keys();
      if (guesses.size > MOST && oldest !== undefined) guesses.delete(oldest);
    },
    right(address) {
      guesses.delete(networkOf(address));
    },
  };
}

/**
 * Whom a request comes from: its sender; behind a proxy on this computer the address that the proxy named last, which
 * nobody before the proxy can write.
 */
export function addressOf(sender: string | undefined, forwardedFor: string | undefined): string {
  const isProxy = sender === undefined || /^(?:::ffff:)?127\.|^::1$/.test(sender);
  const named = isProxy ? forwardedFor?.split(',').at(-1)?.trim() : undefined;
  return named || (sender ?? '');
}

/** Whoever has one address of IPv6 has all of its network (/64). */
function networkOf(address: string): string {
  const [, v4] = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address) ?? [];
  if (v4 !== undefined || !address.includes(':')) return v4 ?? address;
  const [front = ''] = address.split('::');
  return front.split(':').slice(0, 4).join(':').toLowerCase();
}
