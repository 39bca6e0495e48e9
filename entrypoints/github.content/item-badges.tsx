import { ItemBadge } from '../../components/panel/ItemBadge.tsx';
import { useStore } from '../../lib/checklist-model/store.ts';
import type { Feature, FeatureProps } from './feature.ts';
import { badgePlace } from './page.ts';

/** A badge per linked item: the issue's state and number. Rows are matched by order and count; if the counts differ there are none. */
export const itemBadges: Feature = {
  id: 'item-badge',
  isolated: false,
  runsOn: ({ boxes }, { view, badges }) => badges && view?.badges.length === boxes.length,
  anchor: ({ boxes }, { view }) =>
    boxes.map((box, index) => (view?.badges[index] ? badgePlace(box) : undefined)),
  View: Badge,
};

function Badge({ model, index }: FeatureProps) {
  const issue = useStore(model.store).view?.badges[index];
  return issue ? <ItemBadge issue={issue} /> : null;
}
