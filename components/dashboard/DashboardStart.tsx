import { Button } from '../ui/Button.tsx';

interface DashboardStartProps {
  /** Whether there is a token already. */
  readonly hasAccount: boolean;
  /** The page that previews a checklist's issues. */
  readonly generateHref: string;
  readonly onOptions: () => void;
}

/** The first steps, before any checklist is kept up to date: what it gives comes before what it asks. */
export function DashboardStart({ hasAccount, generateHref, onOptions }: DashboardStartProps) {
  return (
    <section class="start" aria-labelledby="start">
      <h2 id="start">Three steps to your first checklist</h2>
      <ol>
        <li>
          <h3>Look at a preview</h3>
          <p>
            Take any GitHub issue with a task list. The preview shows which issues would be created,
            and writes nothing. A public one needs no token.
          </p>
          <a class="btn primary" href={generateHref}>
            Preview an issue
          </a>
        </li>
        <li>
          <h3>Add a token</h3>
          {hasAccount ? (
            <p>Done: this browser has one.</p>
          ) : (
            <>
              <p>Masterlist uses it to write as you. It stays in this browser.</p>
              <Button onPress={onOptions}>Open the options</Button>
            </>
          )}
        </li>
        <li>
          <h3>Create the issues</h3>
          <p>
            Press Create in the preview. Each item gets its issue and its link; from then on closed
            issues tick their items.
          </p>
        </li>
      </ol>
    </section>
  );
}
