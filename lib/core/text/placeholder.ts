/** The words that stand for a number to come, unless the settings say otherwise. */
export const DEFAULT_PLACEHOLDER = '(#PR_NUMBER)';
