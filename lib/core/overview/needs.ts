import type { Alert, AlertCause } from '../alerts/alert.ts';
import type { AlertAction } from '../alerts/alert-causes.ts';
import { type AlertMessage, messageOf } from '../alerts/alert-message.ts';
import { formatRoute } from '../alerts/alert-route.ts';
import type { AlertSettings } from '../alerts/alert-settings.ts';
import { describeAlerts } from '../alerts/describe-alert.ts';
import { EMPTY_MEMORY, type Notice, planNotices } from '../alerts/notices.ts';
import { countNoun } from '../count-noun.ts';

/** All alerts of one cause, in words, with the one thing to do about them. */
export interface Need {
  /** One string per cause: the same from reading to reading. */
  readonly id: string;
  /** Whether something is to be done; else it is only news. */
  readonly asks: boolean;
  readonly title: string;
  readonly sentence: string;
  readonly action: AlertAction;
  /** What a prepared email about it says; undefined where the user wants none. */
  readonly mail: AlertMessage | undefined;
}

/** The alerts that stand (`listAlerts`) but for runs that are over as they should be: one entry per cause, the most pressing first. */
export function listNeeds(alerts: readonly Alert[], settings: AlertSettings): readonly Need[] {
  // What was told through other channels plays no part here: all that stands is shown.
  const { show } = planNotices(alerts.filter(isUnsettled), EMPTY_MEMORY, settings, 0);
  return show.map(needOf);
}

/** What is to be done about messages of the alerts that nobody may have got: no alert tells of them, it could get lost like them. */
export function needsOfMessages(stuck: number): readonly Need[] {
  if (stuck === 0) return [];
  const route = { page: 'options' } as const;
  return [
    {
      id: 'messages',
      asks: true,
      title: `${countNoun(stuck, 'alert')} may not have arrived`,
      sentence: 'A channel refused the message, or its answer was lost.',
      action: { label: 'Send again or dismiss', route, href: `${formatRoute(route)}#alerts` },
      mail: undefined,
    },
  ];
}

function needOf(notice: Notice): Need {
  const { title, sentence, action } = describeAlerts(notice.alerts);
  return {
    id: notice.id,
    asks: notice.alerts.some(({ cause }) => asks(cause)),
    title,
    sentence,
    action,
    mail: notice.mailLink ? messageOf([notice]) : undefined,
  };
}

// Who stops a run knows it, and a finished one needs nobody.
function isUnsettled({ cause }: Alert): boolean {
  return cause.kind !== 'job-ended' || cause.outcome === 'failed';
}

function asks({ kind }: AlertCause): boolean {
  return kind !== 'overridden';
}
