import type { SyncGitHub } from '../engine/sync-ports.ts';
import { listChanges } from './changes.ts';
import type { Client } from './client.ts';
import { readFollowed } from './followed.ts';
import { readMaster, updateMaster } from './masters.ts';
import { readSyncMaster, readVersions } from './sync-masters.ts';

/** GitHub as sync sees it, for one account on one host. */
export function createSyncGitHub(client: Client): SyncGitHub {
  return {
    readMaster: (checklist) => readMaster(client, checklist),
    updateMaster: (checklist, body) => updateMaster(client, checklist, body),
    readSyncMaster: (checklist) => readSyncMaster(client, checklist),
    readVersions: (checklist) => readVersions(client, checklist),
    readFollowed: (issues, options) => readFollowed(client, issues, options),
    listChanges: (repo, query) => listChanges(client, repo, query),
  };
}
