/** Longer queries are cut off here: nobody types more, and every word costs time. */
export const maxCharacters = 100;
