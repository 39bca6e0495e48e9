/** How long to wait at most, and how long between two looks, in milliseconds. */
const LIMIT_MS = 30_000;
const PAUSE_MS = 25;

/** Looks again and again until what it reads is right, and gives that. Throws with what it saw last when that takes too long. */
export async function until<T>(
  what: string,
  read: () => T | Promise<T>,
  isRight: (value: T) => boolean,
  limit = LIMIT_MS,
): Promise<T> {
  const deadline = Date.now() + limit;
  for (;;) {
    const value = await read();
    if (isRight(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`waited ${limit / 1000} s for ${what}; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
