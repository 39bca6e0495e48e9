/** A short stable hash of a text: 64 bits as 14 characters. For telling texts apart, not for secrets. */
export function hashText(text: string): string {
  // cyrb53 by bryc (public domain), with both halves kept whole.
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return half(low) + half(high);
}

function half(value: number): string {
  return (value >>> 0).toString(32).padStart(7, '0');
}
