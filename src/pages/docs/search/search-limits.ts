/** The maximum length of a query; the rest is cut off. Each word of a query costs time. */
export const maxCharacters = 100;
