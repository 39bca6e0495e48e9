import type { Viewer } from '../world.ts';

/** What GitHub tells about the token in every answer. */
export function tokenHeaders(viewer: Viewer | null, mutation: boolean): Record<string, string> {
  const token = viewer?.token;
  if (!token) return {};
  return {
    ...(token.scopes !== null && {
      'x-oauth-scopes': token.scopes.join(', '),
      'x-accepted-oauth-scopes': 'repo',
    }),
    ...(token.scopes === null && {
      'x-accepted-github-permissions': mutation ? 'issues=write' : 'issues=read',
    }),
    ...(token.expiresAt !== null && {
      'github-authentication-token-expiration': expiryHeader(token.expiresAt),
    }),
  };
}

/** `2026-12-31 23:59:59 UTC`, the form that GitHub sends. */
function expiryHeader(expiresAt: string): string {
  return new Date(expiresAt)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
