import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Says that the page no longer follows anything, with what was known of a run last. */
export function CutOffNote({ job }: { readonly job: JobStatus | undefined }) {
  return (
    <div class="note" role="alert">
      <Icon name="alert" />
      <div>
        <p>
          <strong>Masterlist was updated or turned off.</strong> This page is out of date. Reload
          it.
        </p>
        {job && job.state !== 'ended' && <p class="muted">Last known: {job.words.progress}</p>}
        <Button look="small" onPress={() => location.reload()}>
          Reload the page
        </Button>
      </div>
    </div>
  );
}
