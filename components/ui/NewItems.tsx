import { countNoun } from '../../lib/core/count-noun.ts';
import { Button } from './Button.tsx';

interface NewItemsProps {
  readonly count: number;
  readonly busy: boolean;
  /** Opens the preview of a generation. */
  readonly onGenerate: () => void;
  readonly onDismiss: () => void;
}

/** Items that appeared in a checklist that is kept up to date: they become issues only when the user says so. */
export function NewItems({ count, busy, onGenerate, onDismiss }: NewItemsProps) {
  if (count === 0) return null;
  return (
    <div class="actions news">
      <strong>{countNoun(count, 'new item')}</strong>
      <Button look="small" disabled={busy} onPress={onGenerate}>
        Generate…
      </Button>
      <Button look="small" disabled={busy} onPress={onDismiss}>
        Not now
      </Button>
    </div>
  );
}
