import type { TeamChannel } from '../core/alerts/alert-settings.ts';
import type { Channel } from './channel.ts';
import { relay } from './relay.ts';
import { slack } from './slack.ts';
import { webhook } from './webhook.ts';

/** Every channel of the team. */
export const CHANNELS: Readonly<Record<TeamChannel, Channel>> = { relay, slack, webhook };
