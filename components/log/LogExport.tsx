import { Button } from '../ui/Button.tsx';

/** Forms in which the log leaves the browser. */
export type LogForm = 'json' | 'csv';

interface LogExportProps {
  readonly onDownloadLog: (form: LogForm) => unknown;
}

/** The log of everything that was written, for the user to keep. */
export function LogExport({ onDownloadLog }: LogExportProps) {
  return (
    <>
      <h3>Log</h3>
      <p class="muted">
        Every write of the last 30 days: when, who, which item, and why. The JSON also holds the
        texts before each write. No token is ever in it.
      </p>
      <div class="actions">
        <Button onPress={() => onDownloadLog('json')}>Download the log as JSON</Button>{' '}
        <Button onPress={() => onDownloadLog('csv')}>Download the log as CSV</Button>
      </div>
    </>
  );
}
