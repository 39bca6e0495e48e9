import { type ReadonlySignal, signal } from '@preact/signals';
import type { WxtStorageItem } from 'wxt/utils/storage';

/** A stored item as a signal for our own pages: the fallback at first, then what is stored, and every later change. */
export function stored<T>(item: WxtStorageItem<T, Record<string, unknown>>): ReadonlySignal<T> {
  const value = signal(item.fallback);
  item.watch((next) => {
    value.value = next;
  });
  void item.getValue().then((now) => {
    value.value = now;
  });
  return value;
}
