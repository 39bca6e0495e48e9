import { Button } from '../ui/Button.tsx';

interface FirstStepsProps {
  readonly isSignedIn: boolean;
  readonly onOptions: () => void;
}

/** How to begin, while nothing is kept up to date yet. */
export function FirstSteps({ isSignedIn, onOptions }: FirstStepsProps) {
  if (isSignedIn)
    return (
      <p>
        Nothing is tracked yet. Open a GitHub issue with a task list: <b>Masterlist</b> stands above
        its text.
      </p>
    );
  return (
    <section aria-labelledby="first-steps">
      <h2 id="first-steps">Turn a task list into issues</h2>
      <ol>
        <li>
          <b>Open a GitHub issue with a task list</b> and press <b>Generate issues</b>. The preview
          of a public issue needs no token.
        </li>
        <li>
          <b>Add a token</b>, so that issues can be created in your name.{' '}
          <Button look="small" onPress={onOptions}>
            Add a token
          </Button>
        </li>
        <li>
          <b>Press Create</b> in the preview. The list is tracked from then on.
        </li>
      </ol>
    </section>
  );
}
