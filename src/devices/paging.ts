/** How many results a page of a list has if the request does not say. */
export const defaultLimit = 150;
/** More than this counts as this. */
export const maxLimit = 3000;
