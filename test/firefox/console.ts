import { ORIGIN } from './extension.ts';
import type { Marionette } from './marionette.ts';
import { inBrowser } from './run-script.ts';

// What of Firefox's own context is used. Source: xpcom/base and dom/bindings in its source tree.
declare const Services: {
  readonly console: { getMessageArray(): readonly unknown[]; reset(): void };
};
declare const Ci: {
  readonly nsIScriptError: new () => ScriptError;
  readonly nsIConsoleAPIStorage: unknown;
};
declare const Cc: Readonly<Record<string, { getService(kind: unknown): ConsoleStorage }>>;
interface ScriptError {
  readonly message: string;
  readonly sourceName: string;
  readonly columnNumber: number;
  readonly flags: number;
}
interface ConsoleStorage {
  getEvents(): readonly LoggedEvent[];
  clearEvents(): void;
}
interface LoggedEvent {
  readonly level: string;
  readonly filename: string;
  readonly arguments?: readonly unknown[];
}

/** What Firefox says of scripts whose page was left while they worked: no error, pages may be left at any time. */
const LEFT =
  /NS_ERROR_NOT_INITIALIZED|Promise (resolved|rejected) (after context unloaded|while context is inactive)/;

/**
 * Errors of ours in the browser's console since it was asked last: scripts' errors, and what was logged as one. What
 * Firefox's own scripts complain of, naming us, is no error of ours, e.g. listeners that it removes twice.
 */
export async function takeErrors(marionette: Marionette): Promise<readonly string[]> {
  const errors = await inBrowser(marionette, () => {
    // The lowest bit marks a warning.
    const isError = (one: unknown) => one instanceof Ci.nsIScriptError && (one.flags & 1) === 0;
    const ofScripts = Services.console.getMessageArray().filter(isError) as ScriptError[];
    const storage = Cc['@mozilla.org/consoleAPI-storage;1']?.getService(Ci.nsIConsoleAPIStorage);
    const logged = (storage?.getEvents() ?? []).filter(({ level }) => level === 'error');
    const found = [
      ...ofScripts.map(({ sourceName, message, columnNumber }) => ({
        source: sourceName,
        text: `${message}, column ${columnNumber}`,
      })),
      ...logged.map((event) => ({
        source: event.filename,
        text: `${event.filename}: ${(event.arguments ?? []).map(String).join(' ')}`,
      })),
    ];
    Services.console.reset();
    storage?.clearEvents();
    return found;
  });
  const isOurs = ({ source, text }: (typeof errors)[number]) =>
    text.includes(ORIGIN) && !/^(resource|chrome):/.test(source) && !LEFT.test(text);
  return errors.filter(isOurs).map(({ text }) => text);
}
