import { createSettings, type StoredSettings } from '../lib/settings.ts';
import { connect } from '../lib/store/db.ts';

/** The settings of the browser of this test, as another page of ours has them. */
export function stored(): StoredSettings {
  return createSettings(connect());
}
