import type { HeldPress, PressDoubt } from '../../lib/checklist-model/checklist-state.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

interface HeldNoteProps {
  readonly held: HeldPress;
  /** Opens the same on the dashboard. */
  readonly onWindow: () => void;
}

/** What became of a press that was perhaps meant for something else. */
export function HeldNote({ held: { why, again }, onWindow }: HeldNoteProps) {
  return (
    <div class="note" role="alert">
      <Icon name="alert" />
      <div>
        <p>
          <strong>Nothing was written.</strong> {WORDS[why]}
        </p>
        {again && (
          <Button look="small" onPress={onWindow}>
            Open in Masterlist's own window
          </Button>
        )}
      </div>
    </div>
  );
}

const WORDS: Readonly<Record<PressDoubt, string>> = {
  changed: 'The button had only just appeared, changed or moved. Press it again.',
  unexpected: 'The key or click came from elsewhere on the page. Press the button itself.',
  covered: 'Something on this page hides the button. Press it again when you can see all of it.',
};
