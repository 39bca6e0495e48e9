import type { AlertSettings } from '../alerts/alert-settings.ts';
import { DEFAULT_ALERT_SETTINGS } from '../alerts/alert-settings.ts';
import { DEFAULT_PREFERENCES, type Preferences } from './preferences.ts';

/** Some of the settings: what is not there stays, or has its default. */
export type PartialSettings<Settings> = {
  readonly [Key in keyof Settings]?: Settings[Key] extends readonly unknown[]
    ? Settings[Key]
    : Settings[Key] extends object
      ? Partial<Settings[Key]>
      : Settings[Key];
};

/** Settings as they are stored, with a change; what it does not name stays. */
export function mergePreferences(
  stored: PartialSettings<Preferences>,
  change: PartialSettings<Preferences>,
): PartialSettings<Preferences> {
  return {
    ...stored,
    ...change,
    generation: { ...stored.generation, ...change.generation },
    rules: { ...stored.rules, ...change.rules },
    nightly: { ...stored.nightly, ...change.nightly },
    timing: { ...stored.timing, ...change.timing },
  };
}

/** The same for the settings of the alerts. */
export function mergeAlertSettings(
  stored: PartialSettings<AlertSettings>,
  change: PartialSettings<AlertSettings>,
): PartialSettings<AlertSettings> {
  return {
    ...stored,
    ...change,
    on: { ...stored.on, ...change.on },
    channels: { ...stored.channels, ...change.channels },
    digests: { ...stored.digests, ...change.digests },
  };
}

/** Fills up with the defaults. */
export function withDefaultPreferences(stored: PartialSettings<Preferences>): Preferences {
  return {
    ...DEFAULT_PREFERENCES,
    ...stored,
    generation: { ...DEFAULT_PREFERENCES.generation, ...stored.generation },
    rules: { ...DEFAULT_PREFERENCES.rules, ...stored.rules },
    nightly: { ...DEFAULT_PREFERENCES.nightly, ...stored.nightly },
    timing: { ...DEFAULT_PREFERENCES.timing, ...stored.timing },
  };
}

/** The same for the settings of the alerts. */
export function withDefaultAlertSettings(stored: PartialSettings<AlertSettings>): AlertSettings {
  return {
    ...DEFAULT_ALERT_SETTINGS,
    ...stored,
    on: { ...DEFAULT_ALERT_SETTINGS.on, ...stored.on },
    channels: { ...DEFAULT_ALERT_SETTINGS.channels, ...stored.channels },
    digests: { ...DEFAULT_ALERT_SETTINGS.digests, ...stored.digests },
  };
}
