/** GitHub's limit for the body of an issue, in characters; counted in UTF-16 units, which are never fewer. */
export const BODY_LIMIT = 65_536;
