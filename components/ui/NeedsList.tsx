import type { Need } from '../../lib/core/overview/needs.ts';
import { Icon } from './Icon.tsx';

interface NeedsListProps {
  readonly needs: readonly Need[];
  /** The address that opens a prepared email; asked only where there is one. */
  readonly mailHref?: (mail: NonNullable<Need['mail']>) => string;
  /** The dashboard itself: its own pages open in place, all others in a new tab. */
  readonly isDashboard?: boolean;
  /** Called beside the opening, with the need whose button was pressed. */
  readonly onAction?: ((need: Need) => void) | undefined;
}

/** What needs the user, each with its one button. Nothing when there is none. */
export function NeedsList({ needs, mailHref, isDashboard, onAction }: NeedsListProps) {
  if (needs.length === 0) return null;
  return (
    <ul class="needs">
      {needs.map((need) => {
        const { id, asks, title, sentence, action, mail } = need;
        const stays = isDashboard === true && action.route.page === 'dashboard';
        return (
          <li key={id} data-asks={asks}>
            <Icon name={asks ? 'alert' : 'open'} />
            <div>
              <p>
                <strong>{title}</strong>
              </p>
              <p>{sentence}</p>
              <p class="links">
                <a
                  class="btn small"
                  href={action.href}
                  {...(!stays && NEW_TAB)}
                  aria-label={`${action.label}: ${title}`}
                  onClick={onAction && (() => onAction(need))}
                >
                  {action.label}
                </a>
                {mail !== undefined && mailHref !== undefined && (
                  <a
                    class="btn small"
                    href={mailHref(mail)}
                    {...NEW_TAB}
                    aria-label={`Write an email: ${title}`}
                  >
                    Write an email
                  </a>
                )}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

// A popup would navigate itself away, and a mail page takes the tab.
const NEW_TAB = { target: '_blank', rel: 'noreferrer' } as const;
