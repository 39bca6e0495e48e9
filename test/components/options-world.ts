import { signal } from '@preact/signals';
import type { SavedAddress } from '../../components/options/AlertChannel.tsx';
import type { DownloadFile } from '../../components/ui/download-file.ts';
import type { AskedPermissions } from '../../entrypoints/options/alert-permissions.ts';
import type { OptionsContext } from '../../entrypoints/options/options-model.ts';
import type {
  AlertSettings,
  ChannelAddress,
  TeamChannel,
} from '../../lib/core/alerts/alert-settings.ts';
import { type OutboxMessage, sendAgain } from '../../lib/core/alerts/outbox.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { ChecklistRef } from '../../lib/core/refs.ts';
import type { Preferences } from '../../lib/core/settings/settings.ts';
import type { PartialSettings } from '../../lib/core/settings/table.ts';
import type { LostFacts } from '../../lib/core/stored-copies.ts';
import type { TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { connect } from '../../lib/store/db.ts';

/** A browser for the options page: what it was asked, and how it answers. */
export function createOptionsWorld() {
  const settings = signal<PartialSettings<Preferences>>({});
  const alertSettings = signal<PartialSettings<AlertSettings>>({});
  const tracked = signal<readonly TrackedChecklist[]>([]);
  const lost = signal<LostFacts | undefined>(undefined);
  const world = {
    settings,
    alertSettings,
    tracked,
    lost,
    /** Checklists that were tracked again, and what came of it. */
    trackedAgain: [] as ChecklistRef[],
    trackAnswer: succeed(undefined) as Result<void>,
    files: [] as DownloadFile[],
    /** Permissions that the user gave. */
    held: new Set<string>(),
    /** Permissions that were asked for, and given back. */
    asked: [] as AskedPermissions[],
    dropped: [] as AskedPermissions[],
    /** What the user answers; an error where the browser refuses to ask. */
    answer: true as boolean | Error,
    secrets: new Map<TeamChannel, ChannelAddress>(),
    messages: [] as OutboxMessage[],
    tested: [] as string[],
    testAnswer: succeed(undefined) as Result<void>,
    settled: [] as (readonly [id: string, send: boolean])[],
  };
  const context: OptionsContext = {
    db: connect(),
    unlock: async () => succeed(undefined),
    check: async () => fail(failure('offline')),
    settings,
    changeSettings: async (change) => {
      settings.value = change(settings.value);
    },
    alertSettings,
    changeAlertSettings: async (change) => {
      alertSettings.value = change(alertSettings.value);
    },
    tracked,
    untrack: async () => succeed(undefined),
    lost,
    changeLost: async (change) => {
      lost.value = change(lost.value);
    },
    track: async (checklist) => {
      world.trackedAgain.push(checklist);
      return world.trackAnswer;
    },
    download: (file) => world.files.push(file),
    permissions: {
      contains: async (asked) => namesOf(asked).every((name) => world.held.has(name)),
      request: async (asked) => {
        world.asked.push(asked);
        if (world.answer instanceof Error) throw world.answer;
        if (world.answer) for (const name of namesOf(asked)) world.held.add(name);
        return world.answer;
      },
      remove: async (asked) => {
        world.dropped.push(asked);
        return namesOf(asked).some((name) => world.held.delete(name));
      },
    },
    secrets: {
      save: async (channel, secret) => {
        world.secrets.set(channel, secret);
      },
      remove: async (channel) => {
        world.secrets.delete(channel);
      },
      find: async (channel): Promise<SavedAddress | undefined> => {
        const secret = world.secrets.get(channel);
        return secret && { host: new URL(secret.url).host, savedAt: SAVED_AT };
      },
    },
    listMessages: async () => world.messages,
    testChannel: async (channel) => {
      world.tested.push(channel);
      return world.testAnswer;
    },
    settleMessage: async (id, send) => {
      world.settled.push([id, send]);
      world.messages = world.messages.flatMap((each) => {
        if (each.id !== id) return [each];
        return send ? [sendAgain(each, SAVED_AT)] : [];
      });
      return succeed(undefined);
    },
    listCommands: async () => [],
    openShortcuts: () => {},
  };
  return { world, context };
}

/** 1 October 2026. */
export const SAVED_AT = Date.UTC(2026, 9, 1);

function namesOf({ permissions, origins }: AskedPermissions): readonly string[] {
  return [...(permissions ?? []), ...(origins ?? [])];
}
