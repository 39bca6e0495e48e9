import { countNoun } from '../../lib/core/count-noun.ts';
import type { SyncView } from '../../lib/core/sync/tracked.ts';
import { Button } from '../ui/Button.tsx';
import { describeAgo } from '../ui/describe-ago.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/Icon.tsx';
import { isLimited } from '../ui/LimitLine.tsx';
import { RulesSource } from '../ui/RulesSource.tsx';

interface SyncStateProps {
  readonly sync: SyncView;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A file that is almost named like the rules file. */
  readonly rulesNear?: string | undefined;
  readonly busy: boolean;
  readonly signedOut: boolean;
  /** A preview stands above, which says where the rules come from. */
  readonly previewing: boolean;
  readonly onTrack: (tracked: boolean) => void;
  /** Shows the differences; undefined where they are shown already, or cannot be. */
  readonly onReconcile: (() => void) | undefined;
  readonly onOptions: () => void;
}

/** Whether this browser keeps the checklist up to date, how that goes, and what holds it up. */
export function SyncState(props: SyncStateProps) {
  const { sync, busy, onTrack } = props;
  return (
    <section class="state" aria-label="Tracking">
      <div class="head">
        <p>{describeState(sync, props.now)}</p>
        {sync.tracked ? (
          <Button look="small" disabled={busy} onPress={() => onTrack(false)}>
            Stop tracking
          </Button>
        ) : (
          !props.signedOut && (
            <Button look="small" writes disabled={busy} onPress={() => onTrack(true)}>
              Track
            </Button>
          )
        )}
      </div>
      <Differences {...props} />
      {sync.tracked && (
        <>
          {sync.waiting && <p class="muted">The next write waits until {WAITS[sync.waiting]}.</p>}
          <Trouble {...props} />
          {sync.ruleMistakes.length > 0 && <RuleMistakes mistakes={sync.ruleMistakes} />}
          {!props.previewing && <RulesSource from={sync.rulesFrom} near={props.rulesNear} />}
        </>
      )}
    </section>
  );
}

const WAITS: Readonly<Record<NonNullable<SyncView['waiting']>, string>> = {
  gap: 'enough time has passed since the last one',
  editor: 'the editor is closed',
  job: 'the run has ended',
};

function describeState({ tracked, login, checkedAt }: SyncView, now: number): string {
  if (!tracked) return 'Not tracked in this browser.';
  const as = login === undefined ? '' : ` as ${login}`;
  const when =
    checkedAt === undefined ? 'not refreshed yet' : `refreshed ${describeAgo(checkedAt, now)}`;
  return `Tracked in this browser${as} · ${when}`;
}

/** How many differences the last search left; or why there was none. A preview above tells of now. */
function Differences({ sync, now, busy, previewing, onReconcile, onOptions }: SyncStateProps) {
  const { reconcile } = sync;
  if (reconcile?.failure && !isLimited(reconcile.failure, now)) {
    return (
      <>
        <p>
          The last search for differences failed.
          {reconcile.at !== undefined &&
            ` The last one that worked was ${describeAgo(reconcile.at, now)}.`}
        </p>
        <FailureNote failure={reconcile.failure} onOptions={onOptions} />
      </>
    );
  }
  if (reconcile?.at === undefined || reconcile.left === 0 || previewing) return null;
  return (
    <div class="head">
      <p>
        {countNoun(reconcile.left, 'difference')} at the last search,{' '}
        {describeAgo(reconcile.at, now)}
      </p>
      {onReconcile && (
        <Button look="small" disabled={busy} label="Show the differences" onPress={onReconcile}>
          Show
        </Button>
      )}
    </div>
  );
}

/** What makes the refreshes fail. The mistakes of the rules file are listed one by one instead. */
function Trouble({ sync, now, busy, onTrack, onOptions }: SyncStateProps) {
  const { failure, ruleMistakes } = sync;
  // A limit is told once, at the top.
  if (
    !failure ||
    isLimited(failure, now) ||
    (failure.code === 'rules-invalid' && ruleMistakes.length > 0)
  )
    return null;
  return (
    <FailureNote failure={failure} onOptions={onOptions}>
      {failure.code === 'sync-of-other' && (
        <Button look="small" disabled={busy} onPress={() => onTrack(true)}>
          Track
        </Button>
      )}
    </FailureNote>
  );
}

function RuleMistakes({ mistakes }: { readonly mistakes: readonly string[] }) {
  return (
    <div class="note" role="alert">
      <Icon name="alert" />
      <div>
        <p>
          <strong>{countNoun(mistakes.length, 'mistake')} in .github/masterlist.yml.</strong>{' '}
          Correct the file; until then nothing is written.
        </p>
        <ul class="mistakes">
          {mistakes.map((mistake) => (
            <li key={mistake}>{mistake}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
