import { type Marionette, unwrap } from './marionette.ts';

/**
 * Runs a function in the page that is shown and gives what it returns or resolves to. It is sent as text: it knows its
 * arguments and the page, and nothing of its file.
 */
export async function inPage<A extends readonly unknown[], T>(
  marionette: Marionette,
  run: (...args: A) => T | Promise<T>,
  ...args: A
): Promise<T> {
  const script = `return (${run})(...arguments);`;
  return unwrap(await marionette.send('WebDriver:ExecuteScript', { script, args })) as T;
}

/** Runs a function in Firefox's own context, where its services are; otherwise as `inPage`. */
export async function inBrowser<A extends readonly unknown[], T>(
  marionette: Marionette,
  run: (...args: A) => T | Promise<T>,
  ...args: A
): Promise<T> {
  await marionette.send('Marionette:SetContext', { value: 'chrome' });
  try {
    return await inPage(marionette, run, ...args);
  } finally {
    await marionette.send('Marionette:SetContext', { value: 'content' });
  }
}
