import type { BodyVersion, MasterSnapshot } from '../core/engine/job-facts.ts';
import type { Result } from '../core/failures.ts';
import type { GitHub } from '../core/github.ts';
import type { ChecklistRef } from '../core/refs.ts';

/**
 * The text of a checklist, wherever it is written. Whatever reads, writes and looks back on a text does it through this,
 * so that a checklist in another place is a second implementation and no second path.
 */
export interface ChecklistText {
  /** Text, rights and the newest versions as they belong together, past every cache. */
  read(checklist: ChecklistRef): Promise<Result<MasterSnapshot>>;
  /**
   * Replaces the whole text; answers the text as it is kept now. Fails with `unknown-outcome` where the write may still
   * arrive.
   */
  write(checklist: ChecklistRef, text: string): Promise<Result<string>>;
  /** Versions as far back as one request shows, newest first. */
  history(checklist: ChecklistRef): Promise<Result<readonly BodyVersion[]>>;
}

/** What GitHub is asked about the body of an issue. */
export type BodyCalls = Pick<GitHub, 'readMaster' | 'updateMaster' | 'readVersions'>;

/** The text as GitHub keeps it: the body of the checklist's issue. */
export function textOnGitHub(github: BodyCalls): ChecklistText {
  return {
    read: (checklist) => github.readMaster(checklist),
    write: (checklist, text) => github.updateMaster(checklist, text),
    history: (checklist) => github.readVersions(checklist),
  };
}

/** The same ports with the text as GitHub keeps it. */
export function withText<Ports extends { readonly github: BodyCalls }>(
  ports: Ports,
): Ports & { readonly text: ChecklistText } {
  return { ...ports, text: textOnGitHub(ports.github) };
}
