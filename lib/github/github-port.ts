import type { GitHubPort } from '../engine/ports.ts';
import type { Client } from './client.ts';
import { createComment, deleteComment, listComments } from './comments.ts';
import { readHistories } from './histories.ts';
import { createIssue, listIssues, readIssue, updateIssue } from './issues.ts';
import { createLabel, ensureMilestone } from './labels.ts';
import { readMaster, updateMaster } from './masters.ts';

/** GitHub as the jobs see it, for one account on one host. */
export function createGitHubPort(client: Client): GitHubPort {
  return {
    readMaster: (checklist) => readMaster(client, checklist),
    updateMaster: (checklist, body) => updateMaster(client, checklist, body),
    createIssue: (repo, draft) => createIssue(client, repo, draft),
    listIssues: (repo, query) => listIssues(client, repo, query),
    createComment: (issue, body) => createComment(client, issue, body),
    listComments: (issue) => listComments(client, issue),
    createLabel: (repo, name) => createLabel(client, repo, name),
    ensureMilestone: (repo, title) => ensureMilestone(client, repo, title),
    readHistories: (issues) => readHistories(client, issues),
    readIssue: (issue) => readIssue(client, issue),
    updateIssue: (issue, change) => updateIssue(client, issue, change),
    deleteComment: (issue, id) => deleteComment(client, issue, id),
  };
}
