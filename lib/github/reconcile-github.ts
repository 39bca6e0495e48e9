import type { ReconcileGitHub } from '../engine/reconcile-ports.ts';
import type { Client } from './client.ts';
import { readPulls } from './named-pulls.ts';
import { searchIssues } from './search-issues.ts';
import { sweepIssues } from './sweep-issues.ts';
import { createSyncGitHub } from './sync-github.ts';

/** GitHub as reconcile sees it, for one account on one host. */
export function createReconcileGitHub(client: Client): ReconcileGitHub {
  return {
    ...createSyncGitHub(client),
    sweepIssues: (repo, createdSince) => sweepIssues(client, repo, createdSince),
    readPulls: (pulls) => readPulls(client, pulls),
    searchIssues: (repo, text) => searchIssues(client, repo, text),
  };
}
