import { type ChecklistRef, checklistKey, checklistUrl } from '../refs.ts';

/** The place where an alert is resolved. */
export type AlertRoute =
  | {
      readonly page: 'dashboard';
      readonly path: '/' | '/generate' | '/sync' | '/reconcile' | '/matches' | '/log';
      /** Undefined shows all checklists. */
      readonly checklist: ChecklistRef | undefined;
    }
  | { readonly page: 'options' }
  | { readonly page: 'github'; readonly checklist: ChecklistRef };

/** The address: of a page of the extension, relative to it (`dashboard.html#/sync?checklist=…`), or of GitHub (`https://…`). */
export function formatRoute(route: AlertRoute): string {
  switch (route.page) {
    case 'dashboard': {
      const { path, checklist } = route;
      const one = checklist && `?checklist=${encodeURIComponent(checklistKey(checklist))}`;
      return `dashboard.html#${path}${one ?? ''}`;
    }
    case 'options':
      return 'options.html';
    case 'github':
      return checklistUrl(route.checklist);
  }
}
