/** Results per page of a list without the parameter `limit`. */
export const defaultLimit = 150;
/** Maximum results per page: a larger `limit` counts as this. */
export const maxLimit = 3000;
