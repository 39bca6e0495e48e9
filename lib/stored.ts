import { type ReadonlySignal, signal } from '@preact/signals';
import type { StoredItem } from './settings.ts';

/** Stored items as signals for our own pages, with every later change; once all are read, so that a page never shows the fallbacks first and jumps. */
export async function allStored<Values extends readonly unknown[]>(
  ...items: { readonly [Index in keyof Values]: StoredItem<Values[Index]> }
): Promise<{ readonly [Index in keyof Values]: ReadonlySignal<Values[Index]> }> {
  const followed = items.map((item) => follow(item));
  await Promise.all(followed.map(({ isRead }) => isRead));
  return followed.map(({ value }) => value) as never;
}

function follow<T>(item: StoredItem<T>) {
  const value = signal(item.fallback);
  item.watch((next) => {
    value.value = next;
  });
  const isRead = item.getValue().then(
    (now) => {
      value.value = now;
    },
    // What cannot be read is shown as never stored, as it is read by everything else.
    () => {},
  );
  return { value, isRead };
}
