import type { LeftDifference } from '../../lib/core/differences/reconcile-record.ts';
import { Button } from '../ui/Button.tsx';
import { FoldingList } from '../ui/FoldingList.tsx';

interface LeftListProps {
  readonly left: readonly LeftDifference[];
  readonly busy: boolean;
  readonly onShowAgain: (id: string) => void;
}

/** What the user left as it is, and the way back. */
export function LeftList({ left, busy, onShowAgain }: LeftListProps) {
  return (
    <FoldingList
      title={
        <>
          Left as is <span class="counter">{left.length}</span>
        </>
      }
      rows={left}
      startsOpen={false}
    >
      {({ id, what, text, at }) => (
        <li class="row" key={id}>
          <div class="head">
            <p>
              {text && <span class="text">{text}</span>}
              <span class="muted">
                {what} · left on {new Date(at).toLocaleDateString([], { dateStyle: 'medium' })}
              </span>
            </p>
            <Button
              look="small"
              disabled={busy}
              label={`Restore: ${text || what}`}
              onPress={() => onShowAgain(id)}
            >
              Restore
            </Button>
          </div>
        </li>
      )}
    </FoldingList>
  );
}
