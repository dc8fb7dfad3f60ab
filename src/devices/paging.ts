/** How many results a page of a list has if the request does not say. */
export const DEFAULT_LIMIT = 150;
/** More than this counts as this. */
export const MAX_LIMIT = 3000;
