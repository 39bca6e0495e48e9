import type { Ask, Surroundings } from '../../lib/checklist-model/surroundings.ts';
import { unanswered } from '../../lib/core/failures.ts';
import { sendMessage } from '../../lib/messages.ts';
import { revisionOf } from '../../lib/settings.ts';

/** Asks the background. That it does not answer (it was updated or stopped under the page) is an answer too. */
export const askBackground: Ask = (name, query) =>
  sendMessage(name, ...([query] as never)).catch(unanswered) as never;

/** What a checklist's model works with in a page of our own: no GitHub page around it, and no script to load. */
export function ownSurroundings(ask: Ask): Surroundings {
  return {
    ask,
    // The page goes with its extension.
    isAlive: () => true,
    watch: (checklist, onNews, signal) => {
      const unwatch = revisionOf(checklist).watch(() => onNews());
      signal.addEventListener('abort', unwatch, { once: true });
    },
  };
}
