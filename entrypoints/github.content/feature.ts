import type { ComponentType } from 'preact';
import type { ChecklistModel } from '../../lib/checklist-model/checklist-model.ts';
import type { ChecklistState } from '../../lib/checklist-model/checklist-state.ts';
import type { Place, ShownIssue } from './page.ts';
import type { PageSurroundings } from './page-surroundings.ts';

/** What a feature's view gets. */
export interface FeatureProps {
  readonly model: ChecklistModel;
  readonly loadPanel: PageSurroundings['loadPanel'];
  /** Which of the feature's places it stands in, from 0. */
  readonly index: number;
}

/** Something of ours on an issue's page, declared as a value. */
export interface Feature {
  /** Also the tag of its nodes, after our prefix. */
  readonly id: string;
  /** Whether it has anything to show on this issue right now. */
  readonly runsOn: (page: ShownIssue, state: ChecklistState) => boolean;
  /** Where its views stand; a view is known by its position here. */
  readonly anchor: (page: ShownIssue, state: ChecklistState) => readonly (Place | undefined)[];
  readonly View: ComponentType<FeatureProps>;
  /** In a shadow root with our style (controls), or among GitHub's nodes (decoration). */
  readonly isolated: boolean;
}
