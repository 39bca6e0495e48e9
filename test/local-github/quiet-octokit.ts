import { Octokit } from '@octokit/rest';
import type { LocalGitHub } from './local-github.ts';

/** Octokit against the local GitHub, without a word on the console; without a token it is nobody's. */
export function quietOctokit({ fetch }: Pick<LocalGitHub, 'fetch'>, token?: string): Octokit {
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return new Octokit({ ...(token && { auth: token }), request: { fetch }, log });
}
