/** How many issues one run may create or link. */
export const MOST_ROWS = 1_000;
